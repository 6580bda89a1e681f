import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Writes a Pulumi program's files, with this repository's packages beside them. */
export function program(folder: string, root: string, files: { readonly [path: string]: string }): string {
  mkdirSync(folder, { recursive: true });
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "junction");
  return folder;
}

/** The least program that there is, in TypeScript and with this repository's fast runner settings. */
export function empty(folder: string, root: string): string {
  return program(folder, root, {
    "Pulumi.yaml": "name: empty\nruntime:\n  name: nodejs\n  options:\n    tsconfig: tsconfig.run.json\n",
    "package.json": '{ "name": "empty", "main": "index.ts" }\n',
    "index.ts": 'import type * as pulumi from "@pulumi/pulumi";\n\nexport const nothing: pulumi.Input<string> = "";\n',
    "tsconfig.json": readFileSync(join(root, "tsconfig.json"), "utf8"),
    "tsconfig.run.json": readFileSync(join(root, "tsconfig.run.json"), "utf8"),
    "transpile.cjs": readFileSync(join(root, "transpile.cjs"), "utf8"),
  });
}

/** `count` resources, each depending on the one a tenth of the way back: wide and deep enough to be a graph. */
export function synthetic(folder: string, root: string, count: number): string {
  return program(folder, root, {
    "Pulumi.yaml": "name: synthetic\nruntime: nodejs\nmain: index.js\n",
    "package.json": '{ "name": "synthetic", "main": "index.js" }\n',
    "index.js": `const { RandomId } = require("@pulumi/random");
const made = [];
for (let i = 0; i < ${count}; i++) {
  const before = made[i - Math.ceil(${count} / 10)];
  made.push(new RandomId("id-" + i, { byteLength: 8, keepers: before ? { before: before.hex } : {} }));
}
exports.last = made[made.length - 1].hex;
`,
  });
}

/** This repository's program as the usual template has it: package roots imported, types checked by the runner. */
export function conventional(folder: string, root: string): string {
  mkdirSync(folder, { recursive: true });
  const own = ["index.ts", "components", "stacks", "policies/standards.ts", "tsconfig.json", "package.json"];
  const stacks = readdirSync(root).filter((name) => /^Pulumi\..*yaml$/.test(name));
  for (const path of [...own, ...stacks]) cpSync(join(root, path), join(folder, path), { recursive: true });
  for (const path of sources(folder)) writeFileSync(path, rootImports(readFileSync(path, "utf8")));
  const settings = readFileSync(join(folder, "Pulumi.yaml"), "utf8").replace(/^\s*tsconfig: .*$\n?/m, "");
  // `options:` is left without content where nothing else stood in it
  writeFileSync(
    join(folder, "Pulumi.yaml"),
    settings.replace(/^ {2}options:\n(?! {4})/m, "").replace(/^ {4}#.*\n/gm, ""),
  );
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "junction");
  return folder;
}

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts") && !path.startsWith("node_modules"))
    .map((path) => join(folder, path));
}

/** `import { Vpc } from "@pulumi/aws/ec2"` as `import { ec2 } from "@pulumi/aws"` and an alias of `ec2.Vpc`. */
export function rootImports(source: string): string {
  const deep =
    /^import\s+(?:type\s+)?(?:\{([^}]*)\}|\*\s+as\s+(\w+))\s+from\s+"@pulumi\/(aws|azure-native|gcp)\/([\w/]+)";$/gm;
  let count = 0;
  return source.replace(deep, (_, names: string | undefined, star: string | undefined, pkg: string, path: string) => {
    const [top, ...rest] = path.split("/") as [string, ...string[]];
    const from = `from "@pulumi/${pkg}";`;
    if (star) return `import { ${top} as ${star} } ${from}`;
    const list = names!.split(",").map((name) => name.trim().replace(/^type\s+/, ""));
    const kept = list.filter((name) => name !== "");
    // a file of one function or of the provider: its names are the root's own
    if (/^get[A-Z]|^provider$/.test(top)) return `import { ${kept.join(", ")} } ${from}`;
    const space = `${top}_${count++}`;
    const aliases = kept.map((name) => {
      const [original, local = original] = name.split(/\s+as\s+/);
      return `import ${local} = ${[space, ...rest, original].join(".")};`;
    });
    return [`import { ${top} as ${space} } ${from}`, ...aliases].join("\n");
  });
}
