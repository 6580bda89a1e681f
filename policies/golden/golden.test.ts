// Whole stacks: in the insecure ones every rule fires exactly where expected.json has it, in the secure ones none does.
import assert from "node:assert/strict";
import { evaluate } from "../evaluate";
import { resources } from "../fixtures/fixture";
import { platforms } from "../rule";
import { rules } from "../rules";
import expected from "./expected.json";
import { failures, insecure } from "./insecure";
import { secure } from "./secure";

/** Their platform can't do it wrong, or only what the pack's user forbids by name. */
const unbreakable = {
  aws: ["cluster-sla-tier", "kms-hsm-protection", "residency-allowed-services"],
  azure: ["residency-allowed-services", "secrets-store-cmk"],
  gcp: [
    ...["encryption-database-at-rest", "encryption-messaging-in-transit", "encryption-object-storage-tls-only"],
    ...["lb-multi-az", "network-legacy-basic-skus", "network-subnet-no-auto-public-ip", "residency-allowed-services"],
  ],
  kubernetes: [],
} as const;

describe("golden stacks", () => {
  for (const platform of platforms) {
    it(`let every rule fire where it should in an insecure one on ${platform}, and nothing else`, () => {
      const found = failures(insecure(platform));
      const told = Object.fromEntries(Object.entries(found).map(([rule, names]) => [rule, names.join(" ")]));
      assert.deepEqual(told, expected[platform], "changed on purpose? node --import=tsx policies/golden/write.ts");
    });

    it(`leave out no rule that ${platform} can break`, () => {
      const own = rules.filter(({ parts }) => parts.some(({ cloud }) => cloud === platform)).map(({ id }) => id);
      const silent = [...new Set(own)].filter((id) => !(id in expected[platform]));
      assert.deepEqual(silent.sort(), [...unbreakable[platform]]);
    });

    it(`let each rule fire on the resource that breaks it on ${platform}`, () => {
      const named: Readonly<Record<string, string>> = expected[platform];
      const missing = [...insecure(platform).subjects].filter(
        ([rule, name]) => !named[rule]?.split(" ").includes(name),
      );
      assert.deepEqual(missing, []);
    });

    it(`find nothing in a secure one on ${platform}`, () => {
      const findings = evaluate(resources(platform, secure[platform]), { environment: "prod" });
      const wrong = findings.filter(({ status }) => status === "fail" || status === "unknown");
      assert.deepEqual(
        wrong.map(({ rule, urn, path, expected: wanted }) => `${rule} ${urn.split("::").at(-1)} ${path}: ${wanted}`),
        [],
      );
      assert.ok(new Set(findings.filter(({ status }) => status === "pass").map(({ rule }) => rule)).size >= 20);
    });
  }
});
