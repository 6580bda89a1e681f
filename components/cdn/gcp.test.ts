import assert from "node:assert/strict";
import { build, the } from "../../test/contract";
import { cdnOn, fullCdnOn } from "../../test/edge";

const recorded = (make: Parameters<typeof build>[1]) => build("gcp", make, false);
const Service = "gcp:compute/backendService:BackendService";
const Rule = "gcp:compute/globalForwardingRule:GlobalForwardingRule";

describe("cdn on Google Cloud", () => {
  it("signs its requests to a bucket that nobody else may read, as an account that can't list it (CDN-05)", async () => {
    const recording = await recorded((ground) => cdnOn(ground));
    const account = the(recording, "gcp:serviceaccount/account:Account", "cdn-reader");
    const grant = the(recording, "gcp:storage/bucketIAMMember:BucketIAMMember", "cdn-assets-reader");
    assert.equal(grant.inputs["role"], "roles/storage.legacyObjectReader");
    assert.equal(grant.inputs["member"], account.outputs["member"]);
    const service = the(recording, Service, "cdn-assets");
    assert.ok(service.secretInputs.includes("securitySettings"), "the key for signing stays a secret");
    assert.ok(the(recording, "gcp:storage/hmacKey:HmacKey").secretOutputs.includes("secret"));
    for (const { type, inputs } of recording.registrations)
      if (/BucketIAMMember$/.test(type)) assert.doesNotMatch(JSON.stringify(inputs), /allUsers|allAuthenticatedUsers/);
  });

  it("speaks TLS 1.3 or, when told so, 1.2, with strong ciphers alone (CDN-04, SEC-04, F5)", async () => {
    for (const minTls of ["1.2", "1.3"] as const) {
      const { inputs } = the(await recorded((ground) => cdnOn(ground, { minTls })), "gcp:compute/sSLPolicy:SSLPolicy");
      assert.deepEqual([inputs["minTlsVersion"], inputs["profile"]], [`TLS_${minTls.replace(".", "_")}`, "RESTRICTED"]);
    }
  });

  it("answers on 80 with a redirect, over IPv4 and IPv6 (NET-10)", async () => {
    const recording = await recorded((ground) => cdnOn(ground));
    const redirect = the(recording, "gcp:compute/uRLMap:URLMap", "cdn-redirect");
    assert.equal((redirect.inputs["defaultUrlRedirect"] as { httpsRedirect: boolean }).httpsRedirect, true);
    const proxy = the(recording, "gcp:compute/targetHttpProxy:TargetHttpProxy");
    assert.equal(proxy.inputs["urlMap"], redirect.id);
    for (const version of ["ipv4", "ipv6"])
      assert.equal(the(recording, Rule, `cdn-${version}-80`).inputs["target"], proxy.id);
    for (const [version, type] of [
      ["ipv4", "A"],
      ["ipv6", "AAAA"],
    ])
      assert.equal(the(recording, "gcp:dns/recordSet:RecordSet", `cdn-${version}`).inputs["type"], type);
  });

  it("has WAF and log on every origin, and refuses countries before its cache too (CDN-06, CDN-09, SEC-05)", async () => {
    const recording = await recorded((ground) => fullCdnOn(ground));
    const waf = the(recording, "gcp:compute/securityPolicy:SecurityPolicy", "edge-waf");
    for (const which of ["cdn-assets", "cdn-api"]) {
      const { inputs } = the(recording, Service, which);
      assert.equal(inputs["securityPolicy"], waf.outputs["selfLink"]);
      assert.deepEqual(inputs["logConfig"], { enable: true, sampleRate: 1 });
    }
    const edge = the(recording, "gcp:compute/securityPolicy:SecurityPolicy", "cdn-countries");
    assert.equal(edge.inputs["type"], "CLOUD_ARMOR_EDGE");
    assert.match(JSON.stringify(edge.inputs["rules"]), /region_code == 'KP'/);
    assert.equal(the(recording, Service, "cdn-assets").inputs["edgeSecurityPolicy"], edge.outputs["selfLink"]);
  });

  it("serves what it has for a week when the bucket fails, and turns to the copy when told so (CDN-10)", async () => {
    const host = async (failedOver: boolean) =>
      the(
        await recorded((ground) => fullCdnOn(ground, {}, failedOver)),
        "gcp:compute/globalNetworkEndpoint:GlobalNetworkEndpoint",
        "cdn-assets",
      ).inputs["fqdn"] as string;
    const [before, after] = [await host(false), await host(true)];
    assert.match(before, /^goodies-prod-storage-assets-[a-z0-9]+\.storage\.googleapis\.com$/);
    assert.match(after, /^goodies-prod-standby-.*\.storage\.googleapis\.com$/);
    const { inputs } = the(await recorded((ground) => cdnOn(ground)), Service, "cdn-assets");
    assert.equal((inputs["cdnPolicy"] as { serveWhileStale: number }).serveWhileStale, 604_800);
  });

  it("proves its certificate by a record, under names that go with the host (DNS-03)", async () => {
    const name = async (host: string) => {
      const recording = await recorded((ground) => cdnOn(ground, { host }));
      const map = the(recording, "gcp:certificatemanager/certificateMap:CertificateMap").inputs["name"];
      return [map, the(recording, "gcp:certificatemanager/certificate:Certificate").inputs["name"]] as const;
    };
    const [[map, first], [sameMap, second]] = [await name("www"), await name("shop")];
    assert.equal(map, sameMap);
    assert.notEqual(first, second);
  });
});
