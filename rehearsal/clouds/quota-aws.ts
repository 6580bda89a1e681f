// AWS: figures of the Service Quotas reference (docs.aws.amazon.com/general/latest/gr, one page a service), which are
// those of an account that never asked for more. Error codes: the reference of each service's API.
import type { Quota, Thing, Use } from "./quota";
import { coresOfInstance } from "./quota-sizes";
import { number, object, text, texts } from "./values";

const inRegion =
  (amount = 1) =>
  ({ place }: Thing): Use => ({ amount, where: place.region });

const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";

/** Families that "Standard" means, in the names of quota L-1216C47A. */
const standard = /^[acdhimrtz]\d/;

function cores({ inputs, place }: Thing): Use | undefined {
  const sort = texts(inputs["instanceTypes"])[0] ?? "t3.medium";
  if (!standard.test(sort) || text(inputs["capacityType"]) === "SPOT") return undefined;
  const count = number(object(inputs["scalingConfig"])["desiredSize"]) ?? 0;
  return { amount: count * coresOfInstance(sort), where: place.region };
}

export const quotas: readonly Quota[] = [
  {
    cloud: "aws",
    id: "elastic-ips",
    name: "Elastic IP addresses a region",
    known: "L-0263D0A3",
    fresh: 5,
    granted: 20,
    source: "EC2 endpoints and quotas: EC2-VPC Elastic IPs",
    types: ["aws:ec2/eip:Eip"],
    use: inRegion(),
    property: "",
    refusal: () => "api error AddressLimitExceeded: The maximum number of addresses has been reached.",
  },
  {
    cloud: "aws",
    id: "vpcs",
    name: "VPCs a region",
    known: "L-F678F1CE",
    fresh: 5,
    granted: 20,
    // Every region of a fresh account comes with a default VPC, and with its internet gateway.
    standing: 1,
    source: "VPC endpoints and quotas: VPCs per Region",
    types: ["aws:ec2/vpc:Vpc"],
    use: inRegion(),
    property: "",
    refusal: () => "api error VpcLimitExceeded: The maximum number of VPCs has been reached.",
  },
  {
    cloud: "aws",
    id: "internet-gateways",
    name: "internet gateways a region",
    known: "L-A4707A72",
    fresh: 5,
    granted: 20,
    standing: 1,
    source: "VPC endpoints and quotas: Internet gateways per Region",
    types: ["aws:ec2/internetGateway:InternetGateway"],
    use: inRegion(),
    property: "",
    refusal: () => "api error InternetGatewayLimitExceeded: The maximum number of internet gateways has been reached.",
  },
  {
    cloud: "aws",
    id: "nat-gateways",
    name: "NAT gateways an availability zone",
    known: "L-FE5A380F",
    fresh: 5,
    source: "VPC endpoints and quotas: NAT gateways per Availability Zone",
    types: ["aws:ec2/natGateway:NatGateway"],
    use: ({ inputs, place }, account) => {
      const subnet = account.find(["aws:ec2/subnet:Subnet"], "id", inputs["subnetId"] ?? null);
      return { amount: 1, where: text(subnet?.outputs["availabilityZone"]) ?? place.region };
    },
    property: "subnetId",
    refusal: ({ limit, where }) =>
      `api error NatGatewayLimitExceeded: Performing this operation would exceed the limit of ${limit} NAT gateways (${where})`,
  },
  {
    cloud: "aws",
    id: "vcpus",
    name: "vCPUs of running on-demand standard instances a region",
    known: "L-1216C47A",
    fresh: 5,
    granted: 256,
    source: "EC2 endpoints and quotas: Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances",
    types: [NODE_GROUP],
    use: cores,
    property: "",
    refusal: ({ limit }) =>
      `VcpuLimitExceeded - You have requested more vCPU capacity than your current vCPU limit of ${limit} allows for the instance bucket that the specified instance type belongs to. Please visit http://aws.amazon.com/contact-us/ec2-request to request an adjustment to this limit.`,
  },
  {
    cloud: "aws",
    id: "interface-endpoints",
    name: "interface endpoints a VPC",
    known: "L-29B6F2EB",
    fresh: 50,
    source: "VPC endpoints and quotas: Interface VPC endpoints per VPC",
    types: ["aws:ec2/vpcEndpoint:VpcEndpoint"],
    use: ({ inputs, place }) =>
      text(inputs["vpcEndpointType"]) === "Interface"
        ? { amount: 1, where: `${place.region} ${text(inputs["vpcId"]) ?? ""}` }
        : undefined,
    property: "",
    refusal: ({ limit }) =>
      `api error VpcEndpointLimitExceeded: The maximum number of interface endpoints in this VPC (${limit}) has been reached.`,
  },
  {
    cloud: "aws",
    id: "rds-instances",
    name: "RDS instances a region",
    known: "L-7B6409FD",
    fresh: 40,
    source: "RDS endpoints and quotas: DB instances",
    types: ["aws:rds/instance:Instance"],
    use: inRegion(),
    property: "",
    refusal: () =>
      "api error InstanceQuotaExceeded: Request would result in user exceeding the allotted quota: DB Instances",
  },
  {
    cloud: "aws",
    id: "trails",
    name: "CloudTrail trails a region",
    known: "fixed",
    fresh: 5,
    source: "CloudTrail endpoints and quotas: Trails per Region, which can't be raised",
    types: ["aws:cloudtrail/trail:Trail"],
    use: inRegion(),
    property: "",
    refusal: ({ account, limit, where }) =>
      `api error MaximumNumberOfTrailsExceededException: User: ${account} already has ${limit} trails in ${where}.`,
  },
  {
    cloud: "aws",
    id: "eks-clusters",
    name: "EKS clusters a region",
    known: "L-1194D53C",
    fresh: 100,
    source: "EKS endpoints and quotas: Clusters",
    types: ["aws:eks/cluster:Cluster"],
    use: inRegion(),
    property: "",
    refusal: () => "api error ResourceLimitExceededException: cluster limit exceeded",
  },
  {
    cloud: "aws",
    id: "buckets",
    name: "S3 buckets an account",
    known: "L-DC2B2D3D",
    fresh: 10_000,
    source: "S3 endpoints and quotas: General purpose buckets",
    types: ["aws:s3/bucket:Bucket"],
    use: () => ({ amount: 1, where: "" }),
    property: "",
    refusal: () => "api error TooManyBuckets: You have attempted to create more buckets than allowed",
  },
];
