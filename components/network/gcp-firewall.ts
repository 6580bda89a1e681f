import { Firewall, type FirewallArgs, type Network } from "@pulumi/gcp/compute";
import { physicalName } from "../naming";
import { gcpNames } from "../naming/gcp";
import { nativeOf } from "../site";
import type { CompleteNetworkArgs } from ".";
import type { Context } from "./gcp";

/** Network tags that machines carry; rules and routes name them instead of addresses (NET-06). */
export const networkTags = { app: "app", data: "data" } as const;

/** Google's front ends and health checks. https://cloud.google.com/load-balancing/docs/firewall-rules */
const frontEnds = ["35.191.0.0/16", "130.211.0.0/22"];
/** private.googleapis.com. https://cloud.google.com/vpc/docs/configure-private-google-access#config-domain */
export const googleApis = "199.36.153.8/30";
const anywhere = ["0.0.0.0/0"];
/** PostgreSQL; the Cloud SQL proxy's port and the pooler's; Redis in clear inside the cluster and with TLS (F4). */
const dataPorts = ["3307", "5432", "6378", "6379", "6432"];

type Rule = Required<Pick<FirewallArgs, "description" | "direction" | "priority">> & Omit<FirewallArgs, "network">;

const web: FirewallArgs["allows"] = [
  { protocol: "tcp", ports: ["80", "443", "53"] },
  { protocol: "udp", ports: ["53", "123", "443"] },
];
const everything = [{ protocol: "all" }];

/**
 * All rules of a network, by name. What isn't allowed is refused and logged, both ways; the data tier refuses again
 * above every later rule, so that none opens it by accident. SSH is not among them: NET-08 is off, and IAP's
 * range (35.235.240.0/20) is opened by who brings machines that need it.
 */
export function firewallRules(
  { cidr, egress, appPort }: Pick<CompleteNetworkArgs, "cidr" | "egress" | "appPort">,
  publicRange: string,
): Readonly<Record<string, Rule>> {
  const app = [networkTags.app];
  const data = [networkTags.data];
  return {
    "deny-ingress": {
      description: "Nothing comes in that no other rule lets in",
      direction: "INGRESS",
      priority: 65_534,
      denies: everything,
      sourceRanges: anywhere,
    },
    "deny-egress": {
      description: "Nothing goes out that no other rule lets out",
      direction: "EGRESS",
      priority: 65_534,
      denies: everything,
      destinationRanges: anywhere,
    },
    "edge-to-app": {
      description: "Load balancers and their health checks reach the application's port (NET-06)",
      direction: "INGRESS",
      priority: 1000,
      allows: [{ protocol: "tcp", ports: [String(appPort)] }],
      sourceRanges: [...frontEnds, publicRange],
      targetTags: app,
    },
    "app-to-data": {
      description: "The application reaches databases and caches that run on machines (NET-06)",
      direction: "INGRESS",
      priority: 1000,
      allows: [{ protocol: "tcp", ports: dataPorts }],
      sourceTags: app,
      targetTags: data,
    },
    "app-to-network": {
      description: "The application reaches this network, where the rules for incoming traffic decide",
      direction: "EGRESS",
      priority: 1000,
      allows: everything,
      destinationRanges: [cidr],
      targetTags: app,
    },
    "app-to-internet": {
      description:
        egress === "web"
          ? "The application reaches web, name and time servers (NET-09)"
          : "The application reaches everything (NET-09: open)",
      direction: "EGRESS",
      priority: 1000,
      allows: egress === "web" ? web : everything,
      destinationRanges: anywhere,
      targetTags: app,
    },
    "google-apis": {
      description: "Machines reach Google's APIs on their private addresses (NET-12)",
      direction: "EGRESS",
      priority: 800,
      allows: [{ protocol: "tcp", ports: ["443"] }],
      destinationRanges: [googleApis],
      targetTags: [...app, ...data],
    },
    "data-deny-egress": {
      description: "The data tier goes nowhere else, whatever later rules allow",
      direction: "EGRESS",
      priority: 900,
      denies: everything,
      destinationRanges: anywhere,
      targetTags: data,
    },
  };
}

export function closeFirewall({ name, site, args, child }: Context, network: Network, publicRange: string): void {
  const { project } = nativeOf(site, "gcp", `Network "${name}"`);
  for (const [key, rule] of Object.entries(firewallRules(args, publicRange)))
    new Firewall(
      `${name}-${key}`,
      {
        project,
        network: network.id,
        name: physicalName(gcpNames.firewall, [site.prefix, name, key]),
        logConfig: { metadata: "INCLUDE_ALL_METADATA" },
        ...rule,
      },
      // The direction is fixed at birth.
      { ...child, deleteBeforeReplace: true },
    );
}
