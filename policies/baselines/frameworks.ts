// Every control of the frameworks that baselines answer to, so that coverage is told against the whole and not against
// what happens to be mapped. Ids are facts of the published frameworks: FedRAMP Rev. 5 baselines (fedramp.gov), the AICPA
// criteria, 45 CFR 164.308 to 316, PCI DSS 4.0 at its third level, GDPR articles 5 to 49, the CCPA's duties, and the CIS
// benchmarks with their profile levels. Texts of controls are their owners' and not here.
import type { FrameworkId } from "../catalogue/controls";
import type { Platform } from "../rule";
import universe from "./universe.json";

export type UniverseId = keyof typeof universe;

export interface Universe {
  readonly id: UniverseId;
  readonly framework: FrameworkId;
  /** What of the framework is meant: `Moderate baseline`, `Level 1`. */
  readonly part: string;
  /** The one cloud that it speaks of; rules and resources of others show nothing for it. */
  readonly platform?: Platform;
}

export const universes: Readonly<Record<UniverseId, Universe>> = {
  "fedramp-moderate": of("fedramp-moderate", "nist-800-53", "FedRAMP Rev. 5 Moderate"),
  "fedramp-high": of("fedramp-high", "nist-800-53", "FedRAMP Rev. 5 High"),
  soc2: of("soc2", "soc2", "all criteria"),
  hipaa: of("hipaa", "hipaa", "164.308 to 164.316"),
  "pci-dss": of("pci-dss", "pci-dss", "requirements x.y.z"),
  gdpr: of("gdpr", "gdpr", "articles 5 to 49"),
  ccpa: of("ccpa", "ccpa", "duties of a business"),
  "cis-aws-l1": of("cis-aws-l1", "cis-aws", "Level 1", "aws"),
  "cis-aws-l2": of("cis-aws-l2", "cis-aws", "Level 2", "aws"),
  "cis-azure-l1": of("cis-azure-l1", "cis-azure", "Level 1", "azure"),
  "cis-azure-l2": of("cis-azure-l2", "cis-azure", "Level 2", "azure"),
  "cis-gcp-l1": of("cis-gcp-l1", "cis-gcp", "Level 1", "gcp"),
  "cis-gcp-l2": of("cis-gcp-l2", "cis-gcp", "Level 2", "gcp"),
  "cis-kubernetes-l1": of("cis-kubernetes-l1", "cis-kubernetes", "Level 1", "kubernetes"),
  "cis-kubernetes-l2": of("cis-kubernetes-l2", "cis-kubernetes", "Level 2", "kubernetes"),
};

function of(id: UniverseId, framework: FrameworkId, part: string, platform?: Platform): Universe {
  return { id, framework, part, ...(platform ? { platform } : {}) };
}

/** Control ids in the framework's own order. */
export const controlIds = (id: UniverseId): readonly string[] =>
  Object.values<string>(universe[id]).flatMap((ids) => ids.split(" "));

/** The control that an id of the rules' mapping belongs to: laws are counted by article and section. */
export function controlOf(framework: FrameworkId, id: string): string {
  return framework === "gdpr" || framework === "ccpa" ? id.replace(/\(.*$/, "") : id;
}
