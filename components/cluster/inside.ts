import type * as pulumi from "@pulumi/pulumi";
import type { Site } from "../site";
import type { Cluster } from ".";

/** Options for a component that lives in a cluster: the site's parent and providers, and the cluster's own. */
export function insideOptions(
  site: Site,
  cluster: Cluster,
  ...others: readonly pulumi.ProviderResource[]
): pulumi.ComponentResourceOptions {
  const { providers, ...rest } = site.options;
  return { ...rest, providers: [...Object.values(providers ?? {}), cluster.provider, ...others] };
}
