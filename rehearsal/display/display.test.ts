import assert from "node:assert/strict";
import { changesOf, pathParts } from "./changes";
import { diagnostics } from "./diagnostics";
import type { StepEventMetadata } from "./events";
import { findings } from "./findings";
import { outputs } from "./outputs";
import { progress } from "./progress";
import { recorded } from "./recorded";
import { Report } from "./report";
import { Screen } from "./screen";
import { duration, squeeze, styleOf, wrap } from "./style";
import { counts, verdict } from "./summary";
import { tree } from "./tree";
import { inline } from "./value";

const style = { color: false, columns: 80 };
const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "v1:abc" };
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const thing = (name: string) => `urn:pulumi:dev::shop::shop:network:Network$pulumi-nodejs:dynamic:Resource::${name}`;
const nodes = [
  { urn: thing("main-subnet-1"), dependencies: [thing("main-vpc")] },
  {
    urn: "urn:pulumi:dev::shop::shop:data:Database$pulumi-nodejs:dynamic:Resource::db",
    propertyDependencies: { net: [thing("main-subnet-1")] },
  },
];

/** Everything that the screen says of a recorded log. */
function screen(name: string, kind: "preview" | "up" | "refresh" | "destroy", columns = 80): string[] {
  const written: string[] = [];
  const shown = new Screen({
    stream: { write: (text) => written.push(text) },
    style: { color: false, columns },
    live: false,
  });
  const phase = shown.begin(kind, "reading");
  for (const event of recorded(name).events) phase.take(event);
  const status = { fail: "failed", mandatory: "violated" }[name] ?? "succeeded";
  phase.end({ status: status as "succeeded", final: true, nodes, seconds: () => 90, parallel: 8 });
  return written.join("").split("\n");
}

describe("The tree of a plan", () => {
  it("marks update, replace and delete under their components by name, and leaves out what stays", () => {
    const lines = tree(recorded("change").report.entries.values(), { style });
    const marked = lines
      .map((line) => line.replace(/(?<=\S) {2}(pulumi|shop)[-:].*/, ""))
      .filter((line) => !/[+~-] \S+: /.test(line));
    assert.deepEqual(marked, [
      "   shop-dev",
      "   ├─ db",
      "~  │  └─ db",
      "-  ├─ gone",
      "   └─ main",
      "~     ├─ main-subnet-1",
      "~     ├─ main-subnet-2",
      "+-    └─ main-vpc",
    ]);
  });

  it("shows changed properties with before and after, what is not known yet, and what replaces", () => {
    const text = tree(recorded("change-preview").report.entries.values(), { style }).join("\n");
    assert.match(text, /~ zone: "a" -> "b" {2}\(replaces\)/);
    assert.match(text, /\+ tags\.tier: "data"/);
    assert.match(text, /~ list\[2\]: 1 -> 2/);
    assert.match(text, /~ vpc: "vpc\.example" -> \[unknown\]/);
  });

  it("marks what failed", () => {
    const lines = tree(recorded("fail").report.entries.values(), { style });
    assert.ok(
      lines.some((line) => /^x .*bad .*failed$/.test(line)),
      lines.join("\n"),
    );
  });

  it("shows nothing when nothing changes", () => {
    const { report } = recorded("up");
    for (const entry of report.entries.values()) entry.mark = "same";
    assert.deepEqual(tree(report.entries.values(), { style }), []);
  });
});

describe("Changed properties", () => {
  const step = (before: object, after: object, more: object = {}) =>
    ({
      old: { inputs: before, outputs: before },
      new: { inputs: after, outputs: after },
      ...more,
    }) as StepEventMetadata;
  const said = (metadata: StepEventMetadata) =>
    changesOf(metadata).map(({ kind, path, before, after }) => `${kind} ${path} ${inline(before)} ${inline(after)}`);

  it("are found at any depth, also inside of a JSON document", () => {
    const policy = (action: string) => JSON.stringify({ Statement: [{ Action: action }] });
    assert.deepEqual(said(step({ a: { b: [1, 2] }, gone: 1 }, { a: { b: [1, 3] } })), [
      "update a.b[1] 2 3",
      "delete gone 1 nothing",
    ]);
    assert.deepEqual(said(step({ policy: policy("s3:Get") }, { policy: policy("s3:Put") })), [
      'update policy.Statement[0].Action "s3:Get" "s3:Put"',
    ]);
    assert.deepEqual(said(step({ tags: { "a.b/c": "1" } }, { tags: { "a.b/c": "2" } })), [
      'update tags["a.b/c"] "1" "2"',
    ]);
  });

  it("never show a secret, and tell of its change by the provider's word", () => {
    const changed = step(
      { password: secret },
      { password: { ...secret, ciphertext: "v1:xyz" } },
      {
        detailedDiff: { password: { diffKind: "update", inputDiff: true } },
      },
    );
    assert.deepEqual(said(changed), ["update password [secret] [secret]"]);
    assert.deepEqual(said(step({ password: "clear" }, { password: secret })), ['update password "clear" [secret]']);
  });

  it("reads Pulumi's property paths", () => {
    assert.deepEqual(pathParts('a.b["c.d"][0].e'), ["a", "b", "c.d", "0", "e"]);
  });
});

describe("Values", () => {
  it("mask secrets wherever they are, and mark unknowns and assets", () => {
    assert.equal(
      inline({ a: [secret, unknown], b: "[secret]", c: null }),
      "{ a: [[secret], [unknown]], b: [secret], c: null }",
    );
    assert.equal(
      inline({ "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17", text: "x" }),
      "[asset]",
    );
  });

  it("open up as outputs when they are too long for a line", () => {
    const long = { ids: Array.from({ length: 6 }, (_, i) => `subnet-0123456789abcdef${i}`), key: secret };
    const lines = outputs({ network: long, short: 1 }, style);
    assert.ok(lines.length > 6 && lines.every((line) => line.length <= 80), lines.join("\n"));
    assert.ok(lines.includes("    key: [secret]"));
  });
});

describe("Policy findings", () => {
  const { report } = recorded("change");

  it("come by severity, with rule, level, resource and what to do", () => {
    const text = findings(report.findings, style).join("\n");
    assert.ok(
      text.indexOf("critical (2)") < text.indexOf("medium (1)") && text.indexOf("medium (1)") < text.indexOf("low (1)"),
    );
    assert.match(
      text,
      /thing-tagged {2}advisory\n {4}Things carry tags\.\n {4}- db \(pulumi-nodejs:dynamic:Resource\)/,
    );
    assert.match(text, /Remedy: add the tags\./);
  });

  it("are counted by level and severity", () => {
    assert.equal(verdict(report, report.findings), "3 rules: 4 advisory (2 critical, 1 medium, 1 low)");
    const mandatory = recorded("mandatory").report;
    assert.match(verdict(mandatory, mandatory.findings), /1 mandatory, 3 advisory/);
    assert.equal(verdict(report, []), "3 rules, no finding");
  });
});

describe("Messages", () => {
  it("name the resource, errors first, and keep what the program printed", () => {
    const lines = diagnostics(recorded("fail").report.diagnostics, style);
    assert.equal(lines[0], "  error: bad (pulumi-nodejs:dynamic:Resource): quota exceeded: 5 of 5 in use");
    assert.ok(lines.includes("  hello from the program"));
  });

  it("leave out debugging and what is said twice", () => {
    const report = new Report();
    const say = (severity: string, message: string) =>
      report.take({
        sequence: 0,
        timestamp: 0,
        diagnosticEvent: { message, color: "never", severity: severity as "info" },
      });
    say("debug", "noise");
    say("warning", "<{%fg 1%}>careful<{%reset%}>");
    say("warning", "careful");
    assert.deepEqual(diagnostics(report.diagnostics, style), ["  warning: careful"]);
  });
});

describe("Progress without a terminal", () => {
  it("writes a line for each resource that a cloud has finished, with n of m", () => {
    const written: string[] = [];
    const report = new Report();
    const line = progress({
      stream: { write: (text) => written.push(text) },
      live: false,
      style,
      report,
      total: 5,
      opening: "",
    });
    for (const event of recorded("up").events) {
      report.take(event);
      line.take(event);
    }
    line.stop();
    assert.equal(written.length, 5);
    assert.match(written[0]!, /^ {2}1\/5 {2}created \S+ {2}pulumi-nodejs:dynamic:Resource\n$/);
    assert.match(written[4]!, /^ {2}5\/5/);
  });

  it("rewrites one line on a terminal, and takes it away at the end", () => {
    const written: string[] = [];
    const report = new Report();
    const line = progress({
      stream: { write: (text) => written.push(text) },
      live: true,
      style,
      report,
      opening: "reading",
    });
    for (const event of recorded("up").events) {
      report.take(event);
      line.take(event);
    }
    line.stop();
    assert.ok(written.every((text) => !text.includes("\n")));
  });
});

describe("The screen", () => {
  for (const [name, kind] of [
    ["preview", "preview"],
    ["up", "up"],
    ["change", "up"],
    ["fail", "up"],
    ["mandatory", "preview"],
    ["destroy", "destroy"],
  ] as const)
    it(`keeps within 80 and within 50 columns (${kind}, ${name})`, () => {
      for (const columns of [80, 50])
        for (const line of screen(name, kind, columns)) assert.ok(line.length <= columns, `${line.length}: ${line}`);
    });

  it("ends with outputs, counts and how long the real thing would take", () => {
    const text = screen("up", "up").join("\n");
    assert.match(text, /Outputs\n {2}endpoint: "db\.example"/);
    assert.match(text, /password: \[secret\]/);
    assert.match(text, /Summary {2}\+ 8 created/);
    assert.match(text, /For real\n {2}about 4 min 30 s/);
    assert.match(text, /critical path:\n +1 min 30 s {2}main-vpc/);
    assert.match(text, /Up succeeded\.\n$/);
    assert.doesNotMatch(text, /hunter2/);
  });

  it("says what failed, what a policy stopped, and shows no outputs then", () => {
    assert.match(screen("fail", "up").join("\n"), /x 1 failed[\s\S]*Up failed\./);
    const stopped = screen("mandatory", "preview").join("\n");
    assert.match(stopped, /thing-tagged {2}mandatory[\s\S]*Preview stopped: a mandatory policy said no\./);
    assert.doesNotMatch(stopped, /Outputs/);
  });
});

describe("Counts", () => {
  it("name every kind of change and what stays", () => {
    assert.equal(
      counts(recorded("change").report, "done", style),
      "~ 3 updated   +- 1 replaced   - 1 deleted   3 unchanged",
    );
  });
});

describe("Text", () => {
  it("wraps at the width with its indent, breaks endless words, and keeps lines apart", () => {
    assert.deepEqual(wrap("one two three\n  four", 9, "", "  "), ["one two", "  three", "    four"]);
    for (const line of wrap(`x ${"y".repeat(200)}`, 40, "    ")) assert.ok(line.length <= 40);
  });

  it("shortens in the middle, and tells durations in words", () => {
    assert.equal(squeeze("abcdefghij", 7), "ab…ghij");
    assert.deepEqual([3.6, 60, 750, 3900].map(duration), ["4 s", "1 min", "12 min 30 s", "1 h 05 min"]);
  });

  it("has colour on a terminal only, never with NO_COLOR", () => {
    assert.equal(styleOf({ isTTY: true }, {}).color, true);
    assert.equal(styleOf({ isTTY: true }, { NO_COLOR: "1" }).color, false);
    assert.equal(styleOf({ isTTY: true }, { TERM: "dumb" }).color, false);
    assert.equal(styleOf({}, {}).color, false);
    assert.equal(styleOf({}, { FORCE_COLOR: "1" }).color, true);
    assert.deepEqual(styleOf({}, {}).columns, 80);
  });
});
