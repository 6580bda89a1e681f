import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { configVariables, readStackConfig } from "./config";
import { readProject, splitWords } from "./project";
import { openPassphrase } from "./secrets";

describe("a stack's configuration", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "config-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const open = (project: string, stack: string, extra: Record<string, string> = {}) => {
    writeFileSync(join(folder, "Pulumi.yaml"), project);
    const path = join(folder, "Pulumi.dev.yaml");
    writeFileSync(path, stack);
    return readStackConfig(readProject(folder), "dev", path, extra);
  };
  const base = "name: p\nruntime: nodejs\n";

  it("hands on a date without quotes as the CLI does, and everything else as it is written", () => {
    const texts = (yaml: string) =>
      JSON.parse(configVariables(open(base, `config:\n  v: ${yaml}\n`).open(undefined)).PULUMI_CONFIG) as object;
    assert.deepEqual(texts("2026-01-31"), { "p:config:v": "2026-01-31 00:00:00 +0000 UTC" });
    assert.deepEqual(texts("{ a: [2026-01-31, yes, 0x10] }"), {
      "p:config:v": '{"a":["2026-01-31 00:00:00 +0000 UTC","yes",16]}',
    });
    for (const plain of ['"2026-01-31"', "2026-02-31", "26-01-31"])
      assert.deepEqual(texts(plain), { "p:config:v": plain.replaceAll('"', "") });
  });

  it("is refused where it is no mapping, or its keys are none", () => {
    for (const wrong of ["text\n", "- a\n", "5\n"]) assert.throws(() => open(base, wrong), /it is no mapping/);
    assert.throws(() => open(base, "config: { 'p:a:b': 1 }\n"), /"p:a:b" is no key of a setting: write <namespace>:/);
    assert.deepEqual([...open(base, "config: { 'p:config:a': 1 }\nenvironment: []\n").open(undefined).keys()], ["p:a"]);
    for (const wrong of ["[]", "text", "3"])
      assert.throws(() => open(base, `config: ${wrong}\n`), /config is no mapping/);
    assert.equal(open(base, "config:\n").open(undefined).size, 0);
  });

  it("is decrypted, completed by the project's defaults and topped by the command line", async () => {
    const config = open(
      `${base}config:\n  size: { type: integer, default: 3 }\n  name: plain\n`,
      [
        "encryptionsalt: v1:0VteUXEWb7Q=:v1:v2JfIxg9cpZ6vIyN:5eMwnf3gTxPBrrVVZ/E+lnga3sbzTg==",
        "config:",
        "  p:list: [1, { secure: 'v1:0jDOFm0Jkn/5yHCQ:7tBTjG29SC8dElcD3o7VdJgtwa62cs8cVA==' }]",
        "  aws:region: eu-west-1",
      ].join("\n"),
      { "p:extra": "yes" },
    );
    assert.equal(config.encrypted, true);
    assert.deepEqual(config.recorded["p:list"], [
      1,
      { secure: "v1:0jDOFm0Jkn/5yHCQ:7tBTjG29SC8dElcD3o7VdJgtwa62cs8cVA==" },
    ]);
    assert.deepEqual(config.recorded["p:extra"], "yes");
    const values = config.open((await openPassphrase("x", config.salt ?? "")).crypter);
    assert.deepEqual(
      [...values].map(([key, { text, secret }]) => [key, text, secret]),
      [
        ["aws:region", "eu-west-1", false],
        ["p:extra", "yes", false],
        ["p:list", '[1,"\\"hunter2\\""]', true],
        ["p:name", "plain", false],
        ["p:size", "3", false],
      ],
    );
    // Each secret by itself, so that messages can be freed of it, and the rest of its value to be shown.
    assert.deepEqual(values.get("p:list")?.secrets, ['"hunter2"']);
    assert.equal(values.get("p:list")?.shown, '[1,"[secret]"]');
    assert.equal(configVariables(values).PULUMI_CONFIG_SECRET_KEYS, '["p:list"]');
    assert.match(configVariables(values).PULUMI_CONFIG, /"p:config:size":"3"/);
  });

  it("says what is missing, of the wrong type, or must be encrypted", () => {
    const declared = (type: string) => `${base}config:\n  a: ${type}\n`;
    assert.throws(
      () => open(declared("{ type: string }"), "config: {}").open(undefined),
      /missing configuration value 'a'/,
    );
    assert.throws(
      () => open(declared("{ type: integer }"), "config: { p:a: x }").open(undefined),
      /configuration key 'a' must be of type 'integer'/,
    );
    assert.throws(
      () => open(declared("{ type: string, secret: true }"), "config: { p:a: x }").open(undefined),
      /'a' must be encrypted as it's secret/,
    );
  });

  it("refuses by name what only the CLI can do", () => {
    assert.throws(() => open("name: p\nruntime: python\n", ""), /runtime "python" is not supported/);
    assert.throws(() => open(base, "environment: [x]"), /environment \(ESC\) is not supported/);
    assert.throws(() => open(base, "secretsprovider: awskms://k"), /secretsprovider "awskms:\/\/k" is not supported/);
  });

  it("splits node arguments as a shell would", () => {
    assert.deepEqual(splitWords(`--import=tsx --title "a b" 'c d' e\\ f`), [
      "--import=tsx",
      "--title",
      "a b",
      "c d",
      "e f",
    ]);
  });
});
