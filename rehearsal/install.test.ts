import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { incomplete, outdated } from "./install.mjs";

/** A package folder with a lock file, and node_modules as described. */
function folder(lock: object, installed?: object, present: string[] = []): string {
  const dir = mkdtempSync(join(tmpdir(), "install-"));
  writeFileSync(join(dir, "package.json"), JSON.stringify({ dependencies: { a: "1.0.0" } }));
  writeFileSync(join(dir, "package-lock.json"), JSON.stringify({ packages: { "": {}, ...lock } }));
  for (const name of present) {
    mkdirSync(join(dir, "node_modules", name), { recursive: true });
    writeFileSync(join(dir, "node_modules", name, "package.json"), "{}");
  }
  if (installed) {
    mkdirSync(join(dir, "node_modules"), { recursive: true });
    writeFileSync(join(dir, "node_modules", ".package-lock.json"), JSON.stringify({ packages: installed }));
  }
  return dir;
}

describe("Installing what is missing", () => {
  const lock = { "node_modules/a": { version: "1.0.0" }, "node_modules/b": { version: "2.0.0", optional: true } };
  const a = { "node_modules/a": { version: "1.0.0" } };
  const cases: [string, string, RegExp | undefined][] = [
    ["is needed without node_modules", folder(lock), /node_modules is missing/],
    [
      "is needed when a version differs",
      folder(lock, { "node_modules/a": { version: "0.9.0" } }, ["a"]),
      /not at 1\.0\.0/,
    ],
    ["is needed when a package is new", folder(lock, {}, ["a"]), /node_modules\/a is not at/],
    ["is needed when a folder was removed by hand", folder(lock, a), /node_modules\/a is missing/],
    ["is not needed for another system's optional package", folder(lock, a, ["a"]), undefined],
  ];
  for (const [name, dir, reason] of cases)
    it(name, () => {
      const found = incomplete(dir);
      if (reason) assert.match(String(found), reason);
      else assert.equal(found, undefined);
      rmSync(dir, { recursive: true });
    });

  it("finds in the lock file every package that another one names, other systems' too: `npm ci` refuses gaps", () => {
    const { packages } = JSON.parse(readFileSync(join(__dirname, "..", "package-lock.json"), "utf8")) as {
      packages: { [path: string]: { optionalDependencies?: { [name: string]: string } } };
    };
    const named = Object.values(packages).flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}));
    const gaps = named.filter((name) => !Object.keys(packages).some((path) => path.endsWith(`node_modules/${name}`)));
    assert.deepEqual(gaps, []);
  });

  it("refuses an old Node with what to do, and no other", () => {
    assert.match(outdated(">=20.19", "v18.20.4") ?? "", /needs Node 20\.19 or newer, and this is v18\.20\.4/);
    assert.match(outdated(">=20.19", "v20.9.0") ?? "", /nvm install/);
    for (const fine of ["v20.19.0", "v20.20.2", "v22.1.0"]) assert.equal(outdated(">=20.19", fine), undefined);
  });
});
