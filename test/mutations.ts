// Another value for every setting, so that a test can change each of them in a running stack.
import { z } from "zod";
import type { Cloud, PerCloud } from "../components/cloud";
import { bare, fields } from "../stacks/fields";
import { settingsOf } from "../stacks/json-schema";

/** Settings of a running stack, as its stack file has them. */
export type File = Readonly<Record<string, unknown>>;

const elsewhere: PerCloud<string> = { aws: "us-west-2", azure: "westeurope", gcp: "us-east1" };
const otherCloud: PerCloud<Cloud> = { aws: "azure", azure: "gcp", gcp: "aws" };
const admin: PerCloud<string> = {
  aws: "arn:aws:iam::123456789012:role/platform",
  azure: "11111111-2222-4333-8444-555555555555",
  gcp: "platform@example.com",
};

/** Values that the schema can't tell; a function of the cloud, giving the setting's own new value. */
const chosen: Readonly<Record<string, (cloud: Cloud) => unknown>> = {
  app: () => "generic",
  name: () => "other",
  cloud: (cloud) => otherCloud[cloud],
  region: (cloud) => elsewhere[cloud],
  "tags.owner": () => "others@example.com",
  "tags.costCentre": () => "2002",
  "tags.extra": () => ({ team: "core" }),
  "network.cidr": () => "10.99.0.0/16",
  "network.zones": () => 2,
  "workload.healthPath": () => "/healthy",
  "database.name": () => "other",
  // Burstable servers have neither replicas nor pools on Azure.
  "database.size": () => "large",
  "database.user": () => "otheradmin",
  "database.storageGb": () => 64,
  "database.maxStorageGb": () => 256,
  "backup.schedule": () => "0 5 * * *",
  "backup.retentionDays": () => 35,
  "backup.pitrDays": () => 5,
  "compute.version": () => "1.34",
  "compute.apiAllowList": () => ["203.0.113.0/24"],
  "compute.admins": (cloud) => [admin[cloud]],
  "compute.pools": () => ({ extra: {} }),
  "registry.repositories": () => ["worker"],
  "secrets.generate": () => ({ "another-key": {} }),
  "dns.domain": () => "other.example",
  "dns.authorities": () => ["letsencrypt.org", "amazon.com", "digicert.com", "pki.goog"],
  // On by themselves in a running stack, without a default that says so.
  "backup.dumps": () => false,
  "cdn.enabled": () => false,
  "secrets.rotatePasswords": () => false,
  "cdn.host": () => "static",
  "cdn.origins": () => ["assets"],
  "waf.blockedCountries": () => ["KP"],
  "audit.lockDays": () => 180,
  "dr.region": (cloud) => ({ aws: "us-east-2", azure: "northeurope", gcp: "us-west1" })[cloud],
  "dr.zones": () => 2,
  "dr.cidr": () => "10.130.0.0/16",
  "dr.mode": () => "backup-restore",
  "dr.rtoMinutes": () => 300,
  "dr.rpoMinutes": () => 120,
  "dr.secondaryCloud": (cloud) => otherCloud[cloud],
};

/** Pools are one kind of block under several names: zones and taints of each. */
const inPools: Readonly<Record<string, (zone: string) => unknown>> = {
  zones: (zone) => [zone],
  taints: () => [{ key: "dedicated", value: "batch", effect: "NoSchedule" }],
  labels: () => ({ team: "core" }),
};

/** Settings that name something of somebody else's or another account: there is no running stack to change them in. */
export const untouched: Readonly<Record<string, string>> = {
  "account.aws": "another account is another stack",
  "account.azure": "another account is another stack",
  "account.gcp": "another account is another stack",
  "network.existing": "whether a network is brought along is decided when a stack is made",
  "compute.existing": "whether a cluster is brought along is decided when a stack is made",
  "dns.existingZone": "whether a zone is brought along is decided when a stack is made",
  databasePassword: "it is set together with database.passwordSource, test/secrets.test.ts",
  "database.passwordSource": "it is set together with databasePassword, test/secrets.test.ts",
  "dr.secondaryRegion": "it needs dr.secondaryCloud, whose site test/rehearsals/ builds",
};

export interface Mutation {
  readonly setting: string;
  readonly value: unknown;
}

/** One for each setting that is no block. @throws Error naming a setting that nobody has thought of a value for */
export function mutations(cloud: Cloud, file: File, zone: string): Mutation[] {
  return settingsOf()
    .filter(([setting, schema]) => !(bare(schema) instanceof z.ZodObject) && !isUntouched(setting))
    .map(([setting, schema]) => ({ setting, value: other(setting, schema, cloud, file, zone) }));
}

const isUntouched = (setting: string) =>
  Object.keys(untouched).some((one) => setting === one || setting.startsWith(`${one}.`)) || setting.includes("<name>");

function other(setting: string, schema: z.core.$ZodType, cloud: Cloud, file: File, zone: string): unknown {
  const special = chosen[setting] ?? (/^compute\.nodes\./.test(setting) ? pool(setting, zone) : undefined);
  if (special) return special(cloud);
  // CloudWatch Logs knows a list of periods.
  if (/[lL]ogRetentionDays$/.test(setting)) return 120;
  const here = bare(schema);
  const current = at(file, setting);
  if (here instanceof z.ZodBoolean) return current !== true;
  if (here instanceof z.ZodEnum) return here.options.find((option) => option !== current);
  if (here instanceof z.ZodUnion) {
    const options = here.options.flatMap((one) => (one instanceof z.ZodEnum ? one.options : []));
    const value = options.find((option) => String(option) !== String(current));
    if (value !== undefined) return value;
  }
  if (here instanceof z.ZodNumber) {
    const value = Number(current ?? fields.get(here)?.example);
    const [low, high] = [here.minValue ?? value, here.maxValue ?? value];
    return value + 1 <= high ? value + 1 : Math.max(low, value - 1);
  }
  throw new Error(`${setting}: say in test/mutations.ts what it changes to, or why it isn't changed`);
}

function pool(setting: string, zone: string) {
  const make = inPools[setting.split(".").at(-1) ?? ""];
  return make && (() => make(zone));
}

export const at = (root: unknown, setting: string): unknown =>
  setting
    .split(".")
    .reduce<unknown>(
      (value, key) => (typeof value === "object" && value !== null ? (value as File)[key] : undefined),
      root,
    );

/** The file with one setting changed. */
export function withSetting(file: File, { setting, value }: Mutation): File {
  const [head = "", ...rest] = setting.split(".");
  if (rest.length === 0) return { ...file, [head]: value };
  return { ...file, [head]: withSetting((file[head] ?? {}) as File, { setting: rest.join("."), value }) };
}
