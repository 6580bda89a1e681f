import assert from "node:assert/strict";
import { build, inside } from "../../test/contract";
import { keyPurposes } from ".";
import { usersOf } from "./gcp-agents";

const token = "trifold:keys:Keys";
const recorded = (preview = false) => build("gcp", () => undefined, preview);

describe("keys on Google Cloud", () => {
  it("let each agent use the keys of its own purposes and no other (SEC-01)", async () => {
    const made = inside(await recorded(), token);
    const keyOf = new Map(made.filter((one) => one.type.endsWith(":CryptoKey")).map((one) => [one.id, one.name]));
    const grants = made.filter((one) => one.type.endsWith(":CryptoKeyIAMMember"));
    const found = grants.map(({ inputs }) => [keyOf.get(inputs["cryptoKeyId"] as string), inputs["member"] as string]);
    const domains = {
      sql: "cloud-sql",
      storage: "gs-project-accounts",
      secretmanager: "secretmanager",
      logging: "logging",
      pubsub: "gcp-sa-pubsub",
      container: "container-engine-robot",
      compute: "compute-system",
      redis: "cloud-redis",
      memorystore: "gcp-sa-memorystore",
      artifactregistry: "gcp-sa-artifactregistry",
    };
    for (const purpose of keyPurposes)
      assert.deepEqual(
        found
          .filter(([key]) => key === `keys-${purpose}`)
          .map(([, member]) => Object.values(domains).find((domain) => member?.includes(domain))),
        usersOf[purpose].map((agent) => domains[agent]),
        purpose,
      );
    assert.ok(grants.every(({ inputs }) => inputs["role"] === "roles/cloudkms.cryptoKeyEncrypterDecrypter"));
  });

  it("leave the names that Google keeps for ever to chance", async () => {
    const [first] = [inside(await recorded(), token)];
    const ring = first.find((one) => one.type.endsWith(":KeyRing"));
    assert.match(ring?.inputs["name"] as string, /^goodies-prod-keys-[0-9a-f]{6}$/);
    for (const key of first.filter((one) => one.type.endsWith(":CryptoKey")))
      assert.equal(key.inputs["name"], undefined);
  });

  it("are switched on before they are used", async () => {
    const recording = await recorded();
    const made = inside(recording, token);
    const ring = made.find((one) => one.type.endsWith(":KeyRing"));
    const services = recording.registrations.filter((one) => one.type.endsWith(":Service")).map((one) => one.urn);
    assert.ok(services.length > 0);
    for (const service of services) assert.ok(ring?.dependencies.includes(service), service);
  });

  it("write down who used them (kms-vault-logging)", async () => {
    const audit = inside(await recorded(true), token).find((one) => one.type.endsWith(":IAMAuditConfig"));
    assert.equal(audit?.inputs["service"], "cloudkms.googleapis.com");
    assert.ok(JSON.stringify(audit?.inputs["auditLogConfigs"]).includes("DATA_READ"));
  });
});
