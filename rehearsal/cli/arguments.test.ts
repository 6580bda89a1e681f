import assert from "node:assert/strict";
import { parseArguments } from "./arguments";
import { distance, nearest } from "./nearest";
import { help, Mistake } from "./usage";

const refusal = (...args: string[]): string => {
  try {
    parseArguments(args);
  } catch (error) {
    assert.ok(error instanceof Mistake, String(error));
    return error.message;
  }
  return assert.fail(`${args.join(" ")} was accepted`);
};

describe("The command line of a rehearsal", () => {
  it("means `up` with the built-in engine when it is empty", () => {
    assert.deepEqual(parseArguments([]), { help: false, operation: "up", engine: "built-in", json: false });
  });

  it("lets a failure stop the whole run when asked to", () => {
    assert.equal(parseArguments(["--stop-on-error"]).stopOnError, true);
  });

  it("takes an operation, a stack and every option in any order", () => {
    const parsed = parseArguments(
      "--json preview --cloud gcp prod --region=europe-west1 --stage s --cwd p --policy-pack a --policy-pack b --engine pulumi".split(
        " ",
      ),
    );
    assert.deepEqual(parsed, {
      help: false,
      operation: "preview",
      stack: "prod",
      cloud: "gcp",
      region: "europe-west1",
      stage: "s",
      cwd: "p",
      policyPacks: ["a", "b"],
      engine: "pulumi",
      json: true,
    });
  });

  it("takes a lone word that is no operation for a stack", () => {
    assert.deepEqual(parseArguments(["staging"]).stack, "staging");
    assert.deepEqual(parseArguments(["staging"]).operation, "up");
  });

  it("answers a wrong word or flag with the nearest spelling", () => {
    assert.match(refusal("previw"), /Did you mean "preview"\?/);
    assert.match(refusal("distroy", "dev"), /Did you mean "destroy"\?/);
    assert.match(refusal("--stgae", "x"), /Unknown flag --stgae\. Did you mean "--stage"\?/);
    assert.match(refusal("--cluod=aws"), /Did you mean "--cloud"\?/);
    assert.match(refusal("-z"), /Unknown flag -z/);
    assert.match(refusal("--cloud", "azur"), /Did you mean "azure"\?/);
    assert.match(refusal("--engine", "polumi"), /Did you mean "pulumi"\?/);
  });

  it("refuses what the CLI has and a rehearsal doesn't by name, with what to do instead", () => {
    assert.match(refusal("up", "--strict"), /--strict is no flag of a rehearsal\. .*`npm start -- serve`.*--strict/);
    assert.match(refusal("up", "-v=9"), /-v is no flag of a rehearsal\. .*--json/);
    assert.match(refusal("up", "--continue-on-error"), /default of the built-in engine/);
    assert.match(refusal("up", "--yes"), /asks nothing/);
    assert.match(refusal("preview", "--diff"), /--json/);
    assert.match(refusal("up", "--remote-git-branch", "x"), /Pulumi Cloud/);
    assert.match(
      refusal("state", "delete", "urn:x"),
      /"state" is no operation.*`pulumi state`.*A stack of that name: up state/,
    );
    assert.match(refusal("cancel"), /holds no lock/);
    assert.match(refusal("update", "dev"), /called up/);
    assert.equal(parseArguments(["up", "cancel"]).stack, "cancel");
  });

  it("takes the CLI's own short flags, settings and expectations", () => {
    const parsed = parseArguments(
      "preview -s prod -C p -p 2 -j -c cloud=gcp -c other:a=b=c --expect-no-changes".split(" "),
    );
    assert.deepEqual([parsed.stack, parsed.cwd, parsed.parallel, parsed.json], ["prod", "p", 2, true]);
    assert.deepEqual([parsed.settings, parsed.expectNoChanges], [["cloud=gcp", "other:a=b=c"], true]);
    assert.equal(parseArguments(["--config-file", "f.yaml"]).configFile, "f.yaml");
    assert.match(refusal("up", "dev", "--stack", "prod"), /Too many words: prod/);
    assert.match(refusal("-c", "cloud"), /--config "cloud" is no setting\. Write key=value/);
    assert.match(refusal("-stage", "x"), /Unknown flag -stage\. Did you mean "--stage"\?/);
    assert.match(refusal("drift", "-c", "a=b"), /--config goes with/);
  });

  it("takes what of the stack a run is about, and what comes first", () => {
    const of = (line: string) => parseArguments(line.split(" "));
    const [a, b] = ["urn:pulumi:dev::toy::toy:index:Thing::a", "**::b"];
    assert.deepEqual(of(`up -t ${a} --target ${b} --target-dependents -r`).selection, {
      targets: [a, b],
      targetDependents: true,
    });
    assert.equal(of("destroy --refresh").refresh, true);
    assert.deepEqual(of(`preview -x ${a} --exclude-dependents --replace ${b}`).selection, {
      excludes: [a],
      excludeDependents: true,
      replaces: [b],
    });
    assert.deepEqual(of(`up --target-replace ${a}`).selection, { targets: [a], replaces: [a] });
    assert.equal(of("up").selection, undefined);
    assert.match(refusal("up", "--target", "vpc"), /"vpc" is no URN\..*'\*\*::vpc'/);
    assert.match(refusal("up", "-t", a, "-x", b), /--target and --exclude can't go together/);
    assert.match(refusal("up", "--target-dependents"), /goes with --target/);
    assert.match(refusal("up", "--exclude-dependents"), /goes with --exclude/);
    assert.match(refusal("refresh", "--refresh"), /--refresh goes with preview, up, destroy, not with refresh/);
    assert.match(refusal("refresh", "--replace", a), /--replace goes with preview, up/);
  });

  it("says what is missing, too much or empty", () => {
    assert.match(refusal("up", "dev", "aws"), /Too many words: aws/);
    assert.match(refusal("--stage"), /--stage/);
    assert.match(refusal("--stage", ""), /--stage is empty/);
    assert.match(refusal("--json=yes"), /--json/);
    assert.match(refusal("--policy-pack", "p", "--no-policy-pack"), /can't go together/);
    assert.match(refusal("up", "../dev"), /stack name/);
  });

  it("takes faults, quotas and drift where they mean something", () => {
    const up = parseArguments([
      "up",
      "--fault",
      "create fail",
      "--fault",
      "read fail",
      "--quota",
      "fresh",
      "--parallel",
      "2",
    ]);
    assert.deepEqual([up.faults, up.quotas, up.parallel], [["create fail", "read fail"], ["fresh"], 2]);
    const drift = parseArguments(["drift", "prod", "--change", "a b=1", "--delete", "c", "--force", "--seed", "7"]);
    assert.deepEqual([drift.operation, drift.stack, drift.changes, drift.deletes], ["drift", "prod", ["a b=1"], ["c"]]);
    assert.deepEqual([drift.force, drift.seed], [true, 7]);
    assert.match(refusal("up", "--change", "a b=1"), /--change goes with drift, not with up/);
    assert.match(refusal("drift", "--fault", "create fail"), /--fault goes with preview, up, refresh, destroy, serve/);
    assert.match(refusal("up", "--parallel", "0"), /--parallel "0" is not a whole number from 1 up/);
    assert.match(refusal("drift", "--seed", "x"), /--seed "x" is not a whole number from 0 up/);
  });

  it("lists every operation, flag and exit code under --help, within 80 columns", () => {
    const words =
      "preview up refresh destroy drift serve --cloud --region --stage --cwd --policy-pack --engine --parallel --fault --faults --quota --quotas --change --delete --make --force --seed --json --help 130";
    for (const word of words.split(" ")) assert.ok(help.includes(word), word);
    for (const line of help.split("\n")) assert.ok(line.length <= 80, line);
  });
});

describe("The nearest spelling", () => {
  it("counts a swap of neighbours as one edit", () => {
    assert.equal(distance("perview", "preview"), 1);
    assert.equal(distance("", "up"), 2);
  });

  it("suggests nothing for a word that resembles none", () => {
    assert.equal(nearest("kubernetes", ["preview", "up"]), undefined);
  });
});
