// Every setting changed in a running stack, on every cloud: nothing that holds data is made anew or goes, but where
// docs/replacing.ts says so. The settings are those of the schema, so that a new one can't be forgotten.
import assert from "node:assert/strict";
import { type Cloud, clouds } from "../components/cloud";
import { defaultRegion } from "../components/regions";
import { zonesOf } from "../components/zones";
import { replacing } from "../docs/replacing";
import { complete } from "../stacks/complete";
import { settingsOf } from "../stacks/json-schema";
import { deploy } from "../stacks/platform";
import { readSettings } from "../stacks/settings";
import { losses } from "./changes";
import { at, type File, type Mutation, mutations, untouched, withSetting } from "./mutations";
import { type Recording, record } from "./recorder";

/** Databases, caches, stores, keys, clusters, zones, secrets, registries: what must not go by mistake. */
const holdsData = new RegExp(
  [
    "aws:rds/instance:Instance|aws:elasticache/replicationGroup:|aws:s3/bucket:Bucket$|aws:kms/key:Key|aws:eks/cluster:Cluster",
    "aws:route53/zone:Zone|aws:secretsmanager/secret:Secret$|aws:ecr/repository:Repository|aws:cloudtrail/trail:Trail",
    "azure-native:dbforpostgresql:(Server|Database)$|azure-native:redisenterprise:|azure-native:storage:(StorageAccount|BlobContainer)$",
    "azure-native:keyvault:(Vault|Key|Secret)$|azure-native:containerservice:ManagedCluster$|azure-native:dns:Zone$",
    "azure-native:containerregistry:Registry$|azure-native:resources:ResourceGroup$",
    "gcp:sql/(databaseInstance:DatabaseInstance|database:Database)$|gcp:redis/instance:|gcp:memorystore/instance:|gcp:storage/bucket:Bucket$",
    "gcp:kms/(keyRing:KeyRing|cryptoKey:CryptoKey)$|gcp:container/cluster:Cluster$|gcp:dns/managedZone:ManagedZone$",
    "gcp:secretmanager/secret:Secret$|gcp:artifactregistry/repository:Repository$",
  ].join("|"),
);

const accounts = { aws: "123456789012", azure: "00000000-0000-4000-8000-000000000000", gcp: "goodies-prod" };

/** A production that has everything which one site can have. */
const running = (cloud: Cloud): File => ({
  app: "goodies",
  environment: "prod",
  cloud,
  region: defaultRegion[cloud],
  account: accounts,
  tags: { owner: "team@example.com", costCentre: "1001" },
  compute: { deployFrom: "inside", spotPool: { enabled: true } },
  database: { readReplicas: 1, pooling: true, storageGb: 32, maxStorageGb: 128 },
  dns: { domain: "prod.goodies.example" },
  tls: { issuer: "letsencrypt" },
});
const standby = { aws: "us-west-2", azure: "centralus", gcp: "us-east1" };

function run(file: File): Promise<Recording> {
  const text = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));
  const config = Object.fromEntries(Object.entries(file).map(([key, value]) => [`trifold:${key}`, text(value)]));
  return record(() => deploy(readSettings()), { config, stack: "prod" });
}

/** Settings of one block are changed together: what none of them loses, none loses alone. */
function groups(all: readonly Mutation[], cloud: Cloud): Map<string, Mutation[]> {
  const result = new Map<string, Mutation[]>();
  for (const mutation of all) {
    const { setting } = mutation;
    const alone = replacing[setting]?.clouds.includes(cloud) || apart.has(setting);
    const key = alone ? setting : `${setting.split(".")[0]}`;
    result.set(key, [...(result.get(key) ?? []), mutation]);
  }
  return result;
}

/** What would hide its neighbours, or asks for more than itself. */
const apart = new Set([
  "network.zones",
  "cdn.enabled",
  "compute.deployFrom",
  "tls.issuer",
  "dr.mode",
  "dr.secondaryCloud",
]);

for (const cloud of clouds)
  describe(`a setting that changes in a running stack on ${cloud}`, () => {
    const single = running(cloud);
    const double = { ...single, dr: { region: standby[cloud], mode: "pilot-light" } };
    let [alone, paired]: Recording[] = [];
    before(async () => {
      [alone, paired] = [await run(single), await run(double)];
    });

    const zone = zonesOf(cloud, defaultRegion[cloud], 1)[0] ?? "";
    const all = mutations(cloud, complete(single as Parameters<typeof complete>[0]) as unknown as File, zone);
    for (const [group, members] of groups(all, cloud))
      it(`${group}: loses nothing that it isn't known to lose (${members.length})`, async () => {
        const [file, before] = group.startsWith("dr") ? [double, paired] : [single, alone];
        const changed = members.reduce((sum, mutation) => apply(sum, mutation), file);
        const lost = losses(before as Recording, await run(changed)).filter(({ type }) => holdsData.test(type));
        const known = replacing[group]?.clouds.includes(cloud) ?? false;
        const shown = lost.map(({ how, urn, by }) => `${how} ${urn.split("::").slice(2).join(" ")} (${by.join(", ")})`);
        if (known) assert.notDeepEqual(shown, [], `docs/replacing.ts says that it loses something on ${cloud}`);
        else assert.deepEqual(shown, []);
      });
  });

/** What has to change along with it, for the stack file to be right. */
function apply(file: File, mutation: Mutation): File {
  const changed = withSetting(file, mutation);
  switch (mutation.setting) {
    case "cloud":
      return { ...changed, region: undefined };
    case "dr.mode":
      return withSetting(withSetting(changed, { setting: "dr.rtoMinutes", value: 300 }), {
        setting: "dr.rpoMinutes",
        value: 1440,
      });
    case "cdn.enabled":
    case "storage.assets":
      return at(changed, "storage.assets") === false
        ? withSetting(changed, { setting: "cdn.origins", value: ["api"] })
        : changed;
    case "environment":
      return { ...changed, network: { zones: 2 }, database: { ...(file["database"] as File), size: "small" } };
    default:
      return changed;
  }
}

describe("settings that replace", () => {
  it("are settings, and those that are left alone are", () => {
    const names = new Set(settingsOf().map(([name]) => name));
    for (const name of [...Object.keys(replacing), ...Object.keys(untouched)]) assert.ok(names.has(name), name);
  });
});
