// What programs do before and after the steps of a run.
import type { Scenario } from "./scenarios";

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

export const hooked: readonly Scenario[] = [
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
