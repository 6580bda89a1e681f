// `npm start`: installs what is missing, then runs cli.ts in this very process, so that arguments, signals and the exit code need no passing on.
import { createRequire } from "node:module";
import { install } from "./install.mjs";

install();
// tsx for both ways to load TypeScript: `require`, and `import()` of what is loaded late
const [cjs, esm] = await Promise.all([import("tsx/cjs/api"), import("tsx/esm/api")]);
cjs.register();
esm.register();
createRequire(import.meta.url)("./cli.ts");
