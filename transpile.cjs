// What Pulumi's runner turns TypeScript into JavaScript with (tsconfig.run.json, "ts-node"): esbuild, which tsx brings
// along, in place of the compiler, types unchecked. What it made is kept, by the hash of all that it was made of.
const { createHash } = require("node:crypto");
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");

const { version } = require("esbuild/package.json");
const options = { loader: "ts", format: "cjs", target: "node20", sourcemap: true, sourcesContent: false };
const folder = join(__dirname, "node_modules", ".cache", "transpiled");

exports.create = () => ({
  transpile(text, { fileName }) {
    const hash = createHash("sha256")
      .update(JSON.stringify([version, options, fileName, text]))
      .digest("base64url");
    const path = join(folder, `${hash}.json`);
    return kept(path) ?? keep(path, transpiled(text, fileName));
  },
});

function transpiled(text, sourcefile) {
  const { code, map } = require("esbuild").transformSync(text, { ...options, sourcefile });
  return { outputText: code, sourceMapText: map };
}

function kept(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    // not there yet, or cut short by a kill
    return undefined;
  }
}

function keep(path, made) {
  try {
    mkdirSync(folder, { recursive: true });
    const own = `${path}.${process.pid}`;
    writeFileSync(own, JSON.stringify(made));
    renameSync(own, path);
  } catch {
    // where nothing can be written, it is made every time
  }
  return made;
}

// Pulumi's runner attaches V8's debugger, to find the source of functions that a program has serialised. With it every
// script that loads is hashed and announced: a twentieth of a preview. Nothing here serialises functions.
// https://github.com/pulumi/pulumi/blob/master/sdk/nodejs/runtime/closure/v8Hooks.ts
if (!process.env.TRIFOLD_DEBUG)
  require("@pulumi/pulumi/runtime/closure/v8Hooks")
    .getSessionAsync()
    .then((session) => session.post("Debugger.disable"))
    .catch(() => undefined);
