import assert from "node:assert/strict";
import * as fc from "fast-check";
import { build, itKeepsTheContract } from "../../test/contract";
import { domain, zoneOn } from "../../test/dns";
import { standbyOn, standbyZones, zones } from "../../test/sites";
import { clouds } from "../cloud";
import { Ingress } from "../ingress";
import { cloudAuthorities, Zone } from ".";
import { domainForm, zoneMistakes } from "./check";
import { Failover } from "./failover";
import { fullName, quotedText, rooted, textStrings } from "./names";
import { DnsRecord } from "./record";

type Ground = Parameters<Parameters<typeof build>[1]>[0];

itKeepsTheContract({
  token: "trifold:dns:Zone",
  builds: {
    defaults: zoneOn,
    "everything set": (ground) =>
      new Zone("zone", {
        ...ground,
        domain,
        authorities: [cloudAuthorities[ground.site.cloud], "letsencrypt.org", "sectigo.com"],
        logRetentionDays: 400,
      }),
  },
});

itKeepsTheContract({
  token: "trifold:dns:Record",
  builds: {
    defaults: (ground) =>
      new DnsRecord("www", { ...ground, zone: zoneOn(ground), host: "www", type: "A", values: ["203.0.113.7"] }),
    "everything set": (ground) => {
      const zone = zoneOn(ground);
      const record = (host: string, type: "A" | "AAAA" | "CNAME" | "TXT", ...values: string[]) =>
        new DnsRecord(`${type}-${host.replace(/\W/g, "")}`, { ...ground, zone, host, type, values, ttl: 60 });
      record("@", "A", "203.0.113.7", "203.0.113.8");
      record("www", "AAAA", "2001:db8::7");
      record("old", "CNAME", "www.goodies.example");
      record("_dmarc", "TXT", 'v=DMARC1; p="reject"', "x".repeat(300));
    },
  },
});

const failoverOn = (ground: Ground, more: object = {}) => {
  const spare = standbyOn(ground.site.cloud, ground.site.environment);
  return new Failover("api", {
    site: ground.site,
    zone: zoneOn(ground),
    host: "api",
    primary: new Ingress("ingress", { ...ground, zones: zones[ground.site.cloud] }),
    standby: new Ingress("standby-ingress", { ...spare, zones: standbyZones[ground.site.cloud] }),
    ...more,
  });
};

itKeepsTheContract({
  token: "trifold:dns:Failover",
  builds: {
    defaults: (ground) => failoverOn(ground),
    "everything set": (ground) => failoverOn(ground, { healthPath: "/ready", ttl: 30, active: true }),
  },
});

describe("dns", () => {
  for (const cloud of clouds)
    it(`answers with whole host names on ${cloud} (DNS-01)`, async () => {
      const names: string[] = [];
      await build(
        cloud,
        (ground) => {
          const zone = zoneOn(ground);
          for (const host of ["@", "www"])
            new DnsRecord(`r${names.length}${host}`, {
              ...ground,
              zone,
              host,
              type: "A",
              values: ["203.0.113.7"],
            }).name.apply((name) => names.push(name));
        },
        false,
      );
      assert.deepEqual(names.sort(), [domain, `www.${domain}`]);
    });

  it("refuses hosts and types that no zone takes", async () => {
    const made = (args: object) =>
      build(
        "aws",
        (ground) =>
          new DnsRecord("r", { ...ground, zone: zoneOn(ground), host: "www", type: "A", values: [], ...args }),
        true,
      );
    await assert.rejects(made({ host: "Www" }), /host is "Www"; use a name below the zone/);
    await assert.rejects(made({ host: "@", type: "CNAME" }), /takes no CNAME/);
    await assert.rejects(made({ ttl: 5 }), /ttl is 5; use a whole number from 30 to 86400/);
  });

  it("says what is wrong with a zone, each cloud in its own words (DNS-06)", () => {
    const choice = { domain, authorities: ["letsencrypt.org"], logRetentionDays: 90 };
    for (const cloud of clouds) {
      assert.deepEqual(zoneMistakes(cloud, choice), []);
      assert.equal(zoneMistakes(cloud, { ...choice, domain: "Goodies" })[0]?.field, "domain");
      assert.equal(zoneMistakes(cloud, { ...choice, existing: "no such thing!" })[0]?.field, "existing");
      assert.equal(zoneMistakes(cloud, { ...choice, authorities: ["Let's Encrypt"] })[0]?.field, "authorities");
    }
    assert.equal(zoneMistakes("aws", { ...choice, logRetentionDays: 91 })[0]?.field, "logRetentionDays");
    assert.deepEqual(zoneMistakes("aws", { ...choice, existing: "Z0123456789ABCDEFGHIJ" }), []);
  });

  it("writes names and texts as zones do", () => {
    assert.equal(fullName("@", domain), domain);
    assert.equal(fullName("www", domain), `www.${domain}`);
    assert.equal(rooted("a.example."), "a.example.");
    assert.equal(quotedText('say "hi"'), '"say \\"hi\\""');
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 900 }), (text) => {
        const parts = textStrings(text);
        assert.equal(parts.join(""), text);
        assert.ok(parts.every((part) => part.length <= 255));
      }),
    );
    fc.assert(
      fc.property(fc.domain(), (name) =>
        assert.equal(domainForm.test(name) || name.length > 200 || /[A-Z]/.test(name), true),
      ),
    );
  });
});
