import assert from "node:assert/strict";
import { evaluate } from "../evaluate";
import { fixtures } from "../fixtures";
import { changed, resources } from "../fixtures/fixture";
import { evaluateState, readStack } from "./offline";

const secretMark = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
const type = "aws:rds/instance:Instance";
const urn = `urn:pulumi:prod::trifold::${type}::db`;
const exported = (inputs: object, more = {}) => ({
  version: 3,
  deployment: { resources: [{ urn, type, inputs, ...more }] },
});
const verdict = (file: unknown, rule: string) => evaluateState(file).find((one) => one.rule === rule)?.status;

describe("the offline evaluator", () => {
  it("judges an exported stack as it judges what a program registers", () => {
    for (const { cloud, made, breaks, settings } of fixtures)
      for (const change of [undefined, ...breaks]) {
        const recorded = resources(cloud, change ? changed(made, change) : made);
        // a state keeps a provider as a resource of its own
        const kept: readonly object[] = recorded.flatMap(
          ({ secretInputs, inputs, providerInputs, ...rest }, index): object[] => {
            const marked = Object.entries(inputs).map(([key, value]) =>
              secretInputs?.includes(key) ? [key, { ...secretMark, plaintext: JSON.stringify(value) }] : [key, value],
            );
            const state = { ...rest, inputs: Object.fromEntries(marked) as object };
            if (!providerInputs) return [state];
            const type = `pulumi:providers:${rest.type.split(":")[0]}`;
            const provider = { type, urn: `urn:pulumi:test::trifold::${type}::p${index}`, inputs: providerInputs };
            return [{ ...state, provider: `${provider.urn}::some-id` }, provider];
          },
        );
        const urns = recorded.map(({ urn }) => urn);
        const found = evaluateState({ version: 3, deployment: { resources: kept } }, { settings });
        assert.deepEqual(
          found.filter((one) => urns.includes(one.urn)),
          evaluate(recorded, { settings }),
        );
      }
  });

  it("reads the stack file of a file backend as well", () => {
    const { deployment } = exported({ storageEncrypted: false });
    const file = { version: 3, checkpoint: { stack: "prod", latest: deployment } };
    assert.equal(verdict(file, "encryption-database-at-rest"), "fail");
  });

  it("tells a secret from a literal, with ciphertext alone", () => {
    const rule = "secrets-database-managed-password";
    assert.equal(verdict(exported({ password: { ...secretMark, ciphertext: "v1:x:y" } }), rule), "pass");
    assert.equal(verdict(exported({ password: { ...secretMark, plaintext: '"p"' } }), rule), "pass");
    assert.equal(verdict(exported({ password: "p" }), rule), "fail");
  });

  it("leaves out what has been replaced and waits for its deletion", () => {
    assert.deepEqual(evaluateState(exported({ storageEncrypted: false }, { delete: true })), []);
  });

  it("refuses what is no deployment of version 3, by its version", () => {
    assert.throws(() => evaluateState({ version: 2, deployment: {} }), /version 2/);
    assert.throws(() => evaluateState({}), /no stack: the JSON of `pulumi stack export`/);
    assert.throws(() => evaluateState("x"), /no stack/);
  });

  it("counts the secrets that only ciphertext is left of", () => {
    const inputs = { password: { ...secretMark, ciphertext: "v1:x:y" }, other: { ...secretMark, plaintext: '"p"' } };
    assert.equal(readStack(exported(inputs)).sealed, 1);
  });

  it("knows a stack by its resources' names", () => {
    const { kind, stack, project } = readStack(exported({}));
    assert.deepEqual([kind, stack, project], ["stack export", "prod", "trifold"]);
  });
});

describe("a preview's JSON", () => {
  const unknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
  const step = (op: string, inputs: object, name = "db") => ({
    op,
    urn: urn.replace("::db", `::${name}`),
    newState: { urn: urn.replace("::db", `::${name}`), type, inputs },
  });
  const previewed = (...steps: readonly object[]) => ({ config: { "trifold:environment": "dev" }, steps });

  it("is judged by what would be there afterwards", () => {
    const file = previewed(step("update", { storageEncrypted: false }), { op: "delete", urn, oldState: {} });
    assert.equal(verdict(file, "encryption-database-at-rest"), "fail");
    assert.equal(readStack(file).kind, "preview");
    const gone = previewed({ ...step("delete", {}), op: "delete" }, step("delete-replaced", {}, "other"));
    assert.deepEqual(readStack(gone).resources, []);
  });

  it("leaves open what isn't known yet, and takes a blinded secret for one", () => {
    assert.equal(
      verdict(previewed(step("create", { storageEncrypted: unknownText })), "encryption-database-at-rest"),
      "unknown",
    );
    const file = previewed(step("create", { password: "[secret]" }));
    assert.equal(verdict(file, "secrets-database-managed-password"), "pass");
    assert.equal(readStack(file).sealed, 1);
    assert.equal(readStack(file).config["trifold:environment"], "dev");
  });

  it("may hold nothing", () => {
    assert.deepEqual(readStack({ config: {}, changeSummary: { same: 3 } }).resources, []);
  });
});
