// What Pulumi's SDK and zod load at their start and a program like this never calls: 760 files, a third of all. Each
// loads when something asks for one of its properties.
import { createRequire, Module } from "node:module";

/** Module by the package whose eyes it is seen with. */
const late: readonly (readonly [string, string])[] = [
  // npm's dependency resolver and reader of manifests, to pack the code of dynamic providers and serialised functions
  ["@pulumi/pulumi/package.json", "@npmcli/arborist"],
  ["@pulumi/pulumi/package.json", "normalize-package-data"],
  // the Automation API, to drive a CLI
  ["@pulumi/pulumi/package.json", "@pulumi/pulumi/automation"],
  // messages in sixty languages
  ["zod/package.json", "zod/v4/locales/index.cjs"],
];

function postpone(from: string, request: string): void {
  const require_ = createRequire(require.resolve(from));
  const path = require_.resolve(request);
  if (require_.cache[path] !== undefined) return;
  const load = (): object => {
    if (require_.cache[path] === module) delete require_.cache[path];
    return require_(path) as object;
  };
  const module = new Module(path);
  module.loaded = true;
  const get = (_: object, key: string | symbol): unknown => {
    // an importer takes it as it is, where it would copy, and so read, every property
    if (key === "__esModule") return true;
    const loaded = load();
    return key === "default" && !("__esModule" in loaded) ? loaded : Reflect.get(loaded, key);
  };
  module.exports = new Proxy({}, { get });
  require_.cache[path] = module;
}

if (!process.env["TRIFOLD_DEBUG"]) for (const [from, request] of late) postpone(from, request);
