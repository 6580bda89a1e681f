import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import { parse } from "yaml";
import { stackFileSchema } from "../stacks/json-schema";
import { report } from "../stacks/report";
import { resolve } from "../stacks/settings";
import { asPulumiReads } from "../test/stack-file";
import { root } from "./generated";

const pages = ["README.md", "docs/network.md", "docs/recovery.md"];
const validate = new Ajv({ allErrors: true }).compile(stackFileSchema("trifold"));

describe("stack files in the documentation", () => {
  for (const page of pages) {
    const text = readFileSync(join(root, page), "utf8");
    const examples = [...text.matchAll(/```yaml\n([\s\S]*?)```/g)].map((match) => parse(match[1] ?? "") as unknown);
    it(`work as they stand in ${page}`, () => {
      assert.ok(examples.length > 0);
      for (const example of examples) {
        assert.ok(validate(example), JSON.stringify(validate.errors));
        const { problems } = resolve(asPulumiReads(example));
        assert.deepEqual(problems, [], report(page, "trifold", problems));
      }
    });
  }
});
