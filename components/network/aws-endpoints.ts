import { VpcEndpoint } from "@pulumi/aws/ec2";
import type * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "../build";
import { nativeOf } from "../site";
import { tagsOf } from "../site/aws-identity";
import { policyText } from "../site/aws-policy";
import type { CompleteNetworkArgs } from ".";
import { ingress, ports, securityGroup } from "./aws-firewall";

type Context = BuildContext<CompleteNetworkArgs>;
type Id = pulumi.Output<string>;

/**
 * Services that the private tier reaches without NAT (NET-12). `own`: the endpoint serves this account's principals
 * only, so that stolen keys of another account can't carry data out through it. sts takes callers that have no account
 * yet (web identities), so it can't.
 */
const interfaces = {
  kms: "own",
  secretsmanager: "own",
  logs: "own",
  "ecr.api": "own",
  "ecr.dkr": "own",
  sts: "any",
} as const;

/** These cost nothing. Left open to every account: image layers and package mirrors lie in buckets of AWS itself. */
const gateways = ["s3", "dynamodb"] as const;

interface Where {
  readonly vpcId: Id;
  /** Of the private tier, in the order of the zones. */
  readonly subnetIds: readonly Id[];
  readonly routeTableIds: readonly Id[];
}

export function buildEndpoints(context: Context, { vpcId, subnetIds, routeTableIds }: Where): void {
  const { name, site, args, child } = context;
  const { accountId } = nativeOf(site, "aws", `Network "${name}"`);
  const own = policyText({
    Sid: "ThisAccountOnly",
    Effect: "Allow",
    Principal: "*",
    Action: "*",
    Resource: "*",
    Condition: { StringEquals: { "aws:PrincipalAccount": accountId } },
  });
  const serviceName = (service: string) => `com.amazonaws.${site.region}.${service}`;
  for (const service of gateways)
    new VpcEndpoint(
      `${name}-${service}`,
      {
        vpcId,
        vpcEndpointType: "Gateway",
        serviceName: serviceName(service),
        routeTableIds: [...routeTableIds],
        tags: tagsOf(site, `${name}-${service}`),
      },
      child,
    );
  const group = securityGroup(context, "endpoints", vpcId, "Private endpoints of AWS services: from the network");
  // Private DNS sends every caller of the network here, whichever group it is in: the range is the right source.
  ingress(context, "endpoints", group, {
    ...ports("tcp", 443),
    cidrIpv4: args.cidr,
    description: "HTTPS from inside the network",
  });
  for (const [service, callers] of Object.entries(interfaces))
    new VpcEndpoint(
      `${name}-${service}`,
      {
        vpcId,
        vpcEndpointType: "Interface",
        serviceName: serviceName(service),
        privateDnsEnabled: true,
        // Paid by the zone and hour: whoever does with one NAT does with one zone's endpoints.
        subnetIds: args.nat === "single" ? subnetIds.slice(0, 1) : [...subnetIds],
        securityGroupIds: [group],
        ...(callers === "own" && { policy: own }),
        tags: tagsOf(site, `${name}-${service}`),
      },
      child,
    );
}
