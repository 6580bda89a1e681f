#!/usr/bin/env node
// `trifold-audit`: the audit of the published pack, and in its repository what `npm run audit` runs.
const { existsSync } = require("node:fs");
const { join } = require("node:path");

if (existsSync(join(__dirname, "audit", "main.ts"))) {
  require("tsx/cjs/api").register();
  require("./audit/main.ts");
} else require("./dist/audit.js");
