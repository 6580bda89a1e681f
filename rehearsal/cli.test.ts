import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const root = dirname(__dirname);
const start = join(root, "rehearsal", "start.mjs");
const env = { ...process.env, NO_COLOR: "1", PULUMI_CONFIG_PASSPHRASE: undefined, npm_lifecycle_event: undefined };
const canary = "canary-5b1f";

/** A program that isn't this repository's; the second resource comes late when it is told to wait. */
const source = `
const pulumi = require("@pulumi/pulumi");
const { RandomId, RandomPet } = require("@pulumi/random");
const config = new pulumi.Config();
const id = new RandomId("id", { byteLength: config.getNumber("bytes") ?? 4 });
if (process.env.WAIT && !pulumi.runtime.isDryRun()) setTimeout(() => new RandomPet("late", {}), 60000);
else new RandomPet("late", { keepers: { token: config.requireSecret("token"), id: id.hex } });
exports.id = id.hex;
exports.token = config.requireSecret("token");
exports.rehearsed = Boolean(process.env.TRIFOLD_REHEARSAL && process.env.PULUMI_DEBUG_PROVIDERS);
`;

describe("The command", () => {
  let folder: string;
  let program: string;
  let stage: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "cli-"));
    program = join(folder, "program");
    mkdirSync(program);
    writeFileSync(join(program, "Pulumi.yaml"), "name: foreign\nruntime: nodejs\nmain: index.js\n");
    writeFileSync(join(program, "package.json"), '{ "name": "foreign", "main": "index.js" }');
    writeFileSync(join(program, "index.js"), source);
    writeFileSync(join(program, "Pulumi.dev.yaml"), `config:\n  foreign:token: ${canary}\n`);
    symlinkSync(join(root, "node_modules"), join(program, "node_modules"), "junction");
    stage = join(folder, "stage");
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const run = (...args: string[]) =>
    spawnSync(process.execPath, [start, ...args], { cwd: folder, env, encoding: "utf8" });
  const rehearse = (...args: string[]) => run(...args, "--cwd", program, "--stage", stage);

  it("explains itself with exit code 0, and a mistake with exit code 2 on stderr alone", () => {
    const help = run("--help");
    assert.deepEqual([help.status, help.stderr], [0, ""]);
    assert.match(help.stdout, /Exit codes/);
    const wrong = run("previw");
    assert.deepEqual([wrong.status, wrong.stdout], [2, ""]);
    assert.match(wrong.stderr, /Did you mean "preview"\?/);
    assert.equal(rehearse("up", "prod").status, 2);
  });

  it("rehearses another folder's program: up, up again, an edit, destroy", () => {
    const up = rehearse("up");
    assert.equal(up.status, 0, up.stdout + up.stderr);
    assert.match(up.stdout, /Plan\n {2}\+ {2}foreign-dev[\s\S]*2\/2 {2}created late[\s\S]*Summary {2}\+ 3 created/);
    assert.match(up.stdout, /token: \[secret\]/);
    assert.match(up.stdout, /rehearsed: true/, "the program must know that no cloud is reached");
    const again = rehearse("up");
    assert.match(again.stdout, /Plan {2}nothing changes[\s\S]*Summary {2}3 unchanged/);
    writeFileSync(join(program, "Pulumi.dev.yaml"), `config:\n  foreign:token: ${canary}\n  foreign:bytes: 8\n`);
    assert.match(
      rehearse("preview").stdout,
      /\+- .*id {2}random:index:RandomId\n.*~ byteLength: 4 -> 8 {2}\(replaces\)/,
    );
    assert.match(rehearse("refresh").stdout, /Refresh {2}no drift/);
    const gone = rehearse("destroy");
    assert.equal(gone.status, 0);
    assert.match(gone.stdout, /Summary {2}- 3 deleted/);
  });

  it("keeps nothing but the stage, and there no secret in clear", () => {
    const config = readFileSync(join(program, "Pulumi.dev.yaml"), "utf8");
    const printed = rehearse("up", "--json");
    assert.equal(printed.status, 0, printed.stderr);
    for (const line of printed.stdout.trim().split("\n")) JSON.parse(line);
    assert.doesNotMatch(printed.stdout, new RegExp(`"token":"${canary}|"late".*${canary}`));
    assert.equal(readFileSync(join(program, "Pulumi.dev.yaml"), "utf8"), config);
    assert.deepEqual(readdirSync(folder).sort(), ["program", "stage"]);
    const files = readdirSync(stage, { recursive: true, encoding: "utf8" }).map((path) => join(stage, path));
    const kept = files.filter((path) => /account|stacks/.test(path) && statSync(path).isFile());
    assert.ok(kept.length > 0);
    for (const path of kept) assert.ok(!readFileSync(path, "utf8").includes(canary), path);
  });

  it("prints a preview's digest and nothing else with --json", () => {
    const { stdout, status } = rehearse("preview", "--json");
    assert.equal(status, 0);
    const digest = JSON.parse(stdout) as { steps: { op: string }[]; changeSummary: object };
    assert.deepEqual(
      digest.steps.map((step) => step.op),
      ["same"],
    );
    assert.deepEqual(digest.changeSummary, { same: 3 });
  });

  it("is killed where a fault says so, and goes on from there; what never struck is told", () => {
    rmSync(stage, { recursive: true, force: true });
    const killed = rehearse("up", "--fault", "create late after crash");
    assert.equal(killed.signal, "SIGKILL", killed.stdout + killed.stderr);
    assert.match(killed.stdout, /At create of random:index\/randomPet:RandomPet late the engine is killed/);
    const next = rehearse("up", "--fault", "delete late fail");
    assert.equal(next.status, 0, next.stdout + next.stderr);
    assert.match(
      next.stdout,
      /created late[\s\S]*Faults\n {2}- never struck: delete late fail\n\nSummary {2}\+ 1 created {3}2 unchanged/,
    );
  });

  for (const [times, said] of [
    [1, /Up was interrupted; the next run picks up from here/],
    [2, /Stopped\. State and account are saved/],
  ] as const)
    it(`ends with 130 when it is interrupted ${times === 1 ? "once" : "twice"}, and goes on from there`, async () => {
      rmSync(stage, { recursive: true, force: true });
      const child = spawn(process.execPath, [start, "up", "--cwd", program, "--stage", stage], {
        cwd: folder,
        env: { ...env, WAIT: "1" },
        stdio: ["ignore", "pipe", "inherit"],
      });
      let text = "";
      let sent = 0;
      child.stdout.setEncoding("utf8").on("data", (more: string) => {
        text += more;
        const due = sent === 0 ? /created id/ : /again stops now/;
        if (sent < times && due.test(text)) {
          sent++;
          child.kill("SIGINT");
        }
      });
      const [code] = (await once(child, "close")) as [number];
      assert.equal(code, 130, text);
      assert.match(text, said);
      const next = rehearse("up");
      assert.equal(next.status, 0, next.stdout + next.stderr);
      assert.match(next.stdout, /created late[\s\S]*Summary {2}\+ 1 created {3}2 unchanged/);
    });
});
