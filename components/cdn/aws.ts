import { Distribution, OriginAccessControl } from "@pulumi/aws/cloudfront";
import { Record as DnsRecord } from "@pulumi/aws/route53";
import * as pulumi from "@pulumi/pulumi";
import { fullName } from "../dns/names";
import { physicalName } from "../naming";
import { awsNames } from "../naming/aws";
import { nativeOf } from "../site";
import { tagsOf } from "../site/aws-identity";
import type { BuildCdn, CdnArgs } from ".";
import { behaviors, makePolicies } from "./aws-behaviors";
import { certificate } from "./aws-certificate";
import { deliverLogs } from "./aws-logs";
import { originGroups, origins } from "./aws-origins";
import { rootObject } from "./headers";

/** F5: named after the year that each set of ciphers is from. */
const protocolVersions: Readonly<Record<NonNullable<CdnArgs["minTls"]>, string>> = {
  "1.2": "TLSv1.2_2021",
  "1.3": "TLSv1.3_2025",
};
const priceClasses: Readonly<Record<NonNullable<CdnArgs["coverage"]>, string>> = {
  all: "PriceClass_All",
  near: "PriceClass_100",
};

/** One distribution: own name and certificate, private origins, the WAF, logs in the site's store. */
export const build: BuildCdn = (context) => {
  const { name, site, args, child } = context;
  const { zoneId } = nativeOf(args.zone, "aws", `Cdn "${name}"`);
  const host = fullName(args.host, args.zone.domain);
  const proved = certificate(context, host);
  const control = new OriginAccessControl(
    name,
    {
      name: physicalName(awsNames.originAccessControl, [site.prefix, site.region, name]),
      description: `${site.prefix}: ${name} reads its assets`,
      originAccessControlOriginType: "s3",
      signingBehavior: "always",
      signingProtocol: "sigv4",
    },
    // A name of the account, which the new one would have too.
    { ...child, deleteBeforeReplace: true },
  );
  const blocked = args.waf.blockedCountries;
  const distribution = new Distribution(
    name,
    {
      enabled: true,
      comment: `${site.prefix}: ${host}`,
      aliases: [host],
      origins: origins(args, control.id),
      originGroups: originGroups(args),
      ...behaviors(args, makePolicies(context)),
      ...(args.assets && { defaultRootObject: rootObject }),
      httpVersion: "http2and3",
      isIpv6Enabled: true,
      priceClass: priceClasses[args.coverage],
      restrictions: {
        geoRestriction:
          blocked.length === 0
            ? { restrictionType: "none", locations: [] }
            : { restrictionType: "blacklist", locations: [...blocked] },
      },
      viewerCertificate: {
        acmCertificateArn: proved.certificateArn,
        minimumProtocolVersion: protocolVersions[args.minTls],
        sslSupportMethod: "sni-only",
      },
      webAclId: args.waf.id,
      tags: tagsOf(site, name),
    },
    child,
  );
  deliverLogs(context, distribution);
  for (const type of ["A", "AAAA"] as const)
    new DnsRecord(
      `${name}-${type.toLowerCase()}`,
      {
        zoneId,
        name: host,
        type,
        aliases: [{ name: distribution.domainName, zoneId: distribution.hostedZoneId, evaluateTargetHealth: false }],
      },
      { ...child, deleteBeforeReplace: true },
    );
  return { url: pulumi.output(`https://${host}`), id: distribution.id, target: distribution.domainName };
};
