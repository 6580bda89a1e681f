// How secrets are kept.
import type { Texts } from ".";

export const secrets: Texts = {
  "secrets-database-managed-password": {
    title: "Database passwords are generated secrets, never literals",
    severity: "critical",
    phase: "resource",
    why: "A password written in a program is in its repository, for ever and for everyone.",
    remedy: {
      aws: "Use manageMasterUserPassword, or a generated secret as password.",
      azure: "Pass a generated secret: pulumi.secret(new RandomPassword(...).result).",
      gcp: "Use passwordWo, or a generated secret as password.",
    },
  },
  "secrets-store-cmk": {
    title: "Stored secrets are encrypted with a customer-managed key",
    severity: "medium",
    phase: "resource",
    why: "Secrets deserve the key that you control.",
    remedy: {
      aws: "Set kmsKeyId (SSM: type SecureString with keyId).",
      azure: "Nothing to do: Key Vault uses its own modules.",
      gcp: "Set customerManagedEncryption in the secret's replication.",
    },
  },
  "secrets-policy-not-public": {
    title: "Stored secrets are for named principals",
    severity: "critical",
    phase: "resource",
    why: "A secret that everyone may read is none.",
    remedy: {
      aws: "Set blockPublicPolicy to true and name principals.",
      azure: "Set enableRbacAuthorization to true.",
      gcp: "Name members instead of allUsers and allAuthenticatedUsers.",
    },
  },
};
