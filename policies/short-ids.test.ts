import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { catalogue } from "./catalogue";
import { defaultLevel, environmentOf } from "./levels";
import { rules } from "./rules";
import { shortIds } from "./short-ids";

/** requirements.md, section 9, is no part of this repository: its ids, as they were on 2026-11-21. */
const required = `
enc-at-rest-database enc-at-rest-cache enc-at-rest-storage enc-at-rest-disk enc-at-rest-backup enc-cmk-required
enc-kms-rotation enc-cluster-secrets tls-min-version tls-database-required tls-cache-required tls-storage-https-only
tls-http-redirect tls-cert-managed tls-cert-rotation cache-auth-required net-private-database net-private-cache
net-private-nodes net-no-auto-public-ip net-no-default-network net-private-route-no-igw net-no-open-data-ports
net-no-open-admin-ports net-ingress-allowlist net-wide-egress net-multi-az net-flow-logs net-private-endpoints
net-cidr-plan net-waf-attached net-ddos-enabled lb-health-check clu-autoscaling-on clu-api-restricted
clu-workload-identity clu-audit-logs clu-capacity-consistent img-private-registry img-scan-on-push img-immutable-tags
sto-no-public-access sto-versioning sto-replication sto-lifecycle sto-access-logs cdn-origin-locked cdn-logging
dns-failover-present ha-db-by-env ha-cache-by-env ha-read-replica deletion-protection db-supported-version
db-alarm-consistent bak-enabled bak-retention-min bak-pitr bak-cross-region bak-immutable dr-secondary-present
dr-profile-consistent dr-config-matches-primary sec-no-plaintext-secret secret-rotation iam-no-static-keys
iam-no-wildcard iam-mfa-condition sec-threat-detection-on rbac-role-matrix mon-audit-log-on mon-log-retention
mon-db-logs mon-alarms-present mon-notification-target tag-required tag-values tag-data-class k8s-labels-required
k8s-netpol-default-deny k8s-no-secret-in-configmap k8s-chart-version-pinned k8s-mtls-strict k8s-min-replicas
k8s-hpa-present k8s-hpa-bounds k8s-probes-required k8s-revision-history k8s-rbac-no-wildcard k8s-pdb-present
k8s-resources-required k8s-security-context k8s-no-default-namespace k8s-no-latest-tag env-no-prod-data-grant
loc-allowed-regions comp-approved-services cost-budget-present cost-size-by-env cost-spot-only-batch cfg-known-provider
`
  .trim()
  .split(/\s+/);

describe("the short ids of requirements.md, section 9", () => {
  it("are all mapped, and no other", () => {
    assert.deepEqual(Object.keys(shortIds).sort(), [...required].sort());
  });

  it("name rules that exist", () => {
    for (const [id, { rules: mapped }] of Object.entries(shortIds))
      if (typeof mapped !== "string") {
        assert.ok(mapped.length > 0, id);
        for (const rule of mapped)
          assert.ok(
            rules.some((one) => one.id === rule),
            `${id}: ${rule}`,
          );
      }
  });
});

describe("default levels (POL-02)", () => {
  it("keep starred rules mandatory in dev and turn the others into advice", () => {
    assert.equal(defaultLevel("encryption-database-at-rest", "dev"), "mandatory");
    assert.equal(defaultLevel("kms-rotation", "dev"), "advisory");
    assert.equal(defaultLevel("kms-rotation", "staging"), "mandatory");
  });

  it("ask for production's own rules in prod alone", () => {
    assert.equal(defaultLevel("storage-replication", "staging"), "advisory");
    assert.equal(defaultLevel("storage-replication", "prod"), "mandatory");
  });

  it("judge an environment that isn't known as prod", () => {
    for (const { id } of rules) assert.equal(defaultLevel(id, undefined), defaultLevel(id, "prod"));
  });

  it("are never laxer in prod than in dev", () => {
    for (const { id } of rules)
      if (defaultLevel(id, "dev") === "mandatory") assert.equal(defaultLevel(id, "prod"), "mandatory", id);
  });

  it("take the environment from the stack's setting, its tag or its name, in this order", () => {
    const facts = { stack: "organization/prod", config: {}, tags: {} };
    assert.equal(environmentOf(facts), "prod");
    assert.equal(environmentOf({ ...facts, tags: { environment: "staging" } }), "staging");
    assert.equal(
      environmentOf({ ...facts, tags: { environment: "staging" }, config: { "trifold:environment": "dev" } }),
      "dev",
    );
    assert.equal(environmentOf({ ...facts, stack: "somebody" }), undefined);
  });
});

describe("the catalogue", () => {
  it("has remedies for the clouds that a rule speaks of, and for no other", () => {
    for (const { id, remedy } of catalogue.values()) {
      const parts = rules.filter((rule) => rule.id === id).flatMap((rule) => rule.parts);
      assert.deepEqual(Object.keys(remedy).sort(), [...new Set(parts.map(({ cloud }) => cloud))].sort(), id);
    }
  });

  it("names each control with its framework's version, and as not reviewed", () => {
    for (const { id, controls } of catalogue.values()) {
      assert.ok(controls.length > 0, id);
      for (const { version, ids, doubtful, reviewed } of controls) {
        assert.ok(version !== "" && ids.length + doubtful.length > 0, id);
        assert.ok(
          [...ids, ...doubtful].every((one) => one !== "" && !/[*^]/.test(one)),
          id,
        );
        assert.equal(reviewed, false);
      }
    }
  });
});

describe("the pack", () => {
  it("asks for what the repository installs", () => {
    const pack = JSON.parse(readFileSync(join(__dirname, "package.json"), "utf8")) as {
      version: string;
      dependencies: Record<string, string>;
    };
    assert.match(pack.version, /^\d+\.\d+\.\d+$/);
    for (const [name, version] of Object.entries(pack.dependencies))
      assert.equal((require(`${name}/package.json`) as { version: string }).version, version, name);
  });
});
