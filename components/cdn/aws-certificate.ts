import { Certificate, CertificateValidation } from "@pulumi/aws/acm";
import { Record } from "@pulumi/aws/route53";
import type { BuildContext } from "../build";
import { edgeRegion } from "../keys/aws-edge";
import { nativeOf } from "../site";
import { tagsOf } from "../site/aws-identity";
import type { CompleteCdnArgs } from ".";

/** A certificate that ACM renews by itself as long as its record stands (DNS-03, DNS-05); CloudFront reads it in us-east-1. */
export function certificate({ name, site, args, child }: BuildContext<CompleteCdnArgs>, host: string) {
  const { zoneId } = nativeOf(args.zone, "aws", `Cdn "${name}"`);
  const made = new Certificate(
    name,
    {
      region: edgeRegion,
      domainName: host,
      validationMethod: "DNS",
      keyAlgorithm: "EC_prime256v1",
      options: { certificateTransparencyLoggingPreference: "ENABLED" },
      tags: tagsOf(site, name),
    },
    child,
  );
  // One name, so one option.
  const option = made.domainValidationOptions.apply(([one]) => one);
  const proof = new Record(
    `${name}-proof`,
    {
      zoneId,
      name: option.apply((one) => one?.resourceRecordName ?? ""),
      type: option.apply((one) => one?.resourceRecordType ?? ""),
      records: [option.apply((one) => one?.resourceRecordValue ?? "")],
      ttl: 300,
      // ACM asks every certificate of the account for one name to be proved by the same record.
      allowOverwrite: true,
    },
    child,
  );
  return new CertificateValidation(
    name,
    { region: edgeRegion, certificateArn: made.arn, validationRecordFqdns: [proof.fqdn] },
    child,
  );
}
