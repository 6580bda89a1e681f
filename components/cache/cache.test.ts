import assert from "node:assert/strict";
import { build, inside, itKeepsTheContract } from "../../test/contract";
import { SECRET } from "../../test/wire";
import { clouds } from "../cloud";
import { Cache } from ".";

const token = "trifold:cache:Cache";

describe("cache", () => {
  itKeepsTheContract({
    token,
    builds: {
      defaults: (ground) => new Cache("cache", ground),
      "everything set": (ground) =>
        new Cache("cache", {
          ...ground,
          size: "large",
          mode: "sharded",
          shards: 4,
          ha: true,
          eviction: "allkeys-lru",
          snapshots: true,
          maintenanceDay: "wednesday",
          maintenanceHour: 23,
          logRetentionDays: 365,
          dataClass: "regulated",
        }),
    },
  });

  for (const cloud of clouds) {
    it(`gives every password away as a secret only on ${cloud} (CACHE-04, ARC-07)`, async () => {
      const recording = await build(cloud, (ground) => new Cache("cache", ground), false);
      for (const outputs of recording.componentOutputs.values())
        assert.ok(!JSON.stringify(outputs).includes(SECRET), "a component output is a credential");
      for (const one of inside(recording, token))
        for (const [property, value] of Object.entries(one.inputs))
          if (/password|secret(string|data|value)/i.test(property) && typeof value === "string")
            assert.ok(one.secretInputs.includes(property), `${one.urn} ${property}`);
    });

    it(`says how to reach it on ${cloud}: TLS always, and the cloud's own port (CACHE-05, F4)`, async () => {
      const port = { aws: 6379, azure: 10000, gcp: 6378 }[cloud];
      const recording = await build(cloud, (ground) => new Cache("cache", ground), false);
      const component = recording.registrations.find((one) => one.type === token);
      const outputs = recording.componentOutputs.get(component?.urn ?? "") ?? {};
      assert.deepEqual([outputs["tls"], outputs["port"]], [true, port]);
    });
  }

  it("refuses shards that nobody has", async () => {
    await assert.rejects(
      build("aws", (ground) => new Cache("cache", { ...ground, mode: "sharded", shards: 1 }), true),
      /Cache "cache": shards is 1; use a whole number from 2 to 20/,
    );
  });
});
