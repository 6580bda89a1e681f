import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { clouds } from "../components/cloud";
import { type Recording, record } from "../test/recorder";
import { asPulumiReads, stackFile } from "../test/stack-file";
import { deploy } from "./platform";
import { readSettings } from "./settings";

const accounts = { aws: "123456789012", azure: "00000000-0000-4000-8000-000000000000", gcp: "goodies-prod" };

/** What only an environment that must last has: locks against deletion and change. */
const onlyLasting: Readonly<Record<string, readonly string[]>> = {
  aws: ["aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration"],
  azure: ["azure-native:authorization:ManagementLockByScope", "azure-native:storage:BlobContainerImmutabilityPolicy"],
  gcp: [],
};

const config = (cloud: string, environment: string, more: Record<string, string> = {}) => {
  const { region: _, ...rest } = asPulumiReads(stackFile("dev")).values;
  const values = { ...rest, cloud, environment, account: JSON.stringify(accounts), ...more };
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [`trifold:${key}`, value]));
};

/** Names and kinds of all leaves of what a stack puts out. */
const shapeOf = (value: unknown, path = ""): string[] =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !pulumi.Output.isInstance(value)
    ? Object.entries(value).flatMap(([key, inner]) => shapeOf(inner, `${path}.${key}`))
    : [path];

async function run(cloud: string, environment: string, more: Record<string, string> = {}) {
  let outputs: ReturnType<typeof deploy> | undefined;
  const recording: Recording = await record(
    () => {
      outputs = deploy(readSettings());
      return outputs;
    },
    { config: config(cloud, environment, more) },
  );
  assert.ok(outputs);
  return { recording, outputs };
}

describe("platform", () => {
  it("puts out the same on every cloud (ARC-02, ARC-07)", async () => {
    const shapes: string[][] = [];
    for (const cloud of clouds) shapes.push(shapeOf((await run(cloud, "prod")).outputs).sort());
    for (const shape of shapes) assert.deepEqual(shape, shapes[0]);
    assert.ok(shapes[0]?.includes(".database.secretRef"));
  });

  for (const cloud of clouds)
    it(`has the same kinds of parts in dev as in prod on ${cloud} (ENV-02)`, async () => {
      const kinds = async (environment: string) => {
        const { recording } = await run(cloud, environment, { database: '{"readReplicas":0,"pooling":false}' });
        return [...new Set(recording.registrations.map((one) => one.type))].sort();
      };
      const [dev, prod] = [await kinds("dev"), await kinds("prod")];
      assert.deepEqual(
        dev,
        prod.filter((kind) => !onlyLasting[cloud]?.includes(kind)),
      );
    });

  for (const cloud of clouds)
    it(`puts out no secret on ${cloud}, and a given password goes nowhere in plain (DB-08)`, async () => {
      const canary = "Canary-Password-9";
      const all = config(cloud, "dev", { database: '{"passwordSource":"config"}' });
      let outputs: pulumi.Output<unknown> | undefined;
      const recording = await record(
        () => {
          pulumi.runtime.setAllConfig({ ...all, "trifold:databasePassword": canary }, ["trifold:databasePassword"]);
          outputs = pulumi.output(deploy(readSettings()) as pulumi.Input<unknown>);
          return {};
        },
        { config: all },
      );
      assert.ok(outputs);
      assert.equal(await (outputs as unknown as { isSecret: Promise<boolean> }).isSecret, false);
      const holders = recording.registrations.filter((one) => JSON.stringify(one.inputs).includes(canary));
      assert.ok(holders.length > 0, "the password reached nothing");
      for (const one of holders) {
        const open = Object.entries(one.inputs).filter(
          ([key, value]) => !one.secretInputs.includes(key) && JSON.stringify(value)?.includes(canary),
        );
        assert.deepEqual(open, [], one.urn);
      }
    });
});
