import { RepositoryIamMember } from "@pulumi/gcp/artifactregistry";
import { IAMMember } from "@pulumi/gcp/projects";
import { Account } from "@pulumi/gcp/serviceaccount";
import * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "../build";
import { physicalName } from "../naming";
import { gcpNames } from "../naming/gcp";
import { nativeOf } from "../site";
import type { CompleteClusterArgs } from ".";

type Context = BuildContext<CompleteClusterArgs>;

/** Who nodes are: an account that may write logs and metrics, and pull from our registry, and nothing else (nodepool-dedicated-identity). */
export function nodeIdentity({ name, site, args, child }: Context) {
  const { project, services } = nativeOf(site, "gcp", `Cluster "${name}"`);
  const account = new Account(
    `${name}-nodes`,
    {
      project,
      accountId: physicalName(gcpNames.serviceAccount, [site.prefix, name, "nodes"]),
      displayName: `Nodes of ${site.prefix}-${name}`,
    },
    { ...child, deleteBeforeReplace: true, dependsOn: [...services] },
  );
  const member = account.member;
  const base = new IAMMember(
    `${name}-nodes`,
    { project, role: "roles/container.defaultNodeServiceAccount", member },
    child,
  );
  return { email: account.email, grants: [base, ...pullRights(args, name, member, child)] };
}

function pullRights(
  { registry }: CompleteClusterArgs,
  name: string,
  member: pulumi.Output<string>,
  child: Context["child"],
): pulumi.Resource[] {
  if (!registry) return [];
  const { location, repositoryIds } = nativeOf(registry, "gcp", `Cluster "${name}"`);
  return Object.entries(repositoryIds).map(
    ([repository, id]) =>
      new RepositoryIamMember(
        `${name}-pull-${repository}`,
        { repository: id, location, role: "roles/artifactregistry.reader", member },
        child,
      ),
  );
}

/** `team@example.com` is a group, which is how people should be given rights; others say what they are. */
export const principalOf = (admin: string): string => (/^[a-zA-Z]+:/.test(admin) ? admin : `group:${admin}`);

/**
 * Administrators by Google login: GKE maps container.admin to every right inside the cluster. The grant lies on the
 * project, which is the only place for it, and holds for this one cluster by its condition.
 * https://cloud.google.com/iam/docs/conditions-resource-attributes#resource-name
 */
export function admit({ name, site, args, child }: Context, clusterName: string): pulumi.Resource[] {
  const { project } = nativeOf(site, "gcp", `Cluster "${name}"`);
  return args.admins.map(
    (admin) =>
      new IAMMember(
        `${name}-admin-${admin.replaceAll(/[^A-Za-z0-9]+/g, "-")}`,
        {
          project,
          role: "roles/container.admin",
          member: principalOf(admin),
          condition: {
            title: `only ${clusterName}`,
            description: "Administrators of one cluster",
            expression: onlyFor(
              pulumi.interpolate`projects/${project}/locations/${site.region}/clusters/${clusterName}`,
            ),
          },
        },
        child,
      ),
  );
}

/** One resource and what is in it. */
const onlyFor = (resource: pulumi.Output<string>) =>
  pulumi.interpolate`resource.name == "${resource}" || resource.name.startsWith("${resource}/")`;
