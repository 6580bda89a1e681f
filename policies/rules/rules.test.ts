// Every rule on every cloud: passes on what is right, fails with that one property broken, is open where a value isn't
// known, and is silent on everything else (POL-05, POL-07).
import assert from "node:assert/strict";
import { message } from "../adapters/messages";
import { catalogue } from "../catalogue";
import { evaluate, type Finding } from "../evaluate";
import { fixtures } from "../fixtures";
import { type Case, changed, type Fixture, inCase, type Made, resources } from "../fixtures/fixture";
import { UNKNOWN } from "../read";
import { type Props, platforms, type Status } from "../rule";
import { anyOf, canonical, token } from "../tokens";
import { rules } from ".";

const byId = (id: string) => rules.filter((rule) => rule.id === id);
const judged = (fixture: Fixture, made: readonly Made[], environment = "prod"): readonly Finding[] => {
  const all = resources(fixture.cloud, made);
  const { settings } = fixture;
  return evaluate(all, { rules: byId(fixture.rule), environment, settings }).filter(({ urn }) => urn === all[0]?.urn);
};
const statuses = (findings: readonly Finding[]): readonly Status[] => findings.map(({ status }) => status);
const told = (one: Case, index: number) =>
  typeof one[0] === "string" ? `${one[0]} = ${JSON.stringify(one[1])}` : `other resources (${index})`;
const show = (findings: readonly Finding[]) =>
  findings.map(({ status, path, expected }) => `${status} ${path}: ${expected}`).join("\n");

describe("the rules", () => {
  for (const fixture of fixtures) {
    const { rule, cloud, made, breaks, open, needs, near, silent, wrong, lenient } = fixture;
    const subject = made[0]?.[0] ?? "";
    const name = `${rule} on ${cloud} ${subject}`;
    it(`${name} passes on what is right`, () => {
      const findings = judged(fixture, made);
      assert.ok(statuses(findings).includes("pass"), show(findings));
      assert.ok(!statuses(findings).some((one) => one === "fail" || one === "unknown"), show(findings));
    });
    for (const change of breaks)
      it(`${name} fails with ${change[0] || "the rule"} = ${JSON.stringify(change[1])}`, () => {
        const findings = judged(fixture, changed(made, change));
        assert.ok(statuses(findings).includes("fail"), show(findings));
      });
    for (const index of needs)
      it(`${name} fails without its ${made[index]?.[0] ?? "companion"}`, () => {
        const findings = judged(
          fixture,
          made.filter((_, position) => position !== index),
        );
        assert.ok(statuses(findings).includes("fail"), show(findings));
      });
    for (const [index, list] of wrong.entries())
      it(`${name} fails on other resources (${index})`, () => {
        const findings = judged(fixture, list);
        assert.ok(statuses(findings).includes("fail"), show(findings));
      });
    for (const [index, one] of near.entries())
      it(`${name} still passes with ${told(one, index)}`, () => {
        const findings = judged(fixture, inCase(made, one));
        assert.ok(statuses(findings).includes("pass"), show(findings));
        assert.ok(!statuses(findings).some((status) => status === "fail" || status === "unknown"), show(findings));
      });
    for (const [index, one] of silent.entries())
      it(`${name} doesn't apply with ${told(one, index)}`, () => {
        const findings = judged(fixture, inCase(made, one));
        assert.ok(
          findings.every(({ status }) => status === "not-applicable"),
          show(findings),
        );
      });
    for (const change of lenient)
      it(`${name} lets dev off with ${change[0] || "the rule"} = ${JSON.stringify(change[1])}`, () => {
        assert.ok(statuses(judged(fixture, changed(made, change))).includes("fail"));
        assert.ok(!statuses(judged(fixture, changed(made, change), "dev")).includes("fail"));
      });
    for (const path of open)
      it(`${name} is open while ${path} isn't known`, () => {
        const findings = judged(fixture, changed(made, [path, UNKNOWN]));
        assert.ok(statuses(findings).includes("unknown"), show(findings));
        assert.ok(!statuses(findings).includes("fail"), show(findings));
      });
  }

  it("have a fixture for every cloud that they speak of", () => {
    const wanted = rules.flatMap(({ id, parts }) => [...new Set(parts.map(({ cloud }) => `${id} ${cloud}`))]);
    const had = new Set(fixtures.map(({ rule, cloud }) => `${rule} ${cloud}`));
    // Its whole statement is that the resource must not exist: there is nothing right to show (tested below).
    const absent = ["network-no-default-vpc aws", "identity-attach-to-roles-not-users gcp"];
    assert.deepEqual(
      [...new Set(wanted)].filter((one) => !had.has(one) && !absent.includes(one)),
      [],
    );
  });

  it("refuse AWS's default network outright", () => {
    const made = resources("aws", [["ec2.DefaultVpc", {}]]);
    const [finding] = evaluate(made, { rules: byId("network-no-default-vpc") });
    assert.equal(finding?.status, "fail");
  });

  it("refuse Google's long-lived keys outright", () => {
    const made = resources("gcp", [["serviceaccount.Key", { serviceAccountId: "a" }]]);
    const [finding] = evaluate(made, { rules: byId("identity-attach-to-roles-not-users") });
    assert.equal(finding?.status, "fail");
  });

  it("are silent on types that they don't name", () => {
    for (const fixture of fixtures)
      for (const rule of rules) {
        const types = new Set(rule.parts.flatMap((part) => part.types));
        const strangers = resources(fixture.cloud, fixture.made).filter(
          ({ type }) => !types.has(canonical(type)) && !types.has(anyOf(type)),
        );
        assert.deepEqual(evaluate(strangers, { rules: [rule] }), []);
      }
  });

  it("never put a property's value into a finding or a message", () => {
    const canary = "canary-4711";
    const planted = (value: unknown): unknown => {
      if (typeof value === "string") return canary;
      if (Array.isArray(value)) return value.map(planted);
      if (typeof value !== "object" || value === null) return value;
      return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, planted(held)]));
    };
    /** Every text at once, and one after the other beside the true ones. */
    const salted = (made: readonly Made[]): readonly (readonly Made[])[] => [
      made.map(([type, inputs, extra = {}]): Made => [type, planted(inputs) as Props, extra]),
      ...made.flatMap(([, inputs], index) =>
        Object.keys(inputs).map((key) => changed(made, [`${index}:${key.replaceAll(".", "~")}`, planted(inputs[key])])),
      ),
    ];
    for (const fixture of fixtures) {
      const broken = fixture.breaks.map((change) => changed(fixture.made, change));
      for (const made of [fixture.made, ...broken, ...fixture.wrong].flatMap(salted)) {
        const findings = judged(fixture, made);
        assert.doesNotMatch(JSON.stringify(findings), /canary/, fixture.rule);
        for (const finding of findings) assert.doesNotMatch(message(finding), /canary/, fixture.rule);
      }
    }
  });

  it("never throw, whatever a property holds", () => {
    const paths = (value: unknown): readonly string[] =>
      typeof value === "object" && value !== null
        ? Object.entries(value).flatMap(([key, held]) => {
            const step = key.replaceAll(".", "~");
            return [step, ...paths(held).map((rest) => `${step}.${rest}`)];
          })
        : [];
    for (const fixture of fixtures)
      for (const made of [fixture.made, ...fixture.wrong])
        for (const [index, [, inputs]] of made.entries())
          for (const path of paths(inputs))
            for (const odd of [UNKNOWN, null, {}, [], "x", 0])
              assert.doesNotThrow(
                () => judged(fixture, changed(made, [`${index}:${path}`, odd])),
                `${fixture.rule} ${path}`,
              );
  });

  it("judge an aliased type as the type itself", () => {
    const named = (type: string) => [{ type, name: "x", urn: "urn:pulumi:a::b::c::x", inputs: {} }];
    const failed = (type: string) => statuses(evaluate(named(type))).filter((one) => one === "fail").length;
    for (const [alias, type] of [
      ["aws:s3/bucketV2:BucketV2", token("aws", "s3.Bucket")],
      ["azure-native:storage/v20240101:StorageAccount", token("azure", "storage.StorageAccount")],
    ] as const) {
      assert.equal(canonical(alias), type);
      assert.ok(failed(type) > 0);
      assert.equal(failed(alias), failed(type));
    }
    assert.equal(canonical("aws:alb/loadBalancer:LoadBalancer"), token("aws", "lb.LoadBalancer"));
  });

  it("each have an entry in the catalogue, with a remedy for each of their clouds", () => {
    for (const { id, parts } of rules)
      for (const cloud of platforms)
        if (parts.some((part) => part.cloud === cloud))
          assert.ok(catalogue.get(id)?.remedy[cloud], `${id} on ${cloud}`);
    assert.deepEqual(
      [...catalogue.keys()].filter((id) => byId(id).length === 0),
      [],
    );
  });
});
