import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { generated, root } from "./generated";

for (const [path, make] of Object.entries(generated)) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), make());
  console.log(path);
}
