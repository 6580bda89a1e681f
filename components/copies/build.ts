import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ConfigMap } from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "../build";
import type { PerCloud } from "../cloud";
import { cloudCli, postgresClient } from "../job/images";
import { jobPlace, postgresEnv } from "../job/place";
import { type ScheduledJobArgs, type Step, scheduledJob } from "../job/scheduled";
import { labelsOf } from "../namespace/labels";
import { nativeOf } from "../site";
import type { BucketRef, Storage } from "../storage";
import type { CompleteCopiesArgs } from ".";
import { classes, placeOf, type TargetContext, type Trust } from "./target";

type Context = BuildContext<CompleteCopiesArgs>;

// Loaded when asked for: a stack on one cloud never reads the other two.
const trusts: PerCloud<() => (context: TargetContext) => Trust> = {
  aws: () => (require("./aws") as typeof import("./aws")).trust,
  azure: () => (require("./azure") as typeof import("./azure")).trust,
  gcp: () => (require("./gcp") as typeof import("./gcp")).trust,
};

const namespace = "copies";
/** On the first of each month, beside the day's own dump, into the archive class (STO-10, BAK-07). */
const monthly = "30 0 1 * *";

const script = (file: string): string => readFileSync(join(__dirname, "scripts", file), "utf8");

const backupsOf = (storage: Storage): BucketRef => {
  const { backups } = storage.buckets;
  if (!backups) throw new pulumi.RunError("Copies want a storage with a backups store.");
  return backups;
};

/** How each cloud's store of secrets is asked for the password. */
const passwords: PerCloud<(args: CompleteCopiesArgs) => Step["env"]> = {
  aws: ({ site, database }) => ({ ENTRY: database.secret.id, AWS_REGION: site.region }),
  azure: ({ database }) => {
    const { vaultName, secretName } = nativeOf(database.secret, "azure", "Copies");
    return { VAULT: vaultName, ENTRY: secretName };
  },
  gcp: ({ site, database }) => ({
    PROJECT: nativeOf(site, "gcp", "Copies").project,
    ENTRY: nativeOf(database.secret, "gcp", "Copies").secretId,
  }),
};

/** The jobs, and what they may do: read one password, add to one store, add to another cloud's. Returns the identity there. */
export function buildCopies(context: Context, prefix: string): pulumi.Output<string> {
  const { name, site, args, child } = context;
  const { cluster, database, storage, keys, target } = args;
  const bucket = backupsOf(storage);
  const { identity, ready } = jobPlace(context, namespace, {
    database: { kind: "database", database, key: keys.for("secrets") },
    backups: { kind: "bucket", bucket, key: keys.for("backups"), access: "add" },
  });
  const trust = target && {
    ...trusts[target.site.cloud]()({
      name,
      target,
      bucket: backupsOf(target.storage),
      copier: { issuer: cluster.oidcIssuer, subject: `system:serviceaccount:${namespace}:${namespace}` },
      // The component has both clouds' providers (index.ts): each resource finds its own by its package.
      child,
    }),
    site: target.site,
    bucket: backupsOf(target.storage),
  };
  const inside = { ...child, dependsOn: [...ready, ...(trust?.ready ?? [])] };
  const files = [
    `login-${site.cloud}.sh`,
    "dump.sh",
    "dump.sql",
    `put-${site.cloud}.sh`,
    ...(trust ? [`put-${trust.site.cloud}.sh`] : []),
  ];
  // Named by the provider: a change of a script makes a new map, which the jobs then name.
  const scripts = new ConfigMap(
    name,
    {
      metadata: { namespace, labels: labelsOf(namespace) },
      data: { ...Object.fromEntries(files.map((file) => [file, script(file)])), ...trust?.files },
    },
    inside,
  );
  const common = {
    app: namespace,
    namespace,
    serviceAccount: namespace,
    podLabels: identity.podLabels,
    scripts: scripts.metadata.name,
    workGb: args.workGb,
    volumes: volumesOf(trust?.audience),
  };
  const job = (own: "daily" | "monthly", schedule: string, folder: string) =>
    scheduledJob(
      `${name}-${own}`,
      { ...common, name: own === "daily" ? "dump" : "archive", schedule, ...stepsOf(args, folder, own, trust) },
      inside,
    );
  job("daily", args.schedule, prefix);
  job("monthly", monthly, `${prefix}-archive`);
  return trust?.identity ?? pulumi.output("");
}

const volumesOf = (audience: pulumi.Input<string> | undefined): NonNullable<ScheduledJobArgs["volumes"]> => [
  // The password never touches a disk.
  { name: "login", emptyDir: { medium: "Memory", sizeLimit: "1Mi" } },
  ...(audience === undefined
    ? []
    : [
        {
          name: "target",
          projected: { sources: [{ serviceAccountToken: { audience, expirationSeconds: 3600, path: "token" } }] },
        },
      ]),
];

type Target = Trust & { readonly site: CompleteCopiesArgs["site"]; readonly bucket: BucketRef };

/** Password, dump, and then both stores side by side: one that fails is tried again by itself, with the same dump. */
function stepsOf(
  args: CompleteCopiesArgs,
  prefix: string,
  own: "daily" | "monthly",
  target: Target | undefined,
): Pick<ScheduledJobArgs, "before" | "main" | "deadline"> {
  const { site, database } = args;
  const put = (step: string, cloud: CompleteCopiesArgs["site"]["cloud"], env: Step["env"]): Step => ({
    name: step,
    image: cloudCli[cloud],
    script: `put-${cloud}.sh`,
    memory: "512Mi",
    env: { ...env, STEP: step, CLASS: classes[cloud][own], PGDATABASE: database.databaseName },
  });
  return {
    // A run that hangs must not keep the next ones away for ever (concurrencyPolicy Forbid).
    deadline: 6 * 3600,
    before: [
      {
        name: "password",
        image: cloudCli[site.cloud],
        script: `login-${site.cloud}.sh`,
        memory: "512Mi",
        env: passwords[site.cloud](args),
        mounts: { login: "/login" },
      },
      {
        name: "dump",
        image: postgresClient(args.engineVersion),
        script: "dump.sh",
        memory: "512Mi",
        env: {
          PREFIX: prefix,
          ...postgresEnv(database),
        },
        mounts: { login: "/login" },
      },
    ],
    main: [
      put("store", site.cloud, placeOf(site.region, backupsOf(args.storage))),
      ...(target
        ? [
            {
              ...put("copy", target.site.cloud, { ...placeOf(target.site.region, target.bucket), ...target.env }),
              mounts: { target: "/target" },
            },
          ]
        : []),
    ],
  };
}
