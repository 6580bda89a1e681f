// The sentences of design.md, section 1, held by a test.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "..");
const files = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "*.ts", "*.mjs"], {
  cwd: root,
  encoding: "utf8",
})
  .split("\n")
  .filter(Boolean);
const isTest = (file: string) => file.endsWith(".test.ts");
const read = (file: string) => readFileSync(join(root, file), "utf8");
const production = files.filter((file) => !isTest(file) && !file.startsWith("test/"));
/** Specifiers of static imports, `import type` told apart. */
const imports = (file: string) =>
  [...read(file).matchAll(/^(?:import|export)\s+(type\s+)?(?:[^"';]*?\sfrom\s+)?"([^"]+)"/gm)].map((match) => ({
    typeOnly: match[1] !== undefined,
    from: match[2] as string,
  }));
const lands = (file: string, specifier: string) =>
  specifier.startsWith(".") ? join(file, "..", specifier).replaceAll("\\", "/") : specifier;

/** Folder -> what it may import of ours. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  "index.ts": ["stacks/"],
  "stacks/": ["stacks/", "components/", "policies/standards"],
  "components/": ["components/", "policies/standards"],
  "policies/": ["policies/"],
  "rehearsal/": ["rehearsal/"],
};

describe("architecture", () => {
  for (const [place, allowed] of Object.entries(mayImport))
    it(`${place} imports only from ${allowed.join(", ")}`, () => {
      for (const file of production.filter((one) => one.startsWith(place)))
        for (const { from } of imports(file)) {
          if (!from.startsWith(".")) continue;
          const target = lands(file, from);
          assert.ok(
            allowed.some((prefix) => `${target}/`.startsWith(prefix) || target.startsWith(prefix)),
            `${file} imports ${from}`,
          );
        }
    });

  it("imports modules of the cloud SDKs, never a package root", () => {
    for (const file of files)
      for (const { from } of imports(file))
        assert.doesNotMatch(from, /^@pulumi\/(aws|azure-native|gcp|kubernetes)$/, `${file}: ${from}`);
  });

  it("keeps cloud SDKs in the cloud files of components", () => {
    for (const file of production)
      for (const { from, typeOnly } of imports(file)) {
        if (typeOnly || !/^@pulumi\/(aws|azure-native|gcp)\//.test(from)) continue;
        const cloud = from.startsWith("@pulumi/azure-native") ? "azure" : from.split("/")[1];
        assert.match(
          file,
          new RegExp(`^components/[a-z-]+(/[a-z-]+)?/${cloud}(-[a-z-]+)?\\.ts$`),
          `${file} imports ${from}`,
        );
      }
  });

  it("loads no cloud SDK in the policy pack and none in the rehearsal", () => {
    for (const file of production.filter((one) => /^(policies|rehearsal)\//.test(one)))
      for (const { from } of imports(file))
        assert.doesNotMatch(from, /^@pulumi\/(aws|azure-native|gcp|kubernetes|random|tls)/, `${file}: ${from}`);
  });

  it("has every capability on every cloud", () => {
    const folders = new Set(production.flatMap((file) => /^components\/([a-z-]+)\/index\.ts$/.exec(file)?.[1] ?? []));
    for (const folder of folders)
      for (const cloud of ["aws", "azure", "gcp"])
        assert.ok(production.includes(`components/${folder}/${cloud}.ts`), `components/${folder} has no ${cloud}.ts`);
  });

  it("reads pulumi.Config in stacks/settings.ts alone", () => {
    const readers = production.filter(
      (file) =>
        /^(components|stacks|policies)\/|^index/.test(file) &&
        /new pulumi\.Config\(|new Config\(|allConfig\(/.test(read(file)),
    );
    assert.deepEqual(readers, ["stacks/settings.ts"]);
  });

  it("never creates a resource inside apply, and never looks up what can grow", () => {
    for (const file of production.filter((one) => one.startsWith("components/") || one.startsWith("stacks/"))) {
      const text = read(file);
      assert.doesNotMatch(
        text,
        /getAvailabilityZones|getAmi\b|getEngineVersion|getKubernetesVersions|getImage\b/,
        file,
      );
      for (const [, body] of text.matchAll(/\.apply\(\s*(?:async\s*)?\(?[^)]*\)?\s*=>([^;]{0,400})/g))
        assert.doesNotMatch(body as string, /\bnew [a-z]+\.[A-Z]/, `${file}: a resource inside apply`);
    }
  });

  it("has rooms of a size that a reader can hold: 250 lines, or a reason at the top", () => {
    for (const file of production) {
      const lines = read(file).split("\n").length;
      if (lines > 250) assert.match(read(file).slice(0, 600), /Past 250 lines/, `${file} has ${lines} lines`);
    }
  });

  it("runs each test file once: no two patterns of .mocharc.json find the same", () => {
    const { lookupFiles } = require("mocha/lib/cli/lookup-files.js") as {
      lookupFiles: (pattern: string, extensions: readonly string[], recursive: boolean) => string[];
    };
    const { spec } = JSON.parse(read(".mocharc.json")) as { readonly spec: readonly string[] };
    const found = spec.flatMap((pattern) => lookupFiles(pattern, ["ts"], false));
    assert.deepEqual(found.map((file) => file.replaceAll("\\", "/")).sort(), [...files].filter(isTest).sort());
  });

  it("names no path of a machine and no package registry", () => {
    const tracked = execFileSync("git", ["ls-files", "-co", "--exclude-standard"], { cwd: root, encoding: "utf8" });
    for (const file of tracked
      .split("\n")
      .filter((one) => /\.(ts|mjs|json|ya?ml|md|npmrc)$/.test(one) && one !== "test/architecture.test.ts")) {
      const text = read(file);
      assert.doesNotMatch(text, /\/work\/(main|shared|\.)|\/tmp\/pulumi|registry\.npmjs/, file);
    }
  });
});
