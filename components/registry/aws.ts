import { LifecyclePolicy, ReplicationConfiguration, Repository } from "@pulumi/aws/ecr";
import * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "../build";
import type { Keys } from "../keys";
import { awsNames } from "../naming/aws";
import { nativeOf, type Site } from "../site";
import { siteName, tagsOf } from "../site/aws-identity";
import type { BuildRegistry, CompleteRegistryArgs } from ".";

type Context = BuildContext<CompleteRegistryArgs>;

/** One ECR repository a name, and its twin in the replica's region. */
export const build: BuildRegistry = (context) => {
  const { name, site, args } = context;
  const { accountId } = nativeOf(site, "aws", `Registry "${name}"`);
  const made = args.repositories.map((repository) => [repository, buildRepository(context, repository)] as const);
  if (args.replica) replicate(context, args.replica);
  // Of the registry itself nothing is made: an account has one a region.
  const suffix = site.region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
  return {
    host: pulumi.interpolate`${accountId}.dkr.ecr.${site.region}.${suffix}`,
    urls: Object.fromEntries(made.map(([repository, { repositoryUrl }]) => [repository, repositoryUrl])),
    native: {
      cloud: "aws",
      repositoryArns: Object.fromEntries(made.map(([repository, { arn }]) => [repository, arn])),
    },
  };
};

interface Where {
  readonly site: Site;
  readonly keys: Keys;
  /** Part of the logical names, where it isn't the registry's own place. */
  readonly suffix?: string;
}

/** Private, tags that never move, scanned on push, under the customer key (CLU-14, CLU-15, SEC-16). */
function buildRepository(context: Context, repository: string, where?: Where): Repository {
  const { name, site, args, child } = context;
  const { suffix = "" } = where ?? {};
  const label = `${name}-${repository}${suffix}`;
  const options = where ? { ...child, provider: where.site.provider } : child;
  const made = new Repository(
    label,
    {
      // Images are pulled by this name, and copies keep it: so it is fixed, and what must be replaced goes first.
      name: siteName(site, awsNames.repository, name, repository),
      imageTagMutability: "IMMUTABLE",
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: (where?.keys ?? args.keys).for("registry").id }],
      forceDelete: site.safeguards.disposable,
      tags: tagsOf(where?.site ?? site, label),
    },
    { ...options, protect: site.safeguards.deletionProtection, deleteBeforeReplace: true },
  );
  new LifecyclePolicy(label, { repository: made.name, policy: JSON.stringify(cleanup(args.keepReleases)) }, options);
  return made;
}

/** The last releases stay; what lost its tag, or never had one, goes after a week. */
const cleanup = (keepReleases: number) => ({
  rules: [
    {
      rulePriority: 1,
      description: "Expire what has no tag",
      selection: { tagStatus: "untagged", countType: "sinceImagePushed", countUnit: "days", countNumber: 7 },
      action: { type: "expire" },
    },
    {
      rulePriority: 2,
      description: `Keep ${keepReleases} releases`,
      selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: keepReleases },
      action: { type: "expire" },
    },
  ],
});

/**
 * Copies of every push (BAK-12). The twins are made here: those that ECR would make have neither our key nor our cleanup.
 * An account has one replication configuration a region, so one stack of an account and region may ask for a replica;
 * the filter keeps other stacks' images out of it.
 */
function replicate(context: Context, replica: NonNullable<CompleteRegistryArgs["replica"]>): void {
  const { name, site, args, child } = context;
  const { accountId } = nativeOf(replica.site, "aws", `Replica of registry "${name}"`);
  const twins = args.repositories.map((repository) =>
    buildRepository(context, repository, { ...replica, suffix: "-replica" }),
  );
  new ReplicationConfiguration(
    name,
    {
      replicationConfiguration: {
        rules: [
          {
            destinations: [{ region: replica.site.region, registryId: accountId }],
            repositoryFilters: [
              { filter: `${siteName(site, awsNames.repository, name)}/`, filterType: "PREFIX_MATCH" },
            ],
          },
        ],
      },
    },
    { ...child, dependsOn: twins },
  );
}
