import assert from "node:assert/strict";
import { evaluate } from "../evaluate";
import { rules } from "../rules";
import { applyWaivers } from "./apply";
import { breadth, matches } from "./pattern";
import { parseWaivers, type Waiver } from "./schema";

const today = "2026-11-21";
const type = "aws:rds/instance:Instance";
const urn = `urn:pulumi:prod::shop::platform:index:Site$${type}::orders-db`;
const good = {
  rule: "kms-rotation",
  urn: "urn:pulumi:prod::shop::*$aws:kms/key:Key::ledger*",
  reason: "The vendor rotates this key by hand each quarter.",
  owner: "security@example.com",
  ticket: "SEC-41",
  expires: "2027-01-31",
} satisfies Waiver;
const parsed = (...waivers: readonly object[]) => parseWaivers(JSON.stringify({ waivers }), "waivers.yaml", today);
const refused = (change: object, message: RegExp) => assert.throws(() => parsed({ ...good, ...change }), message);

describe("a waiver file", () => {
  it("is read from YAML and from JSON alike", () => {
    const lines = Object.entries(good).map(([key, value]) => `${key}: ${/[*:]/.test(value) ? `"${value}"` : value}`);
    const yaml = `waivers:\n  - ${lines.join("\n    ")}\n`;
    assert.deepEqual(parseWaivers(yaml, "waivers.yaml", today), parsed(good));
    assert.deepEqual(parseWaivers("", "waivers.yaml", today), []);
  });

  it("names rule, resource, reason, owner, ticket and end of every waiver", () => {
    for (const key of Object.keys(good))
      refused({ [key]: undefined }, new RegExp(`waivers.yaml: .*\n.*waivers\\[0\\]\\.${key}: `));
    refused({ expires: "soon" }, /write YYYY-MM-DD/);
    refused({ expires: "2026-02-31" }, /write YYYY-MM-DD/);
    refused({ reason: "legacy" }, /fewer than 20/);
    refused({ owner: "me" }, /an address or a team/);
    refused({ ticket: "later" }, /a link or a number/);
    refused({ until: "2027-01-01" }, /until/);
  });

  it("tells all mistakes at once", () => {
    refused({ owner: "me", ticket: "later", reason: "" }, /3 mistakes/);
  });

  it("names a rule that exists", () => {
    refused({ rule: "kms-rotations" }, /no rule "kms-rotations"/);
  });

  it("runs at most 180 days, and 90 for a critical rule", () => {
    refused({ expires: "2027-06-01" }, /192 days ahead; a waiver of a high rule runs 180 days at most/);
    assert.equal(parsed({ ...good, expires: "2027-05-20" }).length, 1);
    const critical = { rule: "encryption-database-at-rest", urn };
    refused({ ...critical, expires: "2027-03-01" }, /100 days ahead; a waiver of a critical rule runs 90 days at most/);
    assert.equal(parsed({ ...good, ...critical, expires: "2027-02-19" }).length, 1);
  });

  it("speaks of a few resources: type and project in full, stack and name in part at least", () => {
    for (const broad of [
      "*",
      "urn:pulumi:*::shop::aws:kms/key:Key::ledger",
      "urn:pulumi:prod::*::aws:kms/key:Key::ledger",
      "urn:pulumi:prod::shop::*::ledger",
      "urn:pulumi:prod::shop::aws:kms/*::ledger",
      "urn:pulumi:prod::shop::aws:kms/key:Key::*",
      "urn:pulumi:prod::shop::aws:kms/key:Key::*-a",
    ])
      refused({ urn: broad }, /too broad/);
    assert.equal(breadth(good.urn), undefined);
    assert.equal(breadth(urn), undefined);
  });

  it("says nothing twice", () => {
    assert.throws(() => parsed(good, { ...good, ticket: "SEC-42" }), /waivers\[1\]: says the same/);
  });
});

describe("a pattern", () => {
  it("stands for text within a part and for no part more", () => {
    assert.ok(matches("urn:pulumi:prod::shop::*$aws:rds/instance:Instance::orders-*", urn));
    assert.ok(!matches("urn:pulumi:prod::shop::*::orders-db", `${urn}::orders-db`));
    assert.ok(
      matches("urn:pulumi:prod::shop::*$aws:rds/instance:Instance::orders-db", urn.replace(/platform.*\$/, "")),
    );
    assert.ok(!matches("urn:pulumi:prod::shop::*$aws:rds/cluster:Cluster::orders-db", urn));
    assert.ok(!matches("urn:pulumi:p.od::shop::*$aws:rds/instance:Instance::orders-db", urn));
  });
});

describe("waivers against findings", () => {
  const resource = { type, urn, name: "orders-db", inputs: { storageEncrypted: false } };
  const rule = "encryption-database-at-rest";
  const own = rules.filter(({ id }) => id === rule);
  const findings = evaluate([resource], { rules: own });
  const waiver: Waiver = { ...good, rule, urn };
  const apply = (...waivers: readonly Waiver[]) => applyWaivers(findings, waivers, today, [urn]);

  it("make a failure waived, which is no pass", () => {
    const { outcomes, complaints } = apply(waiver);
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ["waived"],
    );
    assert.equal(outcomes[0]?.waiver?.ticket, "SEC-41");
    assert.deepEqual(complaints, []);
  });

  it("hold through their last day, and are an error from then on", () => {
    const ends = (expires: string) => apply({ ...waiver, expires });
    assert.equal(ends(today).outcomes[0]?.status, "waived");
    const late = ends("2026-11-20");
    assert.equal(late.outcomes[0]?.status, "fail");
    assert.deepEqual(
      late.complaints.map(({ kind }) => kind),
      ["expired"],
    );
  });

  it("are a warning where they meet nothing, in the stack that they speak of", () => {
    const { complaints } = apply({ ...waiver, rule: "kms-rotation" });
    assert.deepEqual(
      complaints.map(({ kind }) => kind),
      ["unused"],
    );
    assert.deepEqual(apply({ ...waiver, urn: urn.replace("prod", "dev") }).complaints, []);
  });

  it("wave no pass and no other rule through", () => {
    const passing = evaluate([{ ...resource, inputs: { storageEncrypted: true } }], { rules: own });
    assert.deepEqual(
      applyWaivers(passing, [waiver], today, [urn]).outcomes.map(({ status }) => status),
      ["pass"],
    );
  });
});
