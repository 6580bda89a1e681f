import { RolePolicy } from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { WorkloadIdentity } from "../../identity";
import { nativeOf } from "../../site";
import { policyText } from "../../site/aws-policy";
import { type Discover, place } from "./discovery";

/**
 * By the tags that EKS itself puts on the groups of managed pools; the same tag is the condition of changing one, so that
 * two clusters of an account never move each other's nodes.
 * https://docs.aws.amazon.com/eks/latest/best-practices/cas.html
 */
export const discover: Discover = ({ name, site, args, child }) => {
  const { accountId, partition } = nativeOf(site, "aws", `Autoscaling "${name}"`);
  const { clusterName } = nativeOf(args.cluster, "aws", `Autoscaling "${name}"`);
  const identity = new WorkloadIdentity(`${name}-groups`, { site, cluster: args.cluster, ...place, grants: {} }, child);
  const arn = (service: string, rest: pulumi.Input<string>) =>
    pulumi.interpolate`arn:${partition}:${service}:${site.region}:${accountId}:${rest}`;
  const rights = new RolePolicy(
    `${name}-groups`,
    {
      role: nativeOf(identity, "aws", `Autoscaling "${name}"`).roleName,
      policy: clusterName.apply((cluster) =>
        policyText(
          {
            Sid: "FindGroups",
            Effect: "Allow",
            Action: [
              "autoscaling:DescribeAutoScalingGroups",
              "autoscaling:DescribeAutoScalingInstances",
              "autoscaling:DescribeLaunchConfigurations",
              "autoscaling:DescribeScalingActivities",
              "autoscaling:DescribeTags",
              "ec2:DescribeImages",
              "ec2:DescribeInstanceTypes",
              "ec2:DescribeLaunchTemplateVersions",
              "ec2:GetInstanceTypesFromInstanceRequirements",
            ],
            // Describing knows no resource.
            Resource: "*",
          },
          {
            // Labels and taints of a pool without nodes: whether one of its would take the pod.
            Sid: "ReadPools",
            Effect: "Allow",
            Action: "eks:DescribeNodegroup",
            Resource: arn("eks", `nodegroup/${cluster}/*`),
          },
          {
            Sid: "SizeGroupsOfThisCluster",
            Effect: "Allow",
            Action: ["autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup"],
            Resource: arn("autoscaling", "autoScalingGroup:*:autoScalingGroupName/*"),
            Condition: { StringEquals: { [`aws:ResourceTag/k8s.io/cluster-autoscaler/${cluster}`]: "owned" } },
          },
        ),
      ),
    },
    child,
  );
  return {
    values: { cloudProvider: "aws", awsRegion: site.region, autoDiscovery: { clusterName } },
    ready: [identity, rights],
  };
};
