import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { generated, root } from "./generated";

describe("generated files", () => {
  for (const [path, make] of Object.entries(generated))
    it(`${path} is what \`npm run docs\` writes`, () => {
      assert.equal(readFileSync(join(root, path), "utf8"), make());
    });
});
