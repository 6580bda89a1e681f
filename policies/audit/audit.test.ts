// The audit as a person or a pipeline runs it: arguments in, files, text and an exit code out.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv } from "ajv";
import { run } from "./cli";
import type { Report } from "./report";
import { uploadSarif } from "./sarif";
import { sarifSchema } from "./sarif-schema";

const today = "2026-11-21";
const secretMark = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
const instance = "aws:rds/instance:Instance";
const urnOf = (type: string, name: string) => `urn:pulumi:prod::shop::${type}::${name}`;
const resource = (type: string, name: string, inputs: object, more: object = {}) => ({
  urn: urnOf(type, name),
  type,
  inputs,
  ...more,
});
const open = { storageEncrypted: false, publiclyAccessible: true };
const resources = [
  resource("pulumi:pulumi:Stack", "shop-prod", {}),
  resource(instance, "orders-db", {
    ...open,
    password: { ...secretMark, ciphertext: "v1:a:b" },
    username: "canary-user",
  }),
  resource(
    instance,
    "billing-db",
    { ...open, storageEncrypted: true },
    { sourcePosition: "project:///app/data.ts#12,3" },
  ),
  resource(instance, "far-db", open, { sourcePosition: "project:///../../home/someone/app.ts#9" }),
  resource("aws:kms/key:Key", '=HYPERLINK("x")<img src=x onerror=alert(1)>', { enableKeyRotation: false }),
  resource("gcp:kms/cryptoKey:CryptoKey", "ledger", { rotationPeriod: { ...secretMark, ciphertext: "v1:a:b" } }),
];
const waiver = {
  rule: "encryption-database-at-rest",
  urn: urnOf(instance, "orders-db"),
  reason: "Moves to the encrypted cluster with the next release.",
  owner: "data@example.com",
  ticket: "DB-7",
  expires: "2026-12-31",
};

describe("the audit", () => {
  const folder = mkdtempSync(join(tmpdir(), "trifold-audit-"));
  after(() => rmSync(folder, { recursive: true }));
  const file = (name: string, content: unknown) => {
    const path = join(folder, name);
    writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
    return path;
  };
  const state = file("state.json", { version: 3, deployment: { resources } });
  const waivers = file("waivers.yaml", { waivers: [waiver] });
  const call = (...args: readonly string[]) => {
    const told = { out: "", error: "" };
    const code = run(args, {
      out: (text) => {
        told.out += text;
      },
      error: (text) => {
        told.error += text;
      },
      colour: false,
      today,
    });
    return { code, ...told };
  };
  const audited = (out: string, ...args: readonly string[]) => {
    const { code } = call(state, "--waivers", waivers, "--out", join(folder, out), ...args);
    const files = new Map(
      readdirSync(join(folder, out)).map((one) => [one, readFileSync(join(folder, out, one), "utf8")]),
    );
    const read = (name: string) => files.get(name) ?? assert.fail(`no ${name}`);
    return { code, files, read, report: JSON.parse(read("report.json")) as Report };
  };
  const found = (report: Report, rule: string, name: string) =>
    report.rows.filter((row) => row.rule === rule && row.name === name).map(({ status }) => status);

  it("ends with 1 where a rule failed, 0 where none did, 2 where it couldn't start", () => {
    assert.equal(call(state, "--waivers", waivers).code, 1);
    const clean = file("clean.json", { version: 3, deployment: { resources: [resources[0]] } });
    assert.equal(call(clean, "--waivers", waivers).code, 0);
    assert.equal(call(join(folder, "missing.json")).code, 2);
  });

  it("writes the same bytes for the same input and date", () => {
    const [one, other] = ["one", "other"].map((name) => audited(name, "--baseline", "hipaa", "--at", today));
    assert.deepEqual(one?.files, other?.files);
  });

  it("tells passed, failed, unknown and waived apart, and never one as another", () => {
    const { report } = audited("statuses");
    const rule = "encryption-database-at-rest";
    assert.deepEqual(found(report, rule, "orders-db"), ["waived"]);
    assert.deepEqual(found(report, rule, "far-db"), ["fail"]);
    assert.deepEqual(found(report, rule, "billing-db"), ["pass"]);
    assert.deepEqual(found(report, "kms-rotation", "ledger"), ["unknown"]);
    assert.equal(report.source.sealedSecrets, 2);
    const sum = Object.values(report.counts).reduce((all, one) => all + one, 0);
    assert.equal(sum, report.rows.length);
  });

  it("finds what looks like a credential and isn't secret in the state", () => {
    const path = file("clear.json", {
      version: 3,
      deployment: {
        resources: [
          resource("aws:dms/endpoint:Endpoint", "clear", { password: "canary" }),
          resource("aws:dms/endpoint:Endpoint", "sealed", { password: { ...secretMark, ciphertext: "v1:a:b" } }),
        ],
      },
    });
    call(path, "--waivers", waivers, "--out", join(folder, "clear"));
    const report = JSON.parse(readFileSync(join(folder, "clear", "report.json"), "utf8")) as Report;
    const rule = "secrets-pulumi-secret-outputs";
    assert.deepEqual(found(report, rule, "clear"), ["fail"]);
    assert.ok(!found(report, rule, "sealed").includes("fail"));
  });

  it("fails on what can't be judged only where it is asked to", () => {
    const sealed = file("sealed.json", { version: 3, deployment: { resources: [resources[5]] } });
    const levels = file("levels.json", { all: "disabled", "kms-rotation": "mandatory" });
    const args = [sealed, "--config", levels, "--waivers", waivers];
    assert.equal(call(...args).code, 0);
    assert.equal(call(...args, "--unknown-policy", "mandatory").code, 1);
  });

  it("judges by what the baselines ask for, and counts their controls", () => {
    const { report } = audited("baselines", "--baseline", "hipaa,cis-l1");
    assert.deepEqual(report.baselines, ["hipaa", "cis-l1"]);
    const names = report.frameworks.map(({ universe }) => universe);
    assert.deepEqual(names, ["hipaa", "cis-aws-l1", "cis-gcp-l1"]);
    for (const { shown, observable, total, controls, reviewed } of report.frameworks) {
      assert.ok(shown > 0 && shown <= observable && observable < total);
      assert.equal(controls.length, total);
      assert.equal(reviewed, false);
    }
    assert.ok(report.rows.every(({ level }) => level !== "disabled"));
  });

  it("names every resource, with a rule or without", () => {
    assert.deepEqual(
      audited("population").report.resources.map(({ urn }) => urn),
      resources.map(({ urn }) => urn).sort(),
    );
  });

  it("has a checksum of every file in its manifest", () => {
    const { files, read } = audited("manifest");
    const manifest = JSON.parse(read("manifest.json")) as { files: readonly { name: string; sha256: string }[] };
    assert.deepEqual([...manifest.files.map(({ name }) => name), "manifest.json"].sort(), [...files.keys()].sort());
    for (const { name, sha256 } of manifest.files)
      assert.equal(createHash("sha256").update(read(name)).digest("hex"), sha256, name);
  });

  it("shows no value of any property", () => {
    const planted = resources.map((one) => ({
      ...one,
      inputs: { ...one.inputs, description: "canary-1", nested: { list: ["canary-2"] } },
      outputs: { address: "canary-3" },
    }));
    const path = file("planted.json", { version: 3, deployment: { resources: planted } });
    const { out } = call(path, "--waivers", waivers, "--out", join(folder, "planted"));
    const written = readdirSync(join(folder, "planted")).map((one) =>
      readFileSync(join(folder, "planted", one), "utf8"),
    );
    for (const text of [out, ...written]) assert.doesNotMatch(text, /canary/);
  });

  describe("in SARIF", () => {
    const validate = new Ajv({ strict: false, formats: { uri: true } }).compile(sarifSchema);
    interface Result {
      readonly kind: string;
      readonly level: string;
      readonly suppressions?: readonly { readonly justification: string }[];
      readonly properties: { readonly status: string };
      readonly locations: readonly [
        { readonly physicalLocation: { readonly artifactLocation: { readonly uri: string }; readonly region: object } },
      ];
    }
    const results = (text: string) => {
      const sarif = JSON.parse(text) as { runs: readonly [{ results: readonly Result[] }] };
      assert.ok(validate(sarif), JSON.stringify(validate.errors?.slice(0, 3)));
      return sarif.runs[0].results;
    };

    it("keeps passes, unknowns and suppressed failures in the full form", () => {
      const all = results(audited("full").read("full.sarif"));
      const kinds = new Map(all.map((one) => [one.properties.status, one]));
      assert.equal(kinds.get("pass")?.kind, "pass");
      assert.equal(kinds.get("unknown")?.kind, "open");
      assert.equal(kinds.get("not-applicable")?.kind, "notApplicable");
      assert.equal(kinds.get("waived")?.kind, "fail");
      assert.match(
        kinds.get("waived")?.suppressions?.[0]?.justification ?? "",
        /DB-7, data@example\.com, until 2026-12-31/,
      );
    });

    it("uploads open failures alone", () => {
      const { report, read } = audited("upload");
      const all = results(read("upload.sarif"));
      assert.ok(all.length > 0);
      assert.equal(all.length, report.counts.fail);
      assert.ok(all.every(({ kind, suppressions }) => kind === "fail" && !suppressions));
    });

    it("keeps within what code scanning takes", () => {
      const { report } = audited("few");
      const [row] = report.rows;
      assert.equal(row?.status, "fail");
      const rows = Array.from({ length: 6000 }, (_, index) => ({ ...row, urn: `${row.urn}-${index}` }));
      const text = JSON.stringify(uploadSarif({ ...report, rows }, { positions: new Map(), program: "index.ts" }));
      assert.equal(results(text).length, 5000);
      const { runs } = JSON.parse(text) as {
        runs: readonly [{ tool: { driver: { rules: readonly { properties: { tags: readonly string[] } }[] } } }];
      };
      assert.ok(runs[0].tool.driver.rules.every(({ properties }) => properties.tags.length <= 10));
    });

    it("points into the program where the stack tells it, and never out of it", () => {
      const all = results(audited("places").read("full.sarif"));
      const places = new Set(all.map(({ locations }) => JSON.stringify(locations[0].physicalLocation)));
      assert.ok(places.has('{"artifactLocation":{"uri":"app/data.ts"},"region":{"startLine":12,"startColumn":3}}'));
      assert.ok(places.has('{"artifactLocation":{"uri":"Pulumi.yaml"},"region":{"startLine":1}}'));
      assert.ok(![...places].some((one) => /someone|\.\./.test(one)));
    });
  });

  it("starts no formula in a spreadsheet", () => {
    const { read } = audited("csv", "--baseline", "soc2");
    for (const name of ["results.csv", "controls.csv"]) {
      const text = read(name);
      assert.doesNotMatch(text, /(^|,|\n)"[=+\-@\t\r]/);
      assert.ok(text.endsWith("\r\n"));
    }
  });

  it("puts no name into the page as markup, and loads nothing", () => {
    const html = audited("html", "--baseline", "soc2").read("report.html");
    assert.match(html, /&lt;img src=x onerror=alert\(1\)&gt;/);
    assert.doesNotMatch(html, /<img|<script|<link|src=["']|url\(|@import/);
    assert.match(html, /default-src 'none'/);
    for (const section of ["Coverage by framework", "Findings", "Unknown", "Waivers", "Resources", "Controls"])
      assert.match(html, new RegExp(`<h2>${section}</h2>`));
    assert.match(html, /evidence for \d+ of \d+ observable controls, of 61/);
  });

  it("ends with 1 over an expired waiver, and warns of an unused one", () => {
    const clean = file("one.json", { version: 3, deployment: { resources: [resources[0]] } });
    const late = file("late.yaml", { waivers: [{ ...waiver, expires: "2026-11-20" }] });
    const { code, out } = call(clean, "--waivers", late);
    assert.equal(code, 1);
    assert.match(out, /error The waiver of encryption-database-at-rest .* ended on 2026-11-20/);
    const unused = call(clean, "--waivers", waivers);
    assert.equal(unused.code, 0);
    assert.match(unused.out, /warning .* meets no finding/);
  });

  it("colours only where it is told to", () => {
    assert.equal(call(state).out.includes("\u001b"), false);
  });

  describe("refuses, naming file and remedy,", () => {
    const refused = (args: readonly string[], message: RegExp) => {
      const { code, error, out } = call(...args);
      assert.deepEqual([code, out], [2, ""]);
      assert.match(error, message);
    };
    it("a file that isn't there, isn't JSON or isn't a stack", () => {
      refused([join(folder, "missing.json")], /missing\.json: there is no such file/);
      refused(
        [file("bad.json", "{ canary")],
        /bad\.json: This is no JSON \(at .*\)\. Write it with `pulumi stack export/,
      );
      assert.doesNotMatch(call(join(folder, "bad.json")).error, /canary/);
      refused([file("other.json", { a: 1 })], /other\.json: This is no stack: the JSON of `pulumi stack export`/);
      refused([file("old.json", { version: 1, deployment: {} })], /old\.json: .* this one is of version 1/);
    });
    it("an argument that it doesn't know, or a value", () => {
      refused([], /A file or a command is missing/);
      refused([state, "--basline", "hipaa"], /--basline/);
      refused([state, "more.json"], /one argument too many/);
      refused([state, "--baseline", "hippa"], /There is no baseline "hippa"; there are/);
      refused([state, "--at", "tomorrow"], /--at: "tomorrow" is no date/);
      refused([state, "--environment", "production"], /none of dev, staging, prod/);
    });
    it("waivers with a mistake", () => {
      refused(
        [state, "--waivers", file("w.yaml", { waivers: [{ ...waiver, ticket: undefined }] })],
        /w\.yaml.*\n.*ticket/,
      );
    });
  });

  describe("beside the audit", () => {
    it("explains a rule by either spelling, and names those near a wrong one", () => {
      const { code, out } = call("explain", "kms/rotation");
      assert.equal(code, 0);
      assert.match(out, /kms-rotation: .*\n.*severity +high/);
      assert.match(out, /NIST SP 800-53 Rev\. 5: .*SC-12/);
      assert.match(out, /at level "remediate" on aws:kms\/key:Key/);
      assert.match(call("explain", "kms-rotations").error, /no rule "kms-rotations"\. Near it: .*kms-rotation/);
    });
    it("lists the controls of a baseline, whoever shows them", () => {
      const { out } = call("coverage", "hipaa");
      assert.match(out, /\d+ of \d+ observable, of 63/);
      assert.match(out, /164\.310\(a\)\(1\) +inherited/);
      assert.match(call("coverage").out, /FedRAMP High[\s\S]*CIS Benchmarks, Level 2/);
    });
    it("lists waivers with the days that they have left", () => {
      assert.match(call("waivers", waivers).out, /2026-12-31 {2}40 days left {2}encryption-database-at-rest/);
      assert.equal(call("waivers", waivers, "--at", "2027-01-05").code, 1);
    });
    it("combines baselines into one configuration file", () => {
      const config = JSON.parse(call("config", "dev", "hipaa").out) as Record<string, unknown>;
      assert.equal(config["kms-rotation"], "mandatory");
      assert.match(call("config", "gdpr", "dod-il5").error, /allow nothing in common/);
    });
    it("tells its words", () => {
      assert.match(call("--help").out, /Exit codes/);
    });
  });
});
