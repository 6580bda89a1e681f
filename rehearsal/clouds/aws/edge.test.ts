// What AWS refuses at the edge by looking at what stands around.
import assert from "node:assert/strict";
import type { Props } from "../row";
import { list, object } from "../values";
import { rowOf, Sample } from "./sample";

const reasonOf = (sample: Sample, type: string, inputs: Props) => sample.judge(type, inputs)[0]?.reason ?? "";

/** A zone with a certificate asked for in it. */
function ground() {
  const sample = new Sample();
  const zone = sample.make("aws:route53/zone:Zone", { name: "shop.example" });
  const certificate = sample.make("aws:acm/certificate:Certificate", {
    domainName: "www.shop.example",
    validationMethod: "DNS",
  });
  const record = (name: string, type: string, value: string) =>
    sample.make("aws:route53/record:Record", { zoneId: zone.id, name, type, ttl: 60, records: [value] });
  const option = object(list(certificate.outputs["domainValidationOptions"])[0]);
  const prove = () => record(option["resourceRecordName"] as string, "CNAME", option["resourceRecordValue"] as string);
  return { sample, zone, certificate, record, prove };
}

describe("the edge of simulated AWS", () => {
  const Validation = "aws:acm/certificateValidation:CertificateValidation";

  it("issues a certificate once its record stands and CAA lets Amazon sign", () => {
    const { sample, certificate, record, prove } = ground();
    const asked = { certificateArn: certificate.id };
    assert.match(reasonOf(sample, Validation, asked), /PENDING_VALIDATION: no CNAME/);
    prove();
    assert.equal(reasonOf(sample, Validation, asked), "");
    record("shop.example", "CAA", '0 issue "letsencrypt.org"');
    assert.match(reasonOf(sample, Validation, asked), /CAA_ERROR/);
  });

  it("tells at the next read that a proved certificate is issued, for 198 days", () => {
    const { sample, certificate, prove } = ground();
    const row = rowOf("aws:acm/certificate:Certificate");
    const read = () =>
      row.outputs({ ...sample.moment(certificate.type, certificate.inputs, "shop", certificate), id: certificate.id });
    assert.equal(read()["status"], "PENDING_VALIDATION");
    prove();
    const { status, notBefore, notAfter } = read();
    assert.equal(status, "ISSUED");
    const days = (Date.parse(notAfter as string) - Date.parse(notBefore as string)) / 86_400_000;
    assert.equal(Math.round(days), 198);
    assert.deepEqual(row.ripens, ["notAfter", "notBefore", "status"]);
  });

  it("serves a name by one distribution, and by an issued certificate that covers it", () => {
    const { sample, certificate, prove } = ground();
    const distribution = (alias: string) => ({
      enabled: true,
      aliases: [alias],
      origins: [{ originId: "a", domainName: "a.s3.us-east-1.amazonaws.com" }],
      defaultCacheBehavior: {
        targetOriginId: "a",
        viewerProtocolPolicy: "https-only",
        allowedMethods: ["GET", "HEAD"],
        cachedMethods: ["GET", "HEAD"],
        cachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6",
      },
      restrictions: { geoRestriction: { restrictionType: "none" } },
      viewerCertificate: { acmCertificateArn: certificate.id, sslSupportMethod: "sni-only" },
    });
    const type = "aws:cloudfront/distribution:Distribution";
    assert.match(reasonOf(sample, type, distribution("www.shop.example")), /InvalidViewerCertificate/);
    prove();
    sample.make(Validation, { certificateArn: certificate.id });
    assert.match(reasonOf(sample, type, distribution("api.shop.example")), /doesn't cover api/);
    sample.make(type, distribution("www.shop.example"));
    assert.match(reasonOf(sample, type, distribution("www.shop.example")), /CNAMEAlreadyExists/);
  });

  it("signs a zone by an active key that Route 53 may use, and lets go of neither while it signs", () => {
    const { sample, zone } = ground();
    const policy = (service: string) =>
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Principal: { AWS: "arn:aws:iam::123456789012:root" }, Action: "kms:*", Resource: "*" },
          { Effect: "Allow", Principal: { Service: service }, Action: "kms:Sign", Resource: "*" },
        ],
      });
    const key = (service: string, customerMasterKeySpec: string) =>
      sample.make("aws:kms/key:Key", {
        customerMasterKeySpec,
        keyUsage: customerMasterKeySpec === "ECC_NIST_P256" ? "SIGN_VERIFY" : "ENCRYPT_DECRYPT",
        policy: policy(service),
      }).outputs["arn"] as string;
    const signing = (arn: string) => ({ hostedZoneId: zone.id, keyManagementServiceArn: arn, name: "shop" });
    const type = "aws:route53/keySigningKey:KeySigningKey";
    assert.match(
      reasonOf(sample, "aws:route53/hostedZoneDnsSec:HostedZoneDnsSec", { hostedZoneId: zone.id }),
      /NotFound/,
    );
    assert.match(reasonOf(sample, type, signing(key("logs.amazonaws.com", "ECC_NIST_P256"))), /InvalidKMSArn/);
    const made = sample.make(type, signing(key("dnssec-route53.amazonaws.com", "ECC_NIST_P256")));
    sample.make("aws:route53/hostedZoneDnsSec:HostedZoneDnsSec", { hostedZoneId: zone.id });
    assert.match(sample.holds(made) ?? "", /KeySigningKeyInUse/);
  });

  it("has one record of a name, type and identifier", () => {
    const { sample, zone, record } = ground();
    record("www.shop.example", "A", "203.0.113.7");
    const again = { zoneId: zone.id, name: "www", type: "A", ttl: 60, records: ["203.0.113.8"] };
    assert.match(reasonOf(sample, "aws:route53/record:Record", again), /already exists/);
    assert.match(
      reasonOf(sample, "aws:route53/record:Record", { ...again, type: "CNAME", records: ["a.example"] }),
      /conflicts with other records/,
    );
    assert.match(sample.holds(zone) ?? "", /HostedZoneNotEmpty/);
  });
});
