// The rules as policies: names, levels and metadata that the engine and Pulumi Cloud show, and what they configure.
import * as proto from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { type Entry, entryOf, type Severity } from "../catalogue";
import { frameworks } from "../catalogue/controls";
import { defaultLevel, environmentOf, type Level } from "../levels";
import { rules } from "../rules";
import { defaults, type Settings, settingsOf, settingsSchema } from "../settings";
import { environments } from "../standards";

export interface Pack {
  readonly name: string;
  readonly version: string;
}

/** Holds the pack's own configuration; finds nothing itself. */
const settings = "settings";
/** Reports what a preview can't judge. Its level is the unknownPolicy: advisory, mandatory (fail closed) or disabled. */
const notYetKnown = "not-yet-known";

const { EnforcementLevel, PolicySeverity } = proto;
export const levelNumbers: Readonly<Record<Level, proto.EnforcementLevel>> = {
  advisory: EnforcementLevel.ADVISORY,
  mandatory: EnforcementLevel.MANDATORY,
  disabled: EnforcementLevel.DISABLED,
  remediate: EnforcementLevel.REMEDIATE,
};
const severityNumbers: Readonly<Record<Severity, proto.PolicySeverity>> = {
  low: PolicySeverity.POLICY_SEVERITY_LOW,
  medium: PolicySeverity.POLICY_SEVERITY_MEDIUM,
  high: PolicySeverity.POLICY_SEVERITY_HIGH,
  critical: PolicySeverity.POLICY_SEVERITY_CRITICAL,
};
const levelNames = new Map(Object.entries(levelNumbers).map(([name, number]) => [number, name as Level]));
const unknownLevels: readonly Level[] = ["advisory", "mandatory", "disabled"];

export class Policies {
  /** What thresholds and default levels go by; undefined is judged as prod. */
  environment: string | undefined;
  unknownLevel: Level = "advisory";
  settings: Settings = defaults;
  #configured: ReadonlyMap<string, Level> = new Map();

  constructor(readonly pack: Pack) {}

  /** The configured level, else the environment's. A remediation that isn't there leaves a mandatory rule. */
  level(rule: string): Level {
    const level = this.#configured.get(rule) ?? defaultLevel(rule, this.environment);
    return level === "remediate" ? "mandatory" : level;
  }

  /** Before anything else the engine tells the stack: its name, tags and configuration. */
  configureStack(request: proto.AnalyzerStackConfigureRequest): void {
    this.environment = environmentOf({
      stack: request.getStack(),
      config: Object.fromEntries(request.getConfigMap().getEntryList()),
      tags: Object.fromEntries(request.getTagsMap().getEntryList()),
    });
  }

  /**
   * Then the pack's configuration. The engine fills in the levels that getAnalyzerInfo told, so one that equals the
   * default stays a default: an environment set here may still move it.
   */
  configure(request: proto.ConfigureAnalyzerRequest): void {
    const given = request.getPolicyconfigMap();
    const told = this.environment;
    const levels = new Map<string, Level>();
    for (const [name] of given.getEntryList()) {
      const level = levelNames.get(given.get(name)?.getEnforcementlevel() ?? EnforcementLevel.ADVISORY) ?? "advisory";
      if (name !== settings && level !== this.#default(name, told)) levels.set(name, level);
    }
    this.#configured = levels;
    this.unknownLevel = levels.get(notYetKnown) ?? "advisory";
    const own = given.get(settings)?.getProperties()?.toJavaScript() ?? {};
    this.settings = settingsOf(own);
    const environment = environments.find((one) => one === own["environment"]);
    if (environment) this.environment = environment;
    const unknown = unknownLevels.find((one) => one === own["unknownPolicy"]);
    if (unknown) this.unknownLevel = unknown;
  }

  #default(name: string, environment: string | undefined): Level {
    return name === notYetKnown ? "advisory" : defaultLevel(name, environment);
  }

  diagnostic(rule: string, text: string, urn: string): proto.AnalyzeDiagnostic {
    const { title, severity } = entryOf(rule);
    return this.#diagnostic(rule, title, text, this.level(rule), severity, urn);
  }

  unknownDiagnostic(text: string): proto.AnalyzeDiagnostic {
    return this.#diagnostic(notYetKnown, notYetKnownText, text, this.unknownLevel, "low", "");
  }

  #diagnostic(name: string, description: string, text: string, level: Level, severity: Severity, urn: string) {
    const one = new proto.AnalyzeDiagnostic();
    one.setPolicyname(name);
    one.setPolicypackname(this.pack.name);
    one.setPolicypackversion(this.pack.version);
    one.setDescription(description);
    one.setMessage(text);
    one.setEnforcementlevel(levelNumbers[level]);
    one.setSeverity(severityNumbers[severity]);
    if (urn) one.setUrn(urn);
    return one;
  }

  info(): proto.AnalyzerInfo {
    const info = new proto.AnalyzerInfo();
    info.setName(this.pack.name);
    info.setDisplayname("Trifold");
    info.setDescription("Encryption, private networks, tagging and keys on AWS, Azure and Google Cloud");
    info.setVersion(this.pack.version);
    info.setSupportsconfig(true);
    const own = [...new Set(rules.map(({ id }) => id))].map((id) => this.#ruleInfo(entryOf(id)));
    info.setPoliciesList([settingsInfo(), ...own, notYetKnownInfo()]);
    return info;
  }

  #ruleInfo(entry: Entry): proto.PolicyInfo {
    const info = policyInfo(entry.id, entry.title, this.level(entry.id), entry.severity);
    info.setPolicyType(
      entry.phase === "stack" ? proto.PolicyType.POLICY_TYPE_STACK : proto.PolicyType.POLICY_TYPE_RESOURCE,
    );
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
}

const notYetKnownText = "What can't be judged before values are known is told, not passed";

function policyInfo(name: string, description: string, level: Level, severity: Severity): proto.PolicyInfo {
  const info = new proto.PolicyInfo();
  info.setName(name);
  info.setDescription(description);
  info.setEnforcementlevel(levelNumbers[level]);
  info.setSeverity(severityNumbers[severity]);
  return info;
}

function notYetKnownInfo(): proto.PolicyInfo {
  const info = policyInfo(notYetKnown, notYetKnownText, "advisory", "low");
  info.setPolicyType(proto.PolicyType.POLICY_TYPE_STACK);
  return info;
}

function settingsInfo(): proto.PolicyInfo {
  const info = policyInfo(settings, "Settings of the pack; finds nothing itself", "advisory", "low");
  info.setPolicyType(proto.PolicyType.POLICY_TYPE_STACK);
  const schema = new proto.PolicyConfigSchema();
  schema.setProperties(
    Struct.fromJavaScript({
      environment: { type: "string", enum: [...environments] },
      unknownPolicy: { type: "string", enum: [...unknownLevels] },
      ...settingsSchema,
    }),
  );
  info.setConfigschema(schema);
  return info;
}
