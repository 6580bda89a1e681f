import assert from "node:assert/strict";
import { build, inside, the } from "../../test/contract";
import { Network } from ".";
import { overlayRanges } from "./azure-ranges";
import { type Choice, type Group, openings, securityRules } from "./azure-security";

const token = "trifold:network:Network";
const choice: Choice = {
  ranges: {
    edge: ["10.0.1.0/24"],
    app: ["10.0.2.0/24", "10.0.3.0/24"],
    data: ["10.0.4.0/24"],
    database: ["10.0.5.0/24"],
    control: ["10.0.6.0/24"],
  },
  appPort: 8080,
  egress: "web",
};
const groups = Object.keys(openings) as Group[];
const of = (group: Group, egress: Choice["egress"] = "web") =>
  openings[group]({ ...choice, egress }, choice.ranges[group]);

describe("network on azure", () => {
  for (const group of groups)
    it(`ends what may enter ${group} in a denial, each rule with a priority and a reason of its own (NET-06)`, () => {
      const rules = securityRules(of(group));
      for (const direction of ["Inbound", "Outbound"] as const) {
        const priorities = rules.filter((rule) => rule.direction === direction).map((rule) => rule.priority);
        assert.deepEqual([...new Set(priorities)].sort(), [...priorities].sort());
      }
      const last = of(group)
        .filter((rule) => rule.direction === "Inbound")
        .at(-1);
      assert.deepEqual([last?.access, last?.from, last?.ports], ["Deny", "*", ["*"]]);
      for (const rule of rules) assert.ok(rule.description.length > 10 && rule.description.length <= 140);
    });

  it("opens 80 and 443 to the internet at the edge, and nothing anywhere else (NET-07)", () => {
    const open = groups.flatMap((group) =>
      of(group)
        .filter(({ direction, access, from }) => direction === "Inbound" && access === "Allow" && from === "Internet")
        .map(({ ports }) => `${group} ${ports.join()}`),
    );
    assert.deepEqual(open, ["edge 80,443"]);
  });

  it("lets the edge reach the application's port, the application the database, and the edge no data (NET-06)", () => {
    const reach = (group: Group, to: readonly string[]) =>
      of(group)
        .filter((one) => one.direction === "Outbound" && one.access === "Allow" && one.to === to)
        .flatMap(({ ports }) => [...ports]);
    assert.deepEqual(reach("edge", choice.ranges.app), ["8080"]);
    assert.deepEqual(reach("app", choice.ranges.database), ["5432", "6432"]);
    assert.deepEqual(reach("edge", choice.ranges.database), []);
    assert.ok(of("edge").some(({ name, access }) => name === "DenyDataOut" && access === "Deny"));
  });

  it("lets nodes and pods talk, and the API server reach them and the vault, and nothing more (CLU-05, CLU-06)", () => {
    const pods = overlayRanges.pods;
    const own = of("app").find(({ name }) => name === "AllowAppIn");
    for (const side of [own?.from, own?.to]) assert.ok(side?.includes(pods));
    const out = of("control").filter(({ direction, access }) => direction === "Outbound" && access === "Allow");
    assert.deepEqual(
      out.map(({ to }) => to),
      [[...choice.ranges.app, pods], choice.ranges.data],
    );
    for (const range of Object.values(overlayRanges)) assert.ok(!range.startsWith("10."), range);
  });

  it("lets database subnets of the platform's other networks replicate, and nobody else (DB-03)", () => {
    const peered = openings.database({ ...choice, peers: ["10.9.0.0/24"] }, choice.ranges.database);
    const rules = peered.filter(({ from, to }) => from.includes("10.9.0.0/24") || to.includes("10.9.0.0/24"));
    assert.deepEqual(
      rules.map(({ direction, ports }) => [direction, ...ports]),
      [
        ["Inbound", "5432", "6432"],
        ["Outbound", "5432", "6432"],
      ],
    );
  });

  it("widens the application's way out only where it is asked to (NET-09)", () => {
    const out = (egress: Choice["egress"]) =>
      of("app", egress)
        .filter(({ direction, to }) => direction === "Outbound" && to === "Internet")
        .flatMap(({ ports }) => [...ports]);
    assert.deepEqual(out("web"), ["80", "443", "53", "123"]);
    assert.deepEqual(out("open"), ["*"]);
  });

  it("gives the data tier no way to the internet: no NAT, a denial, no default way out (NET-03, NET-04)", async () => {
    const recording = await build("azure", () => undefined, false);
    const subnets = inside(recording, token).filter((one) => one.type === "azure-native:network:Subnet");
    for (const subnet of subnets) {
      assert.equal(subnet.inputs["defaultOutboundAccess"], false);
      assert.ok(subnet.inputs["networkSecurityGroup"], subnet.name);
      assert.equal(subnet.inputs["natGateway"] !== undefined, subnet.name.includes("private"), subnet.name);
    }
  });

  it("writes subnets one after another, since Azure takes one write to a network at a time", async () => {
    const recording = await build("azure", () => undefined, false);
    const subnets = inside(recording, token).filter((one) => one.type === "azure-native:network:Subnet");
    for (const [index, subnet] of subnets.slice(1).entries())
      assert.ok(subnet.dependencies.includes(subnets[index]?.urn ?? ""), subnet.name);
  });

  it("logs all flows for as long as asked, as an identity that may write there (NET-14)", async () => {
    const recording = await build("azure", () => undefined, false);
    const log = the(recording, "azure-native:network:FlowLog");
    assert.deepEqual(log.inputs["retentionPolicy"], { enabled: true, days: 90 });
    assert.equal(log.inputs["networkWatcherName"], "NetworkWatcher_eastus");
    assert.ok(log.inputs["identity"]);
  });

  it("adds names and endpoints, and nothing else, to a network of somebody else's", async () => {
    const id = "/subscriptions/s/resourceGroups/hub/providers/Microsoft.Network/virtualNetworks/hub";
    const subnet = (name: string) => `${id}/subnets/${name}`;
    const recording = await build(
      "azure",
      ({ site, keys }) =>
        new Network("more", {
          site,
          keys,
          zones: ["1"],
          existing: {
            id,
            cidr: "10.1.0.0/16",
            subnets: { public: [subnet("p")], private: [subnet("a")], data: [subnet("d")] },
            databaseSubnet: subnet("db"),
            clusterSubnet: subnet("api"),
          },
        }),
      false,
    );
    const types = new Set(
      inside(recording, token)
        .filter(({ urn }) => urn.includes("::more"))
        .map(({ type }) => type.split(":").at(-1)),
    );
    assert.deepEqual([...types].sort(), [
      "PrivateDnsZoneGroup",
      "PrivateEndpoint",
      "PrivateZone",
      "VirtualNetworkLink",
    ]);
  });
});
