import assert from "node:assert/strict";
import { evaluate } from "./evaluate";
import { defaults, settingsOf, settingsSchema } from "./settings";
import { token } from "./tokens";

const aws = (short: string, name: string, inputs: object) => {
  const type = token("aws", short);
  return { type, name, urn: `urn:pulumi:prod::trifold::${type}::${name}`, inputs: inputs as Record<string, unknown> };
};
const resources = [
  aws("provider", "default_7_48_0", { region: "us-east-1" }),
  aws("sqs.Queue", "queue", { region: "ap-southeast-2" }),
  aws("iam.Role", "role", { assumeRolePolicy: "{}" }),
];
const asked = [
  ...["residency-allowed-regions", "residency-allowed-services", "residency-replication-stays-in-boundary"],
  ...["fips-endpoints", "governance-provider-pinned-account", "identity-permissions-boundary"],
  ...["monitoring-threat-detection", "monitoring-posture-service", "governance-budget-and-anomaly"],
];
const failed = (settings: Partial<typeof defaults>, environment?: string) =>
  new Set(
    evaluate(resources, { settings, ...(environment ? { environment } : {}) })
      .filter(({ status }) => status === "fail")
      .map(({ rule }) => rule),
  );

describe("the pack's settings", () => {
  it("ask for nothing where nothing is set", () => {
    const found = failed({});
    assert.deepEqual(
      asked.filter((rule) => found.has(rule)),
      [],
    );
  });

  it("ask for what is set, and for no more", () => {
    assert.ok(failed({ allowedRegions: ["eu-*"] }).has("residency-allowed-regions"));
    assert.ok(!failed({ allowedRegions: ["us-*", "ap-*"] }).has("residency-allowed-regions"));
    assert.ok(failed({ allowedServices: ["aws:s3/*"] }).has("residency-allowed-services"));
    assert.ok(!failed({ allowedServices: ["gcp:storage/*"] }).has("residency-allowed-services"));
    assert.ok(failed({ fips: true }).has("fips-endpoints"));
    assert.ok(failed({ pinnedAccounts: true }).has("governance-provider-pinned-account"));
    assert.ok(failed({ permissionsBoundary: true }).has("identity-permissions-boundary"));
    assert.ok(failed({ landingZone: true }).has("monitoring-threat-detection"));
  });

  it("name a service that isn't allowed, and pass one that is", () => {
    const findings = evaluate(resources, { settings: { allowedServices: ["aws:sqs/*"] } });
    const status = (name: string) =>
      findings.find(({ rule, urn }) => rule === "residency-allowed-services" && urn.endsWith(`::${name}`))?.status;
    assert.equal(status("queue"), "pass");
    assert.equal(status("role"), "fail");
  });

  it("are read from a configuration file, a value of another kind left out", () => {
    assert.deepEqual(settingsOf({}), defaults);
    assert.deepEqual(settingsOf({ fips: true, allowedRegions: ["eu-west-1"], other: 1 }), {
      ...defaults,
      fips: true,
      allowedRegions: ["eu-west-1"],
    });
    assert.deepEqual(settingsOf({ fips: "yes", allowedRegions: "eu-west-1", allowedRegistries: [1] }), defaults);
  });

  it("have a schema each", () => {
    assert.deepEqual(Object.keys(settingsSchema).sort(), Object.keys(defaults).sort());
  });
});

describe("environments", () => {
  const type = token("kubernetes", "apps.Deployment");
  const single = {
    type,
    name: "app",
    urn: `urn:pulumi:x::trifold::${type}::app`,
    inputs: {
      metadata: { name: "app", namespace: "apps" },
      spec: { replicas: 1, template: { spec: { containers: [] } } },
    },
  };
  const database = aws("rds.Instance", "db", { storageEncrypted: true });
  const verdict = (rule: string, environment: string) =>
    evaluate([single, database], { environment }).find((one) => one.rule === rule)?.status;

  it("relax what only availability and cost decide", () => {
    assert.equal(verdict("k8s-replicas-pdb-spread", "prod"), "fail");
    assert.equal(verdict("k8s-replicas-pdb-spread", "staging"), "fail");
    assert.equal(verdict("k8s-replicas-pdb-spread", "dev"), "not-applicable");
    assert.equal(verdict("governance-protect-critical", "prod"), "fail");
    assert.equal(verdict("governance-protect-critical", "staging"), "not-applicable");
  });

  it("never relax what keeps an intruder out", () => {
    const open = { ...single, inputs: { spec: { template: { spec: { hostNetwork: true, containers: [] } } } } };
    const found = evaluate([open], { environment: "dev" }).find((one) => one.rule === "k8s-host-namespaces");
    assert.equal(found?.status, "fail");
  });
});
