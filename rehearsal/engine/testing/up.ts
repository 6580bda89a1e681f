// One `up` in a process of its own, for tests that kill it: node up.ts <folder> <backend> <port>

import { run } from "../index";

const [cwd = "", backend = "", port = ""] = process.argv.slice(2);
void run({
  operation: "up",
  cwd,
  stack: "dev",
  backend,
  providers: { toy: Number(port) },
  passphrase: "test",
}).then((result) => process.exit(result.status === "succeeded" ? 0 : 1));
