import assert from "node:assert/strict";
import { build, inside, itKeepsTheContract } from "../../test/contract";
import { zones } from "../../test/sites";
import { clouds } from "../cloud";
import { Network } from ".";

const token = "trifold:network:Network";

describe("network", () => {
  itKeepsTheContract({
    token,
    builds: {
      defaults: () => undefined,
      "everything set": ({ site, keys }) =>
        new Network("more", {
          site,
          keys,
          cidr: "10.64.0.0/18",
          zones: zones[site.cloud].slice(0, 2),
          nat: "per-zone",
          egress: "open",
          appPort: 80,
          flowLogRetentionDays: 365,
        }),
    },
    findings: { "everything set": ["network-sg-restrict-egress"] },
  });

  for (const cloud of clouds)
    it(`can do with a single NAT on ${cloud} without replacing a subnet (NET-04)`, async () => {
      const subnets = async (nat: "single" | "per-zone") => {
        const recording = await build(
          cloud,
          ({ site, keys }) => new Network("more", { site, keys, zones: zones[cloud], nat, cidr: "10.64.0.0/16" }),
          false,
        );
        return inside(recording, token)
          .filter((one) => /[sS]ubnet(work)?$/.test(one.type))
          .map((one) => one.urn)
          .sort();
      };
      assert.deepEqual(await subnets("single"), await subnets("per-zone"));
    });
});
