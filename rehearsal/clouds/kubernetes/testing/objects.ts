// Objects to try a simulated API server with, and what Check says of them without one.

import type { Moment, Props } from "../../row";
import type { RawProps } from "../../wire";
import { pkg } from "..";
import { named, object } from "./cluster";

export const pod = (spec: RawProps = {}, container: RawProps = {}): RawProps => ({
  metadata: { labels: { app: "web" } },
  spec: { containers: [{ name: "web", image: "web:1", ...container }], ...spec },
});
export const deployment = (template: RawProps = pod(), more: RawProps = {}, space = "default"): RawProps => ({
  ...named("web", space),
  spec: { replicas: 1, selector: { matchLabels: { app: "web" } }, template, ...more },
});
export const container = (more: RawProps) => deployment(pod({}, more));
export const service = (spec: RawProps) => ({ ...named("web"), spec: { ports: [{ port: 80 }], ...spec } });
export const path = (more: RawProps, host = "a.example") => ({
  ...named("web"),
  spec: { rules: [{ host, http: { paths: [{ path: "/", pathType: "Prefix", backend: backend(), ...more }] } }] },
});
export const backend = (port: RawProps = { number: 80 }) => ({ service: { name: "web", port } });
export const policy = (egress: RawProps) => ({
  ...named("a"),
  spec: { podSelector: {}, policyTypes: ["Egress"], egress: [egress] },
});
export const cron = (schedule: string, more: RawProps = {}) => ({
  ...named("a"),
  spec: { schedule, jobTemplate: { spec: { template: pod({ restartPolicy: "Never" }), ...more } } },
});
export const role = (rule: RawProps) => ({ ...named("a"), rules: [rule] });
export const bound = (roleRef: RawProps, subject: RawProps = { kind: "User", name: "me" }) => ({
  ...named("a"),
  roleRef,
  subjects: [subject],
});
export const limit = (more: RawProps) => ({ ...named("a"), spec: { limits: [{ type: "Container", ...more }] } });

export const DEPLOYMENT = "apps/v1:Deployment";
export const SERVICE = "core/v1:Service";
export const INGRESS = "networking.k8s.io/v1:Ingress";
export const POLICY = "networking.k8s.io/v1:NetworkPolicy";
export const RBAC = "rbac.authorization.k8s.io/v1:";

const rows = new Map(pkg.rows.map((row) => [row.type, row]));
const nobody = { all: () => [], find: () => undefined };

/** What Check refuses of an object's inputs; nothing exists. */
export function refusals(kind: string, inputs: RawProps): readonly string[] {
  const type = `kubernetes:${kind}`;
  const place = { cloud: "kubernetes", account: "", region: "", config: {} };
  const moment: Moment = {
    ...{ type, urn: `urn:pulumi:dev::t::${type}::thing`, name: "thing", place, account: nobody },
    ...{ inputs: object(kind, inputs) as Props, random: () => "", now: "2026-01-01T00:00:00Z" },
  };
  return (rows.get(type)?.check?.(moment) ?? []).map(({ reason }) => reason);
}
