// One good example a type, and what Google Cloud would refuse of it: arguments alone, as a preview sees them.
import assert from "node:assert/strict";
import { type Props, UNKNOWN, type Value } from "../row";
import { pkg } from ".";
import type { Change, Example } from "./example";
import { clusterExamples } from "./examples-cluster";
import { edgeExamples } from "./examples-edge";
import { platformExamples } from "./examples-platform";
import { Sample } from "./sample";

const network = "projects/shop-prod/global/networks/shop";
const key = "projects/shop-prod/locations/us-central1/keyRings/shop/cryptoKeys/data";
const settings = (more: Props): Props => ({
  tier: "db-custom-1-3840",
  edition: "ENTERPRISE",
  ipConfiguration: { ipv4Enabled: false, privateNetwork: network, sslMode: "ENCRYPTED_ONLY" },
  backupConfiguration: { enabled: true, pointInTimeRecoveryEnabled: true, startTime: "00:00" },
  ...more,
});
const flag = (name: string, value: string) => settings({ databaseFlags: [{ name, value }] });
const rule = (action: Props, condition: Props) => ({ lifecycleRules: [{ action, condition }] });

const examples: readonly Example[] = [
  {
    type: "gcp:projects/service:Service",
    good: { service: "sqladmin.googleapis.com", disableOnDestroy: false },
    bad: [
      [{ service: undefined }, "service"],
      [{ service: "sqladmin" }, "service", /domain/],
      [{ service: "source.googleapis.com" }, "service", /can't be switched/],
    ],
  },
  {
    type: "gcp:projects/iAMAuditConfig:IAMAuditConfig",
    good: { project: "shop-prod", service: "cloudkms.googleapis.com", auditLogConfigs: [{ logType: "DATA_READ" }] },
    bad: [
      [{ auditLogConfigs: [{ logType: "READ" }] }, "auditLogConfigs[0].logType"],
      [{ service: "cloudkms" }, "service"],
    ],
  },
  {
    type: "gcp:kms/keyRing:KeyRing",
    good: { name: "shop-1a2b3c", location: "us-central1" },
    bad: [
      [{ location: undefined }, "location"],
      [{ location: "us-central9" }, "location"],
      [{ name: "shop.keys" }, "name", /letters, digits/],
      [{ name: "x".repeat(64) }, "name"],
    ],
  },
  {
    type: "gcp:kms/cryptoKey:CryptoKey",
    good: {
      keyRing: UNKNOWN,
      rotationPeriod: "2592000s",
      destroyScheduledDuration: "2592000s",
      labels: { app: "shop" },
    },
    bad: [
      [{ keyRing: undefined }, "keyRing"],
      [{ rotationPeriod: "3600s" }, "rotationPeriod", /at least one day/],
      [{ rotationPeriod: "30d" }, "rotationPeriod"],
      [{ purpose: "MAC" }, "rotationPeriod", /only ENCRYPT_DECRYPT/],
      [{ destroyScheduledDuration: "60s" }, "destroyScheduledDuration"],
      [{ destroyScheduledDuration: "99999999s" }, "destroyScheduledDuration", /120 days/],
      [{ versionTemplate: { algorithm: "EC_SIGN_P256_SHA256" } }, "versionTemplate.algorithm"],
      [
        { versionTemplate: { algorithm: "GOOGLE_SYMMETRIC_ENCRYPTION", protectionLevel: "TPM" } },
        "versionTemplate.protectionLevel",
      ],
      [{ labels: { App: "shop" } }, "labels.App"],
      [{ labels: { app: "Shop" } }, "labels.app"],
    ],
  },
  {
    type: "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember",
    good: {
      cryptoKeyId: key,
      role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
      member: "serviceAccount:a@b.iam.gserviceaccount.com",
    },
    bad: [
      [{ member: "a@b.com" }, "member", /principal/],
      [{ role: "cloudkms.admin" }, "role"],
      [{ cryptoKeyId: undefined }, "cryptoKeyId"],
    ],
  },
  {
    type: "gcp:compute/network:Network",
    good: { name: "shop", autoCreateSubnetworks: false, routingMode: "REGIONAL" },
    bad: [
      [{ name: "Shop" }, "name", /regexp/],
      [{ name: "shop-" }, "name"],
      [{ routingMode: "ZONAL" }, "routingMode"],
      [{ mtu: 1200 }, "mtu"],
      [{ internalIpv6Range: "fd20::/48" }, "internalIpv6Range"],
    ],
  },
  {
    type: "gcp:compute/subnetwork:Subnetwork",
    good: {
      name: "shop",
      network,
      ipCidrRange: "10.20.0.0/20",
      logConfig: { flowSampling: 1 },
      secondaryIpRanges: [{ rangeName: "pods", ipCidrRange: "10.21.0.0/16" }],
    },
    bad: [
      [{ ipCidrRange: undefined }, "ipCidrRange"],
      [{ ipCidrRange: "10.20.0.0/30" }, "ipCidrRange"],
      [{ ipCidrRange: "10.20.0.1/20" }, "ipCidrRange", /host bits/],
      [{ ipCidrRange: "199.36.153.8/29" }, "ipCidrRange", /may not use/],
      [
        { secondaryIpRanges: [{ rangeName: "pods", ipCidrRange: "10.20.8.0/24" }] },
        "secondaryIpRanges[0].ipCidrRange",
        /overlaps/,
      ],
      [{ secondaryIpRanges: [{ rangeName: "Pods", ipCidrRange: "10.21.0.0/16" }] }, "secondaryIpRanges[0].rangeName"],
      [{ logConfig: { aggregationInterval: "INTERVAL_1_SEC" } }, "logConfig.aggregationInterval"],
      [{ logConfig: { flowSampling: 2 } }, "logConfig.flowSampling"],
      [{ purpose: "REGIONAL_MANAGED_PROXY" }, "role"],
      [{ region: "us-middle1" }, "region"],
    ],
  },
  {
    type: "gcp:compute/firewall:Firewall",
    good: {
      name: "shop",
      network,
      direction: "INGRESS",
      priority: 1000,
      sourceRanges: ["10.0.0.0/8"],
      allows: [{ protocol: "tcp", ports: ["443", "8000-8999"] }],
    },
    bad: [
      [{ allows: undefined }, "allows", /one of allow, deny/],
      [{ denies: [{ protocol: "all" }] }, "denies", /conflicts/],
      [{ sourceRanges: undefined }, "sourceRanges", /must be defined/],
      [{ sourceRanges: ["10.0.0.1/8"] }, "sourceRanges[0]"],
      [{ priority: 65_536 }, "priority"],
      [{ allows: [{ protocol: "http" }] }, "allows[0].protocol"],
      [{ allows: [{ protocol: "icmp", ports: ["8"] }] }, "allows[0].ports"],
      [{ allows: [{ protocol: "tcp", ports: ["70000"] }] }, "allows[0].ports[0]"],
      [{ direction: "EGRESS", sourceTags: ["app"] }, "sourceTags", /EGRESS/],
      [{ targetTags: ["App"] }, "targetTags[0]"],
      [{ targetTags: ["app"], sourceServiceAccounts: ["a@b.c"] }, "sourceServiceAccounts", /conflicts/],
    ],
  },
  {
    type: "gcp:compute/route:Route",
    good: { name: "shop", network, destRange: "0.0.0.0/0", nextHopGateway: "default-internet-gateway", tags: ["app"] },
    bad: [
      [{ nextHopGateway: undefined }, "nextHopGateway"],
      [{ nextHopGateway: "my-gateway" }, "nextHopGateway"],
      [{ nextHopIp: "10.0.0.1" }, "nextHopIp", /conflicts/],
      [{ destRange: "0.0.0.0" }, "destRange"],
    ],
  },
  {
    type: "gcp:compute/address:Address",
    good: { name: "shop", addressType: "EXTERNAL", networkTier: "PREMIUM" },
    bad: [
      [{ networkTier: "GOLD" }, "networkTier"],
      [{ addressType: "INTERNAL" }, "networkTier", /INTERNAL/],
      [{ address: "34.1.2" }, "address"],
    ],
  },
  {
    type: "gcp:compute/globalAddress:GlobalAddress",
    good: {
      name: "shop",
      addressType: "INTERNAL",
      purpose: "VPC_PEERING",
      prefixLength: 20,
      address: "10.20.240.0",
      network,
    },
    bad: [
      [{ addressType: "EXTERNAL" }, "purpose"],
      [{ prefixLength: undefined }, "prefixLength"],
      [{ prefixLength: 30 }, "prefixLength"],
      [{ network: undefined }, "network"],
      [{ address: "10.20.241.0" }, "address", /first address/],
    ],
  },
  {
    type: "gcp:compute/router:Router",
    good: { name: "shop", network, bgp: { asn: 64_512 } },
    bad: [
      [{ network: undefined }, "network"],
      [{ bgp: { asn: 1 } }, "bgp.asn"],
    ],
  },
  {
    type: "gcp:compute/routerNat:RouterNat",
    good: {
      name: "shop",
      router: "shop",
      natIpAllocateOption: "AUTO_ONLY",
      sourceSubnetworkIpRangesToNat: "ALL_SUBNETWORKS_ALL_IP_RANGES",
      enableDynamicPortAllocation: true,
      minPortsPerVm: 64,
      maxPortsPerVm: 4096,
    },
    bad: [
      [{ natIpAllocateOption: "MANUAL_ONLY" }, "natIps"],
      [{ natIps: ["a"] }, "natIps", /MANUAL_ONLY/],
      [{ natIpAllocateOption: undefined }, "natIpAllocateOption"],
      [{ minPortsPerVm: 100 }, "minPortsPerVm", /power of two/],
      [{ maxPortsPerVm: 64 }, "maxPortsPerVm", /greater/],
      [{ enableEndpointIndependentMapping: true }, "enableEndpointIndependentMapping"],
      [{ enableDynamicPortAllocation: false }, "maxPortsPerVm"],
      [{ sourceSubnetworkIpRangesToNat: "LIST_OF_SUBNETWORKS" }, "subnetworks"],
      [{ logConfig: { enable: true } }, "logConfig.filter"],
    ],
  },
  {
    type: "gcp:servicenetworking/connection:Connection",
    good: { network, service: "servicenetworking.googleapis.com", reservedPeeringRanges: ["shop"] },
    bad: [
      [{ reservedPeeringRanges: [] }, "reservedPeeringRanges"],
      [{ deletionPolicy: "KEEP" }, "deletionPolicy"],
    ],
  },
  {
    type: "gcp:dns/managedZone:ManagedZone",
    good: {
      name: "shop",
      dnsName: "example.com.",
      visibility: "private",
      privateVisibilityConfig: { networks: [{ networkUrl: network }] },
    },
    bad: [
      [{ dnsName: "example.com" }, "dnsName", /trailing dot/],
      [{ visibility: "public" }, "privateVisibilityConfig"],
      [{ dnssecConfig: { state: "on" } }, "dnssecConfig"],
      [{ name: "Shop" }, "name"],
      [{ description: "" }, "description"],
    ],
  },
  {
    type: "gcp:dns/recordSet:RecordSet",
    good: { managedZone: "shop", name: "www.example.com.", type: "A", ttl: 300, rrdatas: ["10.0.0.1"] },
    bad: [
      [{ name: "www.example.com" }, "name", /trailing dot/],
      [{ type: "B" }, "type"],
      [{ rrdatas: ["::1"] }, "rrdatas[0]"],
      [{ type: "CNAME", rrdatas: ["a.example.com"] }, "rrdatas[0]"],
      [{ rrdatas: undefined }, "rrdatas"],
    ],
  },
  {
    type: "gcp:logging/projectBucketConfig:ProjectBucketConfig",
    good: { project: "shop-prod", location: "us-central1", bucketId: "flows", retentionDays: 90 },
    bad: [
      [{ retentionDays: 4000 }, "retentionDays"],
      [{ location: "mars" }, "location"],
      [{ bucketId: "flow logs" }, "bucketId"],
      [{ location: "global", cmekSettings: { kmsKeyName: UNKNOWN } }, "cmekSettings"],
    ],
  },
  {
    type: "gcp:logging/projectSink:ProjectSink",
    good: { name: "flows", destination: "logging.googleapis.com/projects/shop-prod/locations/global/buckets/_Default" },
    bad: [
      [{ destination: "gs://flows" }, "destination"],
      [{ name: "_Default" }, "name"],
    ],
  },
  {
    type: "gcp:logging/projectExclusion:ProjectExclusion",
    good: { name: "flows", filter: "severity<ERROR" },
    bad: [[{ filter: undefined }, "filter"]],
  },
  {
    type: "gcp:secretmanager/secret:Secret",
    good: {
      secretId: "password",
      replication: {
        userManaged: { replicas: [{ location: "us-central1", customerManagedEncryption: { kmsKeyName: key } }] },
      },
      versionDestroyTtl: "2592000s",
    },
    bad: [
      [{ secretId: "pass/word" }, "secretId"],
      [{ replication: {} }, "replication"],
      [{ replication: { userManaged: { replicas: [] } } }, "replication.userManaged.replicas"],
      [
        {
          replication: {
            userManaged: { replicas: [{ location: "us-east1", customerManagedEncryption: { kmsKeyName: key } }] },
          },
        },
        "replication.userManaged.replicas[0].customerManagedEncryption.kmsKeyName",
      ],
      [{ versionDestroyTtl: "3600s" }, "versionDestroyTtl"],
      [{ rotation: { rotationPeriod: "60s", nextRotationTime: "2027-01-01T00:00:00Z" } }, "rotation.rotationPeriod"],
      [{ rotation: { rotationPeriod: "86400s" } }, "rotation.nextRotationTime"],
    ],
  },
  {
    type: "gcp:secretmanager/secretVersion:SecretVersion",
    good: { secret: UNKNOWN, secretDataWo: "x", secretDataWoVersion: 1 },
    bad: [
      [{ secretDataWoVersion: undefined }, "secretDataWoVersion"],
      [{ secretDataWo: undefined, secretDataWoVersion: undefined }, "secretData"],
      [{ secretData: "y" }, "secretDataWo", /conflicts/],
    ],
  },
  {
    type: "gcp:sql/databaseInstance:DatabaseInstance",
    good: { name: "shop", databaseVersion: "POSTGRES_16", settings: settings({}) },
    bad: [
      [{ databaseVersion: "POSTGRES_99" }, "databaseVersion"],
      [{ name: "Shop" }, "name"],
      [{ name: "x".repeat(95) }, "name", /98/],
      [{ settings: undefined }, "settings"],
      [{ settings: settings({ tier: "db-n9-huge" }) }, "settings.tier", /no such/],
      [{ settings: settings({ tier: "db-perf-optimized-N-2" }) }, "settings.tier", /Edition/],
      [{ settings: settings({ edition: "ENTERPRISE_PLUS" }) }, "settings.tier", /Edition/],
      [{ settings: settings({ tier: "db-custom-3-7680" }) }, "settings.tier", /even number/],
      [{ settings: settings({ tier: "db-custom-2-5000" }) }, "settings.tier", /multiple of 256/],
      [{ settings: settings({ tier: "db-custom-1-16384" }) }, "settings.tier", /6.5 GiB/],
      [
        { settings: settings({ ipConfiguration: { ipv4Enabled: false } }) },
        "settings.ipConfiguration",
        /must be enabled/,
      ],
      [
        { settings: settings({ ipConfiguration: { privateNetwork: "shop" } }) },
        "settings.ipConfiguration.privateNetwork",
      ],
      [
        { settings: settings({ ipConfiguration: { authorizedNetworks: [{ value: "10.0.0.0/8" }] } }) },
        "settings.ipConfiguration.authorizedNetworks[0].value",
      ],
      [{ settings: settings({ ipConfiguration: { sslMode: "TLS" } }) }, "settings.ipConfiguration.sslMode"],
      [
        { settings: settings({ availabilityType: "REGIONAL", backupConfiguration: { enabled: false } }) },
        "settings.backupConfiguration.enabled",
        /REGIONAL/,
      ],
      [
        { settings: settings({ backupConfiguration: { enabled: true, transactionLogRetentionDays: 8 } }) },
        "settings.backupConfiguration.transactionLogRetentionDays",
      ],
      [
        { settings: settings({ backupConfiguration: { enabled: true, binaryLogEnabled: true } }) },
        "settings.backupConfiguration.binaryLogEnabled",
        /MySQL/,
      ],
      [
        { settings: settings({ backupConfiguration: { pointInTimeRecoveryEnabled: true } }) },
        "settings.backupConfiguration.enabled",
      ],
      [
        { settings: settings({ backupConfiguration: { enabled: true, startTime: "24:00" } }) },
        "settings.backupConfiguration.startTime",
      ],
      [{ settings: settings({ diskSize: 5 }) }, "settings.diskSize"],
      [{ settings: settings({ diskSize: 100, diskAutoresizeLimit: 50 }) }, "settings.diskAutoresizeLimit"],
      [
        { settings: settings({ connectionPoolConfigs: [{ connectionPoolingEnabled: true }] }) },
        "settings.connectionPoolConfigs",
        /ENTERPRISE_PLUS/,
      ],
      [{ settings: flag("max_connections", "5") }, "settings.databaseFlags[0].value"],
      [{ settings: flag("log_connections", "true") }, "settings.databaseFlags[0].value"],
      [{ settings: flag("port", "5433") }, "settings.databaseFlags[0].name"],
      [{ settings: settings({ userLabels: { Owner: "x" } }) }, "settings.userLabels.Owner"],
      [{ rootPasswordWo: "x" }, "rootPasswordWoVersion"],
    ],
  },
  {
    type: "gcp:sql/database:Database",
    good: { instance: "shop", name: "app" },
    bad: [[{ instance: undefined }, "instance"]],
  },
  {
    type: "gcp:sql/user:User",
    good: { instance: "shop", name: "appadmin", passwordWo: "x", passwordWoVersion: 1 },
    bad: [
      [{ passwordWoVersion: undefined }, "passwordWoVersion"],
      [{ password: "y" }, "passwordWo", /conflicts/],
      [{ type: "LDAP" }, "type"],
      [{ type: "CLOUD_IAM_USER" }, "password", /IAM user/],
    ],
  },
  {
    type: "gcp:storage/bucket:Bucket",
    good: {
      name: "shop-prod-uploads",
      location: "US-CENTRAL1",
      versioning: { enabled: true },
      ...rule({ type: "Delete" }, { age: 30 }),
    },
    bad: [
      [{ name: "Shop" }, "name"],
      [{ name: "ab" }, "name"],
      [{ name: "google-shop" }, "name"],
      [{ name: "192.168.1.1" }, "name"],
      [{ location: "us-middle1" }, "location"],
      [{ storageClass: "FROZEN" }, "storageClass"],
      [{ publicAccessPrevention: "on" }, "publicAccessPrevention"],
      [{ softDeletePolicy: { retentionDurationSeconds: 3600 } }, "softDeletePolicy.retentionDurationSeconds", /7 days/],
      [{ retentionPolicy: { retentionPeriod: "2592000" } }, "versioning", /exclude/],
      [{ retentionPolicy: { retentionPeriod: "-1" } }, "retentionPolicy.retentionPeriod"],
      [rule({ type: "Archive" }, { age: 1 }), "lifecycleRules[0].action.type"],
      [rule({ type: "SetStorageClass" }, { age: 1 }), "lifecycleRules[0].action.storageClass"],
      [rule({ type: "Delete" }, {}), "lifecycleRules[0].condition"],
      [
        rule({ type: "AbortIncompleteMultipartUpload" }, { age: 7, withState: "LIVE" }),
        "lifecycleRules[0].condition.withState",
      ],
      [{ rpo: "ASYNC_TURBO" }, "rpo", /dual/],
    ],
  },
  {
    type: "gcp:storage/bucketObject:BucketObject",
    good: { bucket: "shop", name: "hello.txt", content: "hello" },
    bad: [[{ content: undefined }, "source"]],
  },
  {
    type: "gcp:dns/policy:Policy",
    good: { name: "shop", enableLogging: true, networks: [{ networkUrl: network }] },
    bad: [[{ name: "Shop" }, "name"]],
  },
  {
    type: "gcp:sql/sslCert:SslCert",
    good: { instance: "shop", commonName: "app" },
    bad: [
      [{ commonName: "" }, "commonName"],
      [{ instance: undefined }, "instance"],
    ],
  },
  {
    type: "gcp:serviceaccount/account:Account",
    good: { accountId: "shop-api", displayName: "API of the shop" },
    bad: [
      [{ accountId: "api" }, "accountId", /6 to 30/],
      [{ accountId: "Shop-API" }, "accountId"],
      [{ description: "x".repeat(257) }, "description"],
    ],
  },
];

const all = [...examples, ...clusterExamples, ...platformExamples, ...edgeExamples];

const changed = (good: Props, change: Change): Props =>
  Object.fromEntries(
    Object.entries({ ...good, ...change }).filter((entry): entry is [string, Value] => entry[1] !== undefined),
  );

describe("what Google Cloud refuses", () => {
  for (const { type, good, bad } of all) {
    const said = (inputs: Props) =>
      new Sample()
        .judge(type, inputs)
        .filter((one) => !/private services connection|on the project to/.test(one.reason));

    it(`takes a good ${type}`, () => assert.deepEqual(said(good), []));

    for (const [change, property, reason] of bad)
      it(`refuses ${type} with ${JSON.stringify(change, (_, value) => (value === undefined ? "nothing" : value))}`, () => {
        const found = said(changed(good, change));
        assert.ok(
          found.some((one) => one.property === property && (reason?.test(one.reason) ?? true)),
          `${property} isn't named: ${JSON.stringify(found)}`,
        );
      });

    it(`passes what isn't known yet of a ${type}`, () => {
      const unknown = Object.fromEntries(Object.keys(good).map((name) => [name, UNKNOWN]));
      assert.deepEqual(said(unknown), []);
    });
  }

  it("has an example of every type that is no grant", () => {
    const tried = new Set(all.map((one) => one.type));
    const missing = pkg.rows
      .map((row) => row.type)
      .filter((type) => !tried.has(type) && !/IAM(Member|Binding)$|Iam(Member|Binding)$|ServiceIdentity$/.test(type));
    assert.deepEqual(missing, []);
  });
});
