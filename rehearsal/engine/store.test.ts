import assert from "node:assert/strict";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { manifest } from "./checkpoint";
import { StackStore, settleStacks } from "./store";

/** A pid that no process can have: above Linux's largest. */
const gone = 2 ** 22 + 1;

describe("a stack in a file backend", () => {
  let backend: string;
  let store: StackStore;
  beforeEach(() => {
    backend = mkdtempSync(join(tmpdir(), "store-"));
    store = new StackStore(backend, { project: "shop", stack: "dev" });
  });
  afterEach(() => rmSync(backend, { recursive: true, force: true }));

  const urn = (name: string) => `urn:pulumi:dev::shop::a:b:C::${name}`;
  const envelope = (names: readonly string[], time = "2026-01-01T00:00:00Z") =>
    store.envelope([]).join(
      JSON.stringify({
        manifest: manifest(time),
        resources: names.map((name) => ({ urn: urn(name) })),
        metadata: {},
      }),
    );
  const put = (path: string, content: string | Buffer) => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  };
  const names = () => store.read()?.resources?.map((one) => (one["urn"] as string).split("::").pop());
  const locks = () => join(backend, ".pulumi", "locks", "organization", "shop", "dev");
  const putLock = (file: string, lock: object) =>
    put(join(locks(), file), JSON.stringify({ username: "ann", timestamp: "2026-01-01T00:00:00Z", ...lock }));

  it("is read as the CLI packed it, and of two forms the latest counts", () => {
    put(`${store.file}.gz`, gzipSync(envelope(["packed"])));
    assert.deepEqual([store.exists(), names()], [true, ["packed"]]);
    put(store.file, envelope(["plain"]));
    utimesSync(store.file, 1, 1);
    assert.deepEqual(names(), ["packed"]);
    utimesSync(`${store.file}.gz`, 0, 0);
    assert.deepEqual(names(), ["plain"]);
  });

  it("is written plain, the packed form a backup", () => {
    put(`${store.file}.gz`, gzipSync(envelope(["packed"])));
    store.write(envelope(["next"]));
    assert.deepEqual(names(), ["next"]);
    assert.deepEqual(
      [existsSync(`${store.file}.gz`), existsSync(`${store.file}.gz.bak`), existsSync(store.file)],
      [false, true, true],
    );
  });

  it("keeps beside it what a run found, however often the run writes", () => {
    put(store.file, envelope(["found"]));
    for (const name of ["first, which is longer", "second", "third"]) {
      store.write(envelope([name]));
      assert.deepEqual(names(), [name]);
    }
    assert.equal(readFileSync(`${store.file}.bak`, "utf8"), envelope(["found"]));
  });

  it("changes nothing in what its history keeps, and leaves nothing else behind", () => {
    for (const name of ["first", "second"]) store.write(envelope([name]));
    store.remember({});
    for (const name of ["third", "fourth", "fifth"]) store.write(envelope([name]));
    store.close();
    const history = join(backend, ".pulumi", "history", "shop", "dev");
    const kept = readdirSync(history).find((name) => name.endsWith(".checkpoint.json"))!;
    assert.equal(readFileSync(join(history, kept), "utf8"), envelope(["second"]));
    assert.deepEqual(readdirSync(dirname(store.file)), ["dev.json"]);
  });

  it("is refused in a format of another version, which is named", () => {
    put(store.file, '{"version":4,"features":["views"],"checkpoint":{}}');
    assert.throws(() => store.read(), /dev\.json: state of version 4 \(features: views\) is not supported/);
  });

  it("is held by whom its lock names: on another machine, or a living process on this", () => {
    putLock("theirs.json", { pid: 1, hostname: "elsewhere" });
    assert.throws(
      () => store.lock(),
      /locked by 1 lock.*pulumi cancel.*\n.*theirs\.json: created by ann@elsewhere \(pid 1\)/,
    );
    rmSync(join(locks(), "theirs.json"));
    putLock("own.json", { pid: process.pid, hostname: hostname() });
    assert.throws(() => store.lock(), new RegExp(`created by ann@.* \\(pid ${process.pid}\\)`));
  });

  it("is opened again where a killed CLI left what stands beside it cut short", () => {
    put(store.file, envelope(["a"]));
    put(`${store.file}.attrs`, "");
    put(`${store.file}.bak.attrs`, '{"user.content_type":"text/plain"}');
    putLock("dead.json", { pid: gone, hostname: hostname() });
    store.settle();
    const left = () => [`${store.file}.attrs`, `${store.file}.bak.attrs`].map((path) => existsSync(path));
    assert.deepEqual(left(), [false, true]);
    put(`${store.file}.attrs`, '{"user.');
    store.lock()();
    assert.deepEqual(left(), [false, true]);
  });

  it("is free again when the process of a lock on this machine is gone", () => {
    putLock("dead.json", { pid: gone, hostname: hostname() });
    put(join(locks(), "dead.json.attrs"), "{}");
    store.lock()();
    assert.deepEqual(
      [existsSync(join(locks(), "dead.json")), existsSync(join(locks(), "dead.json.attrs"))],
      [false, false],
    );
  });

  it("can be read by any CLI once it is settled: journal folded in, lock of the killed gone", () => {
    const time = "2026-01-01T00:00:00Z";
    put(store.file, envelope(["a", "b"], time));
    const journal = store.openJournal();
    journal.start({ base: time, resources: [0, 1], operations: [], own: 0 });
    journal.append([["add", 2, { urn: urn("c") }]]);
    journal.append([["done", 0]]);
    putLock("dead.json", { pid: gone, hostname: hostname() });
    assert.deepEqual(names(), ["c", "b"]);

    settleStacks(backend);

    assert.equal(existsSync(store.journal), false);
    assert.equal(existsSync(join(locks(), "dead.json")), false);
    const file = JSON.parse(readFileSync(store.file, "utf8")) as {
      checkpoint: { latest: { resources: unknown[]; manifest: { time: string } } };
    };
    assert.deepEqual(file.checkpoint.latest.resources, [{ urn: urn("c") }, { urn: urn("b") }]);
    // So that a kill before the journal is gone doesn't have it applied twice.
    assert.notEqual(file.checkpoint.latest.manifest.time, time);
  });
});
