// `npm test`: every check, one after the other has spoken, whatever failed before; the last line counts.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { install, root } from "../rehearsal/install.mjs";

const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(0)} s`;

/** Runs one package script; its output is kept, or shown as it comes. */
async function run(name, bin, args, live = false) {
  const started = Date.now();
  const child = spawn(process.execPath, [join(root, "node_modules", bin), ...args], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = [];
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text) => {
      output.push(text);
      if (live) process.stdout.write(text);
    });
  const [code, signal] = await once(child, "close");
  const text = output.join("");
  if (!live) {
    console.log(`${code === 0 ? "ok  " : "FAIL"} ${name} (${seconds(started)})`);
    if (code !== 0) console.log(text.trimEnd());
  }
  return { name, ok: code === 0, text, how: signal ?? `exit code ${code}` };
}

install();
// Beside each other, so that neither of two cores waits for the other.
console.log("Checking format, lint and types ...");
const checks = await Promise.all([
  run("format", "@biomejs/biome/bin/biome", ["ci", "--colors=off", "."]),
  run("lint", "eslint/bin/eslint.js", ["--cache", "--cache-location", "node_modules/.cache/eslint/", "."]),
  run("types", "typescript/bin/tsc", ["--noEmit"]),
]);
const color = process.stdout.isTTY && !process.env.NO_COLOR ? ["--color"] : [];
// Files side by side on the two cores that CI has: a whole suite in half the time.
const mocha = await run(
  "tests",
  "mocha/bin/mocha.js",
  ["--parallel", "--jobs", "2", ...color, ...process.argv.slice(2)],
  true,
);

const counted = (word) => Number(new RegExp(`^\\s*(\\d+) ${word}\\b`, "m").exec(plain(mocha.text))?.[1] ?? 0);
// a run that broke off without a summary is a failure of its own
const broken = !mocha.ok && counted("failing") === 0 ? 1 : 0;
if (broken) console.log(`FAIL tests: mocha ended with ${mocha.how}`);
const failed = checks.filter((check) => !check.ok);
for (const check of failed) console.log(`FAIL ${check.name}: see above`);
const [passes, failures] = [
  counted("passing") + checks.length - failed.length,
  counted("failing") + failed.length + broken,
];
console.log(`${passes} passed, ${failures} failed`);
process.exit(failures === 0 ? 0 : 1);

function plain(text) {
  return text.replace(new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "g"), "");
}
