import assert from "node:assert/strict";
import { parseYaml } from "./yaml";

describe("YAML", () => {
  const read = (text: string) => parseYaml<{ readonly v: unknown }>("Pulumi.dev.yaml", `v: ${text}\n`).v;
  // As the CLI hands each on (pulumi config --json, 3.260).
  const values: readonly (readonly [yaml: string, value: unknown])[] = [
    ["014", 12],
    ["-014", -12],
    ["08", 8],
    ["0o14", 12],
    ["0O7", 7],
    ["0b101", 5],
    ["0x1F", 31],
    ["1_000", 1000],
    ["012345678901", 12345678901],
    ["1e3", 1000],
    [".5", 0.5],
    ["1e400", "1e400"],
    ["1:40", "1:40"],
    ["9007199254740993", 9007199254740993n],
    ["18446744073709551615", 18446744073709551615n],
    ["99999999999999999999", 1e20],
    ["yes", "yes"],
    ["on", "on"],
    ["True", true],
    ["2026-1-2", "2026-01-02 00:00:00 +0000 UTC"],
    ["2026-11-21T10:00:00Z", "2026-11-21 10:00:00 +0000 UTC"],
    ["2026-11-21T10:00:00.50+02:00", "2026-11-21 10:00:00.5 +0200 +0200"],
    ["2026-11-21 10:00:00", "2026-11-21 10:00:00 +0000 UTC"],
    ["2026-11-21T25:00:00Z", "2026-11-21T25:00:00Z"],
    ['"014"', "014"],
    ["!!str 014", "014"],
    ['!!int "7"', 7],
    ["!!float 3", 3],
    ["!!binary aGVsbG8=", "hello"],
    ["!!set { a, b }", { a: null, b: null }],
    ["!own text", "text"],
  ];
  for (const [yaml, value] of values)
    it(`has ${yaml} for what the CLI has it for`, () => {
      assert.deepEqual(read(yaml), value);
    });

  it("takes over what << names, the nearer word first", () => {
    const text = "a: &a { x: 1, y: two }\nb: &b { x: 5, z: 4 }\nc: { <<: [*a, *b], y: 3 }\n";
    assert.deepEqual(parseYaml<{ readonly c: unknown }>("", text).c, { x: 1, y: 3, z: 4 });
  });

  it("takes no version that the file asks for, and any line's end", () => {
    assert.deepEqual(parseYaml("", "%YAML 1.1\n---\na: yes\r\nb: 2\rc: 3\n"), { a: "yes", b: 2, c: 3 });
  });

  it("reads the first of several documents, and nothing out of an empty one", () => {
    assert.deepEqual(parseYaml("", "a: 1\n---\na: 2\n"), { a: 1 });
    for (const empty of ["", "# nothing\n", "~\n", "---\n"]) assert.deepEqual(parseYaml("", empty), {});
  });

  it("is refused with its file and line where it is none, or no number", () => {
    const wrong = {
      "a: 1\na: 2\n": /^Pulumi\.dev\.yaml: Map keys must be unique at line 2/,
      "a:\n\tb: 1\n": /^Pulumi\.dev\.yaml: .* at line 2/s,
      "a: .inf\n": /^Pulumi\.dev\.yaml: \.inf is no number that a setting can have at line 1/,
      "a: *gone\n": /^Pulumi\.dev\.yaml: .*gone/s,
      "a: !!int abc\n": /^Pulumi\.dev\.yaml: Unresolved tag/,
      "a: \u0001\n": /^Pulumi\.dev\.yaml: control characters are not allowed/,
    };
    for (const [text, message] of Object.entries(wrong))
      assert.throws(() => parseYaml("Pulumi.dev.yaml", text), { message });
  });
});
