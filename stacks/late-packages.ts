// Pulumi's SDK loads npm's dependency resolver at its start, 600 files, and uses it for one thing: to pack the code of
// dynamic providers and serialised functions, which nothing here has. It took 0.4 s of a preview; now it loads when asked for.
// https://github.com/pulumi/pulumi/blob/master/sdk/nodejs/runtime/closure/codePaths.ts
import { createRequire, Module } from "node:module";

const sdk = createRequire(require.resolve("@pulumi/pulumi/package.json"));
const path = sdk.resolve("@npmcli/arborist");

if (sdk.cache[path] === undefined) {
  const late = new Module(path);
  late.loaded = true;
  late.exports = {
    // read by the SDK's own import: without it, every property would be read at once
    __esModule: true,
    get Arborist(): unknown {
      delete sdk.cache[path];
      return (sdk(path) as { readonly Arborist: unknown }).Arborist;
    },
  };
  sdk.cache[path] = late;
}
