// A cloud with one type for every way in which resources hang together, for programs drawn by chance.

import type { Package, Row } from "../../clouds/row";
import { HEX } from "../../clouds/shapes";
import { text } from "../../clouds/values";

const seconds = { create: 3, update: 2, delete: 1 };

/** Replacements stand beside what they replace. Others may hold it (`home`, `holds`): then it can't be deleted. */
const thing: Row = {
  type: "toy:index:Thing",
  autoName: { property: "name", max: 30 },
  immutable: ["fixed", "home"],
  references: [
    { path: "home", to: ["toy:index:Thing"] },
    { path: "holds.*", to: ["toy:index:Thing"] },
    { path: "links.*", to: ["toy:index:Thing", "toy:index:Box"], weak: true },
  ],
  id: ({ random }) => `thing-${random("id", 10, HEX)}`,
  outputs: ({ id, place, inputs }) => ({
    size: inputs["size"] ?? 1,
    arn: `toy:${place.region}:${id}`,
  }),
  seconds,
};

/** Replacements come after what they replace: it has a place of its own, or a name that there is once. */
const box: Row = {
  type: "toy:index:Box",
  autoName: { property: "name", max: 30 },
  immutable: ["fixed", "base"],
  unique: { by: ["name"], scope: "region" },
  secrets: ["key"],
  deleteBeforeReplace: true,
  references: [
    { path: "base", to: ["toy:index:Box"], weak: true },
    { path: "links.*", to: ["toy:index:Thing", "toy:index:Box"], weak: true },
  ],
  id: ({ random }) => `box-${random("id", 10, HEX)}`,
  outputs: ({ id, inputs, random }) => ({
    size: inputs["size"] ?? 1,
    label: `${text(inputs["name"]) ?? ""}/${id}`,
    key: random("secret:key", 12),
  }),
  seconds,
};

/** Lies in a thing and goes with it. */
const note: Row = {
  type: "toy:index:Note",
  immutable: ["home", "fixed"],
  references: [{ path: "home", to: ["toy:index:Thing"], inside: true }],
  id: ({ random }) => `note-${random("id", 10, HEX)}`,
  outputs: ({ inputs }) => ({ size: inputs["size"] ?? 1 }),
  seconds,
};

/** Outputs that every creation draws anew. */
export const drawn = ["name", "key"];

export const cloud: Package = {
  name: "toy",
  npm: "@pulumi/random",
  rows: [thing, box, note],
  functions: [],
  place: (config) => ({ cloud: "toy", account: "1", region: text(config["region"]) ?? "r1", config }),
};
