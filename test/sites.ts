// Places to build on in tests: one a cloud, the same but for where they are.
import type { Cloud, PerCloud } from "../components/cloud";
import { Keys } from "../components/keys";
import { Network } from "../components/network";
import { type Environment, Site } from "../components/site";

export const regions: PerCloud<string> = { aws: "us-east-1", azure: "eastus", gcp: "us-central1" };
export const zones: PerCloud<readonly string[]> = {
  aws: ["us-east-1a", "us-east-1b", "us-east-1c"],
  azure: ["1", "2", "3"],
  gcp: ["us-central1-a", "us-central1-b", "us-central1-c"],
};

/** A site of the application "goodies" with the tags that policies/standards.ts asks for. */
export const siteOn = (cloud: Cloud, environment: Environment = "prod"): Site =>
  new Site("primary", {
    app: "goodies",
    environment,
    cloud,
    region: regions[cloud],
    account: { gcp: "goodies-prod" },
    tags: { environment, app: "goodies", owner: "team@example.com", "cost-centre": "0000", "managed-by": "pulumi" },
  });

/** Site, keys and network: what databases and stores stand on. */
export function groundOn(cloud: Cloud, environment: Environment = "prod") {
  const site = siteOn(cloud, environment);
  const keys = new Keys("keys", { site });
  const network = new Network("network", { site, keys, zones: zones[cloud] });
  return { site, keys, network };
}
