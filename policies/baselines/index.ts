// What a framework asks of a stack: which rules, how hard, with which settings. The selection follows the controls that
// catalogue/controls.json maps each rule to; like that mapping it is a proposal which no compliance owner has reviewed.
import { catalogue, type Entry, type Severity } from "../catalogue";
import type { FrameworkId } from "../catalogue/controls";
import { defaultLevel, type Level } from "../levels";
import type { Settings } from "../settings";
import { auditLogRetentionDays } from "../standards";
import { controlIds, controlOf, type UniverseId } from "./frameworks";
import { dodRegions, euRegions } from "./regions";

export const baselineNames = [
  "fedramp-moderate",
  "fedramp-high",
  "dod-il4",
  "dod-il5",
  "soc2",
  "hipaa",
  "pci-dss-4",
  "gdpr",
  "ccpa",
  "cis-l1",
  "cis-l2",
  "dev",
] as const;
export type BaselineName = (typeof baselineNames)[number];

export interface Baseline {
  readonly name: BaselineName;
  readonly title: string;
  /** What coverage is counted against; none for `dev`, which answers to no framework. */
  readonly universes: readonly UniverseId[];
  /** The level that it gives a rule; undefined where it doesn't ask for the rule. */
  readonly level: (entry: Entry) => Level | undefined;
  readonly settings: Partial<Settings>;
  /** What a reader of its coverage must know. */
  readonly note: string;
}

const severities: readonly Severity[] = ["low", "medium", "high", "critical"];
const phrases = (entry: Entry, framework: FrameworkId) =>
  entry.controls.find((one) => one.framework === framework)?.ids ?? [];
const says = (entry: Entry, framework: FrameworkId, pattern: RegExp) =>
  phrases(entry, framework).some((phrase) => pattern.test(phrase));

/** Rules of a severity and above are mandatory, the others advice. */
const from =
  (floor: Severity, asks: (entry: Entry) => boolean, hard: (entry: Entry) => boolean = () => false) =>
  (entry: Entry): Level | undefined => {
    if (!asks(entry)) return undefined;
    return hard(entry) || severities.indexOf(entry.severity) >= severities.indexOf(floor) ? "mandatory" : "advisory";
  };

const inUniverse = (...ids: readonly UniverseId[]) => {
  const known = new Set(
    ids.flatMap((id) => controlIds(id).map((control) => `${id.replace(/-l[12]$/, "")} ${control}`)),
  );
  return ({ controls }: Entry) =>
    controls.some(({ framework, ids: own }) => own.some((id) => known.has(`${framework} ${controlOf(framework, id)}`)));
};

const cisLevel1 = ["cis-aws-l1", "cis-azure-l1", "cis-gcp-l1", "cis-kubernetes-l1"] as const;
const cisLevel2 = ["cis-aws-l2", "cis-azure-l2", "cis-gcp-l2", "cis-kubernetes-l2"] as const;
const inFedramp = (entry: Entry) => phrases(entry, "fedramp").length > 0;
const inDod = (entry: Entry) => phrases(entry, "dod-cc-srg").length > 0;
/** AU-11 as OMB M-21-31 has it: twelve months at hand (and eighteen more in cold storage, which no program shows). */
const federal: Partial<Settings> = { fips: true, pinnedAccounts: true, logRetentionDays: auditLogRetentionDays };
const dod: Partial<Settings> = { ...federal, permissionsBoundary: true, allowedRegions: dodRegions };
const dodNote =
  "Counted against the FedRAMP baseline that the impact level starts from; what the Department adds to it is agreed " +
  "in the provisional authorization and not counted here.";

const table: Readonly<Record<BaselineName, Omit<Baseline, "name">>> = {
  "fedramp-moderate": {
    title: "FedRAMP Moderate",
    universes: ["fedramp-moderate"],
    level: from("medium", inFedramp),
    settings: federal,
    note: "Low-severity rules are advice.",
  },
  "fedramp-high": {
    title: "FedRAMP High",
    universes: ["fedramp-high"],
    level: from("low", inFedramp),
    settings: { ...federal, permissionsBoundary: true },
    note: "Every rule is mandatory, keys that the customer controls among them.",
  },
  "dod-il4": {
    title: "DoD Impact Level 4",
    universes: ["fedramp-moderate"],
    level: from("medium", inDod, (entry) => says(entry, "dod-cc-srg", /mandatory IL4|^IL4|gov region/)),
    settings: dod,
    note: dodNote,
  },
  "dod-il5": {
    title: "DoD Impact Level 5",
    universes: ["fedramp-high"],
    level: from("low", inDod),
    settings: dod,
    note: `${dodNote} Impact level 5 expects keys in hardware modules.`,
  },
  soc2: {
    title: "SOC 2",
    universes: ["soc2"],
    level: from("high", inUniverse("soc2")),
    settings: {},
    note: "Security, availability and confidentiality; the criteria on processing integrity and privacy are counted and left to people.",
  },
  hipaa: {
    title: "HIPAA Security Rule",
    universes: ["hipaa"],
    level: from("medium", inUniverse("hipaa")),
    settings: {},
    note: "Standards and implementation specifications are counted alike, required and addressable ones.",
  },
  "pci-dss-4": {
    title: "PCI DSS 4.0",
    universes: ["pci-dss"],
    level: from("medium", inUniverse("pci-dss")),
    settings: { pinnedAccounts: true, logRetentionDays: auditLogRetentionDays },
    note: "For the stacks in the cardholder data environment and those connected to it. Audit logs are kept a year (10.5.1).",
  },
  gdpr: {
    title: "GDPR",
    universes: ["gdpr"],
    level: from("high", inUniverse("gdpr")),
    settings: { allowedRegions: euRegions },
    note: "Regions of the Union alone; whoever transfers data under articles 45 to 49 lists further regions.",
  },
  ccpa: {
    title: "CCPA",
    universes: ["ccpa"],
    level: from("high", inUniverse("ccpa")),
    settings: {},
    note: "The law asks for reasonable security; most of its duties are towards consumers and show in no program.",
  },
  "cis-l1": {
    title: "CIS Benchmarks, Level 1",
    universes: cisLevel1,
    level: from("low", inUniverse(...cisLevel1)),
    settings: {},
    note: "AWS 7.0, Azure 6.0, Google Cloud 5.0, Kubernetes 1.12. Much of the rest is the account's or the node's state.",
  },
  "cis-l2": {
    title: "CIS Benchmarks, Level 2",
    universes: [...cisLevel1, ...cisLevel2],
    level: from("low", inUniverse(...cisLevel1, ...cisLevel2)),
    settings: {},
    note: "Level 2 holds Level 1.",
  },
  dev: {
    title: "Development",
    universes: [],
    level: ({ id }) => defaultLevel(id, "dev"),
    settings: {},
    note: "Answers to no framework: what may never happen anywhere is mandatory, everything else is advice.",
  },
};

export const baselines: Readonly<Record<BaselineName, Baseline>> = Object.fromEntries(
  baselineNames.map((name) => [name, { name, ...table[name] }]),
) as Readonly<Record<BaselineName, Baseline>>;

/** Rules that a baseline asks for, with their level. */
export const levelsOf = (baseline: Baseline): ReadonlyMap<string, Level> =>
  new Map(
    [...catalogue.values()].flatMap((entry) => {
      const level = baseline.level(entry);
      return level ? [[entry.id, level] as const] : [];
    }),
  );
