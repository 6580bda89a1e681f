// Machines and functions.
import type { Texts } from ".";

export const compute: Texts = {
  "compute-imdsv2": {
    title: "Machines answer metadata requests with a session token only",
    severity: "high",
    phase: "resource",
    why: "Without the token a forged request from the server reads the machine's credentials.",
    remedy: { aws: "Set metadataOptions.httpTokens to required, on the instance or its launch template." },
  },
  "compute-shielded-confidential": {
    title: "Machines boot what is signed",
    severity: "medium",
    phase: "resource",
    why: "A rootkit below the system is seen by nothing in it.",
    remedy: {
      azure: "Set securityProfile.securityType to TrustedLaunch, with secureBootEnabled and vTpmEnabled.",
      gcp: "Set shieldedInstanceConfig.enableSecureBoot to true.",
    },
  },
  "compute-no-serial-console": {
    title: "No interactive serial console",
    severity: "medium",
    phase: "resource",
    why: "The console goes around the network and its rules.",
    remedy: {
      aws: "Set enabled to false.",
      azure: "Set diagnosticsProfile.bootDiagnostics.enabled to false; the console works through it.",
      gcp: "Remove the metadata serial-port-enable.",
    },
  },
  "compute-backup-plan": {
    title: "Volumes are in a backup plan, and vaults are locked",
    severity: "medium",
    phase: "stack",
    why: "What nobody copies is gone with its disk; what everybody may delete is gone with an intruder. Machines are asked only where the stack backs machines up; dev and preview not at all.",
    remedy: {
      aws: "Select the volume by tag in a backup.Selection; give the vault kmsKeyArn and a VaultLockConfiguration.",
      azure: "Add a ProtectedItem for the machine; set the vault's immutabilitySettings.state to Unlocked or Locked.",
      gcp: "Attach a snapshot schedule: DiskResourcePolicyAttachment, or resourcePolicies.",
      kubernetes: "Have the Velero Schedule include the namespace.",
    },
  },
};
