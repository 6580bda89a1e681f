import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import { getPartitionOutput } from "@pulumi/aws/getPartition";
import { Provider } from "@pulumi/aws/provider";
import type { SiteContext, SiteOutputs } from ".";

/** The provider of a region, and the account behind its credentials. */
export function buildAws({ name, args, parent }: SiteContext): SiteOutputs {
  const wanted = args.account?.aws;
  // Tags are given to each resource instead of by defaultTags: they show in the plan where they belong, and one tag
  // can't be claimed by both sides. Stack policies see them either way.
  const provider = new Provider(
    name,
    { region: args.region, ...(wanted !== undefined && { allowedAccountIds: [wanted] }) },
    { parent },
  );
  const { accountId } = getCallerIdentityOutput({}, { parent, provider });
  const { partition } = getPartitionOutput({}, { parent, provider });
  return { provider, accountKey: accountId, native: { cloud: "aws", accountId, partition } };
}
