// The rules know types and properties by name only; the installed SDKs say whether the names still stand.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fixtures } from "./fixtures";
import { type Case, inCase, typeOf } from "./fixtures/fixture";
import grantTypes from "./gcp-grants.json";
import type { Platform } from "./rule";
import { rules } from "./rules";
import { taggableTypes } from "./tags";
import { canonical, cloudOf } from "./tokens";

const packages: Readonly<Record<Platform, string>> = {
  aws: "aws",
  azure: "azure-native",
  gcp: "gcp",
  kubernetes: "kubernetes",
};
/** Custom resources, and charts, have no typings of the common form. */
const custom =
  /^pulumi:|^kubernetes:(gateway\.networking\.k8s\.io|(?!helm\.sh)(?![a-z.]*k8s\.io)[a-z.-]+\.[a-z]+)\/|helm\.sh\/v\d:Chart$/;
// A package's own manifest is no export of it; its folder is beside the other one's.
const root = join(dirname(require.resolve("@pulumi/pulumi/package.json")), "..");

/** Files of a module by lower-case name: `VPNTunnel` lives in vpntunnel.js, `IAMAuditConfig` in iamauditConfig.js. */
const listings = new Map<string, ReadonlyMap<string, string>>();
function sourceOf(cloud: Platform, type: string, ending: ".js" | ".d.ts"): string | undefined {
  const [, module = "", rest = "", name = ""] = /^[^:]+:([^/:]+)([^:]*):(.+)$/.exec(type) ?? [];
  // kubernetes:networking.k8s.io/v1:Ingress is in networking/v1.
  const place = cloud === "kubernetes" ? `${module.split(".")[0] ?? ""}${rest}` : module;
  const folder = join(root, packages[cloud], place);
  if (!existsSync(folder)) return undefined;
  const files = listings.get(folder) ?? new Map(readdirSync(folder).map((file) => [file.toLowerCase(), file]));
  listings.set(folder, files);
  // A class called Index can't have index.js, which is its module's.
  const file = files.get(`${name === "Index" ? "index_" : name}${ending}`.toLowerCase());
  return file ? readFileSync(join(folder, file), "utf8") : undefined;
}

describe("the SDKs", () => {
  it("have every type that a rule names", () => {
    const missing = rules
      .filter(({ id }) => !id.startsWith("tagging-"))
      .flatMap(({ id, parts }) => parts.flatMap(({ cloud, types }) => types.map((type) => ({ id, cloud, type }))))
      .filter(({ type }) => !custom.test(type) && !/^pulumi:providers:|:\*$/.test(type))
      .filter(({ cloud, type }) => !sourceOf(cloud, type, ".js")?.includes(`__pulumiType = '${type}'`));
    assert.deepEqual(missing, []);
  });

  it("have every property that a fixture sets, so that no rule looks for one that isn't there", () => {
    const seen = new Set<string>();
    const lists = fixtures.flatMap(({ rule, cloud, made, breaks, wrong, near, silent }) => {
      const cases: readonly Case[] = [...breaks, ...near, ...silent];
      return [made, ...wrong, ...cases.map((one) => inCase(made, one))].map((list) => ({ rule, cloud, list }));
    });
    const missing = lists.flatMap(({ rule, cloud, list }) =>
      list.flatMap(([short, inputs]) => {
        const type = canonical(typeOf(cloud, short));
        if (custom.test(type)) return [];
        return Object.keys(inputs).flatMap((property) => {
          if (seen.has(`${type} ${property}`)) return [];
          seen.add(`${type} ${property}`);
          const typings = sourceOf(cloudOf(type) ?? cloud, type, ".d.ts") ?? "";
          const args = typings.slice(typings.indexOf("Args {"));
          return new RegExp(`\\n    ${property}\\??: `).test(args) ? [] : [`${rule}: ${type} ${property}`];
        });
      }),
    );
    assert.deepEqual(missing, []);
  });

  it("agree with the table of Google Cloud's grants", () => {
    const folder = join(root, packages.gcp);
    const found = readdirSync(folder, { withFileTypes: true })
      .filter((one) => one.isDirectory())
      .flatMap(({ name }) =>
        readdirSync(join(folder, name))
          .filter((file) => /^(?!get).*iam(member|binding|policy)\.js$/i.test(file))
          .map((file) => `${name}.${file.replace(".js", "")}`.toLowerCase()),
      );
    const table = Object.entries(grantTypes).flatMap(([module, names]) =>
      names.split(" ").map((name) => `${module}.${name}`.toLowerCase()),
    );
    assert.deepEqual(table.sort(), found.sort());
  });

  it("agree with the table of what takes tags", () => {
    const wrong = Object.values(taggableTypes)
      .flat()
      .filter((type) => {
        const cloud = cloudOf(type) as Platform;
        const typings = sourceOf(cloud, type, ".d.ts") ?? "";
        return (
          !/\n {4}(tags|labels|userLabels|resourceLabels|settings)\?: pulumi\.Input</.test(typings) &&
          !/settings\?:/.test(typings)
        );
      });
    assert.deepEqual(wrong, []);
  });
});
