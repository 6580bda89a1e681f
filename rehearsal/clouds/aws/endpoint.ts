// Private endpoints. https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html
import { address } from "../cidr";
import { exclusive, oneOf, refuse } from "../limits";
import type { Moment, Props, Refusal, Row } from "../row";
import { HEX } from "../shapes";
import { flag, isSet, list, text, texts } from "../values";
import { policyRefusals } from "./policy-document";
import { arnOf, awsRow, ec2Id, itemsOf, regionOf, told } from "./row";
import { T } from "./types";

const kindOf = (inputs: Props): string => text(inputs["vpcEndpointType"]) ?? "Gateway";
/** What an endpoint lets through when nobody says otherwise. */
const openPolicy = JSON.stringify({
  Statement: [{ Action: "*", Effect: "Allow", Principal: "*", Resource: "*" }],
  Version: "2008-10-17",
});

const vpcEndpoint = awsRow({
  type: T.vpcEndpoint,
  immutable: [
    "resourceConfigurationArn",
    "serviceName",
    "serviceNetworkArn",
    "serviceRegion",
    "vpcEndpointType",
    "vpcId",
  ],
  // Only an interface endpoint is told in place.
  replaces: ({ inputs, old }) =>
    kindOf(inputs) !== "Interface" && flag(inputs["privateDnsEnabled"]) !== flag(old.inputs["privateDnsEnabled"])
      ? ["privateDnsEnabled"]
      : [],
  unordered: ["routeTableIds", "securityGroupIds", "subnetIds"],
  references: [
    { path: "vpcId", to: [T.vpc, T.defaultVpc] },
    { path: "subnetIds.*", to: [T.subnet] },
    { path: "securityGroupIds.*", to: [T.securityGroup, T.defaultSecurityGroup] },
    { path: "routeTableIds.*", to: [T.routeTable], weak: true },
    { path: "routeTableIds.*", to: [T.vpc], by: "mainRouteTableId", weak: true },
  ],
  inputDefaults: () => ({ vpcEndpointType: "Gateway" }),
  check: endpointRefusals,
  admit: endpointRoom,
  id: (moment) => ec2Id(moment, "vpce"),
  outputs: endpointOutputs,
  seconds: { create: 75, update: 20, delete: 60, source: "estimate for an interface endpoint; a gateway takes 6 s" },
});

function endpointRefusals(moment: Moment): readonly Refusal[] {
  const { inputs } = moment;
  const kind = kindOf(inputs);
  const region = text(inputs["serviceRegion"]) ?? regionOf(moment);
  const service = text(inputs["serviceName"]);
  const not = (property: string) =>
    isSet(inputs[property]) && list(inputs[property]).length > 0
      ? refuse(property, `InvalidParameter: ${property} is not allowed for a ${kind} endpoint`)
      : [];
  return [
    ...oneOf(inputs, "vpcEndpointType", ["Gateway", "GatewayLoadBalancer", "Interface", "Resource", "ServiceNetwork"]),
    ...exclusive(inputs, "serviceName", "resourceConfigurationArn", "serviceNetworkArn"),
    ...(["serviceName", "resourceConfigurationArn", "serviceNetworkArn"].some((one) => isSet(inputs[one]))
      ? []
      : refuse("serviceName", "one of serviceName, resourceConfigurationArn, serviceNetworkArn must be specified")),
    ...(service !== undefined &&
    !new RegExp(`^(com\\.amazonaws\\.(vpce\\.)?|aws\\.\\w+\\.|cn\\.com\\.amazonaws\\.)${region}\\.`).test(service) &&
    !/^(com\.amazonaws\.s3-global|aws\.sagemaker)/.test(service)
      ? refuse("serviceName", `InvalidServiceName: the Vpc Endpoint Service '${service}' does not exist in ${region}`)
      : []),
    ...(kind === "Gateway"
      ? [
          ...not("subnetIds"),
          ...not("securityGroupIds"),
          ...(flag(inputs["privateDnsEnabled"]) === true
            ? refuse("privateDnsEnabled", "InvalidParameter: private DNS can only be set for Interface endpoints")
            : []),
          ...(service !== undefined && !/\.(s3|dynamodb|s3express)$/.test(service)
            ? refuse(
                "vpcEndpointType",
                `InvalidParameter: endpoint type (Gateway) does not match available service types ([Interface]) of ${service}`,
              )
            : []),
        ]
      : not("routeTableIds")),
    ...oneOf(inputs, "ipAddressType", ["ipv4", "dualstack", "ipv6"]),
    ...policyRefusals(moment, "policy", "resource"),
  ];
}

function endpointRoom({ inputs, account, old }: Moment): readonly Refusal[] {
  const network = account.find([T.vpc], "id", inputs["vpcId"] ?? null);
  const subnets = itemsOf(account, T.subnet, texts(inputs["subnetIds"]));
  const others = account.all(T.vpcEndpoint).filter((one) => one.id !== old?.id && told(one, "vpcId") === network?.id);
  const zones = subnets.map((subnet) => told(subnet, "availabilityZone"));
  const twin = subnets.find((_, index) => zones.indexOf(zones[index]) !== index);
  const stray = subnets.find((subnet) => told(subnet, "vpcId") !== network?.id);
  const same = others.filter((one) => told(one, "serviceName") === inputs["serviceName"]);
  const wantsDns = flag(inputs["privateDnsEnabled"]) === true;
  const shared = same
    .flatMap((one) => texts(one.outputs["routeTableIds"]))
    .find((id) => texts(inputs["routeTableIds"]).includes(id));
  return [
    ...(network && stray
      ? refuse("subnetIds", `InvalidParameter: subnet ${stray.id} does not belong to ${network.id}`)
      : []),
    ...(twin
      ? refuse(
          "subnetIds",
          `DuplicateSubnetsInSameZone: found another VPC endpoint subnet in the availability zone of ${twin.id}`,
        )
      : []),
    ...(wantsDns &&
    network &&
    !(network.outputs["enableDnsSupport"] === true && network.outputs["enableDnsHostnames"] === true)
      ? refuse(
          "privateDnsEnabled",
          "InvalidParameter: enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true",
        )
      : []),
    ...(wantsDns && same.some((one) => one.outputs["privateDnsEnabled"] === true)
      ? refuse(
          "privateDnsEnabled",
          `InvalidParameter: private-dns-enabled cannot be set because there is already a conflicting DNS domain for ${text(inputs["serviceName"]) ?? ""} in ${network?.id ?? ""}`,
        )
      : []),
    ...(shared === undefined
      ? []
      : refuse(
          "routeTableIds",
          `RouteAlreadyExists: route table ${shared} already has a route to ${text(inputs["serviceName"]) ?? ""}`,
        )),
  ];
}

function endpointOutputs(moment: Moment & { readonly id: string }): Props {
  const { inputs, account, id } = moment;
  const kind = kindOf(inputs);
  const region = regionOf(moment);
  const service = text(inputs["serviceName"]) ?? "";
  const subnets = itemsOf(account, T.subnet, texts(inputs["subnetIds"]));
  const short = service.split(".").slice(3).reverse().join(".");
  const name = `${id}-${moment.random("dns", 8, "abcdefghijklmnopqrstuvwxyz0123456789")}`;
  const common = {
    arn: arnOf(moment, "ec2", `vpc-endpoint/${id}`),
    ownerId: moment.place.account,
    policy: inputs["policy"] ?? openPolicy,
    requesterManaged: false,
    state: "available",
  };
  if (kind === "Gateway")
    return {
      ...common,
      cidrBlocks: service.endsWith(".s3") ? ["52.216.0.0/15", "54.231.0.0/16"] : ["52.94.0.0/22"],
      dnsEntries: [],
      dnsOptions: {},
      ipAddressType: "",
      networkInterfaceIds: [],
      prefixListId: `pl-${moment.random("prefixes", 8, HEX)}`,
      privateDnsEnabled: false,
      routeTableIds: inputs["routeTableIds"] ?? [],
      securityGroupIds: [],
      subnetConfigurations: [],
      subnetIds: [],
    };
  const host = (zone: string) => ({
    dnsName: `${name}${zone}.${short}.${region}.vpce.amazonaws.com`,
    hostedZoneId: "Z7HUB22UULQXV",
  });
  const own =
    inputs["privateDnsEnabled"] === true
      ? [{ dnsName: `${short}.${region}.amazonaws.com`, hostedZoneId: `Z01234567${id.slice(-6).toUpperCase()}` }]
      : [];
  return {
    ...common,
    cidrBlocks: [],
    dnsEntries: [host(""), ...subnets.map((subnet) => host(`-${told(subnet, "availabilityZone") ?? ""}`)), ...own],
    dnsOptions: inputs["dnsOptions"] ?? { dnsRecordIpType: "ipv4", privateDnsOnlyForInboundResolverEndpoint: false },
    ipAddressType: text(inputs["ipAddressType"]) ?? "ipv4",
    networkInterfaceIds: subnets.map((subnet) => ec2Id(moment, "eni", subnet.id)),
    prefixListId: "",
    privateDnsEnabled: flag(inputs["privateDnsEnabled"]) ?? false,
    routeTableIds: [],
    securityGroupIds: inputs["securityGroupIds"] ?? [],
    subnetConfigurations:
      inputs["subnetConfigurations"] ??
      subnets.map((subnet) => ({ ipv4: address(told(subnet, "cidrBlock") ?? "10.0.0.0/24", 10), subnetId: subnet.id })),
    subnetIds: inputs["subnetIds"] ?? [],
  };
}

export const rows: readonly Row[] = [vpcEndpoint];
