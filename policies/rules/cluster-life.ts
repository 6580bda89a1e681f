// CLU: clusters stay in support, get upgrades, and outlive a mistake and a zone.

import { autoMode, automatic, autopilot, provided } from "../clusters";
import { all, always, any, equals, holds, isTrue, noneOf, oneOf, pass } from "../judge";
import { guarded } from "../locks";
import { lasting } from "../primaries";
import { asText } from "../read";
import { rule } from "../rule";
import { aws, azure, azureGraph, gcp } from "../tokens";
import { supported } from "../versions";

/** Without a version EKS takes its newest, and keeps it for years unless support ends with the standard term. */
const standardTerm = equals("upgradePolicy.supportType", "STANDARD");
const aksChannel = oneOf("autoUpgradeProfile.upgradeChannel", ["patch", "stable", "rapid", "node-image"]);

export const supportedVersion = rule(
  "cluster-supported-version",
  aws("eks.Cluster", supported("aws", "version", standardTerm)),
  azure(
    "containerservice.ManagedCluster",
    supported(
      "azure",
      "kubernetesVersion",
      provided(
        automatic,
        "AKS Automatic upgrades itself",
        oneOf("autoUpgradeProfile.upgradeChannel", ["patch", "stable", "rapid"]),
      ),
      equals("supportPlan", "AKSLongTermSupport"),
    ),
  ),
  gcp(
    "container.Cluster",
    supported("gcp", "minMasterVersion", () =>
      pass("minMasterVersion", "GKE upgrades control planes before support ends"),
    ),
  ),
);

export const upgradeChannel = rule(
  "cluster-auto-upgrade-channel",
  aws("eks.Cluster", any(standardTerm, provided(autoMode, "Auto Mode replaces nodes", standardTerm))),
  azure(
    "containerservice.ManagedCluster",
    provided(
      automatic,
      "AKS Automatic upgrades itself",
      all(aksChannel, noneOf("autoUpgradeProfile.nodeOSUpgradeChannel", ["None"])),
    ),
  ),
  gcp(
    "container.Cluster",
    provided(
      autopilot,
      "Autopilot is always in a channel",
      oneOf("releaseChannel.channel", ["RAPID", "REGULAR", "STABLE", "EXTENDED"]),
    ),
  ),
);

export const deletionProtection = rule(
  "cluster-deletion-protection",
  aws("eks.Cluster", lasting(isTrue("deletionProtection"))),
  azureGraph("containerservice.ManagedCluster", lasting(guarded)),
  gcp("container.Cluster", lasting(isTrue("deletionProtection", "pass"))),
);

export const slaTier = rule(
  "cluster-sla-tier",
  aws("eks.Cluster", always("every control plane of EKS is in several zones")),
  azure("containerservice.ManagedCluster", lasting(oneOf("sku.tier", ["Standard", "Premium"]))),
  gcp(
    "container.Cluster",
    lasting(
      provided(
        autopilot,
        "Autopilot is always regional",
        // us-central1 is a region, us-central1-a a zone; without a location it is the provider's zone.
        holds("location", "a region", (value) => !/-[a-z]$/.test(asText(value))),
      ),
    ),
  ),
);
