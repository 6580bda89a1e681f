// The policy pack by itself: packed as npm would publish it, unpacked elsewhere with the dependencies that it names and no
// others, and run on a program that isn't ours.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { exportStack } from "../rehearsal/engine";
import { npm } from "../rehearsal/install.mjs";
import { root } from "./stack-file";
import { Stage } from "./stage";

/** Runs to the end, or fails with what was said. */
function ran(done: { readonly status: number | null; readonly stdout: unknown; readonly stderr: unknown }): string {
  assert.equal(done.status, 0, `${String(done.stdout)}${String(done.stderr)}`);
  return String(done.stdout);
}

const program = `
const kms = require("@pulumi/aws/kms");
const s3 = require("@pulumi/aws/s3");
const { Provider } = require("@pulumi/aws/provider");
const provider = new Provider("main", { region: "us-east-1" });
new kms.Key("ledger", { description: "canary-4711", enableKeyRotation: process.env.ROTATE === "true" }, { provider });
new s3.Bucket("papers", {}, { provider });
`;
const azureProgram = `
const { ResourceGroup } = require("@pulumi/azure-native/resources");
const { StorageAccount } = require("@pulumi/azure-native/storage");
const { Provider } = require("@pulumi/azure-native/provider");
const provider = new Provider("main", { subscriptionId: "00000000-0000-0000-0000-000000000000", location: "westeurope" });
const group = new ResourceGroup("papers", { location: "westeurope" }, { provider });
new StorageAccount(
  "papers",
  { resourceGroupName: group.name, location: "westeurope", kind: "StorageV2", sku: { name: "Standard_ZRS" } },
  { provider },
);
`;

describe("the policy pack published alone", () => {
  const folder = mkdtempSync(join(tmpdir(), "trifold-pack-"));
  const pack = join(folder, "package");
  const foreign = join(folder, "foreign");
  const stage = new Stage();
  after(async () => {
    await stage.close();
    rmSync(folder, { recursive: true, force: true });
  });

  before(() => {
    const source = join(root, "policies");
    const told = ran(
      // `npm test` hands down the repository's own ignore-scripts, and packing is a script.
      npm(["pack", "--json", "--ignore-scripts=false", "--pack-destination", folder], {
        cwd: source,
        encoding: "utf8",
        shell: false,
      }),
    );
    const tarball = readdirSync(folder).find((one) => one.endsWith(".tgz")) ?? assert.fail(told);
    ran(spawnSync("tar", ["-xzf", join(folder, tarball), "-C", folder]));
    const { dependencies } = JSON.parse(readFileSync(join(pack, "package.json"), "utf8")) as {
      dependencies: Readonly<Record<string, string>>;
    };
    for (const name of Object.keys(dependencies)) link(join(pack, "node_modules", name), name);
    mkdirSync(foreign);
    writeFileSync(join(foreign, "Pulumi.yaml"), "name: shop\nruntime: nodejs\nmain: index.js\n");
    writeFileSync(join(foreign, "Pulumi.prod.yaml"), "config: {}\n");
    writeFileSync(join(foreign, "package.json"), '{ "name": "shop", "main": "index.js" }\n');
    writeFileSync(join(foreign, "index.js"), program);
    symlinkSync(join(root, "node_modules"), join(foreign, "node_modules"));
  });

  function link(path: string, name: string): void {
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(join(root, "node_modules", name), path);
  }

  const run = (operation: "preview" | "up", rotate: boolean, config?: string) =>
    stage.run(operation, "prod", {
      cwd: foreign,
      policyPacks: [{ path: pack, ...(config ? { config } : {}) }],
      env: { ROTATE: String(rotate) },
    });
  const levels = (told: Awaited<ReturnType<typeof run>>, rule: string) =>
    told.events.flatMap(({ policyEvent }) => (policyEvent?.policyName === rule ? [policyEvent.enforcementLevel] : []));

  it("holds JavaScript, its baselines and its words, and leaves nothing behind where it was packed", () => {
    const files = readdirSync(pack, { recursive: true, encoding: "utf8" }).filter(
      (one) => !one.startsWith("node_modules"),
    );
    for (const wanted of [
      "PulumiPolicy.yaml",
      "README.md",
      "start.cjs",
      "dist/index.js",
      "dist/audit.js",
      "baselines/hipaa.json",
    ])
      assert.ok(files.includes(wanted), `${wanted} is missing`);
    assert.deepEqual(
      files.filter((one) => /\.ts$|test|fixture|universe/.test(one)),
      [],
    );
    assert.ok(!existsSync(join(root, "policies", "dist")));
  });

  it("stops a program that isn't ours over what a rule forbids", async () => {
    const told = await run("preview", false);
    assert.equal(told.status, "violated");
    assert.deepEqual(levels(told, "kms-rotation"), ["mandatory"]);
    assert.doesNotMatch(told.findings.join("\n"), /canary/);
  });

  it("takes a baseline of its own as configuration", async () => {
    const dev = await run("preview", false, join(pack, "baselines", "dev.json"));
    assert.deepEqual(levels(dev, "kms-rotation"), ["advisory"]);
    const hipaa = await run("preview", false, join(pack, "baselines", "hipaa.json"));
    assert.deepEqual(levels(hipaa, "kms-rotation"), ["mandatory"]);
  });

  it("puts right what it is asked to", async () => {
    const config = join(folder, "remediate.json");
    const rule = "storage-cross-tenant-off";
    writeFileSync(config, JSON.stringify({ all: "advisory", [rule]: "remediate" }));
    writeFileSync(join(foreign, "index.js"), azureProgram);
    const told = await run("up", false, config);
    assert.equal(told.status, "succeeded", [...told.errors, ...told.findings].join("\n"));
    assert.deepEqual(levels(told, rule), []);
    const account = stage.resources("prod", "shop").find(({ type }) => type.endsWith(":StorageAccount"));
    assert.equal(account?.inputs?.["allowCrossTenantReplication"], false);
    assert.equal(account?.inputs?.["allowedCopyScope"], "AAD");
    assert.equal(account?.inputs?.["kind"], "StorageV2");
  });

  it("brings its audit along", () => {
    const state = join(folder, "state.json");
    writeFileSync(state, JSON.stringify(exportStack(stage.backend, "shop", "prod")));
    const out = join(folder, "evidence");
    const args = [join(pack, "audit.cjs"), state, "--baseline", "soc2", "--at", "2026-11-21", "--out", out];
    const done = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
    assert.equal(done.status, 1, done.stderr);
    assert.match(done.stdout, /prod \(shop\): \d+ resources under soc2 on 2026-11-21/);
    assert.deepEqual(readdirSync(out).length, 7);
  });
});
