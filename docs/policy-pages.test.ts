import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { fixtures } from "../policies/fixtures";
import { UNKNOWN } from "../policies/read";
import { rules } from "../policies/rules";
import { policyPages } from "./policy-pages";
import { literal, snippet } from "./policy-snippet";
import { platformNames, platformsOf } from "./policy-words";

describe("the pages of the policies", () => {
  const pages = new Map(Object.entries(policyPages).map(([path, make]) => [path, make()]));

  it("are there for every rule, with a program or at least a remedy for every cloud that it speaks of", () => {
    for (const { id } of rules) {
      const text = pages.get(`docs/policies/rules/${id}.md`) ?? assert.fail(`${id} has no page`);
      for (const platform of platformsOf(id)) {
        const [, section = ""] = text.split(`### ${platformNames[platform]}\n`);
        const own = section.split(/\n##/)[0] ?? "";
        // where the mere resource is the violation, no program shows what is right
        const hasProgram = fixtures.some((one) => one.rule === id && one.cloud === platform);
        assert.match(
          own,
          hasProgram ? /```typescript\nimport \* as \w+ from "@pulumi\// : /\n\n[A-Z].*\./,
          `${id} on ${platform}`,
        );
      }
    }
  });

  it("link to pages that are there", () => {
    for (const [path, text] of pages)
      for (const [, link = ""] of text.matchAll(/\]\(([^)#]+\.md)\)/g)) {
        const target = join(dirname(path), link);
        assert.ok(pages.has(target) || target === "policies/README.md", `${path}: ${link}`);
      }
  });

  it("count coverage against the whole, and say that nobody has reviewed the mapping", () => {
    for (const [path, text] of pages)
      if (/baselines\/(?!dev)/.test(path)) {
        assert.match(text, /\d+ of \d+ observable, of \d+ \(\d+ inherited, \d+ manual\)/, path);
        assert.match(text, /No compliance owner has reviewed it/, path);
      }
  });
});

describe("a snippet", () => {
  it("is a program in the SDK's words", () => {
    const made = [["s3.Bucket", { bucket: "one", tags: { "cost-centre": "1" } }, { protect: true }]] as const;
    assert.equal(
      snippet({ cloud: "aws", made }),
      [
        'import * as s3 from "@pulumi/aws/s3";',
        "",
        'new s3.Bucket("bucket", { bucket: "one", tags: { "cost-centre": "1" } }, { protect: true });',
      ].join("\n"),
    );
    assert.match(
      snippet({ cloud: "kubernetes", made: [["networking.NetworkPolicy", {}]] }),
      /import \* as networking from "@pulumi\/kubernetes\/networking\/v1";/,
    );
  });

  it("makes a custom resource of what the SDK has no class for", () => {
    const text = snippet({ cloud: "kubernetes", made: [["kubernetes:cert-manager.io/v1:Certificate", { spec: {} }]] });
    assert.match(
      text,
      /new apiextensions\.CustomResource\("[\w-]+", {\s+apiVersion: "cert-manager\.io\/v1",\s+kind: "Certificate"/,
    );
  });

  it("takes secrets from the configuration", () => {
    const made = [
      ["compute.VirtualMachine", { osProfile: { adminPassword: "p" } }, { secretInputs: ["osProfile"] }],
    ] as const;
    const text = snippet({ cloud: "azure", made });
    assert.match(text, /adminPassword: config\.requireSecret\("adminPassword"\)/);
    assert.match(text, /const config = new pulumi\.Config\(\);/);
  });

  it("breaks where a line gets long, and shows what isn't known yet", () => {
    const long = literal({ first: "x".repeat(60), second: ["y".repeat(60), UNKNOWN] }, 0);
    assert.equal(long, `{\n  first: "${"x".repeat(60)}",\n  second: ["${"y".repeat(60)}", known.after.up],\n}`);
  });
});
