// Bring your own network: one stack makes it, another builds its platform in it (issue, section 3).
import assert from "node:assert/strict";
import { clouds } from "../components/cloud";
import { privateServices } from "../components/network";
import { defaultRegion } from "../components/regions";
import { Stage } from "./stage";

interface Outputs {
  readonly network: {
    readonly id: string;
    readonly cidr: string;
    readonly subnetIds: Readonly<Record<"public" | "private" | "data", readonly string[]>>;
  };
}

/** Names of the ranges for pods and services, as the owner's private subnet has them. */
function secondaryRanges(stage: Stage): Readonly<Record<string, string>> {
  const subnet = stage.resources("dev").find(({ inputs }) => Array.isArray(inputs?.["secondaryIpRanges"]));
  const ranges = (subnet?.outputs?.["secondaryIpRanges"] ?? []) as readonly { readonly rangeName: string }[];
  const named = (part: string) => ranges.find(({ rangeName }) => rangeName.includes(part))?.rangeName ?? "";
  return { pods: named("pod"), services: named("service") };
}

describe("a platform in an existing network", () => {
  for (const cloud of clouds)
    it(`makes no network of its own on ${cloud}, and works in the one that it is given`, async () => {
      const stage = new Stage();
      try {
        const place = { "trifold:cloud": cloud, "trifold:region": defaultRegion[cloud] };
        const owner = await stage.run("up", "dev", { config: place, policyPacks: [] });
        assert.equal(owner.status, "succeeded", owner.errors.join("\n"));
        const { id, cidr, subnetIds: subnets } = (owner.outputs as unknown as Outputs).network;
        const subnet = (part: string) =>
          stage.resources("dev").find(({ urn }) => urn.endsWith(`Subnet::network-${part}`))?.id;
        const zone = (service: string) =>
          stage.resources("dev").find(({ urn }) => urn.endsWith(`privatedns:PrivateZone::network-${service}`))?.id;
        const privateZones = Object.fromEntries(privateServices.map((service) => [service, zone(service)]));
        const existing = {
          ...{ id, cidr, subnets },
          ...(cloud === "azure" && {
            databaseSubnet: subnet("database"),
            clusterSubnet: subnet("cluster"),
            privateZones,
          }),
          ...(cloud === "gcp" && { secondaryRanges: secondaryRanges(stage) }),
        };
        const config = {
          ...place,
          "trifold:name": "tenant",
          "trifold:environment": "dev",
          "trifold:network": JSON.stringify({ existing }),
          // Detection of threats is the account's, and its first stack owns it.
          "trifold:audit": JSON.stringify({ threatDetection: false }),
        };
        const tenant = await stage.run("up", "staging", { config });
        assert.equal(tenant.status, "succeeded", tenant.errors.join("\n"));
        const networks =
          /^(?!trifold:).*:(Vpc|VirtualNetwork|PrivateZone|Network|Subnet|Subnetwork|NatGateway|RouterNat)$/;
        assert.deepEqual(
          stage
            .resources("staging")
            .filter(({ type }) => networks.test(type))
            .map(({ urn }) => urn),
          [],
        );
        // What isn't ours is read each time (GCP's private services connection); nothing else happens.
        const { read: _, ...steps } = (await stage.run("up", "staging", { config, policyPacks: [] })).steps;
        assert.deepEqual(steps, {});
      } finally {
        await stage.close();
      }
    });
});
