// What a program can't show: who answers for it and what an auditor takes as evidence. `inherited`: the cloud provider
// holds the evidence. `manual`: somebody has to. The longest prefix of a control's id decides.
import type { FrameworkId } from "../catalogue/controls";

export interface Beyond {
  readonly kind: "manual" | "inherited";
  readonly evidence: string;
}

const manual = (evidence: string): Beyond => ({ kind: "manual", evidence });
const inherited = (evidence: string): Beyond => ({ kind: "inherited", evidence });
const attestation =
  "the provider's attestation (FedRAMP package, SOC 2 report, PCI AOC) and its shared-responsibility table";

const byPrefix: Readonly<Record<FrameworkId, Readonly<Record<string, Beyond>>>> = {
  "nist-800-53": {
    "AC-": manual("access policy, account reviews, joiner and leaver records"),
    "AT-": manual("training plan and completion records"),
    "AU-": manual("audit policy, review records, alert tickets"),
    "CA-": manual("assessment report, plan of action and milestones, penetration test"),
    "CM-": manual("configuration management plan, change tickets, component inventory"),
    "CP-": manual("contingency plan, restore and failover test records"),
    "IA-": manual("identity provider's settings, authenticator policy"),
    "IR-": manual("incident response plan, exercise records, incident tickets"),
    "MA-": inherited(attestation),
    "MP-": inherited(attestation),
    "PE-": inherited(attestation),
    "PL-": manual("system security plan, rules of behaviour"),
    "PS-": manual("screening, transfer and termination records"),
    "RA-": manual("risk assessment, vulnerability scans and their follow-up"),
    "SA-": manual("acquisition and development policy, supplier contracts"),
    "SC-": manual("architecture description, boundary and cryptography records"),
    "SI-": manual("patch records, malware and integrity monitoring alerts"),
    "SR-": manual("supply chain risk plan, supplier reviews"),
  },
  soc2: {
    CC1: manual("code of conduct, organisation chart, board minutes"),
    CC2: manual("internal and external communication records"),
    CC3: manual("risk register and its reviews"),
    CC4: manual("internal audit and monitoring reports"),
    CC5: manual("control policies and their approvals"),
    CC6: manual("access reviews, provisioning tickets"),
    "CC6.4": inherited(attestation),
    CC7: manual("incident tickets, monitoring reviews"),
    CC8: manual("change tickets, code review records"),
    CC9: manual("vendor reviews, insurance, business continuity plan"),
    A1: manual("capacity reviews, restore test records"),
    C1: manual("data classification and disposal records"),
    PI1: manual("processing specifications, reconciliation records"),
    P: manual("privacy notice, consent and request records"),
  },
  hipaa: {
    "164.308": manual(
      "risk analysis, sanction policy, training and contingency records, business associate agreements",
    ),
    "164.310": inherited(attestation),
    "164.310(b)": manual("workstation use policy"),
    "164.310(c)": manual("workstation security policy"),
    "164.312": manual("identity provider's settings, emergency access procedure, session policy"),
    "164.314": manual("business associate agreements, plan documents"),
    "164.316": manual("policies with their revision history, kept six years"),
  },
  "pci-dss": {
    "1": manual("network diagrams, rule reviews every six months"),
    "2": manual("configuration standards, inventory"),
    "3": manual("data retention policy, key custodian records"),
    "4": manual("certificate and cipher inventory"),
    "5": manual("malware protection settings and logs"),
    "6": manual("secure development and patch records"),
    "7": manual("access need-to-know matrix, reviews"),
    "8": manual("identity provider's settings, authentication policy"),
    "9": inherited(attestation),
    "10": manual("log review records"),
    "11": manual("scans, penetration tests, change detection alerts"),
    "12": manual("security policy, risk analyses, training, incident plan"),
  },
  gdpr: { "": manual("records of processing, legal basis, data subject requests, agreements with processors") },
  ccpa: { "": manual("privacy notice, consumer requests and their answers, contracts with service providers") },
  "cis-aws": { "": manual("settings of the account, read with the cloud's own posture service") },
  "cis-azure": { "": manual("settings of the tenant and subscription, read with the cloud's own posture service") },
  "cis-gcp": { "": manual("settings of the organisation and project, read with the cloud's own posture service") },
  "cis-kubernetes": {
    "1": inherited("the managed control plane: the provider's attestation and its own CIS report"),
    "2": inherited("the managed control plane: the provider's attestation and its own CIS report"),
    "3": manual("audit policy of the control plane, authentication settings"),
    "4": manual("node configuration, read on the node by a CIS scanner"),
    "5": manual("cluster policies, read in the cluster by a CIS scanner"),
  },
  fedramp: {},
  "dod-cc-srg": {},
};

/** Who shows what the code can't, and with what. */
export function beyondCode(framework: FrameworkId, id: string): Beyond {
  const speaks = (prefix: string) =>
    id.startsWith(prefix) && !(/\d$/.test(prefix) && /^\d/.test(id.slice(prefix.length)));
  const [nearest] = Object.entries(byPrefix[framework])
    .filter(([prefix]) => speaks(prefix))
    .sort(([one], [other]) => other.length - one.length);
  return nearest?.[1] ?? manual("to be agreed with the assessor");
}
