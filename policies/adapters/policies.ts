// How the pack is configured for one run: levels, environment, settings, baselines, waivers.
import * as proto from "@pulumi/pulumi/proto/analyzer_pb";
import { type Combined, combine, stricter } from "../baselines/combine";
import { entryOf, type Severity } from "../catalogue";
import { defaultLevel, environmentOf, type Level } from "../levels";
import { defaults, type Settings, settingsOf } from "../settings";
import { environments } from "../standards";
import type { Waiver } from "../waivers/schema";
import { analyzerInfo, levelNumbers, own, ownTexts, type Pack, severityNumbers, unknownLevels } from "./metadata";
import { findWaivers } from "./waiving";

export type { Pack };

const { EnforcementLevel } = proto;
const levelNames = new Map(Object.entries(levelNumbers).map(([name, number]) => [number, name as Level]));

export class Policies {
  /** What thresholds and default levels go by; undefined is judged as prod. */
  environment: string | undefined;
  unknownLevel: Level = "advisory";
  settings: Settings = defaults;
  waivers: readonly Waiver[] = [];
  /** What waivers are dated by, `YYYY-MM-DD` in UTC. */
  today = now();
  #configured: ReadonlyMap<string, Level> = new Map();
  #baselines: Combined | undefined;

  constructor(readonly pack: Pack) {}

  /** The configured level, else the stricter of the environment's and the baselines'. A remedy that didn't help leaves a mandatory rule. */
  level(policy: string): Level {
    const level = this.#configured.get(policy) ?? this.#asked(policy);
    return level === "remediate" ? "mandatory" : level;
  }

  /** Only what is asked for by name is put right: nothing is changed silently (POL-04). */
  remediates(rule: string): boolean {
    return this.#configured.get(rule) === "remediate";
  }

  #asked(policy: string): Level {
    const level = this.#default(policy, this.environment);
    return stricter(this.#baselines?.levels.get(policy), level);
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
   * default stays a default: an environment or a baseline set here may still move it.
   */
  configure(request: proto.ConfigureAnalyzerRequest): void {
    const given = request.getPolicyconfigMap();
    const told = this.environment;
    const levels = new Map<string, Level>();
    for (const [name] of given.getEntryList()) {
      const level = levelNames.get(given.get(name)?.getEnforcementlevel() ?? EnforcementLevel.ADVISORY) ?? "advisory";
      if (name !== own.settings && level !== this.#default(name, told)) levels.set(name, level);
    }
    this.#configured = levels;
    this.unknownLevel = levels.get(own.notYetKnown) ?? "advisory";
    this.#configureSettings(given.get(own.settings)?.getProperties()?.toJavaScript() ?? {});
  }

  /** @throws where a baseline or the waiver file can't be used, which stops the run */
  #configureSettings(given: Readonly<Record<string, unknown>>): void {
    const names = Array.isArray(given["baselines"]) ? (given["baselines"] as readonly string[]) : [];
    this.#baselines = names.length > 0 ? combine(names, given) : undefined;
    this.settings = settingsOf({ ...this.#baselines?.settings, ...given });
    const environment = environments.find((one) => one === given["environment"]);
    if (environment) this.environment = environment;
    const unknown = unknownLevels.find((one) => one === given["unknownPolicy"]);
    if (unknown) this.unknownLevel = unknown;
    this.today = typeof given["today"] === "string" ? given["today"] : now();
    this.waivers = findWaivers(typeof given["waivers"] === "string" ? given["waivers"] : undefined, this.today);
  }

  #default(name: string, environment: string | undefined): Level {
    if (name === own.notYetKnown) return "advisory";
    return name === own.waivers ? "mandatory" : defaultLevel(name, environment);
  }

  diagnostic(rule: string, text: string, urn: string, level = this.level(rule)): proto.AnalyzeDiagnostic {
    const { title, severity } = entryOf(rule);
    return this.#diagnostic(rule, title, text, level, severity, urn);
  }

  /** A line of the pack's own, about no one resource. */
  ownDiagnostic(policy: string, text: string, level: Level): proto.AnalyzeDiagnostic {
    return this.#diagnostic(policy, ownTexts[policy] ?? "", text, level, "low", "");
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
    return analyzerInfo(this.pack, (policy) => this.level(policy));
  }
}

const now = () => new Date().toISOString().slice(0, 10);
