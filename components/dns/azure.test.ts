import assert from "node:assert/strict";
import { build, the } from "../../test/contract";
import { failover, zoneOn } from "../../test/dns";

// The standby is on another cloud: its addresses do as well.
describe("dns on Azure", () => {
  it("signs the zone, locks it, and tells the DS record (DNS-01)", async () => {
    let ds = "";
    const recording = await build(
      "azure",
      (ground) => {
        zoneOn(ground).dsRecord.apply((record) => {
          ds = record;
        });
      },
      false,
    );
    assert.match(ds, /^\d+ 13 2 [0-9A-F]{64}$/);
    const dnssec = the(recording, "azure-native:dns:DnssecConfig");
    const lock = the(recording, "azure-native:authorization:ManagementLockByScope", "zone-lock");
    assert.equal(lock.inputs["scope"], the(recording, "azure-native:dns:Zone").id);
    assert.ok(lock.dependencies.includes(dnssec.urn));
  });

  it("prefers the primary and has an order for every address of the standby, on another cloud too (DNS-02)", async () => {
    const recording = await failover("azure", false, "aws");
    const endpoints = recording.registrations.filter((one) => one.type === "azure-native:trafficmanager:Endpoint");
    assert.deepEqual(endpoints.map(({ name, inputs }) => [name, inputs["priority"], inputs["endpointStatus"]]).sort(), [
      ["api-primary", 1, "Enabled"],
      ["api-standby-1", 2, "Enabled"],
      ["api-standby-2", 3, "Enabled"],
      ["api-standby-3", 4, "Enabled"],
    ]);
    const profile = the(recording, "azure-native:trafficmanager:Profile");
    const monitor = JSON.stringify(profile.inputs["monitorConfig"]);
    assert.match(monitor, /"name":"Host","value":"api.prod.goodies.example"/);
    assert.match(monitor, /"protocol":"HTTPS"/);
    const record = the(recording, "azure-native:dns:RecordSet", "api");
    assert.deepEqual(record.inputs["targetResource"], { id: profile.id });
  });

  it("takes the primary out when a failover is asked for (DR-04)", async () => {
    const recording = await failover("azure", true, "aws");
    assert.equal(
      the(recording, "azure-native:trafficmanager:Endpoint", "api-primary").inputs["endpointStatus"],
      "Disabled",
    );
  });
});
