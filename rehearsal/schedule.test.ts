import assert from "node:assert/strict";
import { recorded } from "./display/recorded";
import { graphOf, stepsOf } from "./schedule";
import { timing } from "./timing";

const urn = (chain: string, name: string) => `urn:pulumi:dev::shop::${chain}::${name}`;
const thing = "pulumi-nodejs:dynamic:Resource";

describe("The steps of a run", () => {
  it("are the calls to a cloud: no components, no stack, no providers; a replacement is two", () => {
    const steps = stepsOf(recorded("change").report, () => 1).map(({ urn, act }) => `${act} ${urn.split("::").pop()}`);
    assert.deepEqual(steps.sort(), [
      "create main-vpc",
      "delete gone",
      "delete main-vpc",
      "update db",
      "update main-subnet-1",
      "update main-subnet-2",
    ]);
  });

  it("wait for parents, providers, dependencies and those of properties", () => {
    const vpc = urn(`shop:network:Network$${thing}`, "main-vpc");
    const db = urn(`shop:data:Database$${thing}`, "db");
    const graph = graphOf(recorded("up").report, [
      { urn: db, dependencies: [vpc], propertyDependencies: { net: [vpc], size: null } },
    ]);
    assert.ok(graph.get(db)!.includes(vpc));
    assert.ok(graph.get(db)!.includes(urn("shop:data:Database", "db")));
    assert.ok(graph.get(db)!.some((waited) => waited.includes("pulumi:providers:pulumi-nodejs")));
    assert.ok(!graph.get(db)!.some((waited) => /::[0-9a-f-]{36}$/.test(waited)));
  });

  it("give a destroy in reverse, from the same graph", () => {
    const vpc = urn(`shop:network:Network$${thing}`, "main-vpc");
    const db = urn(`shop:data:Database$${thing}`, "db");
    const { report } = recorded("destroy");
    const found = timing(
      stepsOf(report, (_, act) => (act === "delete" ? 60 : 0)),
      graphOf(report, [{ urn: db, dependencies: [vpc] }]),
    );
    assert.equal(found.seconds, 120);
    assert.deepEqual(
      found.criticalPath.map((step) => step.urn),
      [db, vpc],
    );
  });
});
