// What a rule is: pure functions over one resource's view (and, where it needs neighbours, the stack's graph).
import type { Graph } from "./graph";
import type { Settings } from "./settings";

export const clouds = ["aws", "azure", "gcp"] as const;
export type Cloud = (typeof clouds)[number];
/** What a part can speak of: a cloud, or what runs in a cluster on any of them. */
export const platforms = [...clouds, "kubernetes"] as const;
export type Platform = (typeof platforms)[number];

/** `unknown`: can't be judged before `up` fills a value in. Never counted as a pass. */
export type Status = "pass" | "fail" | "unknown" | "not-applicable";

/** What a rule says of one property. It holds no property value, so that no message can leak one. */
export interface Verdict {
  readonly status: Status;
  /** Property path of the resource: `settings.ipConfiguration.sslMode`. */
  readonly path: string;
  /** The value or state that passes. */
  readonly expected: string;
}

/** A resource as rules see it: plain values, secrets unwrapped, a symbol where a preview can't know. */
export interface View {
  /** Canonical token: aliases and API versions folded (tokens.ts). */
  readonly type: string;
  readonly urn: string;
  readonly name: string;
  /** Inputs: what the program asked for. */
  readonly props: Props;
  /** What the cloud answered, where it is known: state, `up`. */
  readonly outputs: Props;
  /** Top-level inputs that are Pulumi secrets; undefined where the source of the view can't tell. */
  readonly secrets: readonly string[] | undefined;
  readonly protect: boolean;
  readonly ignoreChanges: readonly string[];
  /** URN of the parent. */
  readonly parent: string;
  readonly dependencies: readonly string[];
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  /** Configuration of the resource's provider: default tags, region. */
  readonly provider: Props;
  /** A patch: it tells some properties of an object and leaves the others alone. */
  readonly partial?: boolean;
}

export type Props = Readonly<Record<string, unknown>>;

/** What a judgement may lean on besides the resource. */
export interface Context {
  /** `dev` and `preview` relax what only availability and cost decide; undefined is judged as `prod`. */
  readonly environment: string | undefined;
  readonly graph: Graph;
  /** What the pack's user has decided; every one is silent where nothing is. */
  readonly settings: Settings;
}

export type Judge = (view: View, context: Context) => Verdict | readonly Verdict[];

/** One platform's part of a rule. */
export interface Part {
  readonly cloud: Platform;
  /** Canonical tokens that it speaks of; it is silent on every other type. */
  readonly types: readonly string[];
  /** `graph`: judged when all resources are known, at the end of a preview or up. */
  readonly needs: "inputs" | "graph";
  readonly judge: Judge;
}

export interface Rule {
  /** Id of policy-rules.tsv, the slash written as a dash. */
  readonly id: string;
  readonly parts: readonly Part[];
}

export const rule = (id: string, ...parts: readonly Part[]): Rule => ({ id, parts });

/** Environments in which standby, retention and deletion guards are a matter of cost, not of safety. */
export const relaxed = ({ environment }: Context): boolean => environment === "dev" || environment === "preview";
