import assert from "node:assert/strict";
import { newPassphrase, openPassphrase } from "./secrets";

// Written by Pulumi CLI 3.260.0 under the passphrase "x".
const salt = "v1:0VteUXEWb7Q=:v1:v2JfIxg9cpZ6vIyN:5eMwnf3gTxPBrrVVZ/E+lnga3sbzTg==";
const ciphertext = "v1:0jDOFm0Jkn/5yHCQ:7tBTjG29SC8dElcD3o7VdJgtwa62cs8cVA==";

describe("passphrase secrets", () => {
  it("open what the CLI has encrypted", async () => {
    const { crypter } = await openPassphrase("x", salt);
    assert.equal(crypter.decrypt(ciphertext), '"hunter2"');
  });

  it("open what they encrypt themselves, under a salt of their own", async () => {
    const made = await newPassphrase("correct horse");
    const again = await openPassphrase("correct horse", made.salt);
    const sealed = made.crypter.encrypt("ünïcode");
    assert.match(sealed, /^v1:[\w+/=]+:[\w+/=]+$/);
    assert.notEqual(sealed, made.crypter.encrypt("ünïcode"));
    assert.equal(again.crypter.decrypt(sealed), "ünïcode");
  });

  it("refuse another passphrase, and a text that was changed", async () => {
    await assert.rejects(openPassphrase("y", salt), /incorrect passphrase: set PULUMI_CONFIG_PASSPHRASE/);
    const { crypter } = await openPassphrase("x", salt);
    assert.throws(() => crypter.decrypt(`${ciphertext.slice(0, -4)}AAA=`));
    assert.throws(() => crypter.decrypt("v2:a:b"), /not a v1 ciphertext/);
  });
});
