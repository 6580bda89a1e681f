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

  const main: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
    "network (NET-01)": {
      aws: /ec2\/vpc:Vpc$/,
      azure: /network:VirtualNetwork$/,
      gcp: /compute\/network:Network$/,
    },
    "cluster (CLU-01)": {
      aws: /eks\/cluster:Cluster$/,
      azure: /containerservice:ManagedCluster$/,
      gcp: /container\/cluster:Cluster$/,
    },
    "database (DB-01)": {
      aws: /rds\/instance:Instance$/,
      azure: /dbforpostgresql:Server$/,
      gcp: /sql\/databaseInstance:DatabaseInstance$/,
    },
    "cache (CACHE-01, CACHE-02)": {
      aws: /elasticache\/replicationGroup:/,
      azure: /redisenterprise:RedisEnterprise$/,
      gcp: /redis\/instance:Instance$/,
    },
    "CDN (CDN-01, CDN-03)": {
      aws: /cloudfront\/distribution:/,
      azure: /cdn:Profile$/,
      gcp: /compute\/targetHttpsProxy:/,
    },
  };
  for (const cloud of clouds)
    it(`makes each of the main parts on ${cloud}, and leaves out what is switched off: ${Object.keys(main).join(", ")}`, async () => {
      const all = (await run(cloud, "prod")).recording.registrations;
      const less = await run(cloud, "prod", { cache: '{"enabled":false}', cdn: '{"enabled":false}' });
      for (const [part, kinds] of Object.entries(main)) {
        const kind = kinds[cloud] as RegExp;
        assert.ok(
          all.some(({ type }) => kind.test(type)),
          part,
        );
        const optional = /CACHE|CDN/.test(part);
        assert.equal(
          less.recording.registrations.some(({ type }) => kind.test(type)),
          !optional,
          part,
        );
      }
    });

  for (const cloud of clouds)
    it(`puts nothing but ways in and out on the public subnets of ${cloud} (NET-02)`, async () => {
      const { recording, outputs } = await run(cloud, "prod");
      const ids = await new Promise<string[]>((resolve) => outputs.network.subnetIds.public.apply(resolve));
      const holders = recording.registrations.filter(
        (one) => one.custom && ids.some((id) => JSON.stringify(one.inputs).includes(`"${id}"`)),
      );
      const allowed = /NatGateway$|RouteTableAssociation$|RouterNat$|SubnetNetworkSecurityGroupAssociation$/;
      assert.deepEqual(
        holders.filter(({ type }) => !allowed.test(type)).map(({ urn }) => urn),
        [],
      );
    });

  for (const cloud of clouds)
    it(`has the same kinds of parts in dev as in prod on ${cloud} (ENV-02)`, async () => {
      const kinds = async (environment: string) => {
        const { recording } = await run(cloud, environment, {
          database: '{"readReplicas":0,"pooling":false}',
          // Off in dev by default (CDN-03), and the same where it is on.
          cdn: '{"enabled":true}',
        });
        return [...new Set(recording.registrations.map((one) => one.type))].sort();
      };
      const [dev, prod] = [await kinds("dev"), await kinds("prod")];
      assert.deepEqual(
        dev,
        prod.filter((kind) => !onlyLasting[cloud]?.includes(kind)),
      );
    });

  for (const cloud of clouds)
    it(`puts out no secret but the kubeconfig on ${cloud}, and a given password goes nowhere in plain (DB-08)`, async () => {
      const canary = "Canary-Password-9";
      const all = config(cloud, "dev", { database: '{"passwordSource":"config"}' });
      let outputs: pulumi.Output<unknown> | undefined;
      let login: pulumi.Output<string> | undefined;
      const recording = await record(
        () => {
          pulumi.runtime.setAllConfig({ ...all, "trifold:databasePassword": canary }, ["trifold:databasePassword"]);
          const { cluster, ...others } = deploy(readSettings());
          const { kubeconfig, ...open } = cluster;
          outputs = pulumi.output({ ...others, open } as pulumi.Input<unknown>);
          login = kubeconfig;
          return {};
        },
        { config: all },
      );
      assert.ok(outputs);
      assert.equal(await (outputs as unknown as { isSecret: Promise<boolean> }).isSecret, false);
      assert.equal(await (login as unknown as { isSecret: Promise<boolean> }).isSecret, true);
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
