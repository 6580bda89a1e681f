// What the pack's configuration changes: baselines, waivers, remediation. The handlers are called as the socket calls them.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as proto from "@pulumi/pulumi/proto/analyzer_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import { handlers } from "./crossguard";
import { call } from "./testing";

const { EnforcementLevel } = proto;
const secretKey = "4dabf18193072939515e22adb298388d";
const secret = (value: unknown) => ({ [secretKey]: "1b47061264138c4ac30d75fd1eb44270", value });
const unknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const struct = (value: object) => Struct.fromJavaScript(value as Record<string, JavaScriptValue>);
const instance = "aws:rds/instance:Instance";
const atRest = "encryption-database-at-rest";
const urnOf = (name: string, stack = "prod") => `urn:pulumi:${stack}::shop::${instance}::${name}`;

/** One run of the pack in an environment, as the engine drives it. */
function run(environment: string, settings: object, levels: Readonly<Record<string, number>> = {}) {
  const served = handlers("trifold", "1.0.0");
  const stack = new proto.AnalyzerStackConfigureRequest();
  stack.setStack(environment);
  call(served.configureStack, stack);
  const config = new proto.ConfigureAnalyzerRequest();
  const own = new proto.PolicyConfig();
  own.setProperties(struct({ today: "2026-11-21", ...settings }));
  config.getPolicyconfigMap().set("settings", own);
  for (const [name, level] of Object.entries(levels)) {
    const policy = new proto.PolicyConfig();
    policy.setEnforcementlevel(level as proto.EnforcementLevel);
    config.getPolicyconfigMap().set(name, policy);
  }
  call(served.configure, config);
  const request = (properties: object, name = "orders-db", type = instance) => {
    const one = new proto.AnalyzeRequest();
    one.setType(type);
    one.setName(name);
    one.setUrn(urnOf(name).replace(instance, type));
    one.setProperties(struct(properties));
    return one;
  };
  return {
    analyze: (...given: Parameters<typeof request>) => call(served.analyze, request(...given)).getDiagnosticsList(),
    remediate: (...given: Parameters<typeof request>) =>
      call(served.remediate, request(...given)).getRemediationsList(),
    end: (properties: object, name = "orders-db") => {
      const one = new proto.AnalyzerResource();
      one.setType(instance);
      one.setName(name);
      one.setUrn(urnOf(name));
      one.setProperties(struct(properties));
      const all = new proto.AnalyzeStackRequest();
      all.addResources(one);
      return call(served.analyzeStack, all).getDiagnosticsList();
    },
  };
}
const of = (diagnostics: readonly proto.AnalyzeDiagnostic[], policy: string) =>
  diagnostics.filter((one) => one.getPolicyname() === policy);

describe("baselines in the pack's settings", () => {
  const level = (environment: string, settings: object, levels = {}) =>
    of(
      run(environment, settings, levels).analyze({ storageEncrypted: false }),
      "encryption-database-cmk",
    )[0]?.getEnforcementlevel();

  it("make rules as hard as the framework asks, whatever the environment", () => {
    assert.equal(level("dev", {}), EnforcementLevel.ADVISORY);
    assert.equal(level("dev", { baselines: ["hipaa"] }), EnforcementLevel.MANDATORY);
    assert.equal(level("dev", { baselines: ["dev", "hipaa"] }), EnforcementLevel.MANDATORY);
  });

  it("never make a rule softer", () => {
    assert.equal(level("prod", { baselines: ["dev"] }), EnforcementLevel.MANDATORY);
  });

  it("give way to a rule's own level", () => {
    const levels = { "encryption-database-cmk": EnforcementLevel.DISABLED };
    assert.equal(level("dev", { baselines: ["hipaa"] }, levels), undefined);
  });
});

describe("waivers in a run", () => {
  const folder = mkdtempSync(join(tmpdir(), "trifold-waivers-"));
  const path = join(folder, "waivers.yaml");
  after(() => rmSync(folder, { recursive: true }));
  const waive = (change: object = {}) => {
    const waiver = {
      rule: atRest,
      urn: urnOf("orders-db"),
      reason: "Moves to the encrypted cluster with the next release.",
      owner: "data@example.com",
      ticket: "DB-7",
      expires: "2026-12-31",
      ...change,
    };
    writeFileSync(path, JSON.stringify({ waivers: [waiver] }));
    return run("prod", { waivers: path });
  };
  const bad = { storageEncrypted: false };

  it("keep the finding in sight at a level that doesn't block", () => {
    const pack = waive();
    const [one] = of(pack.analyze(bad), atRest);
    assert.equal(one?.getEnforcementlevel(), EnforcementLevel.ADVISORY);
    assert.match(one?.getMessage() ?? "", /^Waived until 2026-12-31 by data@example.com \(DB-7\): Moves to/);
    assert.equal(of(pack.analyze(bad, "other-db"), atRest)[0]?.getEnforcementlevel(), EnforcementLevel.MANDATORY);
    assert.deepEqual(of(pack.end(bad), "waivers"), []);
  });

  it("stop the run once they have expired, and hold nothing open any more", () => {
    const pack = waive({ expires: "2026-11-20" });
    assert.equal(of(pack.analyze(bad), atRest)[0]?.getEnforcementlevel(), EnforcementLevel.MANDATORY);
    const [one] = of(pack.end(bad), "waivers");
    assert.equal(one?.getEnforcementlevel(), EnforcementLevel.MANDATORY);
    assert.match(one?.getMessage() ?? "", /ended on 2026-11-20 \(DB-7, data@example.com\)/);
  });

  it("are a warning where nothing fails any more", () => {
    const [one] = of(waive().end({ storageEncrypted: true }), "waivers");
    assert.equal(one?.getEnforcementlevel(), EnforcementLevel.ADVISORY);
    assert.match(one?.getMessage() ?? "", /meets no finding/);
  });

  it("stop the run where the file has a mistake or isn't there", () => {
    assert.throws(() => waive({ expires: undefined }), /waivers\[0\]\.expires/);
    assert.throws(() => run("prod", { waivers: "elsewhere.yaml" }), /settings\.waivers: "elsewhere\.yaml" isn't there/);
  });
});

describe("remediation", () => {
  const rule = "kms-rotation";
  const key = "aws:kms/key:Key";
  const asked = { [rule]: EnforcementLevel.REMEDIATE };

  it("puts right what is asked for by name, and nothing else (POL-04)", () => {
    assert.deepEqual(run("prod", {}).remediate({}, "ledger", key), []);
    const [one, ...others] = run("prod", {}, asked).remediate({}, "ledger", key);
    assert.equal(one?.getPolicyname(), rule);
    assert.equal(one?.getProperties()?.toJavaScript()["enableKeyRotation"], true);
    assert.deepEqual(others, []);
  });

  it("leaves a deliberate setting and its violation, as a mandatory one", () => {
    const pack = run("prod", {}, asked);
    const properties = { enableKeyRotation: false };
    assert.deepEqual(pack.remediate(properties, "ledger", key), []);
    assert.equal(
      of(pack.analyze(properties, "ledger", key), rule)[0]?.getEnforcementlevel(),
      EnforcementLevel.MANDATORY,
    );
  });

  it("sends secrets back as secrets and unknown values as unknown", () => {
    const before = {
      username: secret("admin"),
      password: secret(unknownText),
      kmsKeyId: unknownText,
      tags: secret({ owner: "team" }),
      nested: { list: [secret("one"), unknownText, null] },
    };
    const pack = run("prod", {}, { "resilience-database-deletion-protection": EnforcementLevel.REMEDIATE });
    const [one] = pack.remediate(before);
    assert.deepEqual(one?.getProperties()?.toJavaScript(), { ...before, deletionProtection: true });
  });

  it("adds inside a secret without opening it", () => {
    const settings = secret({ tier: "db-custom-2-7680" });
    const type = "gcp:sql/databaseInstance:DatabaseInstance";
    const levels = { "encryption-database-in-transit": EnforcementLevel.REMEDIATE };
    const [one] = run("prod", {}, levels).remediate({ settings }, "orders-db", type);
    assert.deepEqual(one?.getProperties()?.toJavaScript()["settings"], {
      ...settings,
      value: { tier: "db-custom-2-7680", ipConfiguration: { sslMode: "ENCRYPTED_ONLY" } },
    });
  });

  it("hands each remedy on to the next", () => {
    const levels = {
      ...asked,
      "resilience-database-deletion-protection": EnforcementLevel.REMEDIATE,
      "tagging-database-copy-tags-to-snapshot": EnforcementLevel.REMEDIATE,
    };
    const all = run("prod", {}, levels).remediate({});
    assert.equal(all.length, 2);
    assert.deepEqual(all[1]?.getProperties()?.toJavaScript(), { deletionProtection: true, copyTagsToSnapshot: true });
  });

  it("leaves what isn't known to be wrong", () => {
    assert.deepEqual(run("prod", {}, asked).remediate({ enableKeyRotation: unknownText }, "ledger", key), []);
  });
});
