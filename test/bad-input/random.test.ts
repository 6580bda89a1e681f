// Stack files that nobody would think of: whatever stands in them, the program runs or says which setting, what is wrong
// and what to do, in one report. The seeds are fixed, so that a run of the tests tells the same as the last; shrunk
// findings are cases of stack-files.test.ts.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { clouds } from "../../components/cloud";
import { environments } from "../../components/site";
import { deploy } from "../../stacks/platform";
import { report } from "../../stacks/report";
import { resolve } from "../../stacks/settings";
import { apps } from "../../stacks/vocabulary";
import { record } from "../recorder";
import { asPulumiReads, root } from "../stack-file";
import { confused } from "./message";
import { type Change, change, changed, choices } from "./scribble";

const least = fc.record({
  app: fc.constantFrom(...apps),
  environment: fc.constantFrom(...environments),
  cloud: fc.constantFrom(...clouds),
});
const accounts = { aws: "123456789012", azure: "00000000-0000-4000-8000-000000000000", gcp: "goodies-prod" };
const fileOf = (base: object, changes: readonly Change[]) =>
  changes.reduce(changed, { ...base, tags: { owner: "team@example.com", costCentre: "1001" }, account: accounts });
const read = (file: object) =>
  asPulumiReads({ config: Object.fromEntries(Object.entries(file).map(([key, value]) => [`trifold:${key}`, value])) });

/** Text that the file holds itself may stand in its report. */
const own = (file: object, slip: string | undefined) => slip !== undefined && JSON.stringify(file).includes(slip);

describe("a random stack file", () => {
  it("is accepted, or refused with settings, reasons and remedies", () => {
    let refused = 0;
    fc.assert(
      fc.property(least, fc.array(change, { minLength: 1, maxLength: 3 }), (base, changes) => {
        const file = fileOf(base, changes);
        const { settings, problems } = resolve(read(file));
        if (settings) return;
        refused += 1;
        const text = report("random", "trifold", problems);
        assert.ok(problems.length > 0);
        for (const { wrong, remedy } of problems)
          assert.ok(wrong !== "" && remedy !== "" && !/VALUE/.test(remedy), text);
        assert.equal(new Set(problems.map(({ setting }) => setting)).size, problems.length, text);
        const slip = confused(text);
        assert.ok(slip === undefined || own(file, slip), `${slip ?? ""}: ${text}`);
      }),
      { numRuns: 2000, seed: 20261121 },
    );
    assert.ok(refused > 1000, `${refused} of 2000`);
  });

  it("that is accepted is built, with nothing that a component or a cloud refuses", async () => {
    let built = 0;
    await fc.assert(
      fc.asyncProperty(least, fc.array(choices, { minLength: 2, maxLength: 6 }), async (base, changes) => {
        const { settings } = resolve(read(fileOf(base, changes)));
        if (!settings) return;
        built += 1;
        const { refusals } = await record(() => deploy(settings), { preview: true });
        assert.deepEqual(refusals, []);
      }),
      { numRuns: 9, seed: 6 },
    );
    assert.ok(built >= 3, `${built} of 9`);
  });
});

describe("the program", () => {
  const run = (config: Readonly<Record<string, string>>) =>
    spawnSync(process.execPath, ["--import=tsx", "index.ts"], {
      cwd: root,
      encoding: "utf8",
      env: {
        ...process.env,
        PULUMI_NODEJS_PROJECT: "trifold",
        PULUMI_NODEJS_STACK: "broken",
        PULUMI_CONFIG: JSON.stringify(config),
      },
    });

  it("ends a stack file of surprises by one report", () => {
    const { status, stderr } = run({
      "trifold:app": "constructor",
      "trifold:environment": "",
      "trifold:cloud": "__proto__",
      "trifold:region": "\u001b[31mus-east-1",
      "trifol:region": "us-east-1",
      "trifold:network": '{"__proto__":{"zones":1},"cidr":null}',
      "trifold:compute": "{",
      "trifold:toString": "x",
      "aws:region": "us-west-2",
    });
    assert.notEqual(status, 0);
    assert.match(stderr, /have 1[0-9] mistakes\. Nothing was registered\./);
    for (const setting of [
      "app",
      "environment",
      "cloud",
      "region",
      "network.__proto__",
      "network.cidr",
      "compute",
      "toString",
    ])
      assert.ok(stderr.includes(`trifold:${setting}`), setting);
    assert.match(stderr, /stands in the file as "trifol:region"/);
    assert.doesNotMatch(stderr, /TypeError/);
    assert.ok(!stderr.includes("\u001b[31m"), "the terminal would turn red");
  });
});
