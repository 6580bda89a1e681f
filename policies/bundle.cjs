// `npm pack` and `npm publish` in this folder: the pack and its audit as plain JavaScript. What the engine shares with the
// pack (gRPC, the protocol's messages) and what only waivers need stay dependencies.
const { rmSync } = require("node:fs");
const { join } = require("node:path");

const out = join(__dirname, "dist");
rmSync(out, { recursive: true, force: true });
if (!process.argv.includes("--remove"))
  require("esbuild").buildSync({
    absWorkingDir: __dirname,
    entryPoints: { index: "index.ts", audit: "audit/main.ts" },
    outdir: out,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    packages: "external",
    legalComments: "none",
  });
