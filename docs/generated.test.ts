import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { generated, root } from "./generated";

describe("generated files", () => {
  for (const [path, make] of Object.entries(generated))
    it(`${path} is what \`npm run docs\` writes`, () => {
      assert.equal(readFileSync(join(root, path), "utf8"), make());
    });

  it("shadow no program file: the runner's loader takes x.json where x.ts is asked for", () => {
    for (const path of Object.keys(generated).filter((one) => one.endsWith(".json")))
      assert.ok(!existsSync(join(root, path.replace(/json$/, "ts"))), path);
  });
});
