import assert from "node:assert/strict";
import { build, the } from "../../test/contract";
import { failover, zoneOn } from "../../test/dns";

describe("dns on Google Cloud", () => {
  it("signs with ECDSA P-256, logs every query and tells the DS record (DNS-01)", async () => {
    let ds = "";
    const recording = await build(
      "gcp",
      (ground) => {
        zoneOn(ground).dsRecord.apply((record) => {
          ds = record;
        });
      },
      false,
    );
    const { inputs } = the(recording, "gcp:dns/managedZone:ManagedZone", "zone");
    assert.match(JSON.stringify(inputs["dnssecConfig"]), /ecdsap256sha256.*"state":"on"/);
    assert.deepEqual(inputs["cloudLoggingConfig"], { enableLogging: true });
    assert.match(
      the(recording, "gcp:logging/projectSink:ProjectSink", "zone-queries").inputs["filter"] as string,
      /goodies-prod-zone/,
    );
    assert.match(ds, /^\d+ 13 2 [0-9A-F]{64}$/);
  });

  it("checks from three regions, none of them the site's own (DNS-02)", async () => {
    const { inputs } = the(await failover("gcp", false), "gcp:compute/healthCheck:HealthCheck");
    const from = inputs["sourceRegions"] as string[];
    assert.equal(from.length, 3);
    assert.ok(!from.includes("us-central1"));
    assert.equal(inputs["checkIntervalSec"], 30);
  });

  it("prefers the primary, and gives the standby's plain addresses when a failover is asked for (DNS-02, DR-04)", async () => {
    const record = async (active: boolean) =>
      the(await failover("gcp", active), "gcp:dns/recordSet:RecordSet", "api").inputs;
    const usual = await record(false);
    assert.match(JSON.stringify(usual["routingPolicy"]), /"primaryBackup".*"externalEndpoints"/);
    assert.equal(usual["rrdatas"], undefined);
    const failed = await record(true);
    assert.equal(failed["routingPolicy"], undefined);
    assert.equal((failed["rrdatas"] as string[]).length, 1);
  });
});
