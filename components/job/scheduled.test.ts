import assert from "node:assert/strict";
import * as standards from "../../policies/standards";
import { build, the } from "../../test/contract";
import { clusterOn } from "../../test/sites";
import { clouds } from "../cloud";
import { cloudCli, postgresClient } from "./images";
import { scheduledJob } from "./scheduled";

interface Container {
  readonly resources: Readonly<Record<"requests" | "limits", Readonly<Record<string, string>>>>;
  readonly securityContext: { readonly readOnlyRootFilesystem: boolean; readonly capabilities: unknown };
}
interface Template {
  readonly metadata: { readonly labels: Readonly<Record<string, string>> };
  readonly spec: { readonly initContainers: readonly Container[]; readonly containers: readonly Container[] };
}

async function jobOf() {
  const step = { image: cloudCli.aws, script: "run.sh", env: {} };
  const recording = await build(
    "aws",
    (ground) =>
      scheduledJob(
        "nightly",
        {
          app: "copies",
          name: "dump",
          namespace: "copies",
          serviceAccount: "copies",
          podLabels: {},
          schedule: "0 0 * * *",
          scripts: "scripts",
          before: [{ ...step, name: "read" }],
          main: [
            { ...step, name: "write" },
            { ...step, name: "copy" },
          ],
          workGb: 20,
          deadline: 600,
        },
        { provider: clusterOn(ground).provider },
      ),
    false,
  );
  const { metadata, spec } = the(recording, "kubernetes:batch/v1:CronJob").inputs as unknown as {
    metadata: Template["metadata"];
    spec: { jobTemplate: { spec: { template: Template } } };
  };
  return { metadata, template: spec.jobTemplate.spec.template };
}

describe("scheduled job", () => {
  it("limits cores, memory and disk of every step, and asks for no more than that", async () => {
    const { spec } = (await jobOf()).template;
    for (const { resources, securityContext } of [...spec.initContainers, ...spec.containers]) {
      const { requests, limits } = resources;
      assert.deepEqual(Object.keys(limits).sort(), ["cpu", "ephemeral-storage", "memory"]);
      assert.deepEqual(Object.keys(requests).sort(), Object.keys(limits).sort());
      assert.equal(requests["memory"], limits["memory"]);
      // Half a core, the namespace's default, would make a dump twice as long.
      assert.equal(limits["cpu"], "1");
      assert.equal(securityContext.readOnlyRootFilesystem, true);
      assert.deepEqual(securityContext.capabilities, { drop: ["ALL"] });
    }
  });

  it("asks for the shared room once, however many steps run side by side", async () => {
    const { spec } = (await jobOf()).template;
    const disks = (containers: readonly Container[]) =>
      containers.map(({ resources }) => resources.requests["ephemeral-storage"]);
    assert.deepEqual([disks(spec.initContainers), disks(spec.containers)], [["21Gi"], ["21Gi", "1Gi"]]);
  });

  it("is told apart from the app's other jobs by its labels, its pods too", async () => {
    const { metadata, template } = await jobOf();
    for (const { labels } of [metadata, template.metadata])
      assert.deepEqual([labels["app.kubernetes.io/name"], labels["app.kubernetes.io/instance"]], ["copies", "dump"]);
  });
});

describe("images of jobs", () => {
  it("are named by exact versions (SEC-17)", () => {
    for (const cloud of clouds) assert.match(cloudCli[cloud], /:\d+\.\d+\.\d+(-slim)?$/);
  });

  for (const major of standards.postgresVersions)
    it(`have the tools of PostgreSQL ${major}, in one release of it (SEC-17)`, () => {
      assert.match(postgresClient(major), new RegExp(`/postgres:${major}\\.\\d+-bookworm$`));
    });
});
