import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { checkName, physicalName } from ".";
import type { NamingRule } from "./rule";

const tables = readdirSync(__dirname)
  .filter((file) => /^(aws|azure|gcp)\.ts$/.test(file))
  .flatMap((file) =>
    Object.values(require(join(__dirname, file)) as Record<string, Record<string, NamingRule>>).flatMap((table) =>
      Object.entries(table).filter(([, rule]) => typeof rule.alphabet === "string"),
    ),
  );

const bucket: NamingRule = { min: 3, max: 63, alphabet: "a-z0-9-", first: "a-z", scope: "global", source: "s3" };
const account: NamingRule = { min: 3, max: 24, alphabet: "a-z0-9", separator: "", scope: "global", source: "storage" };
const plain: NamingRule = { max: 20, alphabet: "a-z0-9-", first: "a-z", scope: "region", source: "plain" };
const rules: readonly (readonly [string, NamingRule])[] = [
  ["bucket", bucket],
  ["account", account],
  ["plain", plain],
  ["path", { max: 40, alphabet: "a-zA-Z0-9_/.-", separator: "/", scope: "region", source: "path" }],
  ["shout", { max: 12, alphabet: "A-Z0-9_", separator: "_", first: "A-Z", scope: "parent", source: "shout" }],
  ...tables,
];

const part = fc.stringMatching(/^[a-z][a-z0-9]{0,11}(-[a-z0-9]{1,8}){0,2}$/);
const parts = fc.array(part, { minLength: 1, maxLength: 5 });
const key = fc.stringMatching(/^[0-9a-z-]{6,36}$/);
const prefixed = (rule: NamingRule, list: readonly string[]) =>
  new RegExp(`^[${rule.first ?? rule.alphabet}]$`).test("/") ? ["/x", ...list] : list;

describe("physicalName", () => {
  for (const [type, rule] of rules)
    it(`makes a valid name of ${type} from any parts, the same every time`, () => {
      fc.assert(
        fc.property(parts, key, (list, unique) => {
          const name = physicalName(rule, prefixed(rule, list), unique);
          assert.equal(checkName(rule, name, type), name);
          assert.equal(physicalName(rule, prefixed(rule, list), unique), name);
        }),
        { numRuns: 50 },
      );
    });

  it("keeps what fits as it is", () => {
    assert.equal(physicalName(plain, ["goodies-prod", "app"]), "goodies-prod-app");
  });

  it("gives different parts different names however much is cut", () => {
    fc.assert(
      fc.property(fc.uniqueArray(part, { minLength: 2, maxLength: 8 }), (list) => {
        const names = list.map((last) => physicalName(plain, ["an-application-of-some-length", last]));
        assert.equal(new Set(names).size, list.length);
      }),
    );
  });

  it("gives two accounts different global names, and asks for the account", () => {
    assert.notEqual(physicalName(account, ["a", "b"], "1"), physicalName(account, ["a", "b"], "2"));
    assert.throws(() => physicalName(account, ["a", "b"]), /"a-b".*unique in the world.*storage/);
  });

  it("hashes what its alphabet can't spell one to one", () => {
    assert.notEqual(physicalName(plain, ["a+b"]), physicalName(plain, ["a*b"]));
  });

  it("refuses parts that can't begin a name, naming them and the rule", () => {
    assert.throws(() => physicalName(plain, ["3d", "x"]), /"3d-x".*begins with "3".*plain/);
  });
});

describe("checkName", () => {
  it("refuses a user's name instead of changing it", () => {
    assert.throws(() => checkName(plain, "Big", "database.user"), /database\.user is "Big": it has "B"/);
    assert.throws(() => checkName(plain, "", "name"), /0 characters, allowed are 1 to 20/);
    assert.throws(() => checkName(plain, "a-", "name"), /ends with "-"/);
  });
});
