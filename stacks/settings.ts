import * as pulumi from "@pulumi/pulumi";
import { nearest } from "../components/nearest";
import { databaseArguments, keysArguments, networkArguments, siteArguments, storageArguments } from "./arguments";
import { cacheArguments, clusterArguments, registryArguments, secretsArguments } from "./arguments-of-compute";
import { auditArguments, cdnArguments, wafArguments, wantsCdn, zoneArguments } from "./arguments-of-edge";
import { inClusterArguments, recoveryArguments } from "./arguments-of-recovery";
import { complete } from "./complete";
import { judge } from "./consistency";
import { bare } from "./fields";
import { passwordProblems, standIn, wantsStandIn } from "./password";
import { type Problem, removeCommand } from "./problem";
import { report } from "./report";
import { shape } from "./shape";
import { stackSchema } from "./vocabulary";

/** What a stack is made from: the arguments of its components. */
export type Settings = ReturnType<typeof settle> & object;

/** A stack's configuration as Pulumi hands it over: text by key, and which keys hold secrets. */
export interface Configuration {
  readonly namespace: string;
  /** Without the namespace; maps and lists are JSON. */
  readonly values: Readonly<Record<string, string>>;
  readonly secrets: ReadonlySet<string>;
  /** Whole keys of other namespaces: a misspelt one would be passed over in silence. @default none */
  readonly others?: readonly string[];
  /** A rehearsal stands in for secrets that are missing. */
  readonly rehearsal: boolean;
}

/**
 * The settings of this stack.
 * @throws pulumi.RunError with every mistake of the stack file, before anything is registered (ARC-03)
 */
export function readSettings(): Settings {
  const configuration = ofThisStack();
  const { settings, problems, stoodIn } = resolve(configuration);
  if (!settings) throw new pulumi.RunError(report(pulumi.getStack(), configuration.namespace, problems));
  if (stoodIn)
    void pulumi.log.warn(`${configuration.namespace}:databasePassword isn't set: the rehearsal uses a stand-in.`);
  return settings;
}

// pulumi.Config answers for keys that one knows; a misspelt key only shows in the list of all. isConfigSecret is
// exported by the SDK and kept out of its typings.
function ofThisStack(): Configuration {
  const namespace = new pulumi.Config().name;
  const runtime = pulumi.runtime as typeof pulumi.runtime & { isConfigSecret(key: string): boolean };
  const all = Object.entries(runtime.allConfig());
  const own = all.filter(([key]) => key.startsWith(`${namespace}:`));
  return {
    namespace,
    values: Object.fromEntries(own.map(([key, value]) => [key.slice(namespace.length + 1), value])),
    secrets: new Set(
      own.filter(([key]) => runtime.isConfigSecret(key)).map(([key]) => key.slice(namespace.length + 1)),
    ),
    others: all.map(([key]) => key).filter((key) => !key.startsWith(`${namespace}:`)),
    rehearsal: Boolean(process.env["TRIFOLD_REHEARSAL"] && process.env["PULUMI_DEBUG_PROVIDERS"]),
  };
}

/** Settings, or all that is wrong with them; no side effects. */
export function resolve(configuration: Configuration): {
  readonly settings: Settings | undefined;
  readonly problems: readonly Problem[];
  readonly stoodIn: boolean;
} {
  const { namespace, secrets, rehearsal } = configuration;
  const shaped = shape(namespace, decode(configuration), new Set([...secrets, "databasePassword"]));
  const settings = complete(shaped.settings);
  const { place, problems } = judge(namespace, settings, shaped.settings);
  const source = { namespace, settings, encrypted: secrets.has("databasePassword"), rehearsal };
  const judged = problems.map((problem) => (secrets.has(blockOf(problem)) ? withoutValue(problem) : problem));
  const strays = (configuration.others ?? []).flatMap((key) => strayProblems(namespace, key));
  const all = [...shaped.problems, ...judged, ...passwordProblems(source)];
  const stoodIn = wantsStandIn(source);
  const own = [...new Map(all.map((problem) => [problem.setting, problem] as const).reverse()).values()].reverse();
  const unique = [...strays, ...own];
  if (unique.length > 0 || !place) return { settings: undefined, problems: unique, stoodIn };
  return { settings: settle(place, settings, stoodIn ? standIn : settings.databasePassword), problems: [], stoodIn };
}

/** `trifol:cloud`: providers' and Pulumi's own namespaces are nothing like a project's name. */
function strayProblems(namespace: string, key: string): Problem[] {
  const [stray = "", ...rest] = key.split(":");
  if (nearest(stray, [namespace]) === undefined) return [];
  const setting = rest.join(":");
  const wrong = `it stands in the file as "${key}", which nothing reads: write "${namespace}:${setting}"`;
  return [{ setting, wrong, remedy: removeCommand(stray, setting) }];
}

const blockOf = ({ setting }: Problem) => setting.split(".")[0] ?? setting;
const withoutValue = ({ value: _, ...rest }: Problem): Problem => rest;

/** Maps and lists come as JSON; what can't be read as such is judged as the text that it is. */
function decode({ values }: Configuration): Record<string, unknown> {
  const read = (key: string, text: string): unknown => {
    const shape = stackSchema.shape as Record<string, Parameters<typeof bare>[0]>;
    const schema = Object.hasOwn(shape, key) ? shape[key] : undefined;
    if (!schema || bare(schema)._zod.def.type !== "object") return text;
    try {
      return JSON.parse(text) as unknown;
    } catch {
      return text;
    }
  };
  return Object.fromEntries(Object.entries(values).map(([key, text]) => [key, read(key, text)]));
}

function settle(place: Parameters<typeof siteArguments>[0], settings: ReturnType<typeof complete>, password?: string) {
  const zone = zoneArguments(settings);
  const { healthPath } = settings.workload;
  const recovery = recoveryArguments(place, settings);
  return {
    site: siteArguments(place, settings),
    zones: place.zones,
    keys: keysArguments(settings),
    network: { ...networkArguments(place, settings), peers: recovery.peers },
    cluster: clusterArguments(place, settings),
    registry: registryArguments(settings),
    secrets: secretsArguments(settings),
    database: {
      ...databaseArguments(settings),
      ...(password === undefined ? {} : { password: pulumi.secret(password) }),
    },
    cache: settings.cache.enabled ? cacheArguments(settings) : undefined,
    storage: storageArguments(settings),
    audit: settings.audit.enabled ? auditArguments(settings) : undefined,
    /** What the world sees; nothing without a domain. */
    edge: zone && {
      zone,
      ingress: { ddosProtection: settings.waf.ddosProtection },
      waf: wafArguments(settings),
      healthPath,
      cdn: wantsCdn(settings) ? { ...cdnArguments(settings), origins: settings.cdn.origins } : undefined,
    },
    inCluster: inClusterArguments(settings),
    ...recovery,
  };
}
