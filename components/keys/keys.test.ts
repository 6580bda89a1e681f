import assert from "node:assert/strict";
import { build, inside, itKeepsTheContract } from "../../test/contract";
import { zones } from "../../test/sites";
import { clouds } from "../cloud";
import { Network } from "../network";
import { Keys, keyPurposes } from ".";

const token = "trifold:keys:Keys";
const keyTypes = /kms\/key:Key$|keyvault:Key$|kms\/cryptoKey:CryptoKey$/;

describe("keys", () => {
  itKeepsTheContract({
    token,
    builds: {
      defaults: () => undefined,
      "everything set": ({ site }) => {
        const keys = new Keys("more", {
          site,
          purposes: ["storage", "logs"],
          rotationDays: 90,
          deletionWindowDays: 14,
        });
        // A vault without a private endpoint is no complete build: the network makes it.
        new Network("more", { site, keys, cidr: "10.64.0.0/16", zones: zones[site.cloud] });
      },
    },
    findings: { "everything set": ["kms-deletion-window"] },
  });

  for (const cloud of clouds)
    it(`makes one key a purpose on ${cloud} (SEC-01), each protected in prod`, async () => {
      const recording = await build(cloud, () => undefined, false);
      const keys = inside(recording, token).filter((one) => keyTypes.test(one.type));
      assert.equal(keys.length, keyPurposes.length);
      for (const key of keys) assert.ok(key.protect, key.name);
    });

  it("refuses a rotation that no cloud has", async () => {
    await assert.rejects(
      build("gcp", ({ site }) => new Keys("more", { site, rotationDays: 0 }), true),
      /Keys "more": rotationDays is 0; use a whole number from 1 to 2560/,
    );
  });

  it("names the keys that there are when asked for one that isn't", async () => {
    await assert.rejects(
      build("aws", ({ site }) => new Keys("more", { site, purposes: ["logs"] }).for("storage"), true),
      /no "storage" key; these were made: logs/,
    );
  });
});
