// `npm run agreement`: every shipped stack on every cloud, and prod with a second site, relaxed, and with all switched off
// that can be, on the CLI and on the built-in engine.
import { clouds } from "../../components/cloud";
import { findPulumi } from "../../rehearsal/pulumi/find";
import { shipped } from "../stack-file";
import { agreeOn } from "./stacks";

// says how to come by a CLI where there is none
findPulumi(process.env);
for (const stack of shipped) for (const cloud of clouds) agreeOn(stack, cloud);

const elsewhere = { aws: "us-west-2", azure: "westus2", gcp: "us-east1" };
const settings = (some: Readonly<Record<string, object>>): Record<string, string> =>
  Object.fromEntries(Object.entries(some).map(([key, value]) => [`trifold:${key}`, JSON.stringify(value)]));
const recovery = (dr: object) => settings({ dr });
for (const cloud of clouds) {
  const config = recovery({ region: elsewhere[cloud], mode: "warm-standby" });
  agreeOn("prod", cloud, { name: "with a standby", config });
}
agreeOn("prod", "aws", { name: "with copies on Google Cloud", config: recovery({ secondaryCloud: "gcp" }) });

const compute = { deployFrom: "inside" };
const relaxed = {
  safeguards: { deletionProtection: false, disposable: true },
  network: { cidr: "10.22.0.0/16", zones: 2, natPerZone: false, egress: "open" },
  database: { ha: false, readReplicas: 0 },
  cache: { enabled: true, ha: false, snapshots: false },
  compute: { ...compute, nodes: { spot: true } },
  waf: { mode: "observe" },
};
const bare = {
  database: { ha: false, pooling: false, readReplicas: 0 },
  cache: { enabled: false },
  storage: { assets: false, backups: false },
  backup: { dumps: false },
  secrets: { rotatePasswords: false },
  cdn: { enabled: false },
  audit: { enabled: false, threatDetection: false },
  waf: { mode: "observe", ddosProtection: false },
  compute: { ...compute, spotPool: { enabled: false } },
};
for (const cloud of ["aws", "azure"] as const) {
  agreeOn("prod", cloud, { name: "relaxed", config: settings(relaxed), refused: true });
  agreeOn("prod", cloud, { name: "with everything off", config: settings(bare), refused: true });
}
