import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import fc from "fast-check";
import {
  deserializeState,
  deserializeValue,
  encrypting,
  type Json,
  serializeProperties,
  serializeState,
  serializeValue,
} from "./checkpoint";
import { newState } from "./resource";
import { Crypter } from "./secrets";
import { Asset, equal, ResourceReference, Secret, UNKNOWN, type Value } from "./values";

const crypter = new Crypter(randomBytes(32));
const through = (value: Value): Value =>
  deserializeValue(JSON.parse(JSON.stringify(serializeValue(value, encrypting(crypter)))) as Json, crypter);

const { value: values } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constant(null),
    fc.boolean(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => (Object.is(n, -0) ? 0 : n)),
    fc.string(),
    fc.constant(UNKNOWN),
    fc.constant(new Asset({ text: "body" }, "abc")),
    fc.constant(new ResourceReference("urn:pulumi:s::p::a:b:C::n", "id-1", "")),
    fc.array(tie("value")),
    fc.dictionary(fc.string({ minLength: 1 }), tie("value")),
    tie("value")
      .filter((v) => !(v instanceof Secret))
      .map((v) => new Secret(v)),
  ),
}));

describe("a checkpoint", () => {
  it("gives back every value that it was given", () => {
    fc.assert(fc.property(values, (value) => equal(through(value), value)));
  });

  it("holds a secret only as ciphertext, and what is inside it too", () => {
    const secret = new Secret({ user: "u", password: new Secret("hunter2") });
    const text = JSON.stringify(serializeProperties({ secret }, encrypting(crypter)));
    assert.ok(!text.includes("hunter2") && !text.includes("user"));
    assert.ok(equal(through(secret), secret));
  });

  it("writes and reads a secret inside a secret as the CLI does: its clear text under `ciphertext`", () => {
    const mark = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
    const inner = { key: { ...mark, ciphertext: '"k"' } };
    const value = new Secret({ key: new Secret("k") });
    const written = serializeValue(value, encrypting(crypter)) as { ciphertext: string };
    assert.deepEqual(JSON.parse(crypter.decrypt(written.ciphertext)), inner);
    const theirs = { ...mark, ciphertext: crypter.encrypt(JSON.stringify(inner)) };
    assert.ok(equal(deserializeValue(theirs, crypter), value));
    const older = { ...mark, ciphertext: crypter.encrypt(JSON.stringify({ key: { ...mark, plaintext: '"k"' } })) };
    assert.ok(equal(deserializeValue(older, crypter), value));
  });

  it("writes a resource's fields in Pulumi's order, leaves out what is empty, and reads them back", () => {
    const state = newState({
      urn: "urn:pulumi:dev::p::a:b:C::n",
      type: "a:b:C",
      id: "i",
      inputs: { b: 1, a: "x" },
      outputs: {},
      protect: true,
      dependencies: ["urn:pulumi:dev::p::a:b:C::m"],
      propertyDependencies: { a: [] },
      customTimeouts: { create: 60 },
      created: "2026-01-01T00:00:00Z",
      sourcePosition: "project:///index.ts#1,2",
    });
    const secret = encrypting(crypter);
    const json = serializeState(state, {
      inputs: serializeProperties(state.inputs, secret),
      outputs: serializeProperties(state.outputs, secret),
      replacementTrigger: null,
    });
    assert.deepEqual(Object.keys(json), [
      "urn",
      "custom",
      "id",
      "type",
      "inputs",
      "protect",
      "dependencies",
      "propertyDependencies",
      "customTimeouts",
      "created",
      "sourcePosition",
    ]);
    assert.deepEqual(deserializeState(json, crypter), state);
  });

  it("names the feature of a newer CLI that it would lose", () => {
    const json = {
      urn: "urn:pulumi:dev::p::a:b:C::n",
      type: "a:b:C",
      custom: true,
      viewOf: "urn:pulumi:dev::p::a:b:C::m",
    };
    assert.throws(() => deserializeState(json, undefined), /resource views are not supported by the built-in engine/);
  });
});
