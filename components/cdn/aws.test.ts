import assert from "node:assert/strict";
import { build, inside, the } from "../../test/contract";
import { cdnOn, fullCdnOn } from "../../test/edge";

const token = "trifold:cdn:Cdn";
const Distribution = "aws:cloudfront/distribution:Distribution";
const inputsOf = async (make: Parameters<typeof build>[1]) => the(await build("aws", make, false), Distribution).inputs;

describe("cdn on AWS", () => {
  it("speaks TLS 1.3 or, when told so, 1.2 of 2021 (CDN-04, SEC-04, F5)", async () => {
    const version = (inputs: object) =>
      (inputs as { viewerCertificate: { minimumProtocolVersion: string } }).viewerCertificate.minimumProtocolVersion;
    assert.equal(version(await inputsOf((ground) => cdnOn(ground))), "TLSv1.3_2025");
    assert.equal(version(await inputsOf((ground) => cdnOn(ground, { minTls: "1.2" }))), "TLSv1.2_2021");
  });

  it("signs every request to its private origin, whose policy lets this account's distributions in (CDN-05)", async () => {
    const recording = await build("aws", (ground) => cdnOn(ground), false);
    const control = the(recording, "aws:cloudfront/originAccessControl:OriginAccessControl");
    assert.deepEqual([control.inputs["signingBehavior"], control.inputs["signingProtocol"]], ["always", "sigv4"]);
    const [origin] = the(recording, Distribution).inputs["origins"] as unknown as { originAccessControlId: string }[];
    assert.equal(origin?.originAccessControlId, control.id);
    const policy = the(recording, "aws:s3/bucketPolicy:BucketPolicy", "storage-assets").inputs["policy"] as string;
    assert.match(policy, /cloudfront\.amazonaws\.com.*arn:aws:cloudfront::123456789012:distribution\/\*/);
    const key = the(recording, "aws:kms/key:Key", "keys-storage").inputs["policy"] as string;
    assert.match(key, /cloudfront\.amazonaws\.com/);
  });

  it("answers HTTPS alone, and turns HTTP to it (CDN-04, NET-10)", async () => {
    const inputs = await inputsOf((ground) => fullCdnOn(ground));
    const behaviors = [inputs["defaultCacheBehavior"], ...(inputs["orderedCacheBehaviors"] as unknown as object[])];
    assert.equal(behaviors.length, 2);
    for (const one of behaviors)
      assert.equal((one as { viewerProtocolPolicy: string }).viewerProtocolPolicy, "redirect-to-https");
  });

  it("asks a copy when the first store fails, or first when told so; never for writes (CDN-10)", async () => {
    const origins = async (failedOver: boolean) =>
      (await inputsOf((ground) => fullCdnOn(ground, {}, failedOver)))["origins"] as unknown as {
        originId: string;
        domainName: string;
      }[];
    const [before, after] = [await origins(false), await origins(true)];
    const host = (list: typeof before, id: string) => list.find((one) => one.originId === id)?.domainName;
    assert.equal(host(before, "assets"), host(after, "assets-copy"));
    assert.equal(host(before, "assets-copy"), host(after, "assets"));
    const inputs = await inputsOf((ground) => fullCdnOn(ground));
    const assets = inputs["defaultCacheBehavior"] as unknown as { targetOriginId: string; allowedMethods: string[] };
    assert.equal(assets.targetOriginId, "assets-group");
    assert.ok(!assets.allowedMethods.includes("POST"));
  });

  it("keeps certificate, WAF and log delivery in us-east-1, and logs in the site's store (CDN-06, CDN-09, DNS-03)", async () => {
    const recording = await build("aws", (ground) => cdnOn(ground), false);
    for (const type of [
      "aws:acm/certificate:Certificate",
      "aws:acm/certificateValidation:CertificateValidation",
      "aws:cloudwatch/logDeliverySource:LogDeliverySource",
      "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination",
      "aws:cloudwatch/logDelivery:LogDelivery",
    ])
      assert.equal(the(recording, type).inputs["region"], "us-east-1", type);
    const acl = the(recording, "aws:wafv2/webAcl:WebAcl");
    assert.equal(acl.inputs["region"], "us-east-1");
    assert.equal(the(recording, Distribution).inputs["webAclId"], acl.outputs["arn"]);
    const policy = the(recording, "aws:s3/bucketPolicy:BucketPolicy", "storage-logs").inputs["policy"] as string;
    assert.match(policy, /delivery\.logs\.amazonaws\.com/);
  });

  it("serves every location, or the cheaper ones in dev (CDN-07)", async () => {
    const priceClass = async (environment: "dev" | "prod") =>
      the(await build("aws", (ground) => cdnOn(ground), false, environment), Distribution).inputs["priceClass"];
    assert.deepEqual([await priceClass("prod"), await priceClass("dev")], ["PriceClass_All", "PriceClass_100"]);
  });

  it("keeps assets as long as it is told, compressed, and sends the headers that browsers want (CDN-08)", async () => {
    const recording = await build("aws", (ground) => cdnOn(ground, { assetTtl: 600 }), false);
    assert.equal(the(recording, "aws:cloudfront/cachePolicy:CachePolicy").inputs["defaultTtl"], 600);
    const { inputs } = the(recording, "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy");
    assert.match(JSON.stringify(inputs), /"accessControlMaxAgeSec":31536000/);
    assert.equal((the(recording, Distribution).inputs["defaultCacheBehavior"] as { compress: boolean }).compress, true);
    assert.ok(inside(recording, token).length > 8);
  });
});
