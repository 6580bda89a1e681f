// Which controls of which framework a rule speaks to. The mapping is an engineering proposal: no compliance owner has
// reviewed it yet, and every place that shows it says so.
import table from "./controls.json";

export interface Framework {
  readonly name: string;
  readonly version: string;
  readonly reference: string;
}

export const frameworks = {
  "nist-800-53": {
    name: "NIST SP 800-53",
    version: "Rev. 5",
    reference: "https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final",
  },
  "cis-aws": {
    name: "CIS AWS Foundations Benchmark",
    version: "7.0",
    reference: "https://www.cisecurity.org/benchmark/amazon_web_services",
  },
  "cis-azure": {
    name: "CIS Microsoft Azure Foundations Benchmark",
    version: "6.0",
    reference: "https://www.cisecurity.org/benchmark/azure",
  },
  "cis-gcp": {
    name: "CIS Google Cloud Platform Foundation Benchmark",
    version: "5.0",
    reference: "https://www.cisecurity.org/benchmark/google_cloud_computing_platform",
  },
  "cis-kubernetes": {
    name: "CIS Kubernetes Benchmark",
    version: "1.12",
    reference: "https://www.cisecurity.org/benchmark/kubernetes",
  },
  soc2: { name: "SOC 2 Trust Services Criteria", version: "2017", reference: "https://www.aicpa-cima.com" },
  hipaa: {
    name: "HIPAA Security Rule",
    version: "45 CFR Part 164",
    reference: "https://www.ecfr.gov/current/title-45/part-164",
  },
  "pci-dss": { name: "PCI DSS", version: "4.0", reference: "https://www.pcisecuritystandards.org" },
  gdpr: { name: "GDPR", version: "(EU) 2016/679", reference: "https://eur-lex.europa.eu/eli/reg/2016/679/oj" },
  ccpa: { name: "CCPA", version: "Cal. Civ. Code 1798.100 ff.", reference: "https://leginfo.legislature.ca.gov" },
  fedramp: { name: "FedRAMP", version: "Rev. 5", reference: "https://www.fedramp.gov" },
  "dod-cc-srg": {
    name: "DoD Cloud Computing SRG",
    version: "impact levels 2 to 5",
    reference: "https://public.cyber.mil/dccs/",
  },
} as const satisfies Readonly<Record<string, Framework>>;
export type FrameworkId = keyof typeof frameworks;

export interface Mapping {
  readonly framework: FrameworkId;
  readonly version: string;
  readonly ids: readonly string[];
  /** Ids that rest on one scanner's mapping alone and look wrong as often as right: kept for the review, shown nowhere. */
  readonly doubtful: readonly string[];
  /** Set to true only by whoever answers for compliance. */
  readonly reviewed: boolean;
}
export type Controls = readonly Mapping[];

const mappings: Readonly<Record<string, Readonly<Partial<Record<FrameworkId, string>>>>> = table;

/** Ids are separated by spaces; FedRAMP and DoD cells are phrases, separated by semicolons. */
const isPhrase = (framework: FrameworkId) => framework === "fedramp" || framework === "dod-cc-srg";

/** In the table `*` stands behind an id that a scanner's own mapping confirms, `^` behind one that it alone has. */
const marks = /[*^]+$/;

export function controlsOf(rule: string): Controls {
  const cells = Object.entries(mappings[rule] ?? {}) as [FrameworkId, string][];
  return cells.map(([framework, cell]) => {
    const all = cell.split(isPhrase(framework) ? "; " : " ");
    return {
      framework,
      version: frameworks[framework].version,
      ids: all.filter((id) => !id.endsWith("^")).map((id) => id.replace(marks, "")),
      doubtful: all.filter((id) => id.endsWith("^")).map((id) => id.replace(marks, "")),
      reviewed: false,
    };
  });
}
