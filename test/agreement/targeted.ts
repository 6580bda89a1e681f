// Runs that are about a part of the stack only, or that refresh it first.
import type { Selection } from "../../rehearsal/engine/api";
import type { Cloud } from "../../rehearsal/engine/testing/cloud";
import type { Scenario } from "./scenarios";

const urn = (name: string, type = "toy:index:Thing"): string => `urn:pulumi:dev::toy::${type}::${name}`;
const inside = (name: string): string => urn(name, "toy:index:Group$toy:index:Thing");
const about = (selection: Selection) => ({ given: { selection } });

/** Somebody changes a property of a thing, or deletes it. */
const byHand =
  (name: string, change?: Record<string, unknown>) =>
  ({ things }: Cloud): void => {
    for (const [id, thing] of things) {
      if (!thing.urn.endsWith(`::${name}`)) continue;
      if (change === undefined) things.delete(id);
      else things.set(id, { ...thing, props: { ...thing.props, ...change } as typeof thing.props });
    }
  };

/** What was made is heard of: a replacement that no provider is asked about isn't taken for its creation once more. */
export const heard = ({ things }: Cloud): void => {
  for (const [id, thing] of things) things.set(id, { ...thing, known: true });
};

const family = (n: number, more: string) => `
  const a = new Thing("a", { n: ${n} });
  const b = new Thing("b", { n: ${n}, from: a.made });
  const c = new Thing("c", { n: ${n} }, { dependsOn: [b] });
  const group = new Group("group");
  const x = new Thing("x", { n: ${n} }, { parent: group });
  group.registerOutputs({ n: ${n} });
  ${more}
  exports.n = ${n};
`;
const started = family(1, `new Thing("gone", { n: 1, from: a.made }); new Thing("lonely", { n: 1 });`);
const edited = family(
  2,
  `const f = new Thing("f", { n: 2 }); const g = new Thing("g", { from: f.made }); const h = new Thing("h", { from: g.made });`,
);

/** Things that want to be looked at before an update, one after another, and two that don't. */
const restless = (n: number, how = "restless: true,") => `
  const a = new Thing("a", { ${how} n: ${n} });
  const b = new Thing("b", { ${how} n: ${n}, from: a.made });
  const c = new Thing("c", { ${how} fixed: ${n}, from: b.made });
  const d = new Thing("d", { n: ${n}, from: c.made });
  new Thing("e", { n: 1, from: d.made });
`;
const drifting = (cloud: Cloud) => {
  for (const name of ["a", "d", "e"]) byHand(name, { n: 7 })(cloud);
  heard(cloud);
};

export const targeted: readonly Scenario[] = [
  {
    name: "targets",
    steps: [
      { operation: "up", program: started },
      { operation: "preview", program: edited, ...about({ targets: [urn("a")] }) },
      { operation: "up", ...about({ targets: [urn("lonely"), urn("c"), inside("*")] }) },
      { operation: "preview", ...about({ targets: [urn("g"), urn("h")] }) },
      { operation: "up", ...about({ targets: [urn("g"), urn("h")] }) },
      { operation: "up", ...about({ targets: ["**::f", "**:Thing::g"] }) },
      { operation: "preview", ...about({ targets: [urn("a")], targetDependents: true }) },
      { operation: "up", ...about({ targets: [urn("a")], targetDependents: true }) },
      { operation: "up", ...about({ targets: [urn("nobody"), inside("$"), urn("x")] }) },
      {
        operation: "refresh",
        meanwhile: (cloud) => {
          byHand("a", { n: 7 })(cloud);
          byHand("b")(cloud);
          byHand("f", { n: 8 })(cloud);
        },
        ...about({ targets: [urn("a")] }),
      },
      { operation: "refresh", ...about({ targets: [urn("a")], targetDependents: true }) },
      { operation: "destroy", ...about({ targets: [urn("f")] }) },
      { operation: "destroy", ...about({ targets: [urn("f")], targetDependents: true }) },
      { operation: "destroy", ...about({ targets: [urn("group", "toy:index:Group")], targetDependents: true }) },
      { operation: "destroy" },
      {
        operation: "up",
        program: `const f = new Thing("f", { n: 1 }); new Thing("g", { n: 1 }, { dependsOn: f });`,
        ...about({ targets: [urn("g")] }),
      },
    ],
  },
  {
    name: "excludes",
    steps: [
      { operation: "up", program: started },
      { operation: "preview", program: edited, ...about({ excludes: [urn("a"), urn("f"), urn("lonely")] }) },
      { operation: "up", ...about({ excludes: [urn("a"), urn("f"), urn("lonely")] }) },
      { operation: "up", ...about({ excludes: [urn("b")], excludeDependents: true }) },
      {
        operation: "refresh",
        meanwhile: (cloud) => {
          byHand("a", { n: 7 })(cloud);
          byHand("b", { n: 8 })(cloud);
          byHand("x", { n: 9 })(cloud);
        },
        ...about({ excludes: [urn("a")], excludeDependents: true }),
      },
      { operation: "refresh", ...about({ excludes: [inside("*")] }) },
      { operation: "up", ...about({ excludes: [urn("nobody")] }) },
      { operation: "destroy", ...about({ excludes: [urn("b")] }) },
      { operation: "destroy" },
    ],
  },
  {
    name: "replaces",
    steps: [
      { operation: "up", program: started },
      { operation: "preview", ...about({ replaces: [urn("a"), inside("x")] }) },
      { operation: "up", meanwhile: heard, ...about({ replaces: [urn("a"), inside("x")] }) },
      { operation: "up", program: edited, meanwhile: heard, ...about({ targets: [urn("a")], replaces: [urn("a")] }) },
      { operation: "preview", ...about({ replaces: [urn("nobody")] }) },
      { operation: "up", meanwhile: heard, ...about({ excludes: [urn("f")], replaces: ["**::c"] }) },
      {
        operation: "up",
        program: `
          const p = new Thing("p", { n: 1 }, { protect: true });
          const d = new Thing("d", { n: 1 }, { deleteBeforeReplace: true });
          const e = new Thing("e", { fixedFrom: d.made });`,
      },
      { operation: "up", meanwhile: heard, ...about({ replaces: [urn("d")] }) },
      { operation: "preview", ...about({ replaces: [urn("p"), urn("d")], targets: [urn("d"), urn("p")] }) },
      { operation: "up", meanwhile: heard, ...about({ replaces: [urn("d")], targets: [urn("d")] }) },
    ],
  },
  {
    name: "a refresh that comes first",
    steps: [
      { operation: "up", program: started },
      {
        operation: "preview",
        meanwhile: (cloud) => {
          byHand("a", { n: 7 })(cloud);
          byHand("gone")(cloud);
          byHand("x", { n: 9 })(cloud);
        },
        given: { refresh: true },
      },
      { operation: "up", given: { refresh: true, selection: { targets: [urn("a"), urn("gone")] } } },
      { operation: "up", given: { refresh: true } },
      { operation: "up", program: edited, given: { refresh: true, selection: { targets: [urn("f")] } } },
      { operation: "up", program: edited, given: { refresh: true, selection: { excludes: [urn("a"), urn("f")] } } },
      { operation: "destroy", meanwhile: byHand("b"), given: { refresh: true } },
    ],
  },
  {
    name: "what is looked at before an update",
    steps: [
      { operation: "up", program: restless(1) },
      { operation: "preview", program: restless(2), meanwhile: drifting },
      { operation: "up" },
      { operation: "up", meanwhile: byHand("d", { n: 9 }) },
      { operation: "preview", program: restless(3), meanwhile: drifting, ...about({ targets: [urn("d")] }) },
      { operation: "up", ...about({ targets: [urn("b")] }) },
      { operation: "up", ...about({ excludes: [urn("a")] }) },
      { operation: "up", meanwhile: byHand("a") },
      { operation: "up", meanwhile: ({ refuses }) => void refuses.add("read a") },
      { operation: "up", program: restless(3, "restless: false,"), meanwhile: ({ refuses }) => refuses.clear() },
      { operation: "up", meanwhile: drifting },
      { operation: "refresh" },
      { operation: "up", program: restless(4) },
      { operation: "destroy", meanwhile: byHand("b") },
    ],
  },
  {
    name: "targets among what moves",
    steps: [
      {
        operation: "up",
        program: `
          class Toy extends pulumi.ProviderResource { constructor(name, props) { super("toy", name, props); } }
          const toy = new Toy("toy", { region: "here" });
          const a = new Thing("a", { n: 1 });
          const b = new Thing("b", { n: 1, from: a.made });
          const c = new Thing("c", { n: 1 }, { provider: toy });
          const group = new Group("group");
          const x = new Thing("x", { n: 1, from: b.made }, { parent: group });
          const read = new Thing("read", {}, { id: "by-hand" });
          const base = new Thing("base", { fixedName: "x" }, { deleteBeforeReplace: true });
          const on = new Thing("on", { fixedBase: base.made });
          new Thing("inside", { n: 1 }, { deletedWith: base });`,
        meanwhile: ({ things }) => void things.set("by-hand", { urn: "", known: true, props: { made: "by hand" } }),
      },
      {
        operation: "up",
        program: `
          class Toy extends pulumi.ProviderResource { constructor(name, props) { super("toy", name, props); } }
          const toy = new Toy("toy", { region: "there" });
          const group = new Group("company", { aliases: [{ name: "group" }] });
          const x = new Thing("x", { n: 2 }, { parent: group });
          const c = new Thing("c", { n: 2 }, { provider: toy });
          const base = new Thing("base", { fixedName: "y" }, { deleteBeforeReplace: true });
          const on = new Thing("on", { fixedBase: base.made });
          new Thing("inside", { n: 2 }, { deletedWith: base });
          new Thing("fresh", { from: x.made });`,
        ...about({ targets: [urn("base")] }),
      },
      { operation: "up", ...about({ targets: [urn("c")] }) },
      {
        operation: "up",
        program: `
          const a = new Thing("a2", { n: 2 }, { aliases: [{ name: "a" }] });
          const b = new Thing("b", { n: 2, from: a.made });`,
        ...about({ targets: [urn("a2"), urn("b")] }),
      },
      { operation: "up" },
    ],
  },
];
