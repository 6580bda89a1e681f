import assert from "node:assert/strict";
import { build, type Ground, itKeepsTheContract, the } from "../../test/contract";
import { clusterOn, databaseOn, standbyOn, storageOn } from "../../test/sites";
import { type Cloud, clouds } from "../cloud";
import { Rotation } from "../rotation";
import { Storage } from "../storage";
import { Copies, type CopiesArgs } from ".";

/** The other cloud that each one's copies go to, so that each is a target once. */
const targets: Readonly<Record<Cloud, Cloud>> = { aws: "azure", azure: "gcp", gcp: "aws" };

function targetOf(ground: Ground, cloud = targets[ground.site.cloud]): NonNullable<CopiesArgs["target"]> {
  const other = standbyOn(cloud, ground.site.environment);
  const storage = new Storage("standby-storage", { ...other, buckets: ["backups"], writers: ground.network.egress });
  return { site: other.site, keys: other.keys, storage };
}

/** Beside rotation, which the database's password asks for. */
function made(ground: Ground, more: Partial<CopiesArgs> = {}): Copies {
  const common = { ...ground, cluster: clusterOn(ground), database: databaseOn(ground) };
  new Rotation("rotation", common);
  return new Copies("copies", { ...common, storage: storageOn(ground), ...more });
}

interface Job {
  readonly schedule: string;
  readonly jobTemplate: {
    readonly spec: {
      readonly template: {
        readonly spec: {
          readonly containers: readonly { name: string; env: { name: string; value: string }[] }[];
          readonly volumes: readonly Record<string, unknown>[];
        };
      };
    };
  };
}

describe("copies", () => {
  itKeepsTheContract({
    token: "trifold:copies:Copies",
    builds: {
      defaults: (ground) => made(ground),
      "everything set": (ground) =>
        made(ground, {
          target: targetOf(ground),
          rpoMinutes: 60,
          schedule: "15 * * * *",
          engineVersion: "17",
          workGb: 50,
        }),
    },
  });

  const withTarget = (ground: Ground) => made(ground, { target: targetOf(ground), rpoMinutes: 60 });

  for (const cloud of clouds)
    it(`dumps every hour on ${cloud} and adds each to ${targets[cloud]}, the month's to the archive class (STO-10, STO-12, BAK-07, BAK-13, F13)`, async () => {
      const recording = await build(cloud, withTarget, false);
      const daily = the(recording, "kubernetes:batch/v1:CronJob", "copies-daily").inputs["spec"] as unknown as Job;
      const monthly = the(recording, "kubernetes:batch/v1:CronJob", "copies-monthly").inputs["spec"] as unknown as Job;
      assert.equal(daily.schedule, "0 * * * *");
      assert.equal(monthly.schedule, "30 0 1 * *");
      const steps = ({ jobTemplate }: Job) => jobTemplate.spec.template.spec.containers;
      assert.deepEqual(
        steps(daily).map(({ name }) => name),
        ["store", "copy"],
      );
      const classOf = (job: Job) =>
        steps(job).map(({ env }) => env.find(({ name }) => name === "CLASS")?.value.toUpperCase());
      for (const one of classOf(monthly)) assert.match(one ?? "", /ARCHIVE/);
      for (const one of classOf(daily)) assert.doesNotMatch(one ?? "", /ARCHIVE/);
    });

  for (const cloud of clouds)
    it(`trusts one service account of the cluster on ${cloud}, for an hour at a time, and keeps no key (SEC-10)`, async () => {
      const recording = await build(cloud, withTarget, false);
      const subject = "system:serviceaccount:copies:copies";
      const trusting = recording.registrations.filter(
        (one) => one.name === "copies-target" && JSON.stringify(one.inputs).includes(subject),
      );
      assert.ok(trusting.length > 0, "nobody trusts it");
      for (const one of trusting) assert.match(one.provider, /::standby::/);
      const { inputs } = the(recording, "kubernetes:batch/v1:CronJob", "copies-daily");
      assert.match(JSON.stringify(inputs), /"serviceAccountToken":\{"audience":"[^"]+","expirationSeconds":3600/);
      const keys = recording.registrations.filter((one) =>
        /AccessKey|ServiceAccountKey|serviceaccount\/key:/.test(one.type),
      );
      assert.deepEqual(keys, []);
    });

  it("lets only the first site's addresses come to an Azure backups store, besides the private endpoint (STO-12)", async () => {
    const recording = await build("aws", withTarget, false);
    const account = the(recording, "azure-native:storage:StorageAccount", "standby-storage-backups").inputs;
    const rules = account["networkRuleSet"] as { defaultAction: string; ipRules: { iPAddressOrRange: string }[] };
    assert.equal(rules.defaultAction, "Deny");
    assert.equal(rules.ipRules.length, 3);
    for (const { iPAddressOrRange } of rules.ipRules) assert.match(iPAddressOrRange, /^\d+(\.\d+){3}$/);
  });

  it("compresses each dump, and writes down its checksum and the rows of every table (BAK-05, DR-08)", async () => {
    const recording = await build("aws", withTarget, false);
    const scripts = JSON.stringify(
      recording.registrations.filter(({ type }) => type === "kubernetes:core/v1:ConfigMap").map(({ inputs }) => inputs),
    );
    for (const part of [/--format=custom --compress=\d/, /sha256sum/, /count\(\*\)/, /manifest\.json/])
      assert.match(scripts, part);
  });

  it("asks for no more room than a node of the default size has, on GKE too", async () => {
    const roomOf = async (cloud: (typeof clouds)[number]) =>
      /"sizeLimit":"(\d+)Gi"/.exec(
        JSON.stringify(the(await build(cloud, made, false), "kubernetes:batch/v1:CronJob", "copies-daily").inputs),
      )?.[1];
    for (const cloud of clouds) assert.equal(await roomOf(cloud), { aws: "20", azure: "20", gcp: "12" }[cloud]);
  });

  it("dumps once a day where a day may be lost (BAK-01)", async () => {
    const { inputs } = the(await build("gcp", made, false), "kubernetes:batch/v1:CronJob", "copies-daily");
    assert.equal((inputs["spec"] as unknown as Job).schedule, "0 0 * * *");
  });

  it("refuses a target on the same cloud, a store without backups, a schedule that is none", async () => {
    const told = async (make: (ground: Ground) => unknown): Promise<string> =>
      build("aws", make, true).then(
        () => "nothing refused",
        (error: Error) => error.message,
      );
    assert.match(
      await told((ground) => made(ground, { target: targetOf(ground, "aws") })),
      /use another cloud than aws/,
    );
    assert.match(
      await told((ground) => made(ground, { storage: new Storage("bare", { ...ground, buckets: ["uploads"] }) })),
      /use a storage with a backups store/,
    );
    assert.match(await told((ground) => made(ground, { schedule: "hourly" })), /use five cron fields/);
  });
});
