import assert from "node:assert/strict";
import { evaluate } from "../evaluate";
import { fixtures } from "../fixtures";
import { changed, resources } from "../fixtures/fixture";
import { evaluateState } from "./offline";

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
    for (const { cloud, made, breaks } of fixtures)
      for (const change of [undefined, ...breaks]) {
        const recorded = resources(cloud, change ? changed(made, change) : made);
        const kept = recorded.map(({ secretInputs, inputs, ...rest }) => {
          const marked = Object.entries(inputs).map(([key, value]) =>
            secretInputs?.includes(key) ? [key, { ...secretMark, plaintext: JSON.stringify(value) }] : [key, value],
          );
          return { ...rest, inputs: Object.fromEntries(marked) as object };
        });
        assert.deepEqual(evaluateState({ version: 3, deployment: { resources: kept } }), evaluate(recorded));
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
    assert.throws(() => evaluateState("x"), /no exported stack/);
  });
});
