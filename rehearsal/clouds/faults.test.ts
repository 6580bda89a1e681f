import assert from "node:assert/strict";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ServiceError, status } from "@grpc/grpc-js";
import { initFailure } from "../engine/initfailure";
import { type Fault, Faults, glob, mistakeIn } from "./faults";
import { goDuration } from "./faults-words";
import { retriesOf } from "./retries";
import { resource, withStage } from "./testing/client";

const network = resource("toy:net:Network", "main");
const inputs = { cidr: "10.0.0.0/16", name: "main" };

const failure = async (act: Promise<unknown>): Promise<ServiceError> => {
  const error = await act.then(
    () => assert.fail("nothing failed"),
    (thrown: unknown) => thrown as ServiceError,
  );
  return error;
};

describe("A fault", () => {
  it("that fails before the act leaves nothing, after it leaves the thing and an error that names neither id", async () => {
    for (const when of ["before", "after"] as const)
      await withStage(
        async ({ clouds, engine }) => {
          const error = await failure(engine.make(network, inputs));
          assert.equal(error.code, status.UNKNOWN);
          assert.match(error.details, /^creating toy:net:Network "main": the provider failed$/);
          assert.equal(initFailure(error), undefined);
          assert.equal(clouds.account.ofUrn(network.urn).length, when === "after" ? 1 : 0);
          // Once only: the next try goes through, and takes what is there.
          await engine.make(network, inputs);
          assert.equal(clouds.account.ofUrn(network.urn).length, 1);
        },
        { faults: [{ operation: "create", when, does: "fail" }] },
      );
  });

  it("that is partial hands over id, properties and the reason; so does a timeout of what exists", async () => {
    for (const fault of [
      { operation: "create", does: "partial", message: "instance is not healthy" },
      { operation: "create", does: "timeout", when: "after", message: "instance is not healthy" },
    ] as const)
      await withStage(
        async ({ clouds, engine }) => {
          const told = initFailure(await failure(engine.make(network, inputs)));
          assert.deepEqual(told?.reasons, ["instance is not healthy"]);
          assert.equal(told?.id, clouds.account.ofUrn(network.urn)[0]?.id);
          assert.equal(told?.outputs["state"], "available");
        },
        { faults: [fault] },
      );
  });

  it("that partially updates or reads says so the same way", async () => {
    await withStage(
      async ({ engine }) => {
        const made = await engine.make(network, inputs);
        const updated = initFailure(await failure(engine.update(network, made.id, made, { ...inputs, mtu: 9000 })));
        assert.equal(updated?.outputs["mtu"], 9000);
        const read = initFailure(await failure(engine.read(network, made.id, made)));
        assert.equal(read?.inputs?.["mtu"], 9000);
        assert.equal((await engine.read(network, made.id, made)).outputs["mtu"], 9000);
      },
      {
        faults: [
          { operation: "update", does: "partial" },
          { operation: "read", does: "partial" },
        ],
      },
    );
  });

  it("that times out counts the custom timeout in the time of the real world", async () => {
    await withStage(
      async ({ clouds, engine }) => {
        const error = await failure(engine.create({ ...network, timeout: 90 }, inputs));
        assert.match(error.details, /timeout while waiting .* \(timeout: 1m30s\)/);
        assert.equal(clouds.account.entries().length, 0);
        assert.deepEqual(
          clouds.timeline().map(({ seconds, delay, succeeded }) => ({ seconds, delay, succeeded })),
          [{ seconds: 90, delay: 80, succeeded: false }],
        );
      },
      { faults: [{ operation: "create", does: "timeout" }] },
    );
  });

  it("that disconnects breaks one call, before or after it was done, and the next one works", async () => {
    for (const when of ["before", "after"] as const)
      await withStage(
        async ({ clouds, engine }) => {
          const made = await engine.make(network, inputs);
          const error = await failure(engine.delete(network, made.id));
          assert.equal(error.code, status.UNAVAILABLE);
          assert.equal(clouds.account.entries().length, when === "after" ? 0 : 1);
          await engine.delete(network, made.id);
          assert.equal(clouds.account.entries().length, 0);
        },
        { faults: [{ operation: "delete", when, does: "disconnect" }] },
      );
  });

  it("that crashes the engine calls it at the moment when the disk holds what a kill leaves", async () => {
    for (const when of ["before", "after"] as const) {
      const left = mkdtempSync(join(tmpdir(), "left-"));
      let stage = "";
      try {
        await withStage(
          async ({ folder, engine }) => {
            stage = folder;
            assert.equal((await failure(engine.make(network, inputs))).code, status.UNAVAILABLE);
          },
          {
            faults: [{ operation: "create", when, does: "crash" }],
            onCrash: () => cpSync(stage, left, { recursive: true }),
          },
        );
        assert.ok(existsSync(join(left, "account.lock")));
        rmSync(join(left, "account.lock"));
        const journal = join(left, "account.journal");
        assert.equal(existsSync(journal) && readFileSync(journal, "utf8").includes('"put"'), when === "after");
        await withStage(
          async ({ clouds }) => {
            assert.equal(clouds.account.ofUrn(network.urn).length, when === "after" ? 1 : 0);
          },
          { folder: left },
        );
      } finally {
        rmSync(left, { recursive: true });
      }
    }
  });

  it("may strike checks, diffs and functions", async () => {
    await withStage(
      async ({ clouds, engine }) => {
        assert.match((await failure(engine.check(network, inputs))).details, /^checking toy:net:Network "main"/);
        const made = await engine.make(network, inputs);
        assert.equal((await failure(engine.diff(network, made.id, inputs, inputs))).code, status.UNAVAILABLE);
        assert.match((await failure(engine.invoke("toy:net:getNetwork", { name: "main" }))).details, /^calling/);
        assert.deepEqual(
          clouds.faults().fired.map(({ kind, fault }) => `${kind} ${fault.does}`),
          ["check fail", "diff disconnect", "invoke fail"],
        );
      },
      {
        faults: [
          { operation: "check", does: "fail" },
          { operation: "diff", does: "disconnect" },
          { operation: "invoke", does: "fail", type: "toy:net:get*" },
        ],
      },
    );
  });

  it("never strikes a preview's create or update", async () => {
    await withStage(
      async ({ clouds, engine }) => {
        await engine.create(network, inputs, true);
        assert.deepEqual(clouds.faults().fired, []);
        assert.equal(clouds.faults().idle.length, 1);
      },
      { faults: [{ operation: "any", does: "crash" }] },
    );
  });
});

describe("A plan of faults", () => {
  const at = (name: string, type = "aws:rds/instance:Instance", kind = "create") =>
    ({ kind, type, urn: `urn:pulumi:dev::shop::a$${type}::${name}` }) as const as Parameters<Faults["strike"]>[0];
  const struck = (faults: Faults, ...names: string[]) => names.filter((name) => faults.strike(at(name)) !== undefined);

  it("strikes by type and by URN, as often as it says, after so many that go well", () => {
    const plan = (fault: Partial<Fault>) => new Faults([{ operation: "create", does: "fail", ...fault }]);
    assert.deepEqual(struck(plan({}), "a", "b"), ["a"]);
    assert.deepEqual(struck(plan({ times: 2 }), "a", "b", "c"), ["a", "b"]);
    assert.deepEqual(struck(plan({ times: Infinity }), "a", "b", "c"), ["a", "b", "c"]);
    assert.deepEqual(struck(plan({ skip: 1 }), "a", "b", "c"), ["b"]);
    assert.deepEqual(struck(plan({ urn: "*::b" }), "a", "b", "c"), ["b"]);
    assert.deepEqual(struck(plan({ type: "aws:rds/*" }), "a"), ["a"]);
    assert.deepEqual(struck(plan({ type: "aws:ec2/*" }), "a"), []);
    assert.deepEqual(struck(plan({ operation: "delete" }), "a"), []);
    assert.deepEqual(struck(plan({ operation: "any" }), "a"), ["a"]);
  });

  it("takes a pattern's other characters as they are", () => {
    assert.ok(glob("urn:*a.b(c)?::x").test("urn:pulumi$a.b(c)d::x"));
    assert.ok(!glob("a.b").test("acb"));
  });

  it("is refused where a fault can't happen", () => {
    const wrong: readonly (readonly [Fault, RegExp])[] = [
      [{ operation: "delete", does: "partial" }, /a delete can't be partial/],
      [{ operation: "create", does: "partial", when: "before" }, /leave `before` out/],
      [{ operation: "create", does: "throttle", when: "after" }, /leave `after` out/],
      [{ operation: "check", does: "timeout" }, /a check has no timeout/],
      [{ operation: "create", does: "fail", times: 0 }, /0 times/],
      [{ operation: "create", does: "fail", skip: -1 }, /skip -1/],
      [{ operation: "make", does: "fail" } as unknown as Fault, /operation "make"/],
      [{ operation: "create", does: "explode" } as unknown as Fault, /effect "explode"/],
    ];
    for (const [fault, said] of wrong) {
      assert.match(mistakeIn(fault) ?? "", said);
      assert.throws(() => new Faults([fault]), said);
    }
    assert.equal(mistakeIn({ operation: "any", does: "timeout", when: "after", times: Infinity }), undefined);
  });
});

describe("A throttled call", () => {
  it("is tried again as each real provider does, and given up when its tries are used", () => {
    const of = (cloud: string, calls: number) => retriesOf(cloud).waited(calls);
    assert.deepEqual(
      [1, 2, 3, 24, 25].map((calls) => of("aws", calls)),
      [1, 3, 7, 5055, 5055],
    );
    assert.deepEqual(
      [1, 2, 3].map((calls) => of("azure", calls)),
      [20, 80, 200],
    );
    assert.deepEqual(
      [1, 2, 9, 10].map((calls) => of("gcp", calls)),
      [0.5, 1.5, 71, 90],
    );
    assert.deepEqual(
      ["aws", "azure", "gcp", "random"].map((cloud) => retriesOf(cloud).tries),
      [25, 4, 10, 1],
    );
  });

  it("writes durations as Go does", () => {
    assert.deepEqual([45, 60, 1200, 5400].map(goDuration), ["45s", "1m0s", "20m0s", "1h30m0s"]);
  });
});
