// Changes of objects that stand: which of them an API server lets nobody make (Validate*Update, release 1.35).
import assert from "node:assert/strict";
import { resource } from "../testing/client";
import type { RawProps } from "../wire";
import { object, token, withCluster } from "./testing/cluster";
import { pod, SERVICE } from "./testing/objects";

const claim = (storage: string, more: RawProps = {}): RawProps => ({
  spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage }, ...more } },
});
const job = (completionMode: string): RawProps => ({
  spec: { completions: 1, completionMode, template: pod({ restartPolicy: "Never" }) },
});
const balanced = (loadBalancerClass: string): RawProps => ({
  spec: { type: "LoadBalancer", ports: [{ port: 80 }], loadBalancerClass },
});
const alone = (more: RawProps): RawProps => ({ spec: { containers: [{ name: "a", image: "a:1" }], ...more } });
const bears = (key: string): RawProps => ({ key, operator: "Exists" });
const CLAIM = "core/v1:PersistentVolumeClaim";
const changes: readonly (readonly [what: string, kind: string, before: RawProps, after: RawProps, words?: RegExp])[] = [
  ["a claim that shrinks", CLAIM, claim("2Gi"), claim("1Gi"), /storage: Forbidden: field can not be less than status/],
  ["a claim that grows", CLAIM, claim("1Gi"), claim("2Gi")],
  ["a claim of the same size in other words", CLAIM, claim("1Gi"), claim("1024Mi")],
  [
    "a claim's limit",
    CLAIM,
    claim("1Gi", { limits: { storage: "2Gi" } }),
    claim("1Gi", { limits: { storage: "3Gi" } }),
    /spec is immutable after creation except resources\.requests/,
  ],
  ["how a job counts", "batch/v1:Job", job("Indexed"), job("NonIndexed"), /completionMode: .*field is immutable/],
  [
    "a claim's limit in other words",
    CLAIM,
    claim("1Gi", { limits: { storage: "2Gi" } }),
    claim("1Gi", { limits: { storage: "2048Mi" } }),
  ],
  [
    "a claim's limit that goes",
    CLAIM,
    claim("1Gi", { limits: { storage: "2Gi" } }),
    claim("1Gi"),
    /spec is immutable after creation/,
  ],
  [
    "a pod's host name",
    "core/v1:Pod",
    alone({ hostname: "a" }),
    alone({ hostname: "b" }),
    /pod updates may not change/,
  ],
  [
    "a pod that bears one thing more",
    "core/v1:Pod",
    alone({ tolerations: [bears("a")] }),
    alone({ tolerations: [bears("a"), bears("b")] }),
  ],
  [
    "a pod that bears another thing",
    "core/v1:Pod",
    alone({ tolerations: [bears("a")] }),
    alone({ tolerations: [bears("b")] }),
    /only additions to existing tolerations/,
  ],
  ["a balancer's class", SERVICE, balanced("a.b/c"), balanced("a.b/d"), /loadBalancerClass: .*may not change once set/],
];
describe("an API server, asked for a change", () => {
  for (const [what, kind, before, after, words] of changes)
    it(`${words === undefined ? "takes" : "refuses"} a change of ${what}`, () =>
      withCluster(async ({ engine, make }) => {
        const skip = { name: "a", annotations: { "pulumi.com/skipAwait": "true" } };
        const made = await make(kind, "a", { metadata: skip, ...before });
        const news = object(kind, { ...after, metadata: made.inputs["metadata"] ?? {} });
        const changed = engine.update(resource(token(kind), "a"), made.id, made, news);
        if (words === undefined) await changed;
        else await assert.rejects(changed, words);
      }));
});
