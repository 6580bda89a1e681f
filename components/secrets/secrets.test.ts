import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { build, inside, itKeepsTheContract } from "../../test/contract";
import { standbyOn } from "../../test/sites";
import { clouds } from "../cloud";
import { Secrets } from ".";

const token = "trifold:secrets:Secrets";
const canary = "canary-70ken-canary";

describe("secrets", () => {
  itKeepsTheContract({
    token,
    builds: {
      defaults: (ground) => new Secrets("secrets", ground),
      "everything set": (ground) =>
        new Secrets("secrets", {
          ...ground,
          secrets: { "signing-key": { length: 64 }, "session-key": {} },
          rotationDays: 60,
          replica: standbyOn(ground.site.cloud, ground.site.environment),
        }),
    },
  });

  for (const cloud of clouds)
    it(`keeps a handed-over value out of every plain property on ${cloud} (SEC-07)`, async () => {
      const recording = await build(
        cloud,
        (ground) => new Secrets("secrets", { ...ground, secrets: { token: { value: pulumi.secret(canary) } } }),
        false,
      );
      const bearers = inside(recording, token).filter((one) => JSON.stringify(one.inputs).includes(canary));
      assert.ok(bearers.length > 0, "the given value went nowhere");
      for (const one of bearers)
        for (const [property, value] of Object.entries(one.inputs))
          if (JSON.stringify(value)?.includes(canary))
            assert.ok(one.secretInputs.includes(property), `${one.urn} ${property}`);
      for (const outputs of recording.componentOutputs.values()) assert.ok(!JSON.stringify(outputs).includes(canary));
    });

  it("refuses names and figures that a store wouldn't take", async () => {
    const refused = (secrets: Record<string, { length?: number }>, reason: RegExp) =>
      assert.rejects(
        build("gcp", (ground) => new Secrets("secrets", { ...ground, secrets }), true),
        reason,
      );
    await refused({ Token: {} }, /secrets is "Token"; use lower case letters/);
    await refused({ token: { length: 8 } }, /secrets.token.length is 8; use a whole number from 16 to 128/);
  });
});
