import assert from "node:assert/strict";
import { build, inside } from "../../test/contract";
import { zones } from "../../test/sites";
import { Network } from ".";
import { natAddresses } from "./gcp-egress";
import { firewallRules, networkTags } from "./gcp-firewall";

const token = "trifold:network:Network";
const rules = (egress: "open" | "web" = "web") =>
  firewallRules({ cidr: "10.20.0.0/16", egress, appPort: 8080 }, "10.20.128.0/20");
const recorded = (more: object = {}) =>
  build(
    "gcp",
    ({ site, keys }) => new Network("more", { site, keys, zones: zones.gcp, cidr: "10.64.0.0/16", ...more }),
    false,
  );
const own = (all: Awaited<ReturnType<typeof recorded>>) =>
  inside(all, token).filter((one) => one.name.startsWith("more"));
const ofType = (all: ReturnType<typeof own>, type: string) => all.filter((one) => one.type.endsWith(`:${type}`));

describe("firewall rules on Google Cloud", () => {
  it("let nothing in from the internet but through Google's front ends (NET-07)", () => {
    for (const [name, rule] of Object.entries(rules()))
      if (rule.direction === "INGRESS" && rule.allows)
        assert.ok(!JSON.stringify(rule.sourceRanges ?? []).includes("0.0.0.0/0"), name);
  });

  it("refuse both ways behind everything else, and log it", () => {
    for (const direction of ["INGRESS", "EGRESS"]) {
      const last = Object.values(rules())
        .filter((rule) => rule.direction === direction)
        .sort((a, b) => Number(b.priority) - Number(a.priority))[0];
      assert.deepEqual(last?.denies, [{ protocol: "all" }]);
      assert.equal(last?.targetTags, undefined);
    }
  });

  it("keep the data tier in, whatever the private tier may (NET-04)", () => {
    for (const egress of ["web", "open"] as const) {
      const { "data-deny-egress": closed, ...others } = rules(egress);
      const forData = Object.entries(others).filter(
        ([, rule]) =>
          rule.direction === "EGRESS" && rule.allows && JSON.stringify(rule.targetTags).includes(networkTags.data),
      );
      assert.deepEqual(
        forData.map(([name]) => name),
        ["google-apis"],
      );
      assert.ok(Number(closed?.priority) < 1000);
    }
  });

  it("open web, name and time servers to the private tier, or everything on request (NET-09)", () => {
    const ports = JSON.stringify(rules()["app-to-internet"]?.allows).match(/\d+/g)?.map(Number) ?? [];
    assert.deepEqual(
      [...new Set(ports)].sort((a, b) => a - b),
      [53, 80, 123, 443],
    );
    assert.deepEqual(rules("open")["app-to-internet"]?.allows, [{ protocol: "all" }]);
  });
});

describe("network on Google Cloud", () => {
  it("has one address for NAT, or one a zone, keyed by the zone", () => {
    assert.deepEqual(natAddresses("single", zones.gcp), ["nat"]);
    assert.deepEqual(natAddresses("per-zone", ["us-central1-a", "us-central1-f"]), [
      "nat-us-central1-a",
      "nat-us-central1-f",
    ]);
  });

  it("lets only machines of the private tier to the internet, by route and by NAT (NET-04)", async () => {
    const made = own(await recorded());
    const routes = ofType(made, "Route").filter((one) => one.inputs["destRange"] === "0.0.0.0/0");
    assert.deepEqual(
      routes.map((one) => one.inputs["tags"]),
      [[networkTags.app]],
    );
    const [network] = ofType(made, "Network");
    assert.equal(network?.inputs["deleteDefaultRoutesOnCreate"], true);
    const [nat] = ofType(made, "RouterNat");
    const listed = (nat?.inputs["subnetworks"] ?? []) as { name: string }[];
    assert.equal(listed.length, 1);
    assert.match(listed[0]?.name ?? "", /goodies-prod-more-private$/);
  });

  it("reaches Google's APIs by private names and addresses (NET-12)", async () => {
    const made = own(await recorded());
    const zonesMade = ofType(made, "ManagedZone").map((one) => one.inputs["dnsName"]);
    assert.deepEqual(zonesMade, ["googleapis.com.", "gcr.io.", "pkg.dev."]);
    assert.equal(ofType(made, "RecordSet").length, 6);
    for (const subnet of ofType(made, "Subnetwork"))
      assert.equal(subnet.inputs["privateIpGoogleAccess"], true, subnet.name);
  });

  it("keeps flow logs of every subnet for the time asked for, under the logs key (NET-14)", async () => {
    const made = own(await recorded({ flowLogRetentionDays: 120 }));
    for (const subnet of ofType(made, "Subnetwork")) assert.ok(subnet.inputs["logConfig"], subnet.name);
    const [bucket] = ofType(made, "ProjectBucketConfig");
    assert.equal(bucket?.inputs["retentionDays"], 120);
    assert.match(JSON.stringify(bucket?.inputs["cmekSettings"]), /keys-logs/);
    const [sink] = ofType(made, "ProjectSink");
    const [exclusion] = ofType(made, "ProjectExclusion");
    assert.equal(sink?.inputs["filter"], exclusion?.inputs["filter"]);
    assert.match(
      sink?.inputs["filter"] as string,
      /"goodies-prod-more-public" OR "goodies-prod-more-private" OR "goodies-prod-more-data"/,
    );
    assert.equal(sink?.inputs["destination"], `logging.googleapis.com/${bucket?.id}`);
  });
});
