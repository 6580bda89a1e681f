// Stack files that a person could well write, each refused before anything is registered: which setting, what is wrong,
// what to do.
import assert from "node:assert/strict";
import { z } from "zod";
import { bare } from "../../stacks/fields";
import { settingsOf } from "../../stacks/json-schema";
import { report } from "../../stacks/report";
import { resolve } from "../../stacks/settings";
import { asPulumiReads } from "../stack-file";
import { beside } from "./files/beside";
import { byCloud } from "./files/by-cloud";
import { forms } from "./files/forms";
import { kinds } from "./files/kinds";
import { azureNetwork, gcpNetwork, networks, vnet } from "./files/networks";
import { places } from "./files/places";
import { ranges } from "./files/ranges";
import { together } from "./files/together";
import { unknownWords } from "./files/words";
import { confused } from "./message";

const least = {
  app: "goodies",
  environment: "prod",
  cloud: "aws",
  tags: { owner: "team@example.com", costCentre: "1001" },
};

const read = (file: Readonly<Record<string, unknown>>) => {
  const entries = Object.entries({ ...least, ...file }).map(([key, value]) => [`trifold:${key}`, value] as const);
  return asPulumiReads({ config: Object.fromEntries(entries) });
};

const words = new Set(settingsOf().flatMap(([path, schema]) => (bare(schema) instanceof z.ZodEnum ? [path] : [])));

const all = {
  "by kind": kinds,
  "by word": unknownWords,
  "by limit": [...ranges, ...forms, ...together, ...byCloud],
  "by place": [...places, ...networks],
  "by what stands beside it": beside,
};

describe("a stack file is refused", () => {
  for (const [how, cases] of Object.entries(all))
    describe(how, () => {
      for (const [what, file, setting, wrong] of cases)
        it(`with ${what}`, () => {
          const { settings, problems } = resolve(read(file));
          const text = report("bad", "trifold", problems);
          assert.equal(settings, undefined, "it was accepted");
          const found = problems.filter((problem) => problem.setting === setting);
          assert.equal(found.length, 1, text);
          assert.match(found[0]?.wrong ?? "", wrong);
          assert.ok(found[0]?.remedy);
          const { value, remedy = "" } = found[0] ?? {};
          // What it says to set is not what is there: but for lists, and for what is only of another kind.
          if (typeof value === "number" || words.has(setting))
            assert.ok(remedy.includes("[0]") || !remedy.endsWith(` ${String(value)}`), remedy);
          assert.equal(confused(text), undefined, text);
          // But for commands and ids, which aren't broken, it fits a narrow terminal.
          for (const line of text.split("\n"))
            if (!line.includes("pulumi config") && line.trim().includes(" ")) assert.ok(line.length <= 76, line);
        });
    });

  it("but not for a network whose subnets are its own, in whatever case Azure wrote them", () => {
    for (const file of [
      { cloud: "azure", ...azureNetwork({ databaseSubnet: `${vnet}/mine/subnets/db` }) },
      { cloud: "gcp", ...gcpNetwork("us-central1") },
    ]) {
      const { settings, problems } = resolve(read(file));
      assert.ok(settings, report("good", "trifold", problems));
    }
  });

  it("in at least two hundred ways, each once", () => {
    const cases = Object.values(all).flat();
    const names = cases.map(([what, file]) => `${what} ${JSON.stringify(file)}`);
    assert.equal(new Set(names).size, names.length);
    assert.ok(cases.length >= 200, `${cases.length} cases`);
  });
});
