import assert from "node:assert/strict";
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EngineEvent } from "../display/events";
import { runPulumi } from ".";
import { earlierSalt, stackFile } from "./config";
import { findPulumi } from "./find";
import { follow } from "./follow";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pulumi-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A `pulumi` that is a script of ours. */
function fake(script: string): string {
  const path = join(folder, "pulumi");
  writeFileSync(path, `#!${process.execPath}\n${script}`);
  chmodSync(path, 0o755);
  return path;
}

describe("The pulumi of the PATH", () => {
  it("is refused by name when there is none, or when it doesn't answer", () => {
    assert.throws(() => findPulumi({ PATH: folder }), /no `pulumi` on the PATH.*leave --engine out/);
    fake("process.stderr.write('broken plugin'); process.exit(1)");
    assert.throws(() => findPulumi({ PATH: folder }), /doesn't answer `pulumi version` \(broken plugin\)/);
  });

  it("is taken with its version when it answers", () => {
    const path = fake("console.log('v3.260.0')");
    assert.deepEqual(findPulumi({ PATH: `/nowhere:${folder}` }), { path, version: "v3.260.0" });
  });
});

describe("The stack file that the CLI is given", () => {
  it("is the user's with the command line's settings on top", () => {
    const text = stackFile("# mine\nconfig:\n  shop:cloud: aws\n  shop:size: 2\n", { "shop:cloud": "gcp" }, "v1:salt");
    assert.match(text, /# mine\nconfig:\n {2}shop:cloud: gcp\n {2}shop:size: 2\n/);
    assert.match(text, /encryptionsalt: v1:salt/);
  });

  it("keeps the user's salt only where there is something to open with it", () => {
    assert.doesNotMatch(stackFile("encryptionsalt: v1:theirs\n", {}, undefined), /theirs/);
    const encrypted = "encryptionsalt: v1:theirs\nconfig:\n  a:b:\n    secure: v1:x\n";
    assert.match(stackFile(encrypted, {}, "v1:ours"), /encryptionsalt: v1:theirs/);
  });

  it("takes its salt from the state first", () => {
    const copy = join(folder, "Pulumi.dev.yaml");
    assert.equal(earlierSalt(copy, folder, "shop", "dev"), undefined);
    writeFileSync(copy, "encryptionsalt: v1:copy\n");
    assert.equal(earlierSalt(copy, folder, "shop", "dev"), "v1:copy");
    mkdirSync(join(folder, ".pulumi", "stacks", "shop"), { recursive: true });
    const state = {
      checkpoint: { latest: { secrets_providers: { type: "passphrase", state: { salt: "v1:state" } } } },
    };
    writeFileSync(join(folder, ".pulumi", "stacks", "shop", "dev.json"), JSON.stringify(state));
    assert.equal(earlierSalt(copy, folder, "shop", "dev"), "v1:state");
  });
});

describe("An event log", () => {
  it("is read while it grows, whole lines only", () => {
    const [path, seen] = [join(folder, "log"), [] as number[]];
    const follower = follow(path, (event) => seen.push(event.sequence), 1e6);
    follower.drain();
    writeFileSync(path, '{"sequence":1}\n{"seq');
    follower.drain();
    assert.deepEqual(seen, [1]);
    appendFileSync(path, 'uence":2}\n{"sequence":3}\n');
    follower.stop();
    assert.deepEqual(seen, [1, 2, 3]);
  });
});

describe("A rehearsal on the CLI", () => {
  const run = (script: string, events: EngineEvent[] = []) => {
    const cwd = join(folder, "program");
    mkdirSync(cwd, { recursive: true });
    writeFileSync(join(cwd, "Pulumi.dev.yaml"), "config: {}\n");
    return runPulumi({
      pulumi: fake(script),
      operation: "up",
      project: "shop",
      stack: "dev",
      cwd,
      configFile: join(cwd, "Pulumi.dev.yaml"),
      config: { "shop:cloud": "gcp" },
      backend: join(folder, "stage", "backend"),
      folder: join(folder, "stage", "pulumi"),
      passphrase: "p",
      providers: { aws: 1, gcp: 2 },
      onEvent: (event) => events.push(event),
    });
  };
  /** Writes what it was called with beside itself, and an event to its log. */
  const talking = `
    const fs = require("fs"), path = require("path"), args = process.argv.slice(2);
    const at = (name) => args[args.indexOf(name) + 1];
    fs.appendFileSync(path.join(__dirname, "calls"), JSON.stringify({ args, env: process.env }) + "\\n");
    if (args[0] === "stack") fs.writeFileSync(path.join(at("--cwd"), "Pulumi." + args[2] + ".yaml"), "encryptionsalt: v1:new\\n");
    else fs.writeFileSync(at("--event-log"), JSON.stringify({ sequence: 0, timestamp: 0, resOutputsEvent: { metadata: {
      op: "create", urn: "u", type: "pulumi:pulumi:Stack", new: { outputs: { a: 1 } } } } }) + "\\n");`;

  it("attaches the simulated clouds, and points all that is written into the stage", async () => {
    const events: EngineEvent[] = [];
    const result = await run(talking, events);
    assert.deepEqual([result.status, result.outputs, events.length], ["succeeded", { a: 1 }, 1]);
    const lines = readFileSync(join(folder, "calls"), "utf8").trim().split("\n");
    const [init, up] = lines.map((line) => JSON.parse(line) as { args: string[]; env: Record<string, string> });
    assert.deepEqual(init!.args.slice(0, 3), ["stack", "init", "dev"]);
    assert.deepEqual(up!.args.slice(0, 3), ["up", "--yes", "--skip-preview"]);
    assert.equal(up!.env["PULUMI_DEBUG_PROVIDERS"], "aws:1,gcp:2");
    assert.match(up!.env["PULUMI_BACKEND_URL"]!, /^file:.*\/stage\/backend$/);
    assert.equal(up!.env["PULUMI_HOME"], join(folder, "stage", "pulumi", "home"));
    const copy = readFileSync(up!.args[up!.args.indexOf("--config-file") + 1]!, "utf8");
    assert.match(copy, /shop:cloud: gcp/);
    assert.match(copy, /encryptionsalt: v1:new/);
    assert.equal(readFileSync(join(folder, "program", "Pulumi.dev.yaml"), "utf8"), "config: {}\n");
    assert.ok(!existsSync(join(folder, "program", "Pulumi.yaml")));
  });

  it("leaves no event log behind, whose debug messages hold secrets in clear", async () => {
    const events: EngineEvent[] = [];
    const chatty = `${talking}
      if (args[0] === "up") fs.appendFileSync(at("--event-log"), JSON.stringify({ sequence: 1, timestamp: 0,
        diagnosticEvent: { message: "RegisterResource password=canary", color: "never", severity: "debug" } }) + "\\n");`;
    await run(chatty, events);
    assert.equal(events.length, 2);
    const left = readdirSync(join(folder, "stage"), { recursive: true, encoding: "utf8" })
      .map((path) => join(folder, "stage", path))
      .filter((path) => statSync(path).isFile() && readFileSync(path, "utf8").includes("canary"));
    assert.deepEqual(left, []);
  });

  it("tells what the CLI said when it ended without an event", async () => {
    const events: EngineEvent[] = [];
    const result = await run(
      `${talking}\nif (args[0] === "up") { process.stderr.write("error: incorrect passphrase"); process.exit(255); }`,
      events,
    );
    assert.equal(result.status, "failed");
    assert.match(events.at(-1)?.diagnosticEvent?.message ?? "", /^pulumi: incorrect passphrase\n.*another --stage/);
  });
});
