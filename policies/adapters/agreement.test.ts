// One verdict, whoever asks: tests over recorded resources, the engine over the analyzer protocol, the audit over a state
// (offline.test.ts). Every fixture, right and broken, goes through both.
import assert from "node:assert/strict";
import { evaluate, type Finding, type Resource } from "../evaluate";
import { fixtures } from "../fixtures";
import { changed, resources } from "../fixtures/fixture";
import type { Settings } from "../settings";
import { handlers } from "./crossguard";
import { analyzeRequest, settingsRequest, stackRequest } from "./engine";
import { call } from "./testing";

/** Rules that fail on each resource, over the protocol. */
function overProtocol(all: readonly Resource[], settings: Partial<Settings>): readonly string[] {
  const served = handlers("trifold", "1.0.0");
  call(served.configure, settingsRequest(settings));
  const alone = all.flatMap((one) => call(served.analyze, analyzeRequest(one)).getDiagnosticsList());
  const together = call(served.analyzeStack, stackRequest(all)).getDiagnosticsList();
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
