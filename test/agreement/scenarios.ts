// Small programs on a small cloud, each through a life, for what the CLI and the built-in engine must tell alike.
// What fails comes last, after all else: how far steps beside it come is chance.
import type { EngineOptions } from "../../rehearsal/engine/api";
import type { Cloud } from "../../rehearsal/engine/testing/cloud";
import { extensions } from "./extensions";
import { targeted } from "./targeted";

export interface Step {
  readonly operation: "preview" | "up" | "refresh" | "destroy";
  /** The program from this step on, behind the preamble. */
  readonly program?: string;
  /** What happens to the cloud before it. */
  readonly meanwhile?: (cloud: Cloud) => void;
  /** What it is about, and how it goes. */
  readonly given?: Pick<EngineOptions, "selection" | "refresh">;
}

export interface Scenario {
  readonly name: string;
  /** Of the stack file: `key: value` lines. */
  readonly config?: readonly string[];
  /** Source of a policy pack, behind `const { PolicyPack } = require("@pulumi/policy")`. */
  readonly pack?: string;
  readonly steps: readonly Step[];
}

/** What every program begins with. */
export const preamble = `
const pulumi = require("@pulumi/pulumi");
class Thing extends pulumi.CustomResource {
  constructor(name, props, options) { super("toy:index:Thing", name, { ...props, made: undefined }, options); }
}
class Group extends pulumi.ComponentResource {
  constructor(name, options) { super("toy:index:Group", name, {}, options); }
}
`;

const network = (size: number, more: string) => `
  const group = new Group("network");
  const parent = { parent: group };
  const a = new Thing("a", { fixedSize: ${size}, password: pulumi.secret("hunter2 <&>"), list: [1, { deep: null }] }, parent);
  const b = new Thing("b", { from: a.made, note: pulumi.interpolate\`of \${a.made}\` }, parent);
  ${more}
  group.registerOutputs({ made: b.made });
  console.log("it is <b>&</b> this");
  pulumi.log.warn("careful", b);
  exports.made = b.made;
  exports.password = pulumi.secret({ text: "hunter2" });
  exports.config = new pulumi.Config().requireObject("tags");
`;
const first = network(1, `new Thing("c", { tag: "one" }, { parent: group, dependsOn: [b] });`);
const edited = network(2, `new Thing("d", { code: new pulumi.asset.StringAsset("text") }, parent);`);

const guarded = (protect: boolean) => `
  new Thing("guarded", { n: 1, extra: "x" }, { protect: ${protect}, additionalSecretOutputs: ["extra"] });
`;

const options = (more: string) => `
  ${guarded(true)}
  new Thing("kept", { n: 1 }, { retainOnDelete: true });
  ${more}
`;

const policies = (tag: string) => `
  const bare = new Thing("bare", { list: ["x"] });
  new Thing("tagged", { tag: ${tag}, from: bare.made });
`;

/** One after another, so that nothing runs beside what fails. */
const chain = (n: number, size: number, options = "") => `
  const a = new Thing("a", { n: ${n} });
  const b = new Thing("b", { n: ${n}, fixedSize: ${size}, from: a.made }, { ${options} });
  new Thing("c", { n: ${n}, fixedFrom: b.made });
`;
const only = (acts: Set<string>, ...names: readonly string[]) => {
  acts.clear();
  for (const name of names) acts.add(name);
};

export const scenarios: readonly Scenario[] = [
  {
    name: "a life with replacements and drift",
    config: ["toy:tags: { b: 1, a: [x] }", "toy:plain: 7"],
    steps: [
      { operation: "preview", program: first },
      { operation: "up" },
      { operation: "up" },
      { operation: "preview", program: edited },
      { operation: "up" },
      {
        operation: "refresh",
        meanwhile: ({ things }) => {
          for (const [id, { urn, props }] of things) {
            if (urn.endsWith("::b")) things.set(id, { urn, known: true, props: { ...props, note: "changed by hand" } });
            if (urn.endsWith("::d")) things.delete(id);
          }
        },
      },
      { operation: "preview" },
      { operation: "up" },
      { operation: "destroy" },
    ],
  },
  {
    name: "resource options",
    steps: [
      {
        operation: "up",
        program: options(`
          const old = new Thing("old", { n: 1 });
          const base = new Thing("base", { fixedName: "x" }, { deleteBeforeReplace: true, customTimeouts: { create: "5m" } });
          new Thing("on", { fixedBase: base.made });
          new Thing("inside", {}, { deletedWith: base, dependsOn: base });
          new Thing("lazy", { a: { b: 1, c: 1 }, d: 1 }, { ignoreChanges: ["a.b", "d"] });
          new Thing("strict", { n: 1 }, { replaceOnChanges: ["n"] });`),
      },
      {
        operation: "preview",
        program: options(`
          const renamed = new Thing("new", { n: 1 }, { aliases: [{ name: "old" }] });
          const base = new Thing("base", { fixedName: "y" }, { deleteBeforeReplace: true, customTimeouts: { create: "5m" } });
          new Thing("on", { fixedBase: base.made });
          new Thing("inside", {}, { deletedWith: base, dependsOn: base });
          new Thing("lazy", { a: { b: 2, c: 2 }, d: 2 }, { ignoreChanges: ["a.b", "d"] });
          new Thing("strict", { n: 2 }, { replaceOnChanges: ["n"] });
          new Thing("adopted", { n: 5 }, { import: "by-hand" });
          new Thing("looked-up", {}, { id: "by-hand-too" });`),
        meanwhile: ({ things }) => {
          things.set("by-hand", { urn: "", known: true, props: { n: 5, made: "by hand" } });
          things.set("by-hand-too", { urn: "", known: true, props: { n: 6, made: "by hand, too" } });
        },
      },
      { operation: "up" },
      { operation: "up", program: guarded(true) },
      { operation: "destroy" },
      { operation: "up", program: guarded(false) },
      { operation: "destroy" },
    ],
  },
  {
    name: "failures",
    steps: [
      {
        operation: "up",
        program: `
          const a = new Thing("a", { n: 1 });
          const bad = new Thing("bad", { fail: true, from: a.made });
          new Thing("after", { from: bad.made });`,
      },
      { operation: "preview", program: `new Thing("a", { invalid: true });` },
      { operation: "up", program: `new Thing("a", { n: 2 }); throw new pulumi.RunError("enough is enough");` },
      { operation: "up", program: `new Thing("a", { n: 3 });`, meanwhile: ({ refuses }) => refuses.add("update a") },
      { operation: "up", meanwhile: ({ refuses }) => refuses.clear() },
      { operation: "destroy" },
    ],
  },
  {
    name: "failures one after another",
    steps: [
      { operation: "up", program: chain(1, 1), meanwhile: ({ refuses }) => only(refuses, "create b") },
      {
        operation: "up",
        meanwhile: ({ refuses, ails }) => {
          only(refuses);
          only(ails, "create b");
        },
      },
      { operation: "preview" },
      { operation: "refresh", meanwhile: ({ ails }) => only(ails, "read b") },
      { operation: "up", meanwhile: ({ ails }) => only(ails) },
      { operation: "up", program: chain(2, 1), meanwhile: ({ refuses }) => only(refuses, "update b") },
      {
        operation: "up",
        meanwhile: ({ refuses, ails }) => {
          only(refuses);
          only(ails, "update b");
        },
      },
      { operation: "refresh", meanwhile: ({ refuses }) => only(refuses, "read a", "read b", "read c") },
      {
        operation: "up",
        meanwhile: ({ refuses, ails }) => {
          only(refuses);
          only(ails);
        },
      },
      { operation: "up", program: chain(3, 2), meanwhile: ({ refuses }) => only(refuses, "create c") },
      { operation: "preview" },
      { operation: "up", meanwhile: ({ refuses }) => only(refuses, "delete b") },
      { operation: "up" },
      { operation: "up", meanwhile: ({ refuses }) => only(refuses) },
      {
        operation: "up",
        program: chain(3, 3, "deleteBeforeReplace: true"),
        meanwhile: ({ refuses }) => only(refuses, "delete b"),
      },
      { operation: "up", meanwhile: ({ refuses }) => only(refuses, "create b") },
      { operation: "preview" },
      { operation: "refresh" },
      { operation: "up", meanwhile: ({ refuses }) => only(refuses, "create c") },
      { operation: "destroy", meanwhile: ({ refuses }) => only(refuses, "delete b") },
      { operation: "destroy", meanwhile: ({ refuses }) => only(refuses) },
      { operation: "up", program: chain(1, 1, "protect: true") },
      { operation: "preview", program: chain(1, 2, "protect: true") },
      { operation: "up" },
      { operation: "up", program: "" },
      { operation: "destroy" },
      { operation: "up", program: chain(1, 1) },
      { operation: "destroy" },
    ],
  },
  {
    name: "a policy pack",
    pack: `
      new PolicyPack("rules", { policies: [
        { name: "tags", description: "Things have tags.", enforcementLevel: "advisory", severity: "high",
          validateResource: (args, report) => { if (args.type === "toy:index:Thing" && !args.props.tag) report("no tag"); } },
        { name: "no-evil", description: "Nothing is evil.", enforcementLevel: "mandatory", severity: "critical",
          validateResource: (args, report) => { if (args.props.tag === "evil") report("evil tag"); } },
        { name: "lists", description: "Lists are long.", enforcementLevel: "remediate",
          remediateResource: (args) => { if (args.props.list?.length === 1) return { ...args.props, list: [...args.props.list, "y"] }; } },
        { name: "few", description: "There are few.", enforcementLevel: "advisory",
          validateStack: (args, report) => { if (args.resources.length > 2) report("too many"); } },
      ] });`,
    steps: [
      { operation: "preview", program: policies('"good"') },
      { operation: "up" },
      { operation: "preview", program: policies('"evil"') },
      { operation: "up" },
    ],
  },
  ...targeted,
  ...extensions,
];
