// Stack files that a person could well write, each refused before anything is registered: setting, what is wrong, remedy.
import assert from "node:assert/strict";
import { report } from "./report";
import { resolve } from "./settings";

const least = {
  app: "goodies",
  environment: "prod",
  cloud: "aws",
  tags: { owner: "team@example.com", costCentre: "1001" },
};
const tagged = (extra: unknown) => ({ tags: { ...least.tags, extra } });
const vnet = "/subscriptions/S/resourceGroups/G/providers/Microsoft.Network/virtualNetworks";
const azureNetwork = (databaseSubnet: string) => ({
  cloud: "azure",
  network: {
    existing: {
      id: `${vnet}/mine`,
      cidr: "10.64.0.0/16",
      databaseSubnet,
      clusterSubnet: `${vnet}/mine/subnets/api`,
      subnets: {
        public: [`${vnet}/mine/subnets/a`],
        private: [`${vnet}/mine/subnets/b`],
        data: [`${vnet}/Mine/subnets/c`],
      },
    },
  },
});
const gcpNetwork = (region: string) => ({
  cloud: "gcp",
  region: "us-central1",
  network: {
    existing: {
      id: "projects/p/global/networks/n",
      secondaryRanges: { pods: "pods", services: "services" },
      cidr: "10.64.0.0/16",
      subnets: {
        public: [`projects/p/regions/${region}/subnetworks/a`],
        private: ["projects/p/regions/us-central1/subnetworks/b"],
        data: ["projects/p/regions/us-central1/subnetworks/c"],
      },
    },
  },
});

type Case = readonly [what: string, file: Readonly<Record<string, unknown>>, setting: string, wrong: RegExp];
const cases: readonly Case[] = [
  ["a flag as text", { network: { natPerZone: "true" } }, "network.natPerZone", /true or false/],
  ["a unit", { database: { storageGb: "100GB" } }, "database.storageGb", /32 to 16384 \(GiB\)/],
  ["a number as text", { database: { readReplicas: "2" } }, "database.readReplicas", /whole number/],
  ["a fraction", { database: { storageGb: 64.5 } }, "database.storageGb", /whole number/],
  ["a negative number", { keys: { rotationDays: -1 } }, "keys.rotationDays", /1 to 2560/],
  ["null for a map", { database: null }, "database", /a map with/],
  ["null for a flag", { database: { ha: null } }, "database.ha", /true or false/],
  ["a list for a map", { storage: [] }, "storage", /a map with/],
  ["a name with an umlaut", { name: "größe" }, "name", /lower case letters/],
  ["a terminal's escape sequence", { name: "\u001b[31mred" }, "name", /lower case letters/],
  ["a key that every object has", { constructor: "x" }, "constructor", /no such setting/],
  ["a key of 200 letters", { ["x".repeat(200)]: 1 }, "x".repeat(200), /no such setting/],
  ["a typo four levels down", { network: { existing: { subnets: { dta: [] } } } }, "network.existing.id", /missing/],
  ["zones by number", { cloud: "azure", network: { zones: [1, 2] } }, "network.zones", /list of zone names/],
  ["a zone twice", { network: { zones: ["us-east-1a", "us-east-1a"] } }, "network.zones", /stands where another/],
  ["set bits behind the prefix", { network: { cidr: "10.20.1.0/16" } }, "network.cidr", /behind the prefix/],
  ["a tag with a bracket", tagged({ "te<am": "x" }), "tags.extra.te<am", /kebab-case/],
  ["a tag of AWS's own", tagged({ "aws-x": "v" }), "tags.extra.aws-x", /keeps for itself/],
  ["a tag as a number", tagged({ team: 5 }), "tags.extra", /to text/],
  [
    "sixty tags",
    tagged(Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`k-${index}`, "v"]))),
    "tags.extra",
    /^the tags are 65; a resource takes 50/,
  ],
  ["an account of eleven digits", { account: { aws: 12345678901 } }, "account.aws", /12 digits/],
  ["a schedule by minutes", { backup: { schedule: "*/5 * * * *" } }, "backup.schedule", /once a day on the hour/],
  ["a user that PostgreSQL knows", { database: { user: "replication" } }, "database.user", /reserved/],
  ["a word of SQL as name", { database: { name: "select" } }, "database.name", /reserved/],
  [
    "logs for longer than Log Analytics keeps them",
    { cloud: "azure", database: { logRetentionDays: 1000 } },
    "database.logRetentionDays",
    /730 days at most/,
  ],
  [
    "a subnet of another network",
    azureNetwork(`${vnet}/other/subnets/db`),
    "network.existing.databaseSubnet",
    /another network/,
  ],
  [
    "a subnet of another region",
    gcpNetwork("europe-west1"),
    "network.existing.subnets.public",
    /another region than us-central1/,
  ],
];

const problemsOf = (file: Readonly<Record<string, unknown>>) => {
  const values = Object.fromEntries(
    Object.entries({ ...least, ...file }).map(([key, value]) => [
      key,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
  return resolve({ namespace: "trifold", values, secrets: new Set(), rehearsal: false });
};

describe("a stack file is refused", () => {
  for (const [what, file, setting, wrong] of cases)
    it(`with ${what}`, () => {
      const { settings, problems } = problemsOf(file);
      assert.equal(settings, undefined);
      const found = problems.find((problem) => problem.setting === setting);
      assert.ok(found, report("bad", "trifold", problems));
      assert.match(found.wrong, wrong);
      assert.ok(found.remedy.length > 0);
      for (const line of report("bad", "trifold", problems).split("\n"))
        if (!line.includes("pulumi config")) assert.ok(line.length <= 76, line);
    });

  it("but not for a network whose subnets are its own, in whatever case Azure wrote them", () => {
    for (const file of [azureNetwork(`${vnet}/mine/subnets/db`), gcpNetwork("us-central1")]) {
      const { settings, problems } = problemsOf(file);
      assert.ok(settings, report("good", "trifold", problems));
    }
  });

  it("with commands that a shell takes: a list by its first item, a wrong tag by its removal", () => {
    const remedies = (file: Readonly<Record<string, unknown>>) => problemsOf(file).problems.map(({ remedy }) => remedy);
    assert.deepEqual(remedies(tagged({ Team: "x" })), ["pulumi config rm --path 'trifold:tags.extra.Team'"]);
    assert.deepEqual(remedies(tagged(["a"])), ["Write it as a map in the stack file."]);
    const [first] = remedies({ network: { existing: { ...gcpNetwork("x").network.existing } } }).filter((one) =>
      one.includes("subnets.data"),
    );
    assert.match(first ?? "", /'trifold:network\.existing\.subnets\.data\[0\]' subnet-/);
  });
});
