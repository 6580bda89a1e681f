// One verdict, whoever asks: tests over recorded resources, the engine over the analyzer protocol, the audit over a state
// (offline.test.ts). Every fixture, right and broken, goes through both.
import assert from "node:assert/strict";
import * as proto from "@pulumi/pulumi/proto/analyzer_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import { evaluate, type Finding, type Resource } from "../evaluate";
import { fixtures } from "../fixtures";
import { changed, resources } from "../fixtures/fixture";
import { isUnknown } from "../read";
import type { Settings } from "../settings";
import { handlers } from "./crossguard";

const secretMark = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
const unknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** As the engine writes it: unknown values by their text. */
function wired(value: unknown): unknown {
  if (isUnknown(value)) return unknownText;
  if (Array.isArray(value)) return value.map(wired);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(entries.map(([key, one]) => [key, wired(one)]));
}
const struct = (value: object) => Struct.fromJavaScript(wired(value) as Record<string, JavaScriptValue>);
const inputsOf = ({ inputs, secretInputs = [] }: Resource) =>
  Object.fromEntries(
    Object.entries(inputs).map(([key, value]) => [key, secretInputs.includes(key) ? { ...secretMark, value } : value]),
  );
const optionsOf = ({ protect, ignoreChanges }: Resource) => {
  const options = new proto.AnalyzerResourceOptions();
  options.setProtect(protect ?? false);
  options.setIgnorechangesList([...(ignoreChanges ?? [])]);
  return options;
};
const providerOf = ({ providerInputs }: Resource) => {
  const provider = new proto.AnalyzerProviderResource();
  provider.setProperties(struct(providerInputs ?? {}));
  return provider;
};

/** Rules that fail on each resource, over the protocol. */
function overProtocol(all: readonly Resource[], settings: Partial<Settings>): readonly string[] {
  const served = handlers("trifold", "1.0.0");
  const call = <Q, A>(
    method: (call: { request: Q }, answer: (error: Error | null, value: A | null) => void) => void,
    request: Q,
  ): A => {
    let got: A | undefined;
    method({ request }, (error, value) => {
      if (error) throw new Error(error.message);
      got = value ?? undefined;
    });
    return got as A;
  };
  const config = new proto.ConfigureAnalyzerRequest();
  const own = new proto.PolicyConfig();
  own.setProperties(struct({ today: "2026-11-21", ...settings }));
  config.getPolicyconfigMap().set("settings", own);
  call(served.configure, config);
  const alone = all.flatMap((one) => {
    const request = new proto.AnalyzeRequest();
    request.setType(one.type);
    request.setName(one.name);
    request.setUrn(one.urn);
    request.setProperties(struct(inputsOf(one)));
    request.setOptions(optionsOf(one));
    request.setProvider(providerOf(one));
    return call(served.analyze, request).getDiagnosticsList();
  });
  const stack = new proto.AnalyzeStackRequest();
  for (const one of all) {
    const resource = new proto.AnalyzerResource();
    resource.setType(one.type);
    resource.setName(one.name);
    resource.setUrn(one.urn);
    resource.setProperties(struct({ ...one.outputs, ...(one.id ? { id: one.id } : {}) }));
    resource.setOptions(optionsOf(one));
    resource.setProvider(providerOf(one));
    resource.setParent(one.parent ?? "");
    resource.setDependenciesList([...(one.dependencies ?? [])]);
    for (const [key, urns] of Object.entries(one.propertyDependencies ?? {})) {
      const dependencies = new proto.AnalyzerPropertyDependencies();
      dependencies.setUrnsList([...urns]);
      resource.getPropertydependenciesMap().set(key, dependencies);
    }
    stack.addResources(resource);
  }
  const together = call(served.analyzeStack, stack).getDiagnosticsList();
  const told = [...alone, ...together].filter((one) => one.getUrn() !== "");
  return [...new Set(told.map((one) => `${one.getPolicyname()} ${one.getUrn()}`))].sort();
}

const failures = (findings: readonly Finding[]) =>
  [...new Set(findings.filter(({ status }) => status === "fail").map(({ rule, urn }) => `${rule} ${urn}`))].sort();

describe("the adapters", () => {
  const rooms = new Map<string, (typeof fixtures)[number][]>();
  for (const one of fixtures) rooms.set(one.rule, [...(rooms.get(one.rule) ?? []), one]);
  for (const [rule, own] of rooms)
    it(`agree on every fixture of ${rule}`, () => {
      for (const { cloud, made, breaks, settings } of own)
        for (const change of [undefined, ...breaks]) {
          const all = resources(cloud, change ? changed(made, change) : made);
          assert.deepEqual(
            overProtocol(all, settings),
            failures(evaluate(all, { settings })),
            `${cloud} ${change?.[0] ?? "as it is"}`,
          );
        }
    });
});
