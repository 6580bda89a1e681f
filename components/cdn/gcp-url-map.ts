import { type BackendService, URLMap } from "@pulumi/gcp/compute";
import * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "../build";
import { nativeOf } from "../site";
import type { CompleteCdnArgs } from ".";
import { apiPath, rootObject } from "./headers";

type Context = BuildContext<CompleteCdnArgs>;

interface Services {
  readonly assets: BackendService | undefined;
  readonly api: BackendService | undefined;
}

/** Which origin answers what. */
export function urlMap(
  { name, site, child }: Context,
  mapName: string,
  host: string,
  { assets, api }: Services,
): URLMap {
  const { project } = nativeOf(site, "gcp", `Cdn "${name}"`);
  const main = assets ?? api;
  if (!main) throw new pulumi.RunError(`Cdn "${name}" has no origin.`);
  const rules = [
    // A bucket that is read by its own address knows no start page.
    ...(assets
      ? [
          {
            priority: 1,
            matchRules: [{ fullPathMatch: "/" }],
            service: assets.id,
            routeAction: { urlRewrite: { pathPrefixRewrite: `/${rootObject}` } },
          },
        ]
      : []),
    ...(assets && api
      ? [{ priority: 2, matchRules: [{ prefixMatch: apiPath.replace("*", "") }], service: api.id }]
      : []),
  ];
  return new URLMap(
    name,
    {
      project,
      name: mapName,
      description: `${site.prefix}: ${host}`,
      defaultService: main.id,
      ...(rules.length > 0 && {
        hostRules: [{ hosts: [host], pathMatcher: "site" }],
        pathMatchers: [{ name: "site", defaultService: main.id, routeRules: rules }],
      }),
    },
    { ...child, deleteBeforeReplace: true },
  );
}

/** What port 80 says to everything (NET-10). */
export function redirectMap({ name, site, child }: Context, mapName: string): URLMap {
  const { project, services } = nativeOf(site, "gcp", `Cdn "${name}"`);
  return new URLMap(
    `${name}-redirect`,
    {
      project,
      name: mapName,
      description: `${site.prefix}: HTTP to HTTPS`,
      defaultUrlRedirect: {
        httpsRedirect: true,
        redirectResponseCode: "MOVED_PERMANENTLY_DEFAULT",
        stripQuery: false,
      },
    },
    { ...child, deleteBeforeReplace: true, dependsOn: [...services] },
  );
}
