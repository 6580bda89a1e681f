// node --import=tsx rehearsal/clouds/schema/write.ts, after a row was added or an SDK changed.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { packages } from "../packages";
import { derive, derived } from "./derive";

for (const pkg of packages)
  if (derived.some((name) => name === pkg.name))
    writeFileSync(join(__dirname, `${pkg.name}.json`), `${JSON.stringify(derive(pkg), undefined, 2)}\n`);
