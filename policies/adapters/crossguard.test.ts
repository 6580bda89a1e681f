// The pack as the CLI runs it: its own process, the real runner, the real protocol.
import assert from "node:assert/strict";
import type { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { rules } from "../rules";
import { call, PackProcess } from "./engine";

const unknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const secret = (value: unknown) => ({ "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value });
const { EnforcementLevel } = proto;

describe("the policy pack over the analyzer protocol", () => {
  let pack: PackProcess;
  let client: AnalyzerClient;
  before(async () => {
    pack = new PackProcess();
    client = await pack.connect();
  });
  after(async () => {
    client.close();
    await pack.stop();
  });

  const info = () => call<Empty, proto.AnalyzerInfo>(client, client.getAnalyzerInfo, new Empty());
  const inEnvironment = (environment: string) => {
    const request = new proto.AnalyzerStackConfigureRequest();
    request.setStack("one");
    request.getConfigMap().set("trifold:environment", environment);
    return call(client, client.configureStack, request);
  };
  const configure = (config: Readonly<Record<string, { level?: number; properties?: Record<string, string> }>>) => {
    const request = new proto.ConfigureAnalyzerRequest();
    for (const [name, { level, properties }] of Object.entries(config)) {
      const policy = new proto.PolicyConfig();
      policy.setEnforcementlevel((level ?? EnforcementLevel.ADVISORY) as proto.EnforcementLevel);
      policy.setProperties(Struct.fromJavaScript(properties ?? {}));
      request.getPolicyconfigMap().set(name, policy);
    }
    return call(client, client.configure, request);
  };
  const analyze = (type: string, name: string, properties: object) => {
    const request = new proto.AnalyzeRequest();
    request.setType(type);
    request.setName(name);
    request.setUrn(`urn:pulumi:one::trifold::${type}::${name}`);
    request.setProperties(Struct.fromJavaScript(properties as never));
    request.setOptions(new proto.AnalyzerResourceOptions());
    return call<proto.AnalyzeRequest, proto.AnalyzeResponse>(client, client.analyze, request);
  };
  const analyzeStack = (...resources: readonly { type: string; name: string; properties: object }[]) => {
    const request = new proto.AnalyzeStackRequest();
    for (const { type, name, properties } of resources) {
      const one = new proto.AnalyzerResource();
      one.setType(type);
      one.setName(name);
      one.setUrn(`urn:pulumi:one::trifold::${type}::${name}`);
      one.setProperties(Struct.fromJavaScript(properties as never));
      request.addResources(one);
    }
    return call<proto.AnalyzeStackRequest, proto.AnalyzeResponse>(client, client.analyzeStack, request);
  };
  const diagnosticOf = (response: proto.AnalyzeResponse, policy: string) =>
    response.getDiagnosticsList().find((one) => one.getPolicyname() === policy);

  const instance = "aws:rds/instance:Instance";
  const atRest = "encryption-database-at-rest";

  it("names every rule as a policy, with severity, remedy and controls", async () => {
    await inEnvironment("prod");
    const policies = (await info()).getPoliciesList();
    const names = policies.map((one) => one.getName());
    assert.deepEqual(
      names.filter((name) => !["settings", "not-yet-known", "waivers"].includes(name)),
      [...new Set(rules.map(({ id }) => id))],
    );
    const one = policies.find((policy) => policy.getName() === atRest);
    assert.equal(one?.getSeverity(), proto.PolicySeverity.POLICY_SEVERITY_CRITICAL);
    assert.match(one?.getRemediationSteps() ?? "", /storageEncrypted/);
    assert.ok(one?.getTagsList().includes("nist-800-53:SC-28"));
  });

  it("prints nothing but its port", async () => {
    await info();
    assert.match(pack.output, /^\d+\n$/);
  });

  it("takes default levels from the stack's environment (POL-02)", async () => {
    const levelOf = async (name: string) =>
      (await info())
        .getPoliciesList()
        .find((one) => one.getName() === name)
        ?.getEnforcementlevel();
    await inEnvironment("dev");
    assert.equal(await levelOf("kms-rotation"), EnforcementLevel.ADVISORY);
    assert.equal(await levelOf(atRest), EnforcementLevel.MANDATORY);
    await inEnvironment("prod");
    assert.equal(await levelOf("kms-rotation"), EnforcementLevel.MANDATORY);
  });

  it("reports a violation with place, reason and remedy, and no value", async () => {
    await inEnvironment("prod");
    await configure({});
    const password = "canary-4711";
    const response = await analyze(instance, "db", { storageEncrypted: false, password, username: "canary-user" });
    const one = diagnosticOf(response, atRest);
    assert.equal(one?.getEnforcementlevel(), EnforcementLevel.MANDATORY);
    assert.match(one?.getMessage() ?? "", /where: storageEncrypted/);
    assert.match(one?.getMessage() ?? "", /NIST SP 800-53 SC-28/);
    assert.match(one?.getMessage() ?? "", /fix: +Set storageEncrypted/);
    const literal = diagnosticOf(response, "secrets-database-managed-password");
    assert.ok(literal);
    assert.doesNotMatch(JSON.stringify(response.toObject()), /canary/);
  });

  it("sees that a password is a secret", async () => {
    const response = await analyze(instance, "db", { storageEncrypted: true, password: secret("canary-4711") });
    assert.equal(diagnosticOf(response, "secrets-database-managed-password"), undefined);
    assert.doesNotMatch(JSON.stringify(response.toObject()), /canary/);
  });

  it("keeps a mandatory rule mandatory beside an unknown value, and tells the unknown in one line a rule", async () => {
    await inEnvironment("prod");
    await configure({});
    const properties = { storageEncrypted: unknownText, publiclyAccessible: true };
    const failed = await analyze(instance, "one", properties);
    assert.equal(diagnosticOf(failed, atRest), undefined);
    assert.equal(
      diagnosticOf(failed, "network-database-not-public")?.getEnforcementlevel(),
      EnforcementLevel.MANDATORY,
    );
    const end = await analyzeStack(...["one", "two", "three"].map((name) => ({ type: instance, name, properties })));
    const lines = end.getDiagnosticsList().filter((one) => one.getMessage().startsWith(`${atRest}:`));
    assert.equal(lines.length, 1);
    assert.match(lines[0]?.getMessage() ?? "", /one\.storageEncrypted, three\.storageEncrypted, two\.storageEncrypted/);
    assert.equal(lines[0]?.getEnforcementlevel(), EnforcementLevel.ADVISORY);
    assert.equal((await analyzeStack()).getDiagnosticsList().length, 0);
  });

  it("blocks on unknown values where the configuration asks for it", async () => {
    await configure({ settings: { properties: { unknownPolicy: "mandatory" } } });
    const end = await analyzeStack({ type: instance, name: "one", properties: { storageEncrypted: unknownText } });
    const levels = end.getDiagnosticsList().filter((one) => one.getPolicyname() === "not-yet-known");
    assert.ok(levels.length > 0 && levels.every((one) => one.getEnforcementlevel() === EnforcementLevel.MANDATORY));
  });

  it("takes levels and environment from the pack's configuration", async () => {
    await inEnvironment("prod");
    await configure({ [atRest]: { level: EnforcementLevel.ADVISORY } });
    const bad = { storageEncrypted: false };
    const level = async (rule: string) => diagnosticOf(await analyze(instance, "db", bad), rule)?.getEnforcementlevel();
    assert.equal(await level(atRest), EnforcementLevel.ADVISORY);
    await configure({ [atRest]: { level: EnforcementLevel.DISABLED } });
    assert.equal(await level(atRest), undefined);
    await configure({ settings: { properties: { environment: "dev" } } });
    assert.equal(await level("encryption-database-cmk"), EnforcementLevel.ADVISORY);
    assert.equal(await level(atRest), EnforcementLevel.MANDATORY);
  });

  it("judges companions at the end, with the inputs that it saw before", async () => {
    await inEnvironment("prod");
    await configure({});
    const bucket = { type: "aws:s3/bucketV2:BucketV2", name: "b", properties: { bucket: "one" } };
    const block = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
    const bare = diagnosticOf(await analyzeStack(bucket), "storage-block-public-access");
    assert.equal(bare?.getUrn(), "urn:pulumi:one::trifold::aws:s3/bucketV2:BucketV2::b");
    const all = { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true };
    const closed = { type: block, name: "b", properties: { bucket: "one", ...all } };
    assert.equal(diagnosticOf(await analyzeStack(bucket, closed), "storage-block-public-access"), undefined);
  });
});
