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
  "secrets-no-plaintext-in-env": {
    title: "No credential stands in clear in variables, scripts or configuration",
    severity: "critical",
    phase: "resource",
    why: "Whoever may look at a function, a task or a machine reads its variables and its start script.",
    remedy: {
      aws: "Refer to Secrets Manager: secrets with valueFrom (ECS), or an ARN that the function reads.",
      azure: "Use secretRef (Container Apps) or @Microsoft.KeyVault(...) (App Service).",
      gcp: "Use valueSource.secretKeyRef (Cloud Run) or secretEnvironmentVariables (functions).",
      kubernetes: "Use valueFrom.secretKeyRef; keep credentials out of ConfigMaps.",
    },
  },
  "secrets-rotation": {
    title: "Secrets are renewed within 90 days",
    severity: "medium",
    phase: "stack",
    why: "A secret that leaked unseen is good until it changes.",
    remedy: {
      aws: "Add a SecretRotation with automaticallyAfterDays of 90 or less, or a job whose role may write the versions.",
      azure: "Set properties.attributes.expires, and renew on the near-expiry event.",
      gcp: "Set rotation.rotationPeriod to 7776000s or less, and topics.",
    },
  },
  "secrets-pulumi-secret-outputs": {
    title: "Credentials in inputs are Pulumi secrets",
    severity: "high",
    phase: "resource",
    why: "What isn't marked stands in clear in the state, and in every plan that is printed.",
    remedy: {
      aws: "Wrap the value: pulumi.secret(value), or config.requireSecret.",
      azure: "Wrap the value: pulumi.secret(value), or config.requireSecret.",
      gcp: "Wrap the value: pulumi.secret(value), or config.requireSecret.",
      kubernetes: "Wrap the value: pulumi.secret(value), or config.requireSecret.",
    },
  },
  "secrets-k8s-no-literal-secret": {
    title: "Kubernetes Secrets aren't filled by literals",
    severity: "medium",
    phase: "stack",
    why: "A value of the program is in its repository. A value from configuration can't be told from one.",
    remedy: {
      kubernetes: "Let the External Secrets Operator or the CSI driver bring it, or use what another resource made.",
    },
  },
};
