import assert from "node:assert/strict";
import type { Entry } from "../clouds/entry";
import { heard } from "./heard";
import type { Program } from "./program";

describe("What an up has heard of", () => {
  it("is all that its stack has in the account, and nothing of another stack's", () => {
    const entries = ["urn:pulumi:dev::a::t::x", "urn:pulumi:dev::b::t::x", "urn:pulumi:prod::a::t::x"].map(
      (urn) => ({ urn }) as Entry,
    );
    const known: string[] = [];
    const know = (entry: Entry | undefined) => void known.push(entry?.urn ?? "");
    heard({ entries: () => entries, know }, { project: "a", stack: "dev" } as Program);
    assert.deepEqual(known, ["urn:pulumi:dev::a::t::x"]);
  });
});
