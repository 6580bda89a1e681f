import { all, aws, azure, cannot, gcp, type Row, row } from "./row";

const cdn = "4.6 CDN and edge";
const dns = "4.7 DNS";
const recovery = "4.3 to 4.5 Recovery";

export const edgeRows: readonly Row[] = [
  row(cdn, "HTTP is answered by a redirect only", {
    aws: aws.is("cloudfront.Distribution", "defaultCacheBehavior.viewerProtocolPolicy", "redirect-to-https"),
    azure: azure.is("cdn.Route", "httpsRedirect", "Enabled"),
    gcp: gcp.is("compute.URLMap", "defaultUrlRedirect.httpsRedirect", true, { name: /redirect/ }),
  }),
  row(cdn, "TLS 1.3 at least", {
    aws: aws.is("cloudfront.Distribution", "viewerCertificate.minimumProtocolVersion", "TLSv1.3_2025"),
    azure: azure.is("cdn.AFDCustomDomain", "tlsSettings.minimumTlsVersion", "TLS13"),
    gcp: all(
      gcp.is("compute.SSLPolicy", "minTlsVersion", "TLS_1_3"),
      gcp.is("compute.SSLPolicy", "profile", "RESTRICTED"),
    ),
  }),
  row(cdn, "Its own name and a managed certificate", {
    aws: all(aws.is("acm.Certificate", "validationMethod", "DNS"), aws.has("cloudfront.Distribution", "aliases")),
    azure: azure.is("cdn.AFDCustomDomain", "tlsSettings.certificateType", "ManagedCertificate"),
    gcp: all(gcp.there("certificatemanager.DnsAuthorization"), gcp.has("certificatemanager.Certificate", "managed")),
  }),
  row(cdn, "Assets stay private, for the CDN alone", {
    aws: all(
      aws.is("cloudfront.OriginAccessControl", "signingBehavior", "always"),
      aws.is("cloudfront.OriginAccessControl", "signingProtocol", "sigv4"),
    ),
    azure: azure.has("cdn.AFDOrigin", "sharedPrivateLinkResource", { name: /asset/ }),
    gcp: gcp.has("compute.BackendService", "securitySettings.awsV4Authentication", { name: /asset/ }),
  }),
  row(cdn, "Origins are spoken to over TLS", {
    aws: aws.is("cloudfront.Distribution", "origins.*.customOriginConfig.originProtocolPolicy", "https-only"),
    azure: all(
      azure.is("cdn.Route", "forwardingProtocol", "HttpsOnly"),
      azure.is("cdn.AFDOrigin", "enforceCertificateNameCheck", true),
    ),
    gcp: gcp.like("compute.BackendService", "protocol", /^HTTP(S|2)$/, "HTTPS"),
  }),
  row(cdn, "A firewall stands before it", {
    aws: aws.has("cloudfront.Distribution", "webAclId"),
    azure: azure.there("cdn.SecurityPolicy"),
    gcp: gcp.has("compute.BackendService", "securityPolicy"),
  }),
  row(cdn, "The firewall blocks by managed rules", {
    aws: aws.like("wafv2.WebAcl", "rules", /AWSManagedRulesCommonRuleSet/, "AWS's managed rules"),
    azure: azure.is("frontdoor.Policy", "policySettings.mode", "Prevention"),
    gcp: gcp.like("compute.SecurityPolicy", "rules", /evaluatePreconfigured(Waf|Expr)/, "Google's preconfigured rules"),
  }),
  row(cdn, "The firewall limits the rate of an address", {
    aws: aws.like("wafv2.WebAcl", "rules", /rateBasedStatement/, "a rate rule"),
    azure: azure.like("frontdoor.Policy", "customRules.rules", /RateLimitRule/, "a rate rule"),
    gcp: gcp.like("compute.SecurityPolicy", "rules", /rateLimitOptions/, "a rate rule"),
  }),
  row(cdn, "A firewall for the region's load balancer too", {
    aws: aws.is("wafv2.WebAcl", "scope", "REGIONAL", { some: true }),
    azure: azure.there("network.WebApplicationFirewallPolicy"),
    gcp: gcp.there("compute.RegionSecurityPolicy"),
  }),
  row(cdn, "Blocked requests are logged", {
    aws: aws.there("wafv2.WebAclLoggingConfiguration"),
    azure: azure.there("monitor.DiagnosticSetting", { name: /cdn/ }),
    gcp: gcp.is("compute.BackendService", "logConfig.enable", true),
  }),
  row(cdn, "Access is logged", {
    aws: aws.there("cloudwatch.LogDelivery"),
    azure: azure.there("monitor.DiagnosticSetting", { name: /cdn/ }),
    gcp: gcp.is("compute.BackendService", "logConfig.enable", true),
  }),
  row(cdn, "Security headers on every answer", {
    aws: aws.has("cloudfront.ResponseHeadersPolicy", "securityHeadersConfig"),
    azure: azure.there("cdn.RuleSet"),
    gcp: gcp.has("compute.BackendService", "customResponseHeaders"),
  }),
  row(cdn, "HTTP/2, HTTP/3 and compression", {
    aws: all(
      aws.is("cloudfront.Distribution", "httpVersion", "http2and3"),
      aws.is("cloudfront.Distribution", "defaultCacheBehavior.compress", true),
    ),
    azure: azure.like(
      "cdn.Route",
      "cacheConfiguration.compressionSettings.isCompressionEnabled",
      /true/,
      "compression",
      {
        some: true,
      },
    ),
    gcp: gcp.like("compute.TargetHttpsProxy", "quicOverride", /ENABLE/, "HTTP/3"),
  }),
  row(cdn, "Attacks on the network are absorbed", {
    aws: cannot("Shield Standard is always on; Advanced by waf.ddosProtection"),
    azure: cannot("basic protection is always on; per-address protection by waf.ddosProtection"),
    gcp: gcp.has("compute.SecurityPolicy", "adaptiveProtectionConfig"),
  }),
  row(cdn, "Addresses of the ingress are fixed", {
    aws: aws.there("ec2.Eip", { name: /ingress/ }),
    azure: azure.is("network.PublicIPAddress", "publicIPAllocationMethod", "Static", { name: /ingress/ }),
    gcp: gcp.there("compute.Address", { name: /ingress/ }),
  }),
  row(dns, "The zone is signed", {
    aws: all(aws.there("route53.HostedZoneDnsSec"), aws.there("route53.KeySigningKey")),
    azure: azure.there("dns.DnssecConfig"),
    gcp: gcp.is("dns.ManagedZone", "dnssecConfig.state", "on", { name: /^zone/ }),
  }),
  row(dns, "Only named authorities may sign certificates", {
    aws: aws.is("route53.Record", "type", "CAA", { some: true }),
    azure: azure.is("dns.RecordSet", "recordType", "CAA", { some: true }),
    gcp: gcp.is("dns.RecordSet", "type", "CAA", { some: true }),
  }),
  row(dns, "Queries are logged", {
    aws: aws.there("route53.QueryLog"),
    azure: cannot("Azure DNS logs no queries of public zones"),
    gcp: gcp.is("dns.ManagedZone", "cloudLoggingConfig.enableLogging", true, { name: /^zone/ }),
  }),
  row(dns, "A name fails over by health checks", {
    aws: all(aws.there("route53.HealthCheck"), aws.has("route53.Record", "failoverRoutingPolicies", { some: true })),
    azure: azure.is("trafficmanager.Profile", "trafficRoutingMethod", "Priority"),
    gcp: gcp.has("dns.RecordSet", "routingPolicy", { some: true }),
  }),
  row(recovery, "A replica of the database in the other region (DB-04)", {
    aws: aws.has("rds.Instance", "replicateSourceDb", { name: /^standby-database/ }),
    azure: azure.is("dbforpostgresql.Server", "createMode", "Replica", { name: /^standby-database/ }),
    gcp: gcp.has("sql.DatabaseInstance", "masterInstanceName", { name: /^standby-database/ }),
  }),
  row(recovery, "Backups of the database are copied to the other region", {
    aws: aws.there("rds.InstanceAutomatedBackupsReplication"),
    azure: azure.is("dbforpostgresql.Server", "backup.geoRedundantBackup", "Enabled", { name: /^database$/ }),
    gcp: gcp.is("sql.DatabaseInstance", "settings.backupConfiguration.location", "us-east1", { name: /^database$/ }),
  }),
  row(recovery, "Objects are copied to the other region", {
    aws: aws.there("s3.BucketReplicationConfig"),
    azure: azure.there("storage.ObjectReplicationPolicy"),
    gcp: gcp.there("storage.TransferJob"),
  }),
];
