// Clusters, caches, secrets, copies: what Google Cloud refuses by looking at what stands around, and how they change.
import assert from "node:assert/strict";
import type { Item, Props, Refusal } from "../row";
import { pick } from "../values";
import { getCluster } from "./container";
import { projectNumber } from "./place";
import { rowOf, Sample } from "./sample";

const Cluster = "gcp:container/cluster:Cluster";
const Pool = "gcp:container/nodePool:NodePool";
const Redis = "gcp:redis/instance:Instance";
const Valkey = "gcp:memorystore/instance:Instance";
const Policy = "gcp:networkconnectivity/serviceConnectionPolicy:ServiceConnectionPolicy";
const Repository = "gcp:artifactregistry/repository:Repository";
const Topic = "gcp:pubsub/topic:Topic";
const Secret = "gcp:secretmanager/secret:Secret";
const Job = "gcp:storage/transferJob:TransferJob";
const Sql = "gcp:sql/databaseInstance:DatabaseInstance";
const LogBucket = "gcp:logging/projectBucketConfig:ProjectBucketConfig";
const Channel = "gcp:monitoring/notificationChannel:NotificationChannel";
const Alert = "gcp:monitoring/alertPolicy:AlertPolicy";
const ProjectGrant = "gcp:projects/iAMMember:IAMMember";

const number = projectNumber("shop-prod");
const agent = (domain: string) => `serviceAccount:service-${number}@${domain}.iam.gserviceaccount.com`;

const says = (refused: readonly Refusal[], property: string, reason: RegExp) =>
  assert.ok(
    refused.some((one) => one.property === property && reason.test(one.reason)),
    JSON.stringify(refused),
  );

function ground() {
  const sample = new Sample();
  const network = sample.make("gcp:compute/network:Network", { name: "shop", autoCreateSubnetworks: false });
  const subnet = sample.make("gcp:compute/subnetwork:Subnetwork", {
    name: "private",
    network: network.id,
    ipCidrRange: "10.20.0.0/19",
    secondaryIpRanges: [
      { rangeName: "pods", ipCidrRange: "10.20.64.0/18" },
      { rangeName: "services", ipCidrRange: "10.20.224.0/20" },
    ],
  });
  const ring = sample.make("gcp:kms/keyRing:KeyRing", { location: "us-central1", name: "ring" });
  const key = sample.make("gcp:kms/cryptoKey:CryptoKey", { keyRing: ring.id, name: "data" });
  return { sample, network, subnet, key };
}
const grant = (sample: Sample, key: Item, domain: string) =>
  sample.make("gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember", {
    cryptoKeyId: key.id,
    role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
    member: agent(domain),
  });

const cluster = ({ network, subnet }: { network: Item; subnet: Item }, more: Props = {}): Props => ({
  name: "shop",
  location: "us-central1",
  network: network.id,
  subnetwork: subnet.id,
  ipAllocationPolicy: { clusterSecondaryRangeName: "pods", servicesSecondaryRangeName: "services" },
  minMasterVersion: "1.35",
  deletionProtection: false,
  ...more,
});

describe("clusters of Google Cloud", () => {
  it("take their second ranges from the subnet that they name", () => {
    const place = ground();
    const wrong = { clusterSecondaryRangeName: "gke-pods", servicesSecondaryRangeName: "services" };
    says(
      place.sample.judge(Cluster, cluster(place, { ipAllocationPolicy: wrong })),
      "ipAllocationPolicy.clusterSecondaryRangeName",
      /"gke-pods" was not found in subnetwork/,
    );
    const made = place.sample.make(Cluster, cluster(place));
    assert.equal(made.outputs["clusterIpv4Cidr"], "10.20.64.0/18");
    assert.match(JSON.stringify(made.outputs["masterVersion"]), /^"1\.35\.\d+-gke\.\d+"$/);
  });

  it("use a key once GKE may, and nodes' disks once Compute Engine may", () => {
    const place = ground();
    const { sample, key } = place;
    const wanted = cluster(place, {
      databaseEncryption: { state: "ENCRYPTED", keyName: key.id },
      nodeConfig: { bootDiskKmsKey: key.id },
    });
    const refused = sample.judge(Cluster, wanted);
    says(refused, "databaseEncryption.keyName", /container-engine-robot/);
    says(refused, "nodeConfig.bootDiskKmsKey", /compute-system/);
    grant(sample, key, "container-engine-robot");
    grant(sample, key, "compute-system");
    assert.deepEqual(sample.judge(Cluster, wanted), []);
  });

  it("answer on a private address when nothing else is allowed, and stay protected until told otherwise", () => {
    const place = ground();
    const shut = place.sample.make(
      Cluster,
      cluster(place, {
        deletionProtection: true,
        privateClusterConfig: { enablePrivateNodes: true, enablePrivateEndpoint: true },
        masterAuthorizedNetworksConfig: { cidrBlocks: [{ cidrBlock: "10.20.0.0/16" }] },
      }),
    );
    assert.match(JSON.stringify(shut.outputs["endpoint"]), /^"10\.20\./);
    assert.match(place.sample.holds(shut) ?? "", /deletion_protection is set to true/);
  });

  it("give pools GKE's metadata only with a workload pool", () => {
    const place = ground();
    const made = place.sample.make(Cluster, cluster(place));
    const pool = {
      cluster: made.id,
      location: "us-central1",
      nodeConfig: { workloadMetadataConfig: { mode: "GKE_METADATA" } },
    };
    says(place.sample.judge(Pool, pool), "nodeConfig.workloadMetadataConfig.mode", /needs Workload Identity/);
  });

  it("change what can be changed in place, and no pool ever replaces its cluster", () => {
    const immutable = (type: string, path: string) => (rowOf(type).immutable ?? []).includes(path);
    for (const path of ["location", "network", "datapathProvider", "ipAllocationPolicy.clusterSecondaryRangeName"])
      assert.ok(immutable(Cluster, path), path);
    for (const path of ["minMasterVersion", "releaseChannel", "masterAuthorizedNetworksConfig", "databaseEncryption"])
      assert.ok(!immutable(Cluster, path), path);
    for (const path of ["nodeConfig.machineType", "nodeConfig.diskSizeGb", "nodeConfig.labels", "autoscaling"])
      assert.ok(!immutable(Pool, path), path);
    for (const path of ["nodeConfig.spot", "nodeConfig.serviceAccount", "initialNodeCount"])
      assert.ok(immutable(Pool, path), path);
  });

  it("are read by name, and not found when there is none", () => {
    const place = ground();
    const made = place.sample.make(Cluster, cluster(place));
    const moment = {
      account: place.sample,
      place: made.place,
      now: "2026-11-21T00:00:00Z",
      random: () => "",
    };
    const found = getCluster.call({ name: "shop", location: "us-central1" }, moment);
    assert.equal(pick(found as Props, "endpoint"), made.outputs["endpoint"]);
    says(getCluster.call({ name: "theirs", location: "us-central1" }, moment) as Refusal[], "name", /not found/);
  });
});

describe("caches of Google Cloud", () => {
  it("reach Redis through a peering, under a key that its agent may use", () => {
    const { sample, network, key } = ground();
    const wanted: Props = {
      name: "shop-cache",
      memorySizeGb: 1,
      connectMode: "PRIVATE_SERVICE_ACCESS",
      authorizedNetwork: network.id,
      customerManagedKey: key.id,
      authEnabled: true,
      transitEncryptionMode: "SERVER_AUTHENTICATION",
    };
    const refused = sample.judge(Redis, wanted);
    says(refused, "connectMode", /private services access is not enabled/);
    says(refused, "customerManagedKey", /cloud-redis/);
    const range = sample.make("gcp:compute/globalAddress:GlobalAddress", {
      name: "services",
      network: network.id,
      addressType: "INTERNAL",
      purpose: "VPC_PEERING",
      address: "10.20.240.0",
      prefixLength: 20,
    });
    sample.make("gcp:servicenetworking/connection:Connection", {
      network: network.id,
      service: "servicenetworking.googleapis.com",
      reservedPeeringRanges: [range.outputs["name"] ?? ""],
    });
    grant(sample, key, "cloud-redis");
    const made = sample.make(Redis, wanted);
    assert.equal(made.outputs["port"], 6378);
    assert.match(JSON.stringify(made.outputs["host"]), /^"10\.20\.2[45]/);
    assert.ok(rowOf(Redis).secrets?.includes("authString"));
    assert.deepEqual(
      sample.replaces({ ...made, outputs: { redisVersion: "REDIS_7_2" } }, { ...wanted, redisVersion: "REDIS_6_X" }),
      ["redisVersion"],
    );
  });

  it("put endpoints of Valkey where a policy lets them", () => {
    const { sample, network, subnet } = ground();
    const wanted: Props = {
      instanceId: "shop-shards",
      location: "us-central1",
      shardCount: 3,
      desiredAutoCreatedEndpoints: [{ network: network.id, projectId: "shop-prod" }],
    };
    says(sample.judge(Valkey, wanted), "desiredAutoCreatedEndpoints", /no service connection policy/);
    const policy = sample.make(Policy, {
      name: "shop",
      location: "us-central1",
      network: network.id,
      serviceClass: "gcp-memorystore",
      pscConfig: { subnetworks: [subnet.id] },
    });
    const made = sample.make(Valkey, wanted);
    assert.match(
      JSON.stringify(pick(made.outputs, "endpoints.0.connections.0.pscAutoConnection.ipAddress")),
      /^"10\.20\./,
    );
    assert.match(sample.holds(policy) ?? "", /in use/);
    assert.match(sample.holds(made) ?? "", /deletion protected/);
  });
});

describe("the rest of the platform on Google Cloud", () => {
  it("encrypts registries and topics with keys that their agents may use", () => {
    const { sample, key } = ground();
    const repository = { repositoryId: "app", location: "us-central1", format: "DOCKER", kmsKeyName: key.id };
    says(sample.judge(Repository, repository), "kmsKeyName", /gcp-sa-artifactregistry/);
    says(sample.judge(Repository, { ...repository, location: "us-east1" }), "kmsKeyName", /one region/);
    says(sample.judge(Topic, { name: "rotation", kmsKeyName: key.id }), "kmsKeyName", /gcp-sa-pubsub/);
  });

  it("calls for rotation only on topics that Secret Manager may write to", () => {
    const { sample } = ground();
    const topic = sample.make(Topic, { name: "rotation" });
    const secret: Props = {
      secretId: "signing",
      replication: { auto: {} },
      topics: [{ name: topic.id }],
      rotation: { rotationPeriod: "2592000s", nextRotationTime: "2027-01-01T00:00:00Z" },
    };
    says(sample.judge(Secret, secret), "topics.0.name", /roles\/pubsub\.publisher/);
    sample.make("gcp:pubsub/topicIAMMember:TopicIAMMember", {
      topic: topic.id,
      role: "roles/pubsub.publisher",
      member: agent("gcp-sa-secretmanager"),
    });
    assert.deepEqual(sample.judge(Secret, secret), []);
  });

  it("copies between buckets once all three agents' rights are there", () => {
    const { sample } = ground();
    const bucket = (name: string) => sample.make("gcp:storage/bucket:Bucket", { name, location: "US-CENTRAL1" });
    const [from, to] = [bucket("shop-from"), bucket("shop-to")];
    const job: Props = {
      description: "copies",
      replicationSpec: {
        gcsDataSource: { bucketName: from.outputs["name"] ?? "" },
        gcsDataSink: { bucketName: to.outputs["name"] ?? "" },
      },
    };
    says(sample.judge(Job, job), "replicationSpec.gcsDataSource.bucketName", /storage-transfer-service/);
    says(sample.judge(Job, job), "replicationSpec", /roles\/pubsub\.editor/);
    says(sample.judge(Job, job), "replicationSpec", /roles\/pubsub\.publisher/);
    const transfer = `serviceAccount:project-${number}@storage-transfer-service.iam.gserviceaccount.com`;
    const on = (one: Item, role: string) =>
      sample.make("gcp:storage/bucketIAMMember:BucketIAMMember", {
        bucket: one.outputs["name"] ?? "",
        role,
        member: transfer,
      });
    on(from, "roles/storage.legacyBucketOwner");
    on(from, "roles/storage.objectViewer");
    on(to, "roles/storage.legacyBucketWriter");
    sample.make(ProjectGrant, { project: "shop-prod", role: "roles/pubsub.editor", member: transfer });
    sample.make(ProjectGrant, {
      project: "shop-prod",
      role: "roles/pubsub.publisher",
      member: agent("gs-project-accounts"),
    });
    assert.deepEqual(sample.judge(Job, job), []);
  });

  it("promotes a replica in place, and makes nothing a replica again", () => {
    const { sample } = ground();
    const settings = { tier: "db-custom-1-3840", edition: "ENTERPRISE", backupConfiguration: { enabled: true } };
    const primary = sample.make(Sql, { name: "one", databaseVersion: "POSTGRES_16", region: "us-central1", settings });
    const replica: Props = {
      name: "two",
      databaseVersion: "POSTGRES_16",
      region: "us-east1",
      instanceType: "READ_REPLICA_INSTANCE",
      masterInstanceName: primary.outputs["name"] ?? "",
      settings: { tier: "db-custom-1-3840", edition: "ENTERPRISE" },
    };
    const made = sample.make(Sql, replica);
    const { outputs, ripens } = rowOf(Sql);
    const now = outputs({ ...sample.moment(Sql, primary.inputs, "one"), id: primary.id });
    assert.deepEqual([now["replicaNames"], ripens], [["two"], ["replicaNames"]]);
    const { masterInstanceName: _, ...alone } = replica;
    const promoted = { ...alone, instanceType: "CLOUD_SQL_INSTANCE" };
    assert.deepEqual(sample.replaces(made, promoted), []);
    assert.deepEqual(sample.replaces({ ...made, inputs: promoted }, replica), ["masterInstanceName"]);
    says(sample.judge(Sql, alone), "instanceType", /names its primary/);
    says(sample.judge(Sql, { ...replica, instanceType: "CLOUD_SQL_INSTANCE" }), "masterInstanceName", /taken away/);
  });

  it("keeps a locked log bucket, and a channel that an alert tells", () => {
    const { sample } = ground();
    const locked = sample.make(LogBucket, {
      project: "shop-prod",
      location: "us-central1",
      bucketId: "trail",
      retentionDays: 365,
      locked: true,
    });
    assert.match(sample.holds(locked) ?? "", /locked and can't be deleted/);
    const channel = sample.make(Channel, { type: "email", labels: { email_address: "team@example.com" } });
    sample.make(Alert, {
      displayName: "busy",
      combiner: "OR",
      conditions: [{ displayName: "seen", conditionMatchedLog: { filter: "severity>=ERROR" } }],
      alertStrategy: { notificationRateLimit: { period: "300s" } },
      notificationChannels: [channel.id],
    });
    assert.match(sample.holds(channel) ?? "", /is used by/);
  });

  it("tells a grant under a condition from the same without, and refuses basic roles under one", () => {
    const { sample } = ground();
    const plain: Props = { project: "shop-prod", role: "roles/container.admin", member: "group:ops@example.com" };
    const condition = { title: "one cluster", expression: 'resource.name == "x"' };
    const [a, b] = [sample.make(ProjectGrant, plain), sample.make(ProjectGrant, { ...plain, condition })];
    assert.notEqual(a.id, b.id);
    says(sample.judge(ProjectGrant, { ...plain, role: "roles/viewer", condition }), "condition", /basic roles/);
    says(
      sample.judge(ProjectGrant, { ...plain, condition: { title: "no expression" } }),
      "condition.expression",
      /Missing required/,
    );
  });
});
