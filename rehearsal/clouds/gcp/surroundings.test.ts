// More of what Google Cloud refuses by looking at what stands around: ranges that run out, kinds that don't fit together.
import assert from "node:assert/strict";
import type { Item, Props, Refusal } from "../row";
import { Sample } from "./sample";

const Network = "gcp:compute/network:Network";
const Subnetwork = "gcp:compute/subnetwork:Subnetwork";
const Range = "gcp:compute/globalAddress:GlobalAddress";
const Instance = "gcp:sql/databaseInstance:DatabaseInstance";
const Cluster = "gcp:container/cluster:Cluster";
const Pool = "gcp:container/nodePool:NodePool";
const Nat = "gcp:compute/routerNat:RouterNat";
const Bucket = "gcp:storage/bucket:Bucket";
const Grant = "gcp:storage/bucketIAMMember:BucketIAMMember";
const Policy = "gcp:networkconnectivity/serviceConnectionPolicy:ServiceConnectionPolicy";

const says = (refused: readonly Refusal[], property: string, reason: RegExp) =>
  assert.ok(
    refused.some((one) => one.property === property && reason.test(one.reason)),
    JSON.stringify(refused),
  );

function ground(prefixLength = 23) {
  const sample = new Sample();
  const network = sample.make(Network, { name: "shop", autoCreateSubnetworks: false });
  const subnet = sample.make(Subnetwork, {
    name: "nodes",
    network: network.id,
    ipCidrRange: "10.20.0.0/20",
    secondaryIpRanges: [{ rangeName: "pods", ipCidrRange: "10.64.0.0/14" }],
  });
  const lent = { network: network.id, addressType: "INTERNAL", purpose: "VPC_PEERING", address: "10.30.0.0" };
  sample.make(Range, { name: "services", prefixLength, ...lent });
  sample.make("gcp:servicenetworking/connection:Connection", {
    network: network.id,
    service: "servicenetworking.googleapis.com",
    reservedPeeringRanges: ["services"],
  });
  return { sample, network, subnet };
}

const instance = (network: Item, name: string, more: Props = {}): Props => ({
  name,
  databaseVersion: "POSTGRES_16",
  settings: {
    tier: "db-custom-1-3840",
    edition: "ENTERPRISE",
    ipConfiguration: { ipv4Enabled: false, privateNetwork: network.id },
    backupConfiguration: { enabled: true },
  },
  ...more,
});

describe("surroundings on Google Cloud", () => {
  it("lend Cloud SQL a /24 for each region, and no more than there are", () => {
    const { sample, network } = ground();
    sample.make(Instance, instance(network, "one"));
    assert.deepEqual(sample.judge(Instance, instance(network, "two")), [], "one region takes one /24");
    sample.make(Instance, instance(network, "three", { region: "us-east1" }));
    says(
      sample.judge(Instance, instance(network, "four", { region: "us-west1" })),
      "settings.ipConfiguration.privateNetwork",
      /free blocks in allocated IP ranges/,
    );
    const small = ground(26);
    says(
      small.sample.judge(Instance, instance(small.network, "one")),
      "settings.ipConfiguration.privateNetwork",
      /free blocks/,
    );
  });

  it("ask a replica elsewhere for a key where its primary has one, and an instance for ten certificates at most", () => {
    const { sample, network } = ground();
    const ring = sample.make("gcp:kms/keyRing:KeyRing", { location: "us-central1", name: "ring" });
    const key = sample.make("gcp:kms/cryptoKey:CryptoKey", { keyRing: ring.id, name: "data" });
    sample.make("gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember", {
      cryptoKeyId: key.id,
      role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
      member: "serviceAccount:service-1@gcp-sa-cloud-sql.iam.gserviceaccount.com",
    });
    sample.make(Instance, instance(network, "primary", { encryptionKeyName: key.id }));
    const away = { masterInstanceName: "primary", region: "us-east1" };
    says(sample.judge(Instance, instance(network, "copy", away)), "encryptionKeyName", /needs one of its region/);
    const certificate = (commonName: string) => ({ instance: "primary", commonName });
    for (let n = 0; n < 10; n++) sample.make("gcp:sql/sslCert:SslCert", certificate(`client-${n}`));
    says(sample.judge("gcp:sql/sslCert:SslCert", certificate("one-more")), "instance", /10 client certificates/);
  });

  it("hold a control plane's range beside every range of its network", () => {
    const { sample, network, subnet } = ground();
    const cluster = (masterIpv4CidrBlock: string) =>
      sample.judge(Cluster, {
        name: "shop",
        location: "us-central1",
        network: network.id,
        subnetwork: subnet.id,
        initialNodeCount: 1,
        privateClusterConfig: { enablePrivateNodes: true, masterIpv4CidrBlock },
      });
    assert.deepEqual(cluster("172.16.0.0/28"), []);
    says(cluster("10.65.0.0/28"), "privateClusterConfig.masterIpv4CidrBlock", /overlaps 10.64.0.0\/14/);
  });

  it("keep pools to the channel, the version and the kind of their cluster", () => {
    const { sample, network, subnet } = ground();
    const cluster = (name: string, more: Props) =>
      sample.make(Cluster, {
        name,
        location: "us-central1",
        network: network.id,
        subnetwork: subnet.id,
        ...more,
      });
    const { id } = cluster("standard", {
      initialNodeCount: 1,
      releaseChannel: { channel: "REGULAR" },
      minMasterVersion: "1.34",
    });
    assert.deepEqual(sample.judge(Pool, { cluster: id, version: "1.34.1-gke.100" }), []);
    says(sample.judge(Pool, { cluster: id, version: "1.35" }), "version", /must not be above/);
    says(
      sample.judge(Pool, { cluster: id, management: { autoUpgrade: false, autoRepair: false } }),
      "management.autoUpgrade",
      /must be true when release_channel REGULAR/,
    );
    const managed = cluster("managed", { enableAutopilot: true });
    says(sample.judge(Pool, { cluster: managed.id }), "cluster", /Autopilot/);
  });

  it("let one NAT translate all subnets of a network in a region", () => {
    const { sample, network } = ground();
    const router = (name: string, region: string) =>
      sample.make("gcp:compute/router:Router", { name, network: network.id, region });
    const nat = (name: string, of: Item, region: string): Props => ({
      name,
      router: of.id,
      region,
      natIpAllocateOption: "AUTO_ONLY",
      sourceSubnetworkIpRangesToNat: "ALL_SUBNETWORKS_ALL_IP_RANGES",
    });
    sample.make(Nat, nat("one", router("a", "us-central1"), "us-central1"));
    const [beside, away] = [router("b", "us-central1"), router("c", "us-east1")];
    says(sample.judge(Nat, nat("two", beside, "us-central1")), "sourceSubnetworkIpRangesToNat", /there can be one/);
    assert.deepEqual(sample.judge(Nat, nat("three", away, "us-east1")), []);
  });

  it("have one active subnet for proxies, and INTERNAL IPv6 with the network's own range only", () => {
    const { sample, network } = ground();
    const proxies = (name: string, ipCidrRange: string, role: string): Props => ({
      name,
      network: network.id,
      ipCidrRange,
      purpose: "REGIONAL_MANAGED_PROXY",
      role,
    });
    sample.make(Subnetwork, proxies("one", "10.40.0.0/24", "ACTIVE"));
    says(sample.judge(Subnetwork, proxies("two", "10.41.0.0/24", "ACTIVE")), "role", /is the ACTIVE/);
    assert.deepEqual(sample.judge(Subnetwork, proxies("two", "10.41.0.0/24", "BACKUP")), []);
    const dual = { stackType: "IPV4_IPV6", ipv6AccessType: "INTERNAL", ipCidrRange: "10.42.0.0/24" };
    says(
      sample.judge(Subnetwork, { name: "dual", network: network.id, ...dual }),
      "ipv6AccessType",
      /enableUlaInternalIpv6/,
    );
  });

  it("grant nothing to everybody on a bucket that prevents it, and no condition without uniform access", () => {
    const { sample } = ground();
    sample.make(Bucket, { name: "shop-closed", location: "US", publicAccessPrevention: "enforced" });
    const grant = { bucket: "shop-closed", role: "roles/storage.objectViewer" };
    says(sample.judge(Grant, { ...grant, member: "allUsers" }), "member", /public access prevention is enforced/);
    assert.deepEqual(sample.judge(Grant, { ...grant, member: "user:a@example.com" }), []);
    const condition = { title: "until May", expression: 'request.time < timestamp("2027-05-01T00:00:00Z")' };
    says(
      sample.judge(Grant, { ...grant, member: "user:a@example.com", condition }),
      "condition",
      /uniform bucket-level access/,
    );
  });

  it("connect services through subnets of the policy's own region and network", () => {
    const { sample, network } = ground();
    const away = sample.make(Subnetwork, {
      name: "away",
      network: network.id,
      region: "us-east1",
      ipCidrRange: "10.50.0.0/24",
    });
    const policy = (more: Props) =>
      sample.judge(Policy, {
        location: "us-central1",
        network: network.id,
        serviceClass: "gcp-memorystore",
        pscConfig: { subnetworks: [away.id] },
        ...more,
      });
    says(policy({}), "pscConfig.subnetworks.0", /is in us-east1/);
    assert.deepEqual(policy({ location: "us-east1" }), []);
    const other = sample.make(Network, { name: "other", autoCreateSubnetworks: false });
    says(policy({ location: "us-east1", network: other.id }), "pscConfig.subnetworks.0", /another network/);
  });

  it("send a rule's traffic to services of its own kind", () => {
    const { sample } = ground();
    const service = sample.make("gcp:compute/backendService:BackendService", {
      name: "web",
      loadBalancingScheme: "EXTERNAL_MANAGED",
    });
    const map = sample.make("gcp:compute/uRLMap:URLMap", { name: "web", defaultService: service.id });
    const proxy = sample.make("gcp:compute/targetHttpProxy:TargetHttpProxy", { name: "web", urlMap: map.id });
    const rule = (loadBalancingScheme: string) =>
      sample.judge("gcp:compute/globalForwardingRule:GlobalForwardingRule", {
        name: "web",
        target: proxy.id,
        portRange: "80",
        loadBalancingScheme,
      });
    assert.deepEqual(rule("EXTERNAL_MANAGED"), []);
    says(rule("EXTERNAL"), "loadBalancingScheme", /its backend service .* EXTERNAL_MANAGED/);
  });
});
