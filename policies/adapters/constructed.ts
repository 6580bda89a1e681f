// Resources as the SDKs' own constructors make them: what a class renames, wraps, adds or refuses is in the registration
// that it sends. The kinds of a cluster's custom resources have no class; CustomResource makes them, as it would elsewhere.
import * as pulumi from "@pulumi/pulumi";
import { unknown } from "@pulumi/pulumi/output";
import type * as resources from "@pulumi/pulumi/proto/resource_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Resource } from "../evaluate";
import { isUnknown } from "../read";
import { canonical } from "../tokens";
import { revealStruct } from "./wire";

type Class = new (name: string, args: object, options: object) => pulumi.Resource;

/** `aws:rds/instance:Instance` is `Instance` of @pulumi/aws/rds, `kubernetes:networking.k8s.io/v1:Ingress` of networking/v1. */
export function classOf(type: string): Class | undefined {
  const provider = /^pulumi:providers:(.+)$/.exec(type)?.[1];
  if (provider) return named(`@pulumi/${provider}/provider`, "Provider");
  const [, pkg = "", place = "", name = ""] = /^([^:]+):([^:]+):(.+)$/.exec(canonical(type)) ?? [];
  if (pkg !== "kubernetes") return named(`@pulumi/${pkg}/${place.split("/")[0]}`, name);
  const [group = "", version] = place.split("/");
  return named(`@pulumi/kubernetes/${group.split(".")[0]}/${version}`, name);
}

function named(path: string, name: string): Class | undefined {
  try {
    return (require(path) as Readonly<Record<string, Class>>)[name];
  } catch {
    return undefined;
  }
}

/** What a list of resources became: registrations by the name that was asked for, or why there is none. */
export interface Constructed {
  readonly resources: readonly Resource[];
  /** Properties that the SDK asks for and the list leaves out. */
  readonly refused: readonly string[];
}

const noOutput = () => pulumi.output(unknown);
const given = (value: unknown): unknown => {
  if (isUnknown(value)) return noOutput();
  if (Array.isArray(value)) return value.map(given);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, given(held)]));
};

/** Properties that a resource can't be made without and that say nothing here get a value that isn't known. */
function construct(wanted: Resource, name: string, filled: Set<string>): void {
  const { type, inputs, secretInputs = [], protect, ignoreChanges } = wanted;
  const args: Record<string, unknown> = Object.fromEntries(
    Object.entries(inputs).map(([key, value]) => [
      key,
      secretInputs.includes(key) ? pulumi.secret(given(value)) : given(value),
    ]),
  );
  const options = { ...(protect ? { protect } : {}), ...(ignoreChanges ? { ignoreChanges: [...ignoreChanges] } : {}) };
  const made = classOf(type);
  for (;;)
    try {
      if (made) new made(name, args, options);
      else custom(type, name, args, options);
      return;
    } catch (error) {
      const [, missing] = /^Missing required property '(\w+)'/.exec((error as Error).message) ?? [];
      if (!missing || filled.has(missing)) throw error;
      filled.add(missing);
      args[missing] = noOutput();
    }
}

function custom(type: string, name: string, args: object, options: object): void {
  const [, apiVersion = "", kind = ""] = /^kubernetes:([^:]+):(.+)$/.exec(type) ?? [];
  if (apiVersion === "") throw new Error(`No class for ${type}`);
  const { CustomResource } = require("@pulumi/kubernetes/apiextensions") as { CustomResource: Class };
  new CustomResource(name, { apiVersion, kind, ...args }, options);
}

/** Traces that the SDK keeps of each promise stay unwritten: most of the time of a program of thousands of resources. */
function quietTraces(): () => void {
  const before = Error.prepareStackTrace;
  Error.prepareStackTrace = (error) => String(error);
  return () => {
    if (before) Error.prepareStackTrace = before;
    else Reflect.deleteProperty(Error, "prepareStackTrace");
  };
}

/** Of one registration, what the constructor decides. */
type Registered = Pick<Resource, "type" | "inputs" | "secretInputs" | "protect" | "ignoreChanges">;

/** What tells two constructions apart. */
const signature = ({ type, inputs, secretInputs, protect, ignoreChanges }: Resource) =>
  JSON.stringify([type, inputs, secretInputs, protect, ignoreChanges], (_, value: unknown) =>
    isUnknown(value) ? "\0unknown" : value,
  );

/** Every list of resources through the SDKs' constructors, in one program; what is the same is made once. */
export async function constructAll(lists: readonly (readonly Resource[])[]): Promise<readonly Constructed[]> {
  await pulumi.runtime.setMocks(
    { newResource: () => ({ id: "", state: {} }), call: () => ({}) },
    "trifold",
    "test",
    true,
  );
  const seen = new Map<string, Registered>();
  const monitor = pulumi.runtime.getMonitor() as unknown as Record<string, unknown>;
  const nothing = new Struct();
  monitor["registerResource"] = (
    request: resources.RegisterResourceRequest,
    done: (error: Error | null, response: unknown) => void,
  ) => {
    const { props, secrets } = revealStruct(request.getObject());
    seen.set(request.getName(), {
      inputs: props,
      secretInputs: secrets,
      type: request.getType(),
      protect: request.getProtect() ?? false,
      ignoreChanges: request.getIgnorechangesList(),
    });
    done(null, {
      getUrn: () => `urn:pulumi:test::trifold::${request.getType()}::${request.getName()}`,
      getId: () => "",
      getObject: () => nothing,
      getStable: () => false,
      getStablesList: () => [],
      getPropertydependenciesMap: () => undefined,
      getResult: () => 0,
    });
  };
  monitor["registerResourceOutputs"] = (_: unknown, done: (error: Error | null, response: unknown) => void) =>
    done(null, {});
  const names = new Map<string, string>();
  const refused = new Map<string, ReadonlySet<string>>();
  const shown = quietTraces();
  try {
    await pulumi.runtime.runInPulumiStack(() => {
      for (const one of lists.flat()) {
        const key = signature(one);
        if (names.has(key)) continue;
        const [name, filled] = [`r${names.size}`, new Set<string>()];
        names.set(key, name);
        refused.set(name, filled);
        construct(one, name, filled);
      }
      return Promise.resolve(undefined);
    });
    await pulumi.runtime.disconnect();
  } finally {
    shown();
  }
  return lists.map((list) => {
    const own = list.map((one) => names.get(signature(one)) ?? "");
    return {
      resources: list.map((one, index) => ({ ...one, ...seen.get(own[index] ?? "") })),
      refused: own.flatMap((name, index) => [...(refused.get(name) ?? [])].map((property) => `${index}:${property}`)),
    };
  });
}
