import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";

/** What a fresh process prints after loading this folder first, as index.ts does, and then the SDK. */
function told(expression: string, environment: Readonly<Record<string, string>> = {}): unknown {
  const text = `require("./stacks/lean-sdk"); const pulumi = require("@pulumi/pulumi");
    const loaded = (name) => Object.values(require.cache).some((one) => one.filename?.includes(name));
    Promise.resolve(${expression}).then((it) => console.log(JSON.stringify(it)));`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--import=tsx", "--eval", text], {
    env: { ...process.env, ...environment },
    encoding: "utf8",
  });
  assert.notEqual(stdout, "", stderr);
  return JSON.parse(stdout);
}

describe("the SDK without what this program has no use for", () => {
  it("loads npm's resolver and the Automation API when something asks for them, and not before", () => {
    const found = told(`[loaded("arborist/lib/arborist"), loaded("automation/stack"),
      typeof pulumi.automation.LocalWorkspace.create, loaded("automation/stack"),
      typeof require("@npmcli/arborist").Arborist, loaded("arborist/lib/arborist")]`);
    assert.deepEqual(found, [false, false, "function", true, "function", true]);
  });

  it("has the reader of manifests as the SDK's own import of it sees it", () => {
    const found = told(`(() => {
      const imported = require("normalize-package-data");
      const before = loaded("normalize-package-data/lib");
      const manifest = { name: "one", version: "v1.0.0" };
      imported.default(manifest);
      return [before, manifest.version, loaded("normalize-package-data/lib")];
    })()`);
    assert.deepEqual(found, [false, "1.0.0", true]);
  });

  it("has zod's languages, when something asks for one", () => {
    assert.deepEqual(told(`typeof require("zod").z.locales.fr`), "function");
  });

  it("still reports a promise that is never settled", () => {
    const found = told(`(() => {
      const { debuggablePromise, leakedPromises } = require("@pulumi/pulumi/runtime/debuggable");
      void debuggablePromise(new Promise(() => undefined), "a promise of the test");
      const [leaked, message] = leakedPromises();
      return [leaked.size, message.includes("1 promise"), Error.stackTraceLimit > 0];
    })()`);
    assert.deepEqual(found, [1, true, true]);
  });

  it("leaves the SDK as it is where it is to be debugged", () => {
    const found = told(`[loaded("automation/stack"), pulumi.Resource.callsites().length > 0]`, { TRIFOLD_DEBUG: "1" });
    assert.deepEqual(found, [true, true]);
  });
});
