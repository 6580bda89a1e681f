import * as pulumi from "@pulumi/pulumi";

/** One statement of an IAM, key or bucket policy, in IAM's own spelling. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: pulumi.Input<"*" | Readonly<Record<"AWS" | "Service", pulumi.Input<string>>>> | object;
  readonly Action: string | readonly string[];
  readonly Resource?: pulumi.Input<string> | readonly pulumi.Input<string>[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** The JSON text of a policy. */
export const policyText = (...statements: readonly Statement[]): pulumi.Output<string> =>
  pulumi.jsonStringify({ Version: "2012-10-17", Statement: statements });

/**
 * Lets one AWS service take a role, and only for this account's own resources: without the condition the service
 * could be talked into using the role for somebody else's (the confused deputy).
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
export const assumedBy = (service: string, accountId: pulumi.Output<string>): pulumi.Output<string> =>
  policyText({
    Sid: "ServiceOfThisAccount",
    Effect: "Allow",
    Principal: { Service: `${service}.amazonaws.com` },
    Action: "sts:AssumeRole",
    Condition: { StringEquals: { "aws:SourceAccount": accountId } },
  });

/**
 * Lets pods take a role through EKS Pod Identity: of this account's clusters, or of one; which service account, an
 * association says. https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html
 * @param clusterArn the one cluster @default any of the account
 */
export const assumedByPods = (
  accountId: pulumi.Output<string>,
  clusterArn?: pulumi.Output<string>,
): pulumi.Output<string> =>
  policyText({
    Sid: "PodsOfThisAccount",
    Effect: "Allow",
    Principal: { Service: "pods.eks.amazonaws.com" },
    Action: ["sts:AssumeRole", "sts:TagSession"],
    Condition: {
      StringEquals: { "aws:SourceAccount": accountId },
      ...(clusterArn && { ArnEquals: { "aws:SourceArn": clusterArn } }),
    },
  });
