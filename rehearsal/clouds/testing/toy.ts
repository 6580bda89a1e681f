// A small cloud for the machine's own tests: one row for every promise.
import { overlaps } from "../cidr";
import { cidr, oneOf, refuse } from "../limits";
import type { Package, Row } from "../row";
import { arn, HEX } from "../shapes";
import { flag, list, object, text } from "../values";

const seconds = { create: 10, update: 4, delete: 2 };

const network: Row = {
  type: "toy:net:Network",
  autoName: { property: "name", max: 20 },
  required: ["cidr"],
  immutable: ["cidr"],
  unique: { by: ["name"], scope: "account" },
  check: ({ inputs }) => cidr(inputs, "cidr", 16, 28),
  inputDefaults: () => ({ mtu: 1500 }),
  id: ({ random }) => `net-${random("id", 8, HEX)}`,
  outputs: ({ id, place }) => ({
    arn: arn({ service: "toy", region: place.region, account: place.account, resource: `network/${id}` }),
    state: "available",
  }),
  seconds,
};

const subnet: Row = {
  type: "toy:net:Subnet",
  required: ["networkId", "rules.*.port"],
  immutable: ["networkId", "rules.*.port", "place.zone"],
  unordered: ["zones"],
  references: [
    { path: "networkId", to: ["toy:net:Network"] },
    { path: "peers.*", to: ["toy:net:Network"], by: ["arn", "name"], except: /^any$/, weak: true },
    { path: "policy", to: ["toy:net:Network"], by: "arn", within: /^only:(.+)$/ },
  ],
  check: ({ inputs }) => oneOf(inputs, "rules.*.protocol", ["tcp", "udp"]),
  admit: ({ inputs, account, old }) =>
    account
      .all("toy:net:Subnet")
      .filter((other) => other.id !== old?.id && other.inputs["networkId"] === inputs["networkId"])
      .filter((other) => overlaps(text(other.inputs["cidr"]) ?? "", text(inputs["cidr"]) ?? ""))
      .flatMap((other) => refuse("cidr", `${text(inputs["cidr"]) ?? ""} overlaps subnet ${other.id}`)),
  replaces: ({ inputs, old }) => (Number(inputs["size"]) < Number(old.inputs["size"]) ? ["size"] : []),
  id: ({ random }) => `sub-${random("id", 8, HEX)}`,
  outputs: ({ inputs, old, now }) => ({
    tagsAll: { by: "toy", ...object(inputs["tags"]) },
    changed: now,
    was: old?.id ?? null,
  }),
  volatile: ["changed"],
  seconds,
};

const note: Row = {
  type: "toy:net:Note",
  references: [
    { path: "networkId", to: ["toy:net:Network"], inside: true },
    { path: "noteId", to: ["toy:net:Note"], inside: true },
  ],
  id: ({ name }) => `note-${name}`,
  outputs: () => ({}),
  seconds,
};

const database: Row = {
  type: "toy:db:Database",
  writeOnly: ["token"],
  secrets: ["key"],
  deleteBeforeReplace: true,
  immutable: ["engine"],
  release: ({ old }) => (flag(old?.inputs["protected"]) ? "deletion protection is on" : undefined),
  id: ({ name }) => `db-${name}`,
  outputs: ({ inputs, random, id }) => ({
    key: random("secret:key", 16),
    address: `${id}.toy.example`,
    connection: `toy://admin:${text(inputs["password"]) ?? ""}@${id}`,
    settings: { tier: "small", version: "16.4", ...object(inputs["settings"]) },
    users: list(inputs["users"]),
  }),
  seconds,
};

export const toy: Package = {
  name: "toy",
  npm: "@pulumi/random",
  rows: [network, subnet, note, database],
  functions: [
    {
      token: "toy:net:getNetwork",
      secrets: ["key"],
      call: ({ name }, { account }) => {
        const found = account.find(["toy:net:Network"], "name", name ?? null);
        return found === undefined ? refuse("name", "no such network") : { id: found.id, key: "hush" };
      },
    },
  ],
  place: (config, environment) => {
    const region = text(config["region"]) ?? environment["TOY_REGION"];
    if (config["region"] === undefined && region === undefined) return refuse("region", "no region is set");
    return { cloud: "toy", account: text(config["account"]) ?? "1", region: region ?? "", config };
  },
};
