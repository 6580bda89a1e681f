// What programs add to the engine: providers of their own, and hooks before and after its steps.
import type { Scenario } from "./scenarios";
import { heard } from "./targeted";

const hooks = `
  const tell = (when) => (args) => {
    const { id, name, type, newInputs, oldInputs, newOutputs, oldOutputs } = args;
    console.log([when, id, name, type, ...[newInputs, oldInputs, newOutputs, oldOutputs].map((one) => JSON.stringify(one))].join(" "));
  };
  const hook = (when, options) => new pulumi.ResourceHook("on-" + when, tell(when), options);
  const all = {
    beforeCreate: [hook("before-create", { onDryRun: true })], afterCreate: [hook("after-create")],
    beforeUpdate: [hook("before-update")], afterUpdate: [hook("after-update", { onDryRun: true })],
    beforeDelete: [hook("before-delete", { onDryRun: true })], afterDelete: [hook("after-delete")],
  };
  const { beforeDelete, afterDelete, ...safe } = all;
  class Crowd extends pulumi.ComponentResource {
    constructor(name, n, options) { super("toy:index:Crowd", name, { n }, options); this.registerOutputs({ n: n * 2 }); }
  }
  const no = (name, options) => new pulumi.ResourceHook(name, () => { throw new Error("no, " + name); }, options);
`;

const own = (size: number, more = "") => `
  const provider = {
    async check(olds, news) {
      return { inputs: news, failures: news.size > 9 ? [{ property: "size", reason: "is too large" }] : [] };
    },
    async diff(id, olds, news) {
      return { changes: olds.size !== news.size || olds.place !== news.place, replaces: olds.place !== news.place ? ["place"] : [] };
    },
    async configure({ config }) { this.greeting = config.get("greeting"); },
    async create(inputs) { return { id: "own-1", outs: { ...inputs, told: this.greeting + " " + inputs.size } }; },
    async update(id, olds, news) { return { outs: { ...news, told: this.greeting + " again " + news.size } }; },
    async delete(id, props) {},
    async read(id, props) { return { id, props: { ...props, told: "read" } }; },
  };
  class Own extends pulumi.dynamic.Resource {
    constructor(name, props, options) { super(provider, name, { ...props, told: undefined }, options); }
  }
  const own = new Own("own", { size: ${size}, place: "here", hush: pulumi.secret("hush") });
  exports.told = own.told;
  ${more}
`;

const newer = (n: number) => `
  const base = new Thing("base", { fixed: ${n} });
  new Thing("along", { n: 1 }, { replaceWith: [base] });
  new Thing("triggered", { n: 1 }, { replacementTrigger: { of: ${n} } });
  new Thing("quiet", { n: ${n}, m: ${n} }, { hideDiffs: ["n"] });
  const stash = new pulumi.Stash("stash", { input: { n: ${n}, hush: pulumi.secret("hush") } });
  exports.stashed = stash.output;
`;

export const extensions: readonly Scenario[] = [
  {
    name: "a provider of its own",
    config: ["toy:greeting: hello"],
    steps: [
      { operation: "preview", program: own(1) },
      { operation: "up" },
      { operation: "up" },
      { operation: "refresh" },
      { operation: "preview", program: own(2, `new Own("other", { from: own.told, place: "there", size: 3 });`) },
      { operation: "up" },
      { operation: "preview", program: own(10) },
      { operation: "destroy" },
    ],
  },
  {
    name: "options of newer SDKs",
    steps: [
      { operation: "preview", program: newer(1) },
      { operation: "up" },
      { operation: "preview", program: newer(2) },
      { operation: "up", meanwhile: heard },
      { operation: "refresh" },
      { operation: "destroy" },
    ],
  },
  {
    name: "a provider that is told of its environment",
    steps: [
      {
        operation: "up",
        program: `
          class Toy extends pulumi.ProviderResource { constructor(name, props, options) { super("toy", name, props, options); } }
          const provider = new Toy("toy", { region: "here" }, { envVarMappings: { TOY_ONE: "TOY", OTHER: "MINE" } });
          new Thing("a", { n: 1 }, { provider });`,
      },
      {
        operation: "up",
        program: `
          class Toy extends pulumi.ProviderResource { constructor(name, props, options) { super("toy", name, props, options); } }
          const provider = new Toy("toy", { region: "here" }, { envVarMappings: { TOY_TWO: "TOY" } });
          new Thing("a", { n: 1 }, { provider });`,
      },
      { operation: "destroy" },
    ],
  },
  {
    name: "hooks",
    steps: [
      {
        operation: "preview",
        program: `${hooks}
          new Thing("a", { n: 1, s: pulumi.secret("hush") }, { hooks: all, customTimeouts: { create: "90s" } });
          new Thing("b", { fixed: 1 }, { hooks: all });
          new Thing("gone", { n: 1 }, { hooks: all });
          new Crowd("crowd", 1, { hooks: safe });`,
      },
      { operation: "up" },
      {
        operation: "preview",
        program: `${hooks}
          new Thing("a", { n: 2, s: pulumi.secret("hush") }, { hooks: { ...all, beforeUpdate: [no("mild", { ignoreErrors: true })] } });
          new Thing("b", { fixed: 2 }, { hooks: all });
          new Crowd("crowd", 2, { hooks: safe });`,
      },
      { operation: "up" },
      { operation: "up", program: `${hooks} new Thing("c", { n: 1 });` },
      {
        operation: "up",
        program: `
          let left = 2;
          const retry = new pulumi.ErrorHook("retry", (args) => {
            console.log([args.failedOperation, args.name, ...args.errors].join(" | "));
            return left-- > 0;
          });
          new Thing("c", { n: 2 }, { hooks: { onError: [retry] } });`,
        meanwhile: ({ refuses }) => refuses.add("update c"),
      },
      {
        operation: "up",
        program: `${hooks} new Thing("c", { n: 3 }, { hooks: { afterUpdate: [no("late")] } });`,
        meanwhile: ({ refuses }) => refuses.clear(),
      },
      { operation: "up", program: `${hooks} new Thing("c", { n: 4 }, { hooks: { beforeUpdate: [no("early")] } });` },
    ],
  },
];
