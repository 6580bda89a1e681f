// That every rule of provider-rules.json speaks of arguments that the SDK's typings know, in a verb that is understood.
import assert from "node:assert/strict";
import type { Props } from "../row";
import { readRule, wordsOf } from "../rules";
import { at, shapesOf } from "../schema";
import { schemaRefusals, verbs } from "./provider-rules";
import rules from "./provider-rules.json";
import { rowOf, Sample } from "./sample";

const known = (type: string, path: string): boolean => {
  const shapes = shapesOf(type);
  return shapes !== undefined && at(shapes, type, path).length > 0;
};

describe("the rules of the provider's schema", () => {
  it("name arguments that the typings know, in verbs that are understood", () => {
    const wrong = Object.entries(rules).flatMap(([type, of]) =>
      of.filter((rule) => {
        const { verb, path, rest } = readRule(rule);
        const paths = ["one", "any", "not", "needs"].includes(verb) ? [path, ...wordsOf(rest)] : [path];
        return !(verbs as readonly string[]).includes(verb) || paths.some((one) => !known(type, one));
      }),
    );
    assert.deepEqual(wrong, []);
  });

  const policy = "gcp:compute/securityPolicy:SecurityPolicy";
  const zone = "gcp:dns/recordSet:RecordSet";
  const cluster = "gcp:container/cluster:Cluster";
  const said = (type: string, inputs: Parameters<typeof schemaRefusals>[1]) =>
    schemaRefusals(type, inputs).map(({ property, reason }) => `${property}: ${reason}`);

  it("say which values, how many and how much an argument takes", () => {
    assert.deepEqual(said(policy, { type: "CLOUD_ARMOR_EGDE" }), [
      'type: expected one of "CLOUD_ARMOR", "CLOUD_ARMOR_EDGE", "CLOUD_ARMOR_INTERNAL_SERVICE", got "CLOUD_ARMOR_EGDE"',
    ]);
    assert.deepEqual(said(policy, { rules: [{ match: { config: { srcIpRanges: [] } } }] }), [
      "rules.0.match.config.srcIpRanges: expected a number of elements from 1 to 10, got []",
    ]);
    assert.deepEqual(said("gcp:compute/firewall:Firewall", { allows: [{}], priority: 65_536 }), [
      "priority: expected a number from 0 to 65535, got 65536",
    ]);
    assert.deepEqual(said(policy, { type: "" }), [], "an empty text is an argument that isn't given");
  });

  it("say which arguments exclude, replace and need each other, below a block only if it is there", () => {
    assert.match(said(zone, {})[0] ?? "", /^routingPolicy: one of routingPolicy, rrdatas must be specified/);
    assert.match(said(zone, { rrdatas: ["1"], routingPolicy: { geos: [{}], wrrs: [{}] } })[0] ?? "", /conflicts with/);
    assert.deepEqual(said(cluster, { enableAutopilot: true, networkPolicy: { enabled: true } }), [
      "networkPolicy: conflicts with enableAutopilot",
    ]);
    assert.match(said(cluster, { privateClusterConfig: {} })[0] ?? "", /^privateClusterConfig.*must be specified/);
    assert.deepEqual(said("gcp:sql/user:User", { passwordWo: "x" }), [
      "passwordWoVersion: is required when passwordWo is set",
    ]);
  });

  it("write defaults where nothing is given, below the first level into blocks that are there", () => {
    const sample = new Sample();
    const network = sample.make("gcp:compute/network:Network", { name: "shop", autoCreateSubnetworks: false });
    assert.equal(network.inputs["networkFirewallPolicyEnforcementOrder"], "AFTER_CLASSIC_FIREWALL");
    assert.equal(network.inputs["deleteDefaultRoutesOnCreate"], undefined, "the bridge writes nothing that is false");
    assert.equal(network.outputs["deleteDefaultRoutesOnCreate"], false);
    const shielded = (more: Props) => sample.checked(cluster, { name: "shop", ...more })["enableShieldedNodes"];
    assert.deepEqual([shielded({}), shielded({ enableAutopilot: true })], [true, undefined]);
    const checked = sample.checked("gcp:compute/subnetwork:Subnetwork", { logConfig: { flowSampling: 1 } });
    assert.deepEqual(checked["logConfig"], {
      aggregationInterval: "INTERVAL_5_SEC",
      filterExpr: "true",
      flowSampling: 1,
      metadata: "INCLUDE_ALL_METADATA",
    });
    assert.equal(sample.checked("gcp:compute/subnetwork:Subnetwork", {})["logConfig"], undefined);
  });

  it("name what replaces and what is a set, beside what the rows say", () => {
    const row = rowOf("gcp:compute/router:Router");
    assert.ok(row.immutable?.includes("params") && row.immutable.includes("network"));
    assert.ok(row.unordered?.includes("bgp.advertisedIpRanges"));
  });
});
