// One small program on three clouds, through the built-in engine: what goes wrong, what drifts, what is taken over.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../engine";
import type { EngineOptions, Operation } from "../engine/api";
import { type Line, type Script, scripted } from "../engine/testing/script";
import { pkg as aws } from "./aws";
import { pkg as azure } from "./azure";
import { pkg as gcp } from "./gcp";
import { type Clouds, type CloudsOptions, startClouds } from "./index";

const subscriptionId = "00000000-0000-4000-8000-000000000001";
const providers: Script = [
  { key: "pa", type: "pulumi:providers:aws", inputs: { region: "eu-west-1", accessKey: "a", secretKey: "b" } },
  { key: "pz", type: "pulumi:providers:azure-native", inputs: { subscriptionId } },
  { key: "pg", type: "pulumi:providers:gcp", inputs: { project: "shop-prod", region: "europe-west1" } },
];
const vpc: Line = {
  key: "net",
  type: "aws:ec2/vpc:Vpc",
  provider: "pa",
  inputs: { cidrBlock: "10.0.0.0/16", tags: { Owner: "a" } },
};
const subnet: Line = {
  key: "sub",
  type: "aws:ec2/subnet:Subnet",
  provider: "pa",
  inputs: { vpcId: { $ref: "net" }, cidrBlock: "10.0.0.0/24", availabilityZone: "eu-west-1a" },
};
const group: Line = {
  key: "group",
  type: "azure-native:resources:ResourceGroup",
  provider: "pz",
  inputs: { location: "westeurope", tags: { Owner: "a" } },
};
const files: Line = {
  key: "files",
  type: "gcp:storage/bucket:Bucket",
  provider: "pg",
  inputs: { location: "EU", labels: { owner: "a" }, uniformBucketLevelAccess: true },
};
const whole: Script = [...providers, vpc, subnet, group, files];

interface Stack {
  readonly clouds: Clouds;
  does(
    operation: Operation,
    script?: Script,
  ): Promise<{ readonly status: string; readonly steps: readonly string[]; readonly said: string }>;
}

async function withStack(options: Omit<CloudsOptions, "stage">, act: (stack: Stack) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "program-"));
  mkdirSync(join(folder, "state"));
  writeFileSync(join(folder, "Pulumi.yaml"), "name: shop\nruntime: nodejs\n");
  const clouds = await startClouds({
    environment: {},
    ...options,
    stage: join(folder, "stage"),
    packages: [aws, azure, gcp],
  });
  try {
    await act({
      clouds,
      does: async (operation, script = whole) => {
        const [steps, said]: [string[], string[]] = [[], []];
        const onEvent: EngineOptions["onEvent"] = ({ resOutputsEvent, resOpFailedEvent, diagnosticEvent }) => {
          const one = (resOutputsEvent ?? resOpFailedEvent)?.metadata;
          if (one !== undefined && !one.type.startsWith("pulumi:") && one.op !== "same")
            steps.push(`${resOpFailedEvent === undefined ? "" : "failed "}${one.op} ${one.urn.split("::").at(-1)}`);
          if (diagnosticEvent !== undefined) said.push(diagnosticEvent.message);
        };
        const { status } = await run({
          operation,
          cwd: folder,
          stack: "dev",
          backend: join(folder, "state"),
          providers: clouds.ports,
          dial: clouds.dial,
          passphrase: "test",
          continueOnError: true,
          program: scripted(script),
          onEvent,
        });
        return { status, steps: steps.sort(), said: said.join("\n") };
      },
    });
  } finally {
    await clouds.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

describe("A program on simulated clouds", () => {
  it("is brought up by the next run, whatever went wrong in the first", async () => {
    await withStack(
      {
        faults: [
          { operation: "create", urn: "*::group", does: "partial", message: "not ready" },
          { operation: "create", urn: "*::files", when: "after", does: "disconnect" },
          { operation: "create", urn: "*::net", does: "throttle", times: 3 },
          { operation: "create", urn: "*::sub", does: "timeout" },
        ],
      },
      async ({ clouds, does }) => {
        const first = await does("up", [...providers, vpc]);
        assert.deepEqual([first.status, first.steps], ["succeeded", ["create net"]]);
        assert.equal(clouds.timeline().find(({ urn }) => urn.endsWith("::net"))?.delay, 7);
        const second = await does("up");
        assert.equal(second.status, "failed");
        assert.deepEqual(second.steps, ["failed create files", "failed create group", "failed create sub"]);
        assert.match(second.said, /not ready/);
        assert.match(second.said, /error reading from server: EOF/);
        assert.match(second.said, /timeout while waiting for state to become 'available'/);
        const third = await does("up");
        assert.equal(third.status, "succeeded", third.said);
        // What is partial is known, and gets an update; what was lost is made, and found made.
        assert.deepEqual(third.steps, ["create files", "create sub", "update group"]);
        assert.equal(clouds.faults().fired.length, 4);
        assert.equal(clouds.console.things().length, 4);
        assert.deepEqual((await does("up")).steps, []);
        assert.equal((await does("destroy")).status, "succeeded");
        assert.deepEqual(clouds.account.entries(), []);
      },
    );
  });

  it("sees by a refresh what was changed and deleted by hand on each cloud, and puts it right by an up", async () => {
    await withStack({}, async ({ clouds, does }) => {
      assert.equal((await does("up")).status, "succeeded");
      const { console } = clouds;
      await console.change(console.find("net"), [{ path: ["tags", "Owner"], value: "b" }]);
      await console.change(console.find("group"), [{ path: ["tags", "Owner"], value: "b" }]);
      await console.change(console.find("files"), [{ path: ["labels", "owner"], value: "b" }]);
      await console.remove(console.find("sub"));
      // Like Pulumi, an up trusts the state until it is refreshed.
      assert.deepEqual((await does("preview")).steps, []);
      const refresh = await does("refresh");
      assert.deepEqual(refresh.steps, ["delete sub", "update files", "update group", "update net"]);
      const planned = ["create sub", "update files", "update group", "update net"];
      assert.deepEqual((await does("preview")).steps, planned);
      assert.deepEqual((await does("up")).steps, planned);
      assert.deepEqual((await does("refresh")).steps, []);
      await console.remove(console.find("group"));
      await console.remove(console.find("files"));
      await does("refresh");
      assert.deepEqual((await does("up")).steps, ["create files", "create group"]);
    });
  });

  it("takes over what somebody made by hand, unless it differs or isn't there", async () => {
    await withStack({ environment: { GOOGLE_PROJECT: "shop-prod" } }, async ({ clouds, does }) => {
      const { console } = clouds;
      const made = await Promise.all([
        console.make(vpc.type, "shared", { cidrBlock: "10.0.0.0/16", tags: { Owner: "a" } }, "eu-west-1"),
        console.make(group.type, "shared", { location: "westeurope", resourceGroupName: "shared" }),
        console.make(files.type, "shared", { location: "EU", name: "shared-files" }, "europe-west1"),
      ]);
      const [net, rg, bucket] = made.map(({ entry }) => entry);
      const taken = (line: Line, id: string, inputs: Line["inputs"] = line.inputs): Line => ({
        ...line,
        ...(inputs && { inputs }),
        options: { import: id },
      });
      const script = (vpcLine: Line): Script => [
        ...providers,
        vpcLine,
        subnet,
        taken(group, rg!.id, { location: "westeurope", resourceGroupName: "shared" }),
        taken(files, bucket!.id, { location: "EU", name: "shared-files" }),
      ];
      const missing = await does("up", [...providers, taken(vpc, "vpc-00000000000000000")]);
      assert.equal(missing.status, "failed");
      assert.match(missing.said, /resource 'vpc-00000000000000000' does not exist/);
      const differs = await does("up", [...providers, taken(vpc, net!.id, { cidrBlock: "10.1.0.0/16" })]);
      assert.equal(differs.status, "failed");
      // As the CLI does: it is imported, and then can't be made what the program says.
      assert.match(differs.said, /previously-imported resources that still specify an ID may not be replaced/);
      assert.equal(console.things().length, 3);
      const up = await does("up", script(taken(vpc, net!.id)));
      assert.equal(up.status, "succeeded", up.said);
      assert.deepEqual(up.steps, ["create sub", "import files", "import group"]);
      assert.equal(console.things().length, 4);
      assert.deepEqual((await does("up", script(vpc))).steps, []);
      assert.equal((await does("destroy", script(vpc))).status, "succeeded");
      assert.deepEqual(clouds.account.entries(), [], "what was taken over is the stack's, and goes with it");
    });
  });
});
