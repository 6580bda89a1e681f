// `npm start`: installs what is missing, then runs cli.ts in this very process, so that arguments, signals and the exit code need no passing on.
import { createRequire } from "node:module";
import { install } from "./install.mjs";

install();
const require = createRequire(import.meta.url);
require("tsx/cjs/api").register();
require("tsx/esm/api").register();
require("./cli.ts");
