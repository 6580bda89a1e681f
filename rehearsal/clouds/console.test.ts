import assert from "node:assert/strict";
import { pkg as aws } from "./aws";
import { pkg as azure } from "./azure";
import { HAND } from "./console";
import { driftBySeed } from "./drift";
import { pkg as gcp } from "./gcp";
import { type Resource, resource, type Stage, withStage } from "./testing/client";
import type { RawProps } from "./wire";

const network = resource("toy:net:Network", "main");
const subnet = resource("toy:net:Subnet", "a");
const database = resource("toy:db:Database", "db");

const house = async ({ engine }: Stage) => {
  const made = await engine.make(network, { cidr: "10.0.0.0/16", name: "main" });
  const inner = await engine.make(subnet, { networkId: made.id, cidr: "10.0.0.0/24", tags: { a: "1" } });
  return { made, inner };
};

describe("By hand at a console", () => {
  it("a change is made in the account alone, and the next read tells of it", async () => {
    await withStage(async (stage) => {
      const { inner } = await house(stage);
      const { console } = stage.clouds;
      const deed = await console.change(console.find("a"), [
        { path: ["tags", "a"], value: "2" },
        { path: ["tags", "b"], value: "3" },
      ]);
      assert.deepEqual(deed.changes, [
        { path: "tags.a", before: "1", after: "2" },
        { path: "tags.b", before: null, after: "3" },
      ]);
      const read = await stage.engine.read(subnet, inner.id, inner);
      assert.deepEqual(read.inputs["tags"], { a: "2", b: "3" });
      assert.deepEqual(read.outputs["tagsAll"], { by: "toy", a: "2", b: "3" }, "what follows from it changes too");
      await console.change(console.find(inner.id), [{ path: ["tags"], value: null }]);
      assert.equal((await stage.engine.read(subnet, inner.id, inner)).inputs["tags"], undefined);
    });
  });

  it("is refused what the cloud refuses: what can't change, what isn't valid, what doesn't exist", async () => {
    await withStage(async (stage) => {
      await house(stage);
      const { console } = stage.clouds;
      const refused = (edit: [string, string][], said: RegExp) =>
        assert.rejects(
          console.change(
            console.find("a"),
            edit.map(([key, value]) => ({ path: [key], value })),
          ),
          said,
        );
      await refused([["networkId", "net-0"]], /networkId of .* can't be changed while it exists/);
      await refused([["cidr", "10.0.0.0/24"]], /is like this already/);
      await assert.rejects(
        console.change(console.find("a"), [{ path: ["peers"], value: ["net-0"] }]),
        /"net-0" does not exist/,
      );
      assert.throws(() => console.find("b"), /nothing in the account is named "b"/);
    });
  });

  it("shows no secret, and keeps the others as they were", async () => {
    await withStage(async (stage) => {
      const password = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value: "hush-hush" };
      const made = await stage.engine.make(database, { engine: "16", password, size: 1 });
      const { console } = stage.clouds;
      const other = await console.change(console.find("db"), [{ path: ["size"], value: 2 }]);
      assert.deepEqual(other.changes, [{ path: "size", before: 1, after: 2 }]);
      const read = await stage.engine.read(database, made.id, made);
      assert.deepEqual(read.outputs["password"], password, "the engine's secret still is the account's");
      assert.deepEqual(read.outputs["key"], made.outputs["key"]);
      const deed = await console.change(console.find("db"), [{ path: ["password"], value: "spoken" }]);
      assert.deepEqual(deed.changes, [{ path: "password", before: "[secret]", after: "[secret]" }]);
      assert.doesNotMatch(JSON.stringify(stage.clouds.account.entries()), /hush-hush|spoken/);
      assert.match(
        JSON.stringify((await stage.engine.read(database, made.id, made)).outputs["password"]),
        /changed outside of this stack/,
      );
    });
  });

  it("a deletion is refused while something refers to it or protects it, unless it is forced", async () => {
    await withStage(async (stage) => {
      const { made } = await house(stage);
      const { console } = stage.clouds;
      await assert.rejects(console.remove(console.find("main")), /is still in use by toy:net:Subnet/);
      await console.remove(console.find("main"), true);
      assert.equal((await stage.engine.read(network, made.id, made)).id, "");
      await stage.engine.make(database, { engine: "16", protected: true });
      await assert.rejects(console.remove(console.find("db")), /deletion protection is on/);
      assert.equal((await console.remove(console.find("db"), true)).did, "deleted");
    });
  });

  it("makes what no stack has, so that a stack may import it or refer to it", async () => {
    await withStage(async (stage) => {
      const { console } = stage.clouds;
      await assert.rejects(console.make(network.type, "shared", { cidr: "10.0.0.0/16" }), /no region is set/);
      const { entry } = await console.make(network.type, "shared", { cidr: "10.0.0.0/16" }, "r1");
      assert.ok(entry.urn.startsWith(`urn:pulumi:${HAND}::`));
      // An import reads without old inputs, and takes what it reads.
      const read = await stage.engine.read(network, entry.id);
      assert.equal(read.inputs["cidr"], "10.0.0.0/16");
      await stage.engine.make(subnet, { networkId: entry.id, cidr: "10.0.0.0/24" });
      await assert.rejects(console.make(network.type, "shared", { cidr: "10.0.0.0/16" }), /made by hand already/);
      await assert.rejects(console.make(network.type, "other", { cidr: "10.0.0.0/40" }), /cidr/);
      await assert.rejects(console.make("toy:net:Bridge", "other", {}), /no simulated cloud knows/);
      assert.equal((await stage.engine.read(network, "net-0")).id, "", "there is nothing of that id");
    });
  });

  it("a forced deletion takes along settings that are resources of their own", async () => {
    await withStage(
      async ({ clouds, connect }) => {
        const engine = await connect().configure({ region: "eu-west-1", accessKey: "a", secretKey: "b" });
        const bucket = await engine.make(resource("aws:s3/bucket:Bucket", "logs"), {});
        const versioning = { bucket: bucket.id, versioningConfiguration: { status: "Enabled" } };
        await engine.make(resource("aws:s3/bucketVersioning:BucketVersioning", "logs"), versioning);
        const { console } = clouds;
        const target = "aws:s3/bucket:Bucket::logs";
        const found = console.things().find(({ urn }) => urn.endsWith(target))!;
        await assert.rejects(console.remove(found), /is still in use/);
        const { also } = await console.remove(found, true);
        assert.deepEqual(
          also.map(({ type }) => type),
          ["aws:s3/bucketVersioning:BucketVersioning"],
        );
        assert.deepEqual(console.things(), []);
      },
      { packages: [aws], configure: false },
    );
  });

  for (const [pkg, of, inputs, change] of [
    [aws, resource("aws:ec2/vpc:Vpc", "net"), { cidrBlock: "10.0.0.0/16", tags: { team: "a" } }, "tags"],
    [
      azure,
      resource("azure-native:resources:ResourceGroup", "group"),
      { location: "westeurope", tags: { team: "a" } },
      "tags",
    ],
    [gcp, resource("gcp:storage/bucket:Bucket", "files"), { location: "EU", labels: { team: "a" } }, "labels"],
  ] as const satisfies readonly (readonly [unknown, Resource, RawProps, string])[])
    it(`changes and deletes things of ${pkg.name}, by name and by chance`, async () => {
      await withStage(
        async ({ clouds, connect }) => {
          const { console } = clouds;
          const config: Record<string, RawProps> = {
            aws: { region: "eu-west-1", accessKey: "a", secretKey: "b" },
            "azure-native": { subscriptionId: "00000000-0000-4000-8000-000000000001" },
            gcp: { project: "shop-prod", region: "europe-west1" },
          };
          const engine = await connect().configure(config[pkg.name]);
          const made = await engine.make(of, inputs);
          await console.change(console.find(of.name), [{ path: [change, "team"], value: "b" }]);
          const read = await engine.read(of, made.id, made);
          assert.deepEqual((read.inputs[change] as RawProps)["team"], "b");
          const diff = await engine.diff(of, made.id, read.inputs, made.inputs, read.outputs);
          assert.deepEqual([diff.changes, diff.replaces], [true, []], "the program's own value is put back in place");
          const deeds = new Set<string>();
          for (let seed = 1; seed <= 12 && clouds.console.things().length > 0; seed++)
            deeds.add((await driftBySeed(console, console.things(), seed)).did);
          assert.ok(deeds.has("deleted"), [...deeds].join(" "));
          assert.equal((await engine.read(of, made.id, made)).id, "");
        },
        { packages: [pkg], configure: false },
      );
    });
});

describe("Drift by chance", () => {
  it("is the same for the same seed, and different for another", async () => {
    const deeds: string[] = [];
    for (const seed of [7, 7, 8, 9])
      await withStage(async (stage) => {
        for (const name of ["m", "n", "o", "p"])
          await stage.engine.make(resource(network.type, name), { cidr: "10.0.0.0/16", tags: {}, open: true });
        const { did, entry, changes } = await driftBySeed(stage.clouds.console, stage.clouds.console.things(), seed);
        deeds.push(`${did} ${entry.urn} ${changes.map(({ path }) => path).join()}`);
      });
    assert.equal(deeds[0], deeds[1]);
    assert.ok(new Set(deeds).size > 1, deeds.join("\n"));
  });

  it("says so when nothing can drift", async () => {
    await withStage(({ clouds }) =>
      assert.rejects(driftBySeed(clouds.console, clouds.console.things(), 1), /nothing in the account/),
    );
  });
});
