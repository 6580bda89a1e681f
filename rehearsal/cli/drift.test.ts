import assert from "node:assert/strict";
import { resource, type Stage, withStage } from "../clouds/testing/client";
import { parseArguments } from "./arguments";
import { drift, readChange, readMake } from "./drift";
import { exitCodes, Mistake } from "./usage";

const network = resource("toy:net:Network", "main");
const subnet = resource("toy:net:Subnet", "inner");

async function house({ engine }: Stage) {
  const made = await engine.make(network, { cidr: "10.0.0.0/16" });
  const inner = await engine.make(subnet, { networkId: made.id, cidr: "10.0.0.0/24", tags: { a: "1" } });
  return { made, inner };
}

/** One `drift` on the command line: exit code, deeds, and what was said. */
async function run({ clouds }: Stage, ...words: string[]) {
  const [printed, said]: [string[], string[]] = [[], []];
  const scene = { console: clouds.console, project: "house", stack: "dev", say: (text: string) => said.push(text) };
  const code = await drift(parseArguments(["drift", ...words]), { ...scene, region: "r1" }, (line) =>
    printed.push(line),
  );
  return { code, printed: printed.join("\n"), said: said.join("\n") };
}

describe("drift on the command line", () => {
  it("reads names, paths and values; nothing behind = takes a property away", () => {
    const { name, edits } = readChange('logs tags.owner=some body rules[0].port=80 tags["a.b"]=true note=');
    assert.equal(name, "logs");
    assert.deepEqual(
      edits.map(({ path, value }) => [path.join("/"), value]),
      [
        ["tags/owner", "some body"],
        ["rules/0/port", 80],
        ["tags/a.b", true],
        ["note", null],
      ],
    );
    assert.deepEqual(readMake("aws:ec2/vpc:Vpc shared cidrBlock=10.0.0.0/16").edits, [
      { path: ["cidrBlock"], value: "10.0.0.0/16", text: "10.0.0.0/16" },
    ]);
    for (const wrong of ["logs", "", "a=b", "logs [=1"]) assert.throws(() => readChange(wrong), Mistake, wrong);
    for (const wrong of ["shared", "a:b:C", "a:b:C x=1", "a:b:C x .=1"])
      assert.throws(() => readMake(wrong), Mistake, wrong);
  });

  it("changes what is named, prints what it did and what to do next", async () => {
    await withStage(async (stage) => {
      const { inner } = await house(stage);
      const { code, printed, said } = await run(stage, "--change", "inner tags.a=2 tags.b=3 size=4");
      assert.equal(code, exitCodes.worked);
      assert.equal(
        printed,
        `changed toy:net:Subnet inner\n  ${inner.id}\n  tags.a: "1" -> "2"\n  tags.b: nothing -> "3"\n  size: nothing -> 4`,
      );
      assert.match(said, /`npm start -- refresh dev` sees it/);
      assert.deepEqual((await stage.engine.read(subnet, inner.id, inner)).inputs["tags"], { a: "2", b: "3" });
    });
  });

  it("says what a console would refuse, and forces a deletion when it is told to", async () => {
    await withStage(async (stage) => {
      await house(stage);
      const refused = await run(stage, "--delete", "main");
      assert.equal(refused.code, exitCodes.failed);
      assert.match(refused.said, /The console refused: .*still in use.*--force deletes all the same\./s);
      assert.equal((await run(stage, "--delete", "toy:net:Network::main", "--force")).code, exitCodes.worked);
      assert.match((await run(stage, "--change", "nobody tags.a=2")).said, /nothing in the account is named "nobody"/);
    });
  });

  it("makes what no stack has, and lets one thing refer to another by @name", async () => {
    await withStage(async (stage) => {
      const make = ["--make", "toy:net:Network shared cidr=10.9.0.0/16"];
      const { code, printed } = await run(
        stage,
        ...make,
        "--make",
        "toy:net:Subnet a networkId=@shared cidr=10.9.0.0/24",
        "--json",
      );
      assert.equal(code, exitCodes.worked);
      const [shared, inner] = printed.split("\n").map((line) => JSON.parse(line) as { did: string; id: string });
      assert.deepEqual([shared?.did, inner?.did], ["made", "made"]);
      assert.equal(stage.clouds.console.find(inner!.id).inputs["networkId"], shared!.id);
    });
  });

  it("chooses by chance among the stack's own things, the same for the same seed", async () => {
    const seen: string[] = [];
    for (const seed of ["3", "3"])
      await withStage(async (stage) => {
        await house(stage);
        const { code, printed, said } = await run(stage, "--seed", seed);
        assert.equal(code, exitCodes.worked);
        assert.match(said, /--seed 3 does the same again/);
        seen.push(printed);
      });
    assert.equal(seen[0], seen[1]);
    await withStage(async (stage) => {
      assert.match(
        (await run(stage)).said,
        /the stack dev has nothing in the simulated account; `npm start -- up dev` makes it/,
      );
    });
  });
});
