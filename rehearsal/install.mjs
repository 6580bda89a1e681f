// Installs what is missing. Plain Node without dependencies, in syntax that old versions parse, so that the version check speaks first.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const json = (...path) => JSON.parse(readFileSync(join(root, ...path), "utf8"));

/** The oldest Node of package.json's `engines` against this one; the message when it is too old. */
export function outdated(wanted, actual) {
  const [need, have] = [wanted, actual].map((text) => text.replace(/^\D*/, "").split(".").map(Number));
  for (let i = 0; i < need.length; i++) {
    if (have[i] > need[i]) return undefined;
    if (have[i] < need[i])
      return `Trifold needs Node ${need.join(".")} or newer, and this is ${actual} (${process.execPath}).
Get a current one from https://nodejs.org, or with a version manager: \`nvm install 22\`.`;
  }
  return undefined;
}

/**
 * Why node_modules doesn't match the lock file, if it doesn't. Versions are compared rather than times: a checkout
 * touches the lock file, and a complete folder must never ask the network for anything.
 */
export function incomplete(folder) {
  const installed = join(folder, "node_modules", ".package-lock.json");
  if (!existsSync(installed)) return "node_modules is missing";
  const read = (path) => JSON.parse(readFileSync(path, "utf8")).packages;
  const [wanted, present] = [read(join(folder, "package-lock.json")), read(installed)];
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === "" || entry.link) continue;
    if (present[path] ? present[path].version !== entry.version : !entry.optional)
      return `${path} is not at ${entry.version}`;
  }
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const gone = Object.keys({ ...dependencies, ...devDependencies }).find(
    (name) => !existsSync(join(folder, "node_modules", name, "package.json")),
  );
  return gone && `node_modules/${gone} is missing`;
}

/** npm as it was called (its own script, run by this Node), or the one on the PATH. */
export function npm(args, options) {
  const script = process.env.npm_execpath;
  const [command, first] = script && /npm-cli\.[cm]?js$/.test(script) ? [process.execPath, [script]] : ["npm", []];
  return spawnSync(command, [...first, ...args], {
    cwd: root,
    shell: command === "npm" && process.platform === "win32",
    ...options,
  });
}

/** Everything that a command needs before it can run. Speaks on stderr only: stdout belongs to the command. */
export function install() {
  const tooOld = outdated(json("package.json").engines.node, process.version);
  if (tooOld) {
    console.error(tooOld);
    process.exit(2);
  }
  const reason = incomplete(root);
  if (!reason) return;
  console.error(`Installing what is missing (${reason}): npm ci`);
  // development dependencies too, whatever NODE_ENV says: the checks and the runner of TypeScript are among them
  const { status, signal } = npm(["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (status === 0) return;
  console.error(
    `\`npm ci\` failed (${signal || `exit code ${status}`}). It needs npm's registry once; the lines above say what went wrong.`,
  );
  process.exit(2);
}

if (process.argv[1] && pathToFileURL(process.argv[1]).href === import.meta.url) install();
