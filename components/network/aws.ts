import { DefaultSecurityGroup, Vpc } from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import { tagsOf } from "../site/aws-identity";
import type { BuildNetwork } from ".";
import { buildEndpoints } from "./aws-endpoints";
import { buildSecurityGroups } from "./aws-firewall";
import { buildFlowLog } from "./aws-flow-logs";
import { buildSubnets } from "./aws-subnets";

/** A VPC in three tiers, or the security groups alone in somebody else's. */
export const build: BuildNetwork = (context) => {
  const { name, site, args, child } = context;
  if (args.existing) {
    const { id, cidr, subnets } = args.existing;
    return {
      id: pulumi.output(id),
      cidr: pulumi.output(cidr),
      subnetIds: {
        public: pulumi.all([...subnets.public]),
        private: pulumi.all([...subnets.private]),
        data: pulumi.all([...subnets.data]),
      },
      egress: pulumi.output([]),
      native: { cloud: "aws", securityGroups: buildSecurityGroups(context, id) },
    };
  }
  const vpc = new Vpc(
    name,
    { cidrBlock: args.cidr, enableDnsSupport: true, enableDnsHostnames: true, tags: tagsOf(site, name) },
    child,
  );
  // The group that everything without one of its own falls into: no rules, so nothing works by accident.
  new DefaultSecurityGroup(
    name,
    { vpcId: vpc.id, ingress: [], egress: [], tags: tagsOf(site, `${name}-default-locked`) },
    child,
  );
  buildFlowLog(context, vpc.id);
  const { subnetIds, routeTableIds, egress } = buildSubnets(context, vpc.id);
  buildEndpoints(context, { vpcId: vpc.id, subnetIds: subnetIds.private, routeTableIds });
  return {
    id: vpc.id,
    cidr: vpc.cidrBlock,
    subnetIds: {
      public: pulumi.all([...subnetIds.public]),
      private: pulumi.all([...subnetIds.private]),
      data: pulumi.all([...subnetIds.data]),
    },
    egress,
    native: { cloud: "aws", securityGroups: buildSecurityGroups(context, vpc.id) },
  };
};
