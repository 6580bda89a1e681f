import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import { asPulumiReads, root, shipped, stackFile } from "../test/stack-file";
import { stackFileSchema } from "./json-schema";
import { resolve } from "./settings";

const validate = new Ajv({ allErrors: true }).compile(stackFileSchema("trifold"));
type File = { config: Record<string, unknown> };
const changed = (config: Record<string, unknown>): File => {
  const file = stackFile("dev") as File;
  return { config: { ...file.config, ...config } };
};

describe("schema.json", () => {
  for (const stack of shipped)
    it(`accepts Pulumi.${stack}.yaml, which names it in its first line, holds nothing encrypted and reads without mistakes`, () => {
      const text = readFileSync(join(root, `Pulumi.${stack}.yaml`), "utf8");
      assert.match(text, /^# yaml-language-server: \$schema=stacks\/schema\.json\n/);
      assert.doesNotMatch(text, /secure:|encryptionsalt|secretsprovider/);
      assert.ok(validate(stackFile(stack)), JSON.stringify(validate.errors));
      assert.deepEqual(resolve(asPulumiReads(stackFile(stack))).problems, []);
    });

  it("gives the shipped stacks networks of their own (NET-13)", () => {
    const ranges = shipped.map((stack) => resolve(asPulumiReads(stackFile(stack))).settings?.network.cidr);
    assert.equal(new Set(ranges).size, shipped.length);
  });

  it("refuses a misspelt setting, a wrong value, a missing one and a plain password", () => {
    for (const config of [
      { "trifold:regoin": "us-east-1" },
      { "trifold:network": { zone: 3 } },
      { "trifold:database": { size: "hug" } },
      { "trifold:backup": { retentionDays: 3 } },
      { "trifold:databasePassword": "plain" },
    ])
      assert.equal(validate(changed(config)), false, JSON.stringify(config));
    assert.equal(validate({ config: {} }), false);
  });

  it("accepts encrypted values where they belong, and what Pulumi and providers keep in the file", () => {
    const file = changed({
      "trifold:databasePassword": { secure: "v1:x:y" },
      "trifold:database": { passwordSource: "config", engineVersion: 17 },
      "trifold:account": { aws: { secure: "v1:x:y" } },
      "aws:profile": "dev",
      "pulumi:tags": { team: "core" },
    });
    assert.ok(
      validate({ ...file, encryptionsalt: "v1:x", secretsprovider: "passphrase" }),
      JSON.stringify(validate.errors),
    );
  });
});
