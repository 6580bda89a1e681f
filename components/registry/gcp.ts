import { Repository } from "@pulumi/gcp/artifactregistry";
import * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "../build";
import type { Keys } from "../keys";
import { physicalName } from "../naming";
import { gcpNames } from "../naming/gcp";
import { nativeOf, type Site } from "../site";
import { labelsOf } from "../site/gcp-names";
import type { BuildRegistry, CompleteRegistryArgs } from ".";

/** Where a set of repositories stands. */
interface Stand {
  readonly site: Site;
  readonly keys: Keys;
}

/**
 * Artifact Registry: a Docker repository a name. It copies nothing to another region by itself, and its multi-regions
 * would need a key of their own and another address for every image, so a replica is a second set of repositories under
 * the same names: whoever pushes a release pushes it to both addresses (`gcrane cp`), and recovery pulls from the second.
 */
export const build: BuildRegistry = (context) => {
  const { site, args } = context;
  const made = repositories(context, args, "");
  const copies = args.replica ? repositories(context, args.replica, "-replica") : undefined;
  return {
    host: hostOf(site),
    urls: urlsOf(site, made),
    native: {
      cloud: "gcp",
      location: pulumi.output(site.region),
      repositoryIds: Object.fromEntries(Object.entries(made).map(([name, one]) => [name, one.repositoryId])),
      ...(args.replica && copies ? { replicaUrls: urlsOf(args.replica.site, copies) } : {}),
    },
  };
};

const hostOf = (site: Site) => pulumi.output(`${site.region}-docker.pkg.dev`);

const urlsOf = (site: Site, made: Readonly<Record<string, Repository>>) =>
  Object.fromEntries(
    Object.entries(made).map(([name, one]) => [
      name,
      pulumi.interpolate`${hostOf(site)}/${one.project}/${one.repositoryId}/${name}`,
    ]),
  );

function repositories(
  { name, args, child }: BuildContext<CompleteRegistryArgs>,
  { site, keys }: Stand,
  ending: string,
): Record<string, Repository> {
  const { project, services } = nativeOf(site, "gcp", `Registry "${name}"`);
  const key = keys.for("registry");
  const { grants } = nativeOf(key, "gcp", `Registry "${name}"`);
  const make = (repository: string) => {
    const repositoryId = physicalName(gcpNames.repository, [site.prefix, name, repository]);
    return new Repository(
      `${name}-${repository}${ending}`,
      {
        project,
        location: site.region,
        repositoryId,
        description: `Images of ${repository} of ${site.prefix}`,
        format: "DOCKER",
        mode: "STANDARD_REPOSITORY",
        kmsKeyName: key.id,
        dockerConfig: { immutableTags: true },
        vulnerabilityScanningConfig: { enablementConfig: "INHERITED" },
        cleanupPolicies: cleanupPolicies(args.keepReleases),
        cleanupPolicyDryRun: false,
        labels: labelsOf(site, repositoryId),
      },
      {
        ...child,
        protect: site.safeguards.deletionProtection,
        deleteBeforeReplace: true,
        dependsOn: [...services, ...grants],
      },
    );
  };
  return Object.fromEntries(args.repositories.map((repository) => [repository, make(repository)]));
}

const day = 86_400;
/** A build that nothing has tagged yet is left alone so long. */
const graceDays = 7;

/** What is kept wins over what is deleted (CLU-15). https://cloud.google.com/artifact-registry/docs/repositories/cleanup-policy */
export const cleanupPolicies = (keepReleases: number) => [
  { id: "keep-releases", action: "KEEP", mostRecentVersions: { keepCount: keepReleases } },
  {
    id: "delete-older",
    action: "DELETE",
    condition: { tagState: "ANY", olderThan: `${graceDays * day}s` },
  },
];
