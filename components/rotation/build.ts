import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ConfigMap } from "@pulumi/kubernetes/core/v1";
import type * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "../build";
import type { PerCloud } from "../cloud";
import type { Grant } from "../identity";
import { cloudCli, postgresClient } from "../job/images";
import { jobPlace, postgresEnv } from "../job/place";
import { scheduledJob } from "../job/scheduled";
import { labelsOf } from "../namespace/labels";
import type { SecretRef } from "../secrets";
import type { CompleteRotationArgs } from ".";

// Why no step can lose a password. The store has a current password C and a candidate P; the database has one of them.
//
//   1 read     proposes a new P where C is old enough, and only while P = C. It is stored before anything uses it.
//   2 change   C logs in: the database gets P, if P isn't C. Else P logs in: nothing to do. Else, an earlier one: it gets C.
//   3 promote  where the database has P, C becomes P.
//
// Ends before 1, or after it: the database has C, and C is what everybody reads; the next run goes on with the same P.
// Ends after 2: the database has P, everybody reads C: the next run finds that P logs in, and promotes it. That is the one
// time in which new logins fail; the job's own retry ends it in seconds. Ends after 3: P = C, nothing is left to do.
// Two runs never overlap (concurrencyPolicy Forbid). A candidate that wasn't promoted is never written over.
// Connections that are open stay; who keeps the password reads it again when a login fails.

/** What the store's steps are told. `pending`: a secret for candidates, where versions carry no marks. */
export interface Store {
  readonly env: Readonly<Record<string, pulumi.Input<string>>>;
  readonly pending?: SecretRef;
}

type BuildStore = (context: BuildContext<CompleteRotationArgs>) => Store;

// Loaded when asked for: a stack on one cloud never reads the other two.
const stores: PerCloud<() => BuildStore> = {
  aws: () => (require("./aws") as typeof import("./aws")).store,
  azure: () => (require("./azure") as typeof import("./azure")).store,
  gcp: () => (require("./gcp") as typeof import("./gcp")).store,
};

const namespace = "rotation";
const script = (file: string): string => readFileSync(join(__dirname, "scripts", file), "utf8");

/** The job, and what it may do: read and rotate one secret, reach one database. */
export function buildRotation(context: BuildContext<CompleteRotationArgs>, schedule: string): void {
  const { name, site, args, child } = context;
  const { database } = args;
  const { env, pending } = stores[site.cloud]()(context);
  const key = args.keys.for("secrets");
  const rotate = (secret: SecretRef): Grant => ({ kind: "secret", secret, key, access: "rotate" });
  const { identity, ready } = jobPlace(context, namespace, {
    current: rotate(database.secret),
    ...(pending && { pending: rotate(pending) }),
  });
  const inside = { ...child, dependsOn: [...ready] };
  const storeScript = `store-${site.cloud}.sh`;
  // Named by the provider: a change of a script makes a new map, which the job then names.
  const scripts = new ConfigMap(
    name,
    {
      metadata: { namespace, labels: labelsOf(namespace) },
      data: { [storeScript]: script(storeScript), "change.sh": script("change.sh") },
    },
    inside,
  );
  const store = { image: cloudCli[site.cloud], script: storeScript, memory: "512Mi" };
  const told = { ...env, ROTATION_DAYS: String(args.rotationDays) };
  scheduledJob(
    name,
    {
      app: namespace,
      name: "password",
      namespace,
      serviceAccount: namespace,
      podLabels: identity.podLabels,
      schedule,
      scripts: scripts.metadata.name,
      deadline: 600,
      before: [
        { ...store, name: "read", words: ["read"], env: told },
        {
          name: "change",
          image: postgresClient(args.engineVersion),
          script: "change.sh",
          env: postgresEnv(database),
        },
      ],
      main: [{ ...store, name: "promote", words: ["promote"], env: told }],
    },
    inside,
  );
}
