import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Cloud, clouds } from "../cloud";

interface State {
  database: string;
  versions: { name?: string; value: string; stages?: string[]; id?: string; created?: string }[];
  writes: number;
  crash?: { readonly write: number; readonly when: "before" | "after" };
  down?: boolean;
}

const first = 'pa"ss\\word';
const long = "2020-01-01T00:00:00Z";
const login = (password: string): string => JSON.stringify({ engine: "postgres", username: "appadmin", password });

const born: Readonly<Record<Cloud, (created: string) => State["versions"]>> = {
  aws: (created) => [{ id: "v0", value: login(first), stages: ["AWSCURRENT"], created }],
  azure: (created) => [
    { id: "v0", name: "admin", value: first, created },
    { id: "v1", name: "admin-pending", value: "none", created },
  ],
  gcp: (created) => [
    { name: "admin", value: first },
    { name: "admin-pending", value: `${created}\n` },
  ],
};

/** What everybody reads. */
const current: Readonly<Record<Cloud, (state: State) => string>> = {
  aws: ({ versions }) => {
    const found = versions.find(({ stages }) => stages?.includes("AWSCURRENT"));
    return (JSON.parse(found?.value ?? "{}") as { password: string }).password;
  },
  azure: ({ versions }) => versions.findLast(({ name }) => name === "admin")?.value ?? "",
  gcp: ({ versions }) => versions.findLast(({ name }) => name === "admin")?.value ?? "",
};

/** A folder with the scripts, the tools that stand in for the clouds', and what they keep. */
class Bench {
  readonly #folder = mkdtempSync(join(tmpdir(), "rotation-"));
  readonly #file = join(this.#folder, "state.json");

  constructor(
    readonly cloud: Cloud,
    created: string,
  ) {
    mkdirSync(join(this.#folder, "bin"));
    for (const tool of ["aws", "az", "gcloud", "psql", "pg_isready"]) {
      const path = join(this.#folder, "bin", tool);
      writeFileSync(path, `#!${process.execPath}\n${readFileSync(join(__dirname, "testing/tools.cjs"), "utf8")}`);
      chmodSync(path, 0o755);
    }
    for (const script of [`store-${cloud}.sh`, "change.sh"])
      writeFileSync(
        join(this.#folder, script),
        readFileSync(join(__dirname, "scripts", script), "utf8").replaceAll("/work/", `${this.#folder}/work/`),
      );
    writeFileSync(join(this.#folder, "token"), "token");
    this.state = { database: first, versions: born[cloud](created), writes: 0 };
  }

  get state(): State {
    return JSON.parse(readFileSync(this.#file, "utf8")) as State;
  }
  set state(state: State) {
    writeFileSync(this.#file, JSON.stringify(state));
  }

  /** One run of the job, as far as it comes: a new pod each time, since a retry in the same one is the easier case. */
  run(): { readonly whole: boolean; readonly said: string } {
    rmSync(join(this.#folder, "work"), { recursive: true, force: true });
    mkdirSync(join(this.#folder, "work"));
    const steps = [[`store-${this.cloud}.sh`, "read"], ["change.sh"], [`store-${this.cloud}.sh`, "promote"]];
    let said = "";
    for (const step of steps) {
      const done = spawnSync(
        "bash",
        step.map((word, index) => (index === 0 ? join(this.#folder, word) : word)),
        {
          encoding: "utf8",
          env: {
            PATH: `${join(this.#folder, "bin")}:${process.env["PATH"]}`,
            STATE: this.#file,
            ROTATION_DAYS: "30",
            ENTRY: "admin",
            CANDIDATE: "admin-pending",
            VAULT: "vault",
            PROJECT: "project",
            AZURE_CLIENT_ID: "id",
            AZURE_TENANT_ID: "tenant",
            AZURE_FEDERATED_TOKEN_FILE: join(this.#folder, "token"),
            PGUSER: "appadmin",
            PGHOST: "db",
            PGPORT: "5432",
          },
        },
      );
      said += done.stdout + done.stderr;
      if (done.status !== 0) return { whole: false, said };
    }
    return { whole: true, said };
  }

  close(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function on(cloud: Cloud, created: string, act: (bench: Bench) => void): void {
  const bench = new Bench(cloud, created);
  try {
    act(bench);
  } finally {
    bench.close();
  }
}

describe("rotation's scripts", function () {
  // Each run is some twenty processes.
  this.timeout(120_000);

  for (const cloud of clouds) {
    it(`replace a password that is old enough on ${cloud}, and not again after (DB-17, SEC-09)`, () =>
      on(cloud, long, (bench) => {
        const { whole, said } = bench.run();
        assert.ok(whole, said);
        const after = bench.state;
        assert.match(after.database, /^[A-Za-z0-9]{40}$/);
        assert.equal(current[cloud](after), after.database);
        assert.doesNotMatch(said, new RegExp(after.database), "a password was printed");
        assert.ok(bench.run().whole);
        assert.equal(bench.state.database, after.database);
      }));

    it(`leave a young password alone on ${cloud}`, () =>
      on(cloud, new Date().toISOString(), (bench) => {
        assert.ok(bench.run().whole);
        assert.equal(bench.state.database, first);
        assert.equal(current[cloud](bench.state), first);
      }));

    for (const write of [1, 2, 3])
      for (const when of ["before", "after"] as const)
        it(`lose nothing on ${cloud} when killed ${when} write ${write}, and end what was begun in the next run`, () =>
          on(cloud, long, (bench) => {
            bench.state = { ...bench.state, crash: { write, when } };
            assert.equal(bench.run().whole, false);
            const next = bench.run();
            assert.ok(next.whole, next.said);
            const { database } = bench.state;
            assert.notEqual(database, first);
            assert.equal(current[cloud](bench.state), database);
          }));

    it(`conclude nothing from a database that doesn't answer on ${cloud}`, () =>
      on(cloud, long, (bench) => {
        bench.state = { ...bench.state, down: true };
        const { whole, said } = bench.run();
        assert.equal(whole, false);
        assert.match(said, /doesn't answer/);
        assert.equal(current[cloud](bench.state), first);
        bench.state = { ...bench.state, down: false };
        assert.ok(bench.run().whole);
        assert.equal(current[cloud](bench.state), bench.state.database);
      }));

    it(`say so when the database takes none of the passwords on ${cloud}`, () =>
      on(cloud, long, (bench) => {
        bench.state = { ...bench.state, database: "set by hand" };
        const { whole, said } = bench.run();
        assert.equal(whole, false);
        assert.match(said, /takes none of the passwords in the store/);
        assert.doesNotMatch(said, /pa"ss/);
      }));
  }

  it("bring the database back to the store's password when an update of the server set an earlier one (Azure)", () =>
    on("azure", long, (bench) => {
      assert.ok(bench.run().whole);
      const rotated = bench.state.database;
      bench.state = { ...bench.state, database: first };
      const { whole, said } = bench.run();
      assert.ok(whole, said);
      assert.equal(bench.state.database, rotated);
      assert.equal(current.azure(bench.state), rotated);
    }));
});
