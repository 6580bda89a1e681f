import assert from "node:assert/strict";
import { modeFor, reachOf } from "./reach";
import { shifted } from "./recovery-place";
import { resolve } from "./settings";

const base = {
  app: "custom",
  environment: "prod",
  cloud: "aws",
  region: "us-east-1",
  tags: JSON.stringify({ owner: "team@example.com", costCentre: "1001" }),
};

function resolved(values: Record<string, unknown>) {
  const text = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));
  const all = { ...base, ...Object.fromEntries(Object.entries(values).map(([key, value]) => [key, text(value)])) };
  return resolve({ namespace: "trifold", values: all, secrets: new Set(), rehearsal: false });
}
const problems = (values: Record<string, unknown>) =>
  resolved(values).problems.map(({ setting, wrong }) => `${setting}: ${wrong}`);
function settings(values: Record<string, unknown>) {
  const { settings: found, problems: wrong } = resolved(values);
  assert.ok(found, JSON.stringify(wrong));
  return found;
}

describe("second sites", () => {
  it("are none where none is asked for", () => {
    assert.equal(settings({}).standby, undefined);
    assert.equal(settings({}).backup, undefined);
  });

  it("stand in the region that dr.region names, with zones and addresses of their own (DR-02, NET-13)", () => {
    const { standby } = settings({ dr: { region: "us-west-2" } });
    assert.equal(standby?.site.region, "us-west-2");
    assert.equal(standby.site.role, "standby");
    assert.equal(standby.network.cidr, "10.120.0.0/16");
    assert.deepEqual(standby.zones, ["us-west-2a", "us-west-2b", "us-west-2c"]);
  });

  it("take fewer zones where the region has fewer", () => {
    const { standby } = settings({ cloud: "aws", network: { zones: 4 }, dr: { region: "eu-west-1" } });
    assert.equal(standby?.zones.length, 3);
  });

  it("stand on another cloud for dr.secondaryCloud (DR-06, STO-12)", () => {
    const { backup } = settings({ app: "fitness", dr: { secondaryCloud: "azure" } });
    assert.equal(backup?.site.cloud, "azure");
    assert.equal(backup.site.region, "eastus");
    assert.equal(backup.site.role, "backup");
    assert.equal(backup.network.cidr, "10.70.0.0/16");
  });

  it("get the cheapest mode that keeps the promise (DR-10)", () => {
    assert.deepEqual([300, 240, 60, 15, 5].map(modeFor), [
      "backup-restore",
      "backup-restore",
      "pilot-light",
      "warm-standby",
      "warm-standby",
    ]);
    assert.equal(settings({ app: "goodies", dr: { region: "us-west-2" } }).standby?.mode, "pilot-light");
    assert.equal(settings({ dr: { region: "us-west-2" } }).standby?.mode, "backup-restore");
    assert.equal(settings({ app: "custsvc", dr: { region: "us-west-2" } }).standby?.mode, "warm-standby");
  });

  it("keep their addresses apart at the end of the range too", () => {
    assert.equal(shifted("10.200.0.0/16", "standby"), "10.44.0.0/16");
    assert.equal(shifted("10.20.16.0/20", "backup"), "10.70.16.0/20");
  });
});

describe("promises", () => {
  it("are refused where the mode can't keep them, with the reason (DR-01)", () => {
    const found = problems({ dr: { region: "us-west-2", mode: "backup-restore", rtoMinutes: 60, rpoMinutes: 15 } });
    assert.equal(found.length, 2);
    assert.match(found[0] ?? "", /dr\.rtoMinutes: .*honestly reaches 240 minutes.*higher dr\.mode/);
    assert.match(found[1] ?? "", /dr\.rpoMinutes: .*honestly reaches 60 minutes/);
  });

  it("are refused of another cloud, which restores dumps (F13)", () => {
    const found = problems({ dr: { secondaryCloud: "gcp", rtoMinutes: 60 } });
    assert.match(found.join(), /dr\.rtoMinutes: an hourly copy of dumps on another cloud honestly reaches 300/);
  });

  it("of a profile are no promise where only another cloud is asked for", () => {
    assert.deepEqual(problems({ app: "fitness", dr: { secondaryCloud: "azure" } }), []);
  });

  it("of Google Cloud's backups in another region are a day, with hourly dumps an hour (F9)", () => {
    const place = { cloud: "gcp", region: "us-central1" };
    assert.match(problems({ ...place, dr: { region: "us-east1" } }).join(), /dr\.rpoMinutes: .*1440 minutes/);
    assert.deepEqual(problems({ ...place, dr: { region: "us-east1" }, compute: { deployFrom: "inside" } }), []);
    assert.equal(reachOf("gcp", "backup-restore", { across: false, dumps: true, copied: true }).rpoMinutes, 60);
  });

  it("of Azure's backups hold for a region's partner alone (BAK-06)", () => {
    const place = { cloud: "azure", region: "eastus2" };
    assert.deepEqual(problems({ ...place, dr: { region: "centralus" } }), []);
    assert.equal(settings({ ...place, dr: { region: "centralus" } }).copies, true);
    assert.match(problems({ ...place, dr: { region: "westus2" } }).join(), /dr\.rpoMinutes: nothing of the database/);
    assert.equal(settings({ ...place, dr: { region: "westus2", mode: "pilot-light" } }).copies, false);
  });

  it("without a second site are refused", () => {
    assert.match(problems({ dr: { rtoMinutes: 60 } }).join(), /dr\.rtoMinutes: nothing survives.*dr\.region/);
    assert.match(problems({ dr: { active: true } }).join(), /dr\.active: there is no second site/);
    assert.match(problems({ dr: { mode: "pilot-light" } }).join(), /dr\.mode: there is no second site/);
  });
});

describe("places of second sites", () => {
  it("are refused where they would be lost with the first, or aren't there", () => {
    assert.match(problems({ dr: { region: "us-east-1" } }).join(), /dr\.region: use another region/);
    assert.match(problems({ dr: { region: "westus2" } }).join(), /dr\.region: it is a region of Azure/);
    assert.match(problems({ dr: { secondaryCloud: "aws" } }).join(), /dr\.secondaryCloud: use another cloud/);
    assert.match(
      problems({ dr: { secondaryCloud: "gcp", secondaryRegion: "eastus" } }).join(),
      /dr\.secondaryRegion: it is a region of Azure/,
    );
    assert.match(problems({ dr: { region: "us-west-2", cidr: "10.20.128.0/20" } }).join(), /dr\.cidr: it overlaps/);
    assert.match(problems({ dr: { region: "us-west-2", cidr: "192.168.0.0/16" } }).join(), /dr\.cidr: it lies outside/);
    assert.match(
      problems({ storage: { backups: false }, dr: { secondaryCloud: "gcp" } }).join(),
      /storage\.backups: dr\.secondaryCloud copies/,
    );
  });
});
