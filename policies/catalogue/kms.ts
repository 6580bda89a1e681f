// How keys live.
import type { Texts } from ".";

export const kms: Texts = {
  "kms-rotation": {
    title: "Customer-managed keys rotate by themselves",
    severity: "high",
    phase: "resource",
    why: "A key that never changes protects all data ever written with one secret.",
    remedy: {
      aws: "Set enableKeyRotation, and rotationPeriodInDays to 365 or less.",
      azure: "Set properties.rotationPolicy with a lifetime action of type rotate.",
      gcp: "Set rotationPeriod to 7776000s or less.",
    },
  },
  "kms-deletion-window": {
    title: "A deleted key can be saved for 30 days",
    severity: "high",
    phase: "resource",
    why: "A deleted key deletes all data under it; the window is the only way back.",
    remedy: {
      aws: "Set deletionWindowInDays to 30.",
      azure: "Set enablePurgeProtection, and softDeleteRetentionInDays to 30 or more.",
      gcp: "Set destroyScheduledDuration to 2592000s or more.",
    },
  },
  "kms-policy-not-public": {
    title: "Keys are for named principals, and principals for named keys",
    severity: "critical",
    phase: "resource",
    why: "Who may use a key may read everything under it.",
    remedy: {
      aws: "Name principals and keys; narrow * by kms:CallerAccount or kms:ViaService.",
      azure: "Set enableRbacAuthorization to true.",
      gcp: "Name members instead of allUsers and allAuthenticatedUsers.",
    },
  },
  "kms-hsm-protection": {
    title: "Keys of data under DoD IL5 or PCI rules are in hardware modules",
    severity: "medium",
    phase: "resource",
    why: "DoD IL5 and PCI ask for keys in certified hardware.",
    remedy: {
      aws: "Nothing to do: KMS keys are in hardware modules.",
      azure: "Use the premium SKU and a key type ending in -HSM.",
      gcp: "Set versionTemplate.protectionLevel to HSM.",
    },
  },
  "kms-vault-network": {
    title: "Key vaults are reached over private networks only",
    severity: "high",
    phase: "resource",
    why: "A vault that everybody can reach is open to password guessing and stolen tokens.",
    remedy: {
      aws: "Set privateDnsEnabled and securityGroupIds on the endpoint.",
      azure: "Set networkAcls.defaultAction to Deny, or publicNetworkAccess to Disabled.",
      gcp: "Add cloudkms.googleapis.com to status.restrictedServices.",
    },
  },
  "kms-key-expiry": {
    title: "Keys and secrets of a vault carry an expiry date",
    severity: "medium",
    phase: "resource",
    why: "A secret without a date is never replaced.",
    remedy: {
      azure: "Set attributes.expires (keys: or rotationPolicy.attributes.expiryTime); give secrets a contentType.",
    },
  },
  "kms-separation-of-duties": {
    title: "Who administers keys doesn't use them",
    severity: "medium",
    phase: "stack",
    why: "Who can change a key's policy should not be able to read the data as well.",
    remedy: {
      aws: "Give administration and use of the key to different principals.",
      azure: "Give Crypto Officer and Crypto User to different identities.",
      gcp: "Give cloudkms.admin and encrypterDecrypter to different members.",
    },
  },
  "kms-vault-logging": {
    title: "Use of keys and secrets is on record",
    severity: "high",
    phase: "stack",
    why: "Use of a key is use of the data; it must be on record.",
    remedy: {
      aws: "Keep management events, those of KMS included, in the trail.",
      azure: "Add a DiagnosticSetting with AuditEvent for the vault.",
      gcp: "Add DATA_READ to the audit config of cloudkms.googleapis.com.",
    },
  },
};
