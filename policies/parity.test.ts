// The rules as the research names them, one word a rule behind its topic, and the platforms that it has a check for there:
// a for AWS, z for Azure, g for Google Cloud, k for Kubernetes. What a cloud does on its own, or knows nothing of, is left out.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Platform } from "./rule";
import { rules } from "./rules";

const table = `
cluster private-endpoint:azg api-allowlist-not-world:azg secrets-envelope-encryption:azg control-plane-logging:azg
  monitoring-enabled:azg network-policy:azgk rbac-no-local-accounts:azg workload-identity:azgk supported-version:azg
  auto-upgrade-channel:azg deletion-protection:azg image-admission:azgk policy-addon:azgk runtime-threat-detection:azg
  private-networking-mode:azg dashboard-and-http-routing-off:zg csi-secret-rotation:azg
  intranode-visibility-flowlogs:azg sla-tier:zg
nodepool no-public-ip:azg disk-encryption:azg imdsv2:ag no-ssh-from-world:azg shielded-secure-boot:azg
  dedicated-identity:azg auto-repair-upgrade:azg hardened-os:azg fips-images:azg multi-zone:azg
encryption database-at-rest:azg database-cmk:azg database-in-transit:azg nosql-at-rest:azg cache-at-rest:azg
  cache-in-transit:azg search-domain:az messaging-at-rest:azg messaging-in-transit:azg object-storage-at-rest:azg
  object-storage-cmk:azg object-storage-tls-only:azg file-share:azg disk-volume:azgk
network database-not-public:azg database-firewall-not-world:azg database-private-subnets:azg cache-private:azg
  search-domain-in-vpc:az messaging-not-public-policy:azg no-default-vpc:ag subnet-no-auto-public-ip:azg
  private-subnet-no-igw-route:azg compute-private-subnet:azg sg-no-world-ssh-rdp:azg sg-no-db-ports:azg
  sg-no-all-ports:azg sg-restrict-egress:azgk default-sg-closed:ag nacl-no-world-admin-ports:a rule-descriptions:azg
  subnet-has-nsg:azg private-service-access:azg nat-for-egress:azg peering-and-tgw-restricted:azg
  ip-forwarding-off:azg ddos-protection:azg vpn-crypto:azg legacy-basic-skus:azg firewall-appliance:azg
  firewall-logging-rules:azg
backup database-retention:azg database-pitr-geo:azg cache-snapshots:azg
resilience database-multi-az:azg database-deletion-protection:azg
logging database-logs:azg network-flow-logs:azg retention:azg
identity database-iam-auth:azg cache-auth:azg no-admin-wildcard:azgk no-privilege-escalation:azgk
  attach-to-roles-not-users:ag trust-policy-scoped:azg permissions-boundary:azg password-policy:a
  no-default-service-account:azgk os-login-mfa:azg public-iam-members:azgk
secrets database-managed-password:azg no-plaintext-in-env:azgk store-cmk:azg rotation:azg policy-not-public:azg
  pulumi-secret-outputs:azgk k8s-no-literal-secret:k
patching database-minor-upgrades:azg
hardening database-engine-supported:azg database-mssql-flags:g
monitoring database-threat-detection:azg database-performance-insights:azg threat-detection:azg posture-service:az
  cis-alarms:azg access-analyzer:az security-contact:azg
tagging database-copy-tags-to-snapshot:a required:azgk values:azgk data-classification-drives-baseline:azgk
  charset-limits:azgk
storage block-public-access:azg no-public-acl-or-iam:azg account-level-public-block:azg versioning:azg
  access-logging:azg object-lock-audit-buckets:azg ownership-enforced:azg network-default-deny:azg lifecycle:azg
  replication:azg cross-tenant-off:z no-public-snapshots-images:azg
cdn https-only:azg min-tls:azg origin-tls:azg origin-access-control:azg waf-attached:azg access-logging:azg
  default-root-object-and-headers:azg geo-restriction:azg
waf managed-rules-blocking:azg
lb https-listener:azgk tls-policy:azgk not-internet-facing-by-default:azgk access-logging:azg deletion-protection:azg
  drop-invalid-headers:a waf-attached:azg multi-az:azg backend-encryption:azgk
apigw tls-auth-logging:azg
kms rotation:azg deletion-window:azg policy-not-public:azg hsm-protection:azg vault-network:azg key-expiry:z
  separation-of-duties:azg vault-logging:azg
registry scan-on-push:azg immutable-tags:azg cmk:azg not-public:azg lifecycle-and-quarantine:azg
dns dnssec:azg query-logging:azg no-dangling-records:azgk firewall:azg
cert managed-and-strong:azgk
audit trail-all-regions:azg trail-integrity:azg trail-encryption:azg trail-bucket-protected:azg data-events:azg
  log-sink-central:azg
compute imdsv2:a shielded-confidential:zg no-serial-console:azg backup-plan:azgk
serverless function-hardening:azg
containers ecs-hardening:azg
k8s privileged:k privilege-escalation:k run-as-non-root:k drop-capabilities:k host-namespaces:k host-path:k
  host-ports:k seccomp:k apparmor-selinux-procmount-sysctl:k read-only-root:k service-account-token:k image-pinned:k
  resources:k probes:k replicas-pdb-spread:k namespace-psa-label:k default-deny-network-policy:k rbac-least:k
  ingress-tls-and-exposure:k quota-limitrange:k pv-encrypted-storageclass:k recommended-labels:k
residency allowed-regions:azg allowed-services:azg replication-stays-in-boundary:azg
fips endpoints:az
governance protect-critical:azg provider-pinned-account:azgk no-ignore-changes-on-security-props:azgk
  no-preview-or-deprecated-api:azgk org-guardrails:azg budget-and-anomaly:azg
privacy sensitive-data-discovery:azg retention-limits:azg
`;
const letters: Readonly<Record<string, Platform>> = { a: "aws", z: "azure", g: "gcp", k: "kubernetes" };

const wanted = table
  .trim()
  .replace(/\n {2}/g, " ")
  .split("\n")
  .flatMap((line) => {
    const [topic = "", ...words] = line.split(" ");
    return words.map((word) => {
      const [name = "", places = ""] = word.split(":");
      return { id: `${topic}-${name}`, platforms: [...places].map((letter) => letters[letter] as Platform) };
    });
  });

describe("the pack as a whole", () => {
  it("has every rule of the table", () => {
    assert.equal(wanted.length, 206);
    const ids = new Set(rules.map(({ id }) => id));
    assert.deepEqual(
      wanted.filter(({ id }) => !ids.has(id)).map(({ id }) => id),
      [],
    );
  });

  it("has each on every platform that the table names, all clouds equally deep", () => {
    const missing = wanted.flatMap(({ id, platforms }) => {
      const parts = rules.filter((rule) => rule.id === id).flatMap((rule) => rule.parts);
      return platforms
        .filter((platform) => !parts.some(({ cloud }) => cloud === platform))
        .map((platform) => `${id} ${platform}`);
    });
    assert.deepEqual(missing, []);
  });

  it("is told in the README by the true number of its rules", () => {
    const count = new Set(rules.map(({ id }) => id)).size;
    assert.match(readFileSync(join(__dirname, "README.md"), "utf8"), new RegExp(`\\b${count} rules\\b`));
  });
});
