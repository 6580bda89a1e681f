import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { clouds } from "../components/cloud";
import { environments } from "../components/site";
import { zonesOf } from "../components/zones";
import { asPulumiReads, root, shipped, stackFile } from "../test/stack-file";
import { standIn } from "./password";
import { report } from "./report";
import { type Configuration, resolve } from "./settings";
import { apps } from "./vocabulary";

const least = {
  app: "goodies",
  environment: "prod",
  cloud: "aws",
  tags: '{"owner":"team@example.com","costCentre":"1001"}',
};
const configuration = (values: Record<string, string>, more: Partial<Configuration> = {}): Configuration => ({
  namespace: "trifold",
  values: { ...least, ...values },
  secrets: new Set(),
  rehearsal: false,
  ...more,
});
const settingsOf = (values: Record<string, string>) => {
  const { settings, problems } = resolve(configuration(values));
  assert.ok(settings, report("test", "trifold", problems));
  return settings;
};
const mistakes = (values: Record<string, string>, more: Partial<Configuration> = {}) =>
  resolve(configuration(values, more)).problems.map(({ setting, wrong, remedy }) => `${setting}: ${wrong} | ${remedy}`);
const onlyMistake = (values: Record<string, string>, expected: RegExp) => {
  const found = mistakes(values);
  assert.equal(found.length, 1, found.join("\n"));
  assert.match(found[0] ?? "", expected);
};

/** Twenty mistakes of twenty kinds. */
const twenty = {
  app: "goodeis",
  environment: "production",
  cloud: "aws",
  region: "eastus",
  regoin: "us-east-1",
  cache: '{"enabled":"maybe"}',
  network: '{"cidr":"192.168.0.0/16","natPerZone":"yes","egress":"opne","zone":3,"flowLogRetentionDays":91,"zones":[]}',
  database: '{"size":"hug","engineVersion":13,"readReplicas":9,"name":"My-DB","passwordSource":"config"}',
  backup: '{"schedule":"every day","pitrDays":35}',
  keys: '{"rotationDays":0}',
  tags: '{"owner":"nobody","costCentre":"1001"}',
};

describe("settings", () => {
  it("says twenty mistakes in one report, with no resource registered", () => {
    const run = spawnSync(process.execPath, ["--import=tsx", "index.ts"], {
      cwd: root,
      encoding: "utf8",
      env: {
        ...process.env,
        PULUMI_NODEJS_PROJECT: "trifold",
        PULUMI_NODEJS_STACK: "broken",
        PULUMI_CONFIG: JSON.stringify(
          Object.fromEntries(Object.entries(twenty).map(([key, value]) => [`trifold:${key}`, value])),
        ),
      },
    });
    assert.notEqual(run.status, 0);
    // There is no engine: a registration would end the program in another way, before the report.
    assert.match(run.stderr, /The settings of stack "broken" have 20 mistakes\. Nothing was registered\./);
    for (let number = 1; number <= 20; number += 1)
      assert.match(run.stderr, new RegExp(`^ +${number}\\. trifold:`, "m"));
  });

  it("fits a terminal of 80 columns, commands aside", () => {
    const lines = report("broken", "trifold", resolve(configuration(twenty)).problems).split("\n");
    for (const line of lines.filter((one) => !one.includes("pulumi config"))) assert.ok(line.length <= 80, line);
  });

  it("accepts every profile in every environment on every cloud (ARC-08)", () => {
    for (const app of apps)
      for (const environment of environments)
        for (const cloud of clouds) {
          const { site, network } = settingsOf({ app, environment, cloud });
          assert.equal(site.cloud, cloud);
          assert.ok(network.zones.length >= 2);
        }
  });

  it("moves any shipped stack to any cloud by cloud and region alone", () => {
    for (const stack of shipped)
      for (const cloud of clouds)
        for (const region of ["eastus2", "us-east1", "eu-west-1", undefined]) {
          const read = asPulumiReads(stackFile(stack));
          const { region: _, ...rest } = read.values;
          const values = { ...rest, cloud, ...(region ? { region } : {}) };
          const { settings, problems } = resolve({ ...read, values });
          const fits = region === undefined || !problems.some(({ setting }) => setting === "region");
          assert.equal(settings !== undefined, fits, report(stack, "trifold", problems));
        }
  });

  it("puts the stack file over the environment, that over the profile, that over the defaults", () => {
    assert.equal(settingsOf({ app: "custom" }).database.pooling, false, "default");
    assert.equal(settingsOf({ app: "dietgame" }).database.pooling, true, "profile");
    assert.equal(settingsOf({ app: "dietgame", environment: "dev" }).database.pooling, false, "environment");
    const own = { app: "dietgame", environment: "dev", database: '{"pooling":true}' };
    assert.equal(settingsOf(own).database.pooling, true, "stack file");
  });

  it("is small and disposable in dev, redundant and protected in prod (ENV-03, ENV-05)", () => {
    const dev = settingsOf({ environment: "dev" });
    const prod = settingsOf({ environment: "prod" });
    assert.deepEqual(
      [dev.network.nat, dev.database.size, dev.database.ha, dev.storage.immutableDays],
      ["single", "tiny", false, 0],
    );
    assert.deepEqual(dev.site.safeguards, { deletionProtection: false, disposable: true });
    assert.deepEqual([prod.network.nat, prod.database.ha, prod.network.zones.length], ["per-zone", true, 3]);
    assert.deepEqual(prod.site.safeguards, { deletionProtection: true, disposable: false });
    assert.equal(settingsOf({ environment: "staging" }).database.readReplicas, 1);
  });

  it("stands in the region that the profile was designed for, or the cloud's default", () => {
    assert.equal(settingsOf({ app: "generic" }).site.region, "us-west-2");
    assert.equal(settingsOf({ app: "custom", cloud: "gcp" }).site.region, "us-central1");
    assert.equal(settingsOf({ cloud: "azure" }).site.region, "eastus");
  });

  it("names the application by its profile, or as told", () => {
    assert.equal(settingsOf({}).site.app, "goodies");
    assert.equal(settingsOf({ app: "custom", name: "pots" }).site.app, "pots");
    assert.deepEqual(settingsOf({ name: "pots" }).site.tags["app"], "pots");
  });

  it("takes zones by number or by name", () => {
    assert.deepEqual(settingsOf({ network: '{"zones":2}' }).network.zones, zonesOf("aws", "us-east-1", 2));
    const named = settingsOf({ region: "us-west-1", network: '{"zones":["us-west-1a","us-west-1c"]}' });
    assert.deepEqual(named.network.zones, ["us-west-1a", "us-west-1c"]);
  });

  it("refuses unknown settings, with the nearest that there is", () => {
    onlyMistake({ regoin: "us-east-1" }, /^regoin: .*did you mean "region".* \| pulumi config rm trifold:regoin$/);
    onlyMistake({ network: '{"zone":3}' }, /did you mean "network\.zones".*'trifold:network\.zone'$/);
    onlyMistake({ database: '{"retentionDays":30}' }, /did you mean "backup\.retentionDays"/);
    onlyMistake({ xyz: "1" }, /known here are app, name, environment/);
  });

  it("says which cloud a region belongs to", () => {
    onlyMistake({ region: "eastus" }, /a region of Azure, and the stack's cloud is aws/);
    onlyMistake({ cloud: "gcp", region: "us-est1" }, /did you mean "us-east1"/);
    onlyMistake({ region: "xx-somewhere-9" }, /its zones by name in network\.zones/);
  });

  it("points from other platforms and other names to the clouds (ARC-09)", () => {
    onlyMistake({ cloud: "heroku" }, /doesn't deploy to heroku: README\.md/);
    onlyMistake({ cloud: "google" }, /did you mean "gcp".*trifold:cloud gcp$/i);
  });

  it("asks for what it can't know", () => {
    const none = resolve({ namespace: "trifold", values: {}, secrets: new Set(), rehearsal: false }).problems;
    assert.deepEqual(none.map(({ setting }) => setting).sort(), [
      "app",
      "cloud",
      "environment",
      "tags.costCentre",
      "tags.owner",
    ]);
    for (const { wrong } of none) assert.match(wrong, /^missing/);
  });

  it("holds settings against each other and against each cloud's limits", () => {
    onlyMistake({ backup: '{"retentionDays":7,"pitrDays":14}' }, /backup\.pitrDays: use backup\.retentionDays \(7\)/);
    onlyMistake({ cloud: "gcp", backup: '{"pitrDays":14}' }, /last 7 days at most \(F8\)/);
    onlyMistake({ cloud: "gcp", storage: '{"softDeleteDays":91}' }, /90 days at most/);
    onlyMistake({ network: '{"cidr":"10.0.0.0/8"}' }, /is a \/8; use \/16 to \/20/);
    onlyMistake({ network: '{"zones":7}' }, /1 to 5, or names out of us-east-1a/);
    onlyMistake({ network: '{"zones":["us-east-1a","us-west-2b"]}' }, /a zone of us-east-1 is called like/);
    onlyMistake({ cloud: "gcp", network: '{"zones":1}' }, /two or more: database\.ha/);
    onlyMistake({ cloud: "gcp", network: '{"zones":1}', database: '{"ha":false}' }, /two or more in prod \(NET-05\)/);
    onlyMistake({ cloud: "azure", region: "westus" }, /no availability zones/);
    onlyMistake({ cloud: "azure", database: '{"size":"tiny"}' }, /database\.ha: Azure's "tiny" class is burstable/);
    onlyMistake({ storage: '{"immutableDays":0}' }, /only a disposable site/);
    onlyMistake({ tags: '{"owner":"a@b.co","costCentre":"1","extra":{"owner":"x"}}' }, /made from tags\.owner/);
    onlyMistake(
      { tags: '{"owner":"a@b.co","costCentre":"1","extra":{"Team":"x"}}' },
      /tags\.extra\.Team: .*kebab-case/,
    );
  });

  it("judges what stands beside a mistake", () => {
    assert.equal(mistakes({ cloud: "amazon", network: '{"cidr":"192.168.0.0/16"}' }).length, 2);
    assert.equal(mistakes({ database: '{"size":1}', backup: '{"pitrDays":35}' }).length, 2);
    assert.equal(mistakes({ network: '{"existing":{"id":"vpc-1"},"zones":9}' }).length, 3);
    assert.equal(mistakes({ network: "none", tags: "[]" }).length, 2);
  });

  it("checks a network that is brought along", () => {
    const existing = {
      id: "vpc-0123456789abcdef0",
      cidr: "172.20.0.0/16",
      subnets: {
        public: ["subnet-11111111"],
        private: ["subnet-22222222"],
        data: ["subnet-33333333", "subnet-44444444"],
      },
    };
    const network = JSON.stringify({ existing });
    assert.deepEqual(settingsOf({ network }).network.existing, existing);
    onlyMistake({ network: JSON.stringify({ existing: { ...existing, id: "x" } }) }, /on aws it looks like vpc-/);
    const azure = mistakes({ cloud: "azure", network });
    assert.ok(azure.some((line) => line.startsWith("network.existing.databaseSubnet: missing")));
  });
});

describe("databasePassword", () => {
  const config = { database: '{"passwordSource":"config"}' };
  const password = "Correct-Horse-77";
  const secrets = new Set(["databasePassword"]);

  it("is asked for where the database wants it, with the command that stores it encrypted", () => {
    onlyMistake(config, /^databasePassword: missing.*pulumi config set --secret trifold:databasePassword$/);
  });

  it("becomes the database's password as a secret", async () => {
    const { settings } = resolve(configuration({ ...config, databasePassword: password }, { secrets }));
    assert.ok(settings?.database.password);
    assert.equal(await (settings.database.password as unknown as { isSecret: Promise<boolean> }).isSecret, true);
  });

  it("is refused in plain text, when too weak for a cloud and when nobody would use it, and never shown", () => {
    const cases = [
      mistakes({ ...config, databasePassword: password }),
      mistakes({ ...config, databasePassword: "hunter2-canary" }, { secrets }),
      mistakes({ databasePassword: password }, { secrets }),
    ];
    assert.match(cases[0]?.join() ?? "", /stands in plain text/);
    assert.match(cases[1]?.join() ?? "", /16 to 128/);
    assert.match(cases[2]?.join() ?? "", /would not be used/);
    for (const found of cases) {
      assert.equal(found.length, 1);
      assert.doesNotMatch(found.join(), /hunter2|Correct-Horse/);
    }
  });

  it("is stood in for in a rehearsal only", () => {
    const rehearsed = resolve(configuration(config, { rehearsal: true }));
    assert.equal(rehearsed.stoodIn, true);
    assert.ok(rehearsed.settings?.database.password);
    assert.match(standIn, /Rehearsal/);
    assert.equal(resolve(configuration({}, { rehearsal: true })).stoodIn, false);
  });

  it("keeps values of encrypted blocks out of the report", () => {
    const found = [
      resolve(configuration({ database: '{"user":"Canary User"}' }, { secrets: new Set(["database"]) })),
      resolve(configuration({ network: '{"cidr":"172.31.99.0/24"}' }, { secrets: new Set(["network"]) })),
    ];
    for (const { problems } of found) {
      assert.equal(problems.length, 1);
      assert.doesNotMatch(report("x", "trifold", problems), /Canary|172\.31\.99/);
    }
  });
});
