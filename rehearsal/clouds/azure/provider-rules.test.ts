// That every rule of provider-rules.json speaks of what the SDK's typings know, in a verb that is understood.
import assert from "node:assert/strict";
import { readRule } from "../rules";
import { at, shapesOf, type Type } from "../schema";
import { specRefusals, type verbs } from "./provider-rules";
import rules from "./provider-rules.json";
import { refusalsOf, rowOf } from "./sample";

/** What a verb speaks of. */
const kinds: Readonly<Record<(typeof verbs)[number], Type["kind"]>> = {
  length: "string",
  pattern: "string",
  range: "number",
  count: "list",
};

describe("the rules of the APIs' specifications", () => {
  it("name values that the typings know, in verbs for their types, with bounds and expressions that can be read", () => {
    const wrong = Object.entries(rules).flatMap(([type, of]) =>
      of.filter((rule) => {
        const { verb, path, rest } = readRule<(typeof verbs)[number]>(rule);
        const kind = kinds[verb];
        const shapes = shapesOf(type);
        const known = shapes && at(shapes, type, path).some((one) => one.kind === kind);
        const readable = verb === "pattern" ? new RegExp(rest).source !== "" : /^\d*\.\.\d*$/.test(rest);
        return !known || !readable;
      }),
    );
    assert.deepEqual(wrong, []);
  });

  const said = (...of: Parameters<typeof specRefusals>) =>
    specRefusals(...of).map(({ property, reason }) => `${property}: ${reason}`);
  const pool = "azure-native:containerservice:AgentPool";

  it("say how long, how much and how many a value may be, in azure-native's words", () => {
    assert.deepEqual(said(pool, { osDiskSizeGB: 2049, upgradeSettings: { nodeSoakDurationInMinutes: -1 } }), [
      "osDiskSizeGB: 'osDiskSizeGB' is too high (2049.000000 > 2048.000000)",
      "upgradeSettings.nodeSoakDurationInMinutes: 'upgradeSettings.nodeSoakDurationInMinutes' is too low (-1.000000 < 0.000000)",
    ]);
    assert.deepEqual(said(pool, { osDiskSizeGB: 2048 }), []);
    assert.deepEqual(said("azure-native:resources:Deployment", { deploymentName: `${"a".repeat(65)}!` }), [
      `deploymentName: 'deploymentName' is too long (66): at most 64 characters allowed`,
      `deploymentName: 'deploymentName' does not match expression '^[-\\w\\._\\(\\)]+$'`,
    ]);
    const revisions = (...names: string[]) => ({ serviceMeshProfile: { istio: { revisions: names } } });
    const cluster = "azure-native:containerservice:ManagedCluster";
    assert.deepEqual(said(cluster, revisions("asm-1-26", "asm-1-27")), []);
    assert.match(said(cluster, revisions("a", "b", "c"))[0] ?? "", /has 3 elements: at most 2 are allowed$/);
  });

  it("are said at each element of a list, and only where the row says nothing itself", () => {
    const window = { timeInWeek: [{ hourSlots: [1, 24] }] };
    assert.deepEqual(said("azure-native:containerservice:MaintenanceConfiguration", window), [
      "timeInWeek.0.hourSlots.1: 'timeInWeek[0].hourSlots[1]' is too high (24.000000 > 23.000000)",
    ]);
    const account = { resourceGroupName: "shop", accountName: "No" };
    const found = refusalsOf("storage:StorageAccount", account).filter(({ property }) => property === "accountName");
    assert.deepEqual(found.length, 1);
  });

  it("delete first what the program named itself, as azure-native does even where the name changes", () => {
    const { deleteBeforeReplace } = rowOf("network:VirtualNetwork");
    const first = (name: string) =>
      typeof deleteBeforeReplace === "function" && deleteBeforeReplace({ virtualNetworkName: name }, {});
    assert.deepEqual([first("shop"), first("shop0123abcd")], [true, false]);
  });
});
