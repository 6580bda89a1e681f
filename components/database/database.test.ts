import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { build, inside, itKeepsTheContract } from "../../test/contract";
import { SECRET } from "../../test/wire";
import { clouds } from "../cloud";
import { Database } from ".";

const token = "trifold:database:Database";
const canary = "canary-Pa55-word-canary";

describe("database", () => {
  itKeepsTheContract({
    token,
    builds: {
      defaults: (ground) => new Database("database", ground),
      "everything set": (ground) =>
        new Database("database", {
          ...ground,
          engineVersion: "17",
          size: "large",
          ha: true,
          readReplicas: 2,
          pooling: true,
          storageGb: 128,
          maxStorageGb: 1024,
          backupRetentionDays: 35,
          pitrDays: 7,
          backupHour: 3,
          databaseName: "shop",
          user: "keeper",
          slowQueryMs: 250,
          maxConnections: 500,
          logRetentionDays: 365,
          dataClass: "regulated",
        }),
    },
    // The component rotation renews it (DB-17); by itself the database has nobody who does.
    findings: { defaults: ["aws secrets-rotation"], "everything set": ["aws secrets-rotation"] },
  });

  for (const cloud of clouds)
    it(`keeps the password out of every plain property on ${cloud} (DB-08, ARC-07)`, async () => {
      const recording = await build(
        cloud,
        (ground) => new Database("database", { ...ground, password: pulumi.secret(canary) }),
        false,
      );
      const bearers = inside(recording, token).filter((one) => JSON.stringify(one.inputs).includes(canary));
      assert.ok(bearers.length > 0, "the given password went nowhere");
      for (const one of bearers)
        for (const [property, value] of Object.entries(one.inputs))
          if (JSON.stringify(value)?.includes(canary))
            assert.ok(one.secretInputs.includes(property), `${one.urn} ${property}`);
      for (const outputs of recording.componentOutputs.values()) {
        assert.ok(!JSON.stringify(outputs).includes(canary));
        assert.ok(!JSON.stringify(outputs).includes(SECRET), "a component output is a credential");
      }
    });
});
