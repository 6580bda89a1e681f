import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { Thing } from "../testing/resources";
import { toys } from "../testing/toys";

describe("the lock of a stack", () => {
  const place = toys();
  const folder = () => join(place.backend, ".pulumi/locks/organization/toy/dev");
  const locked = (by: { pid: number; hostname: string }) => {
    mkdirSync(folder(), { recursive: true });
    const lock = { ...by, username: "ann", timestamp: "2026-01-02T03:04:05Z" };
    writeFileSync(join(folder(), "one.json"), JSON.stringify(lock));
  };

  it("refuses a second run, says who holds it, and is given back", async () => {
    let second: Promise<unknown> = Promise.resolve();
    place.cloud.onCreate = (_, when) => {
      if (when === "before")
        second = assert.rejects(place.run("destroy"), /locked by 1 lock.*created by .* \(pid \d+\)/s);
    };
    await place.settles(() => void new Thing("thing", { slow: 100 }));
    await second;
    assert.deepEqual(readdirSync(folder()), []);
  });

  it("of a process of another machine holds, for nobody here knows whether it lives", async () => {
    locked({ pid: 1, hostname: "elsewhere" });
    place.program(() => undefined);
    for (const operation of ["up", "refresh", "destroy"] as const) {
      await assert.rejects(
        place.run(operation),
        /one\.json: created by ann@elsewhere \(pid 1\) at 2026-01-02T03:04:05Z/,
      );
    }
    assert.equal((await place.run("preview")).status, "succeeded");
  });

  it("of a dead process of this machine is removed", async () => {
    const { pid } = spawnSync(process.execPath, ["-e", ""]);
    locked({ pid, hostname: hostname() });
    await place.settles(() => void new Thing("thing"));
    assert.deepEqual(readdirSync(folder()), []);
  });

  it("of a process of this machine that lives holds", async () => {
    locked({ pid: process.pid, hostname: hostname() });
    await assert.rejects(place.run("up"), /is currently locked by 1 lock/);
  });
});
