// What an API server takes although its pods never come, and what it holds objects to that only it knows.
import assert from "node:assert/strict";
import { resource } from "../testing/client";
import type { RawProps } from "../wire";
import { named, object, token, withCluster } from "./testing/cluster";
import { cron, DEPLOYMENT, deployment, pod } from "./testing/objects";

const definition = {
  ...named("ovens.example.com"),
  spec: {
    ...{ group: "example.com", scope: "Namespaced", names: { kind: "Oven", plural: "ovens", singular: "oven" } },
    versions: [
      {
        ...{ name: "v1", served: true, storage: true },
        schema: {
          openAPIV3Schema: {
            type: "object",
            properties: {
              spec: {
                type: "object",
                required: ["heat"],
                properties: {
                  heat: { type: "integer", minimum: 20, maximum: 300 },
                  mode: { type: "string", enum: ["fan", "grill"] },
                  port: { "x-kubernetes-int-or-string": true },
                  racks: { type: "array", maxItems: 2, items: { type: "string", pattern: "^r\\d$" } },
                  free: { type: "object", "x-kubernetes-preserve-unknown-fields": true },
                },
              },
            },
          },
        },
      },
    ],
  },
};

describe("an API server", () => {
  it("takes a workload whose pods lack something, and says that it doesn't come up", () =>
    withCluster(async ({ make, refused }) => {
      const template = pod({ volumes: [{ name: "a", configMap: { name: "gone" } }] });
      const told = (await refused(DEPLOYMENT, "web", deployment(template))) ?? "";
      assert.match(told, /"default\/web" failed to fully initialize or become live.*configmap "gone" not found/s);
      assert.match((await refused(DEPLOYMENT, "twin", deployment())) ?? "", /already exists/);
      // Its pods come at another time.
      await make("batch/v1:CronJob", "later", {
        ...cron("0 0 * * *"),
        ...{
          spec: {
            schedule: "@every 1h",
            jobTemplate: { spec: { template: pod({ restartPolicy: "Never", serviceAccountName: "gone" }) } },
          },
        },
      });
      const annotations = { "pulumi.com/skipAwait": "true" };
      const patient = { ...deployment(template), metadata: { name: "patient", namespace: "default", annotations } };
      await make(DEPLOYMENT, "patient", patient);
    }));

  it("only warns of a template that the namespace's level forbids: its pods are refused, and a CronJob stands", () =>
    withCluster(async ({ make, refused }) => {
      const labels = { "pod-security.kubernetes.io/enforce": "restricted" };
      await make("core/v1:Namespace", "shop", { metadata: { name: "shop", labels } });
      const bare = { ...named("bare", "shop"), spec: { containers: [{ name: "a", image: "a:1" }] } };
      assert.match(
        (await refused("core/v1:Pod", "bare", bare)) ?? "",
        /^(?!.*fully initialize).*violates PodSecurity/s,
      );
      await make("batch/v1:CronJob", "job", { ...cron("0 0 * * *"), ...named("job", "shop") });
      assert.match(
        (await refused(DEPLOYMENT, "web", deployment(pod(), {}, "shop"))) ?? "",
        /failed to fully initialize.*violates PodSecurity "restricted:latest"/s,
      );
    }));

  it("holds pods against quotas and limits of their namespace", () =>
    withCluster(async ({ make, refused }) => {
      await make("core/v1:Namespace", "shop", named("shop"));
      const hard = { "requests.cpu": "1", pods: "3" };
      await make("core/v1:ResourceQuota", "quota", { ...named("quota", "shop"), spec: { hard } });
      const sized = (cpu: string, replicas = 1) =>
        deployment(pod({}, { resources: { requests: { cpu } } }), { replicas }, "shop");
      assert.match(
        (await refused(DEPLOYMENT, "a", deployment(pod(), {}, "shop"))) ?? "",
        /must specify requests\.cpu for: web/,
      );
      const other = (name: string, props: RawProps): RawProps => ({ ...props, ...named(name, "shop") });
      await make(DEPLOYMENT, "b", other("b", sized("250m", 2)));
      assert.match(
        (await refused(DEPLOYMENT, "c", other("c", sized("750m")))) ?? "",
        /exceeded quota: quota, requested: requests\.cpu=0\.75, used: requests\.cpu=0\.5, limited: requests\.cpu=1/,
      );
      const limits = [{ type: "Container", defaultRequest: { cpu: "100m" }, max: { memory: "1Gi" } }];
      await make("core/v1:LimitRange", "range", { ...named("range", "shop"), spec: { limits } });
      const big = pod({}, { resources: { limits: { memory: "2Gi" } } });
      assert.match(
        (await refused(DEPLOYMENT, "d", other("d", deployment(big, {}, "shop")))) ?? "",
        /maximum memory usage per Container is 1Gi, but limit is 2Gi/,
      );
    }));

  it("holds custom resources against the schema of their definition", () =>
    withCluster(async ({ make, refused }) => {
      await make("apiextensions.k8s.io/v1:CustomResourceDefinition", "ovens", definition);
      const oven = (spec: RawProps) => refused("example.com/v1:Oven", "oven", { ...named("oven"), spec });
      const wrong: readonly (readonly [RawProps, RegExp])[] = [
        [{}, /spec\.heat: Required value/],
        [{ heat: "hot" }, /must be of type integer: "string"/],
        [{ heat: 400 }, /less than or equal to 300/],
        [{ heat: 200, mode: "steam" }, /Unsupported value: "steam": supported values: "fan", "grill"/],
        [{ heat: 200, port: true }, /type integer,string/],
        [{ heat: 200, racks: ["r1", "x"] }, /should match '\^r\\d\$'/],
        [{ heat: 200, racks: ["r1", "r2", "r3"] }, /at most 2 items/],
        [{ heat: 200, haet: 1 }, /spec\.haet: field not declared in schema/],
      ];
      for (const [spec, words] of wrong) assert.match((await oven(spec)) ?? "not refused", words);
      assert.match((await refused("example.com/v2:Oven", "old", named("old"))) ?? "", /no matches for kind "Oven"/);
      assert.equal(await oven({ heat: 200, mode: "fan", port: "http", racks: ["r1"], free: { any: [1] } }), undefined);
    }));

  it("leaves somebody else's kind alone that is called like one of its own", () =>
    withCluster(async ({ make, refused }) => {
      const names = { kind: "Job", plural: "jobs", singular: "job" };
      const versions = [{ name: "v1", served: true, storage: true }];
      const spec = { group: "example.com", scope: "Namespaced", names, versions };
      await make("apiextensions.k8s.io/v1:CustomResourceDefinition", "jobs", { ...named("jobs.example.com"), spec });
      assert.equal(await refused("example.com/v1:Job", "job", { ...named("job"), spec: { template: {} } }), undefined);
    }));

  it("keeps a field with the manager that set it", () =>
    withCluster(async ({ make, refused }) => {
      await make(DEPLOYMENT, "web", deployment());
      const patch = (replicas: number, annotations: RawProps = {}) => ({
        metadata: { name: "web", namespace: "default", annotations },
        spec: { replicas },
      });
      const told = await refused("apps/v1:DeploymentPatch", "patch", patch(3));
      assert.match(told ?? "", /field conflict detected.*Apply failed with 1 conflict: .*: \.spec\.replicas/s);
      assert.equal(await refused("apps/v1:DeploymentPatch", "same", patch(1)), undefined);
      assert.equal(
        await refused("apps/v1:DeploymentPatch", "forced", patch(3, { "pulumi.com/patchForce": "true" })),
        undefined,
      );
    }));

  it("keeps what was made immutable so", () =>
    withCluster(async ({ engine, make }) => {
      const made = await make("core/v1:ConfigMap", "a", { ...named("a"), data: { a: "1" }, immutable: true });
      const news = object("core/v1:ConfigMap", { metadata: made.inputs["metadata"] ?? {}, data: { a: "1" } });
      await assert.rejects(
        engine.update(resource(token("core/v1:ConfigMap"), "a"), made.id, made, news),
        /field is immutable when `immutable` is set/,
      );
    }));
});
