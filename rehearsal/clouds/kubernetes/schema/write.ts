// node --import=tsx rehearsal/clouds/kubernetes/schema/write.ts, after a change of @pulumi/kubernetes.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { derive } from "./derive";

writeFileSync(join(__dirname, "schema.json"), `${JSON.stringify(derive(), undefined, 2)}\n`);
