import * as compute from "@pulumi/gcp/compute";
import { RecordSet } from "@pulumi/gcp/dns";
import * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "../build";
import { fullName, rooted } from "../dns/names";
import type { NamingRule } from "../naming";
import { physicalName } from "../naming";
import { gcpNames } from "../naming/gcp";
import { nativeOf } from "../site";
import { keepLogs } from "../site/gcp-logs";
import { labelsOf } from "../site/gcp-names";
import type { BuildCdn, CompleteCdnArgs } from ".";
import { certificateMap } from "./gcp-certificate";
import { apiService, assetService } from "./gcp-services";
import { redirectMap, urlMap } from "./gcp-url-map";

type Context = BuildContext<CompleteCdnArgs>;

/** A global external application load balancer with Cloud CDN: IPv4 and IPv6, HTTPS (F5), and a redirect on 80 (NET-10). */
export const build: BuildCdn = (context) => {
  const { name, site, args, child } = context;
  const { project } = nativeOf(site, "gcp", `Cdn "${name}"`);
  const host = fullName(args.host, args.zone.domain);
  const named = (rule: NamingRule, ...parts: string[]) => physicalName(rule, [site.prefix, name, ...parts]);
  const fixed = { ...child, deleteBeforeReplace: true };
  const mapName = named(gcpNames.urlMap);
  const map = urlMap(context, mapName, host, {
    assets: args.assets && assetService(context, args.assets),
    api: args.api && apiService(context, args.api),
  });
  const policy = new compute.SSLPolicy(
    name,
    {
      project,
      name: named(gcpNames.sslPolicy),
      // Never of the version: another description would be another policy.
      description: `What ${name} of ${site.prefix} speaks`,
      // Google takes 1.3 with this set of ciphers only; its ciphers of 1.2 are the strong ones.
      profile: "RESTRICTED",
      minTlsVersion: `TLS_${args.minTls.replace(".", "_")}`,
    },
    fixed,
  );
  const https = new compute.TargetHttpsProxy(
    name,
    {
      project,
      name: named(gcpNames.targetProxy, "https"),
      urlMap: map.id,
      certificateMap: pulumi.interpolate`//certificatemanager.googleapis.com/${certificateMap(context, host)}`,
      sslPolicy: policy.id,
      // HTTP/3, and none of its early data, which can be sent again by others.
      quicOverride: "ENABLE",
      tlsEarlyData: "DISABLED",
    },
    fixed,
  );
  const http = new compute.TargetHttpProxy(
    name,
    {
      project,
      name: named(gcpNames.targetProxy, "http"),
      urlMap: redirectMap(context, named(gcpNames.urlMap, "redirect")).id,
    },
    fixed,
  );
  const addresses = (["IPV4", "IPV6"] as const).map((ipVersion) => front(context, ipVersion, { https, http }));
  keepLogs(context, {
    what: "access",
    description: `Requests to ${host}`,
    filter: `resource.type="http_load_balancer" AND resource.labels.url_map_name="${mapName}"`,
    retentionDays: args.logRetentionDays,
    key: args.keys.for("logs"),
  });
  return {
    url: pulumi.output(`https://${host}`),
    id: map.id,
    target: addresses[0]?.address ?? pulumi.output(""),
  };
};

interface Proxies {
  readonly https: compute.TargetHttpsProxy;
  readonly http: compute.TargetHttpProxy;
}

const kinds = { IPV4: { what: "ipv4", record: "A" }, IPV6: { what: "ipv6", record: "AAAA" } } as const;

/** An address with its two ports, and the record that leads to it. */
function front({ name, site, args, child }: Context, ipVersion: keyof typeof kinds, { https, http }: Proxies) {
  const { project, services } = nativeOf(site, "gcp", `Cdn "${name}"`);
  const { zoneName } = nativeOf(args.zone, "gcp", `Cdn "${name}"`);
  const { what, record } = kinds[ipVersion];
  const fixed = { ...child, deleteBeforeReplace: true };
  const addressName = physicalName(gcpNames.globalAddress, [site.prefix, name, what]);
  const address = new compute.GlobalAddress(
    `${name}-${what}`,
    {
      project,
      name: addressName,
      description: `Where ${name} of ${site.prefix} is reached`,
      addressType: "EXTERNAL",
      ipVersion,
      labels: labelsOf(site, addressName),
    },
    { ...fixed, dependsOn: [...services] },
  );
  const forward = (port: "443" | "80", target: pulumi.Output<string>) => {
    const ruleName = physicalName(gcpNames.forwardingRule, [site.prefix, name, what, port]);
    return new compute.GlobalForwardingRule(
      `${name}-${what}-${port}`,
      {
        project,
        name: ruleName,
        description: port === "80" ? "Redirects to HTTPS" : "HTTPS",
        loadBalancingScheme: "EXTERNAL_MANAGED",
        ipAddress: address.id,
        ipProtocol: "TCP",
        portRange: port,
        target,
        // Facing the internet is what it is for.
        labels: { ...labelsOf(site, ruleName), exposure: "public" },
      },
      { ...fixed, protect: site.safeguards.deletionProtection },
    );
  };
  const open = [forward("443", https.id), forward("80", http.id)];
  new RecordSet(
    `${name}-${what}`,
    {
      project,
      managedZone: zoneName,
      name: rooted(fullName(args.host, args.zone.domain)),
      type: record,
      ttl: 300,
      rrdatas: [address.address],
    },
    { ...fixed, dependsOn: open },
  );
  return address;
}
