// How secrets are kept.
import type { Texts } from ".";

export const secrets: Texts = {
  "secrets-database-managed-password": {
    title: "Master password is generated and held by the secret store, never a literal",
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
    title: "Secret store entries use CMK",
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
    title: "Secret resource policy blocks public access",
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
