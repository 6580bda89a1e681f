import { CryptoKey, KeyRing } from "@pulumi/gcp/kms";
import { IAMAuditConfig } from "@pulumi/gcp/projects";
import type * as pulumi from "@pulumi/pulumi";
import { gcpNames } from "../naming/gcp";
import { nativeOf } from "../site";
import { freshName, labelsOf } from "../site/gcp-names";
import type { BuildKeys, KeyPurpose, KeyRef } from ".";
import { agentsOf, grantTo } from "./gcp-agents";

const seconds = (days: number) => `${days * 86_400}s`;

/** A key ring in the site's region, one key a purpose, each usable by the agents of the services that need it (SEC-01, SEC-02). */
export const build: BuildKeys = (context) => {
  const { name, site, args, child } = context;
  const { project, services } = nativeOf(site, "gcp", `Keys "${name}"`);
  const protect = site.safeguards.deletionProtection;
  const ring = new KeyRing(
    `${name}-ring`,
    {
      project,
      // Neither a key ring nor a key can ever be deleted or have its name used again; a destroy only destroys the key
      // versions. Rings therefore end in random letters, and keys leave their name to Pulumi, so that a stack can be
      // built again and a key replaced. https://cloud.google.com/kms/docs/object-hierarchy#lifetime
      name: freshName(`${name}-suffix`, gcpNames.keyRing, [site.prefix, name], { region: site.region }, child),
      location: site.region,
    },
    { ...child, protect, dependsOn: [...services] },
  );
  // Who used a key is worth knowing, and off by default (kms/vault-logging). One setting a project and service.
  new IAMAuditConfig(
    `${name}-audit`,
    {
      project,
      service: "cloudkms.googleapis.com",
      auditLogConfigs: ["ADMIN_READ", "DATA_READ", "DATA_WRITE"].map((logType) => ({ logType })),
    },
    { ...child, dependsOn: [...services] },
  );
  const agents = agentsOf(context);
  const make = (purpose: KeyPurpose): KeyRef => {
    const key = new CryptoKey(
      `${name}-${purpose}`,
      {
        keyRing: ring.id,
        purpose: "ENCRYPT_DECRYPT",
        rotationPeriod: seconds(args.rotationDays),
        destroyScheduledDuration: seconds(args.deletionWindowDays),
        versionTemplate: { algorithm: "GOOGLE_SYMMETRIC_ENCRYPTION", protectionLevel: "SOFTWARE" },
        labels: labelsOf(site, `${site.prefix}-${name}-${purpose}`),
      },
      // How long a destroyed version can be saved is fixed at a key's birth. Another value is for keys yet to be made: a
      // replacement would leave whatever the old key has encrypted without it.
      { ...child, protect, ignoreChanges: ["destroyScheduledDuration"] },
    );
    const grants: pulumi.Resource[] = agents
      .of(purpose)
      .map((agent) => grantTo(context, purpose, key, agent, services));
    return { id: key.id, native: { cloud: "gcp", keyRingId: ring.id, grants } };
  };
  const keys = Object.fromEntries(args.purposes.map((purpose) => [purpose, make(purpose)]));
  return { keys, native: { cloud: "gcp", keyRingId: ring.id } };
};
