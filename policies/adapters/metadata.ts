// The rules as policies: names, levels and metadata that the engine and Pulumi Cloud show.
import * as proto from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { baselineNames } from "../baselines";
import { type Entry, entryOf, type Severity } from "../catalogue";
import { frameworks } from "../catalogue/controls";
import type { Level } from "../levels";
import { rules } from "../rules";
import { settingsSchema } from "../settings";
import { environments } from "../standards";

export interface Pack {
  readonly name: string;
  readonly version: string;
}

/** Policies of the pack beside its rules. */
export const own = {
  /** Holds the pack's own configuration; finds nothing itself. */
  settings: "settings",
  /** Reports what a preview can't judge. Its level is the unknownPolicy: advisory, mandatory (fail closed) or disabled. */
  notYetKnown: "not-yet-known",
  /** Reports waivers that have expired or meet nothing. */
  waivers: "waivers",
} as const;
export const ownTexts: Readonly<Record<string, string>> = {
  [own.settings]: "Settings of the pack; finds nothing itself",
  [own.notYetKnown]: "What can't be judged before values are known is told, not passed",
  [own.waivers]: "Waivers are in force and meet a finding",
};

const { EnforcementLevel, PolicySeverity, PolicyType } = proto;
export const levelNumbers: Readonly<Record<Level, proto.EnforcementLevel>> = {
  advisory: EnforcementLevel.ADVISORY,
  mandatory: EnforcementLevel.MANDATORY,
  disabled: EnforcementLevel.DISABLED,
  remediate: EnforcementLevel.REMEDIATE,
};
export const severityNumbers: Readonly<Record<Severity, proto.PolicySeverity>> = {
  low: PolicySeverity.POLICY_SEVERITY_LOW,
  medium: PolicySeverity.POLICY_SEVERITY_MEDIUM,
  high: PolicySeverity.POLICY_SEVERITY_HIGH,
  critical: PolicySeverity.POLICY_SEVERITY_CRITICAL,
};
export const unknownLevels: readonly Level[] = ["advisory", "mandatory", "disabled"];

/** Everything that the pack says of itself. @param level of a rule or of the pack's own policies */
export function analyzerInfo(pack: Pack, level: (policy: string) => Level): proto.AnalyzerInfo {
  const info = new proto.AnalyzerInfo();
  info.setName(pack.name);
  info.setDisplayname("Trifold");
  info.setDescription("Encryption, private networks, tagging and keys on AWS, Azure and Google Cloud");
  info.setVersion(pack.version);
  info.setSupportsconfig(true);
  const ids = [...new Set(rules.map(({ id }) => id))];
  const stack = [own.notYetKnown, own.waivers].map((name) => stackInfo(name, level(name)));
  info.setPoliciesList([settingsInfo(), ...ids.map((id) => ruleInfo(entryOf(id), level(id))), ...stack]);
  return info;
}

function ruleInfo(entry: Entry, level: Level): proto.PolicyInfo {
  const info = policyInfo(entry.id, entry.title, level, entry.severity);
  info.setPolicyType(entry.phase === "stack" ? PolicyType.POLICY_TYPE_STACK : PolicyType.POLICY_TYPE_RESOURCE);
  info.setRemediationSteps(
    Object.entries(entry.remedy)
      .map(([cloud, remedy]) => `${cloud}: ${remedy}`)
      .join("\n"),
  );
  info.setTagsList([
    entry.id.slice(0, entry.id.indexOf("-")),
    ...entry.controls.flatMap(({ framework, ids }) => ids.map((id) => `${framework}:${id}`)),
  ]);
  const [main] = entry.controls;
  if (main) {
    const { name, version, reference } = frameworks[main.framework];
    const framework = new proto.PolicyComplianceFramework();
    framework.setName(name);
    framework.setVersion(version);
    framework.setReference(reference);
    framework.setSpecification(main.ids.join(" "));
    info.setFramework(framework);
  }
  return info;
}

function policyInfo(name: string, description: string, level: Level, severity: Severity): proto.PolicyInfo {
  const info = new proto.PolicyInfo();
  info.setName(name);
  info.setDescription(description);
  info.setEnforcementlevel(levelNumbers[level]);
  info.setSeverity(severityNumbers[severity]);
  return info;
}

function stackInfo(name: string, level: Level): proto.PolicyInfo {
  const info = policyInfo(name, ownTexts[name] ?? "", level, "low");
  info.setPolicyType(PolicyType.POLICY_TYPE_STACK);
  return info;
}

function settingsInfo(): proto.PolicyInfo {
  const info = stackInfo(own.settings, "advisory");
  const schema = new proto.PolicyConfigSchema();
  schema.setProperties(
    Struct.fromJavaScript({
      environment: { type: "string", enum: [...environments] },
      unknownPolicy: { type: "string", enum: [...unknownLevels] },
      baselines: { type: "array", items: { type: "string", enum: [...baselineNames] } },
      waivers: { type: "string" },
      today: { type: "string", pattern: "^\\d{4}-\\d{2}-\\d{2}$" },
      ...settingsSchema,
    }),
  );
  info.setConfigschema(schema);
  return info;
}
