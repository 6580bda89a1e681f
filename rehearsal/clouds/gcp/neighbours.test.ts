// What Google Cloud refuses by looking at what stands around, and how the things that it makes look.
import assert from "node:assert/strict";
import { contains } from "../cidr";
import type { Props, Refusal } from "../row";
import { pick, text } from "../values";
import { pkg } from ".";
import { projectNumber } from "./place";
import { rowOf, Sample } from "./sample";

const Network = "gcp:compute/network:Network";
const Subnetwork = "gcp:compute/subnetwork:Subnetwork";
const Range = "gcp:compute/globalAddress:GlobalAddress";
const Connection = "gcp:servicenetworking/connection:Connection";
const Instance = "gcp:sql/databaseInstance:DatabaseInstance";
const User = "gcp:sql/user:User";
const Bucket = "gcp:storage/bucket:Bucket";
const Secret = "gcp:secretmanager/secret:Secret";
const Version = "gcp:secretmanager/secretVersion:SecretVersion";
const Key = "gcp:kms/cryptoKey:CryptoKey";
const Grant = "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember";

const says = (refused: readonly Refusal[], property: string, reason: RegExp) =>
  assert.ok(
    refused.some((one) => one.property === property && reason.test(one.reason)),
    JSON.stringify(refused),
  );

/** A network with one subnet and a range lent to Google. */
function ground() {
  const sample = new Sample();
  const network = sample.make(Network, { name: "shop", autoCreateSubnetworks: false });
  const subnet = sample.make(Subnetwork, { name: "private", network: network.id, ipCidrRange: "10.20.0.0/20" });
  const range = sample.make(Range, {
    name: "services",
    network: network.id,
    addressType: "INTERNAL",
    purpose: "VPC_PEERING",
    address: "10.20.240.0",
    prefixLength: 20,
  });
  return { sample, network, subnet, range };
}

function key(sample: Sample, location = "us-central1") {
  const ring = sample.make("gcp:kms/keyRing:KeyRing", { location, name: `ring-${location}` });
  return sample.make(Key, { keyRing: ring.id, name: "data" });
}
const grant = (sample: Sample, cryptoKeyId: string, agent: string) =>
  sample.make(Grant, {
    cryptoKeyId,
    role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
    member: `serviceAccount:service-${projectNumber("shop-prod")}@${agent}`,
  });

const instance = (more: Props = {}, settings: Props = {}): Props => ({
  name: "shop-db",
  databaseVersion: "POSTGRES_16",
  ...more,
  settings: {
    tier: "db-custom-1-3840",
    edition: "ENTERPRISE",
    ipConfiguration: { ipv4Enabled: false, privateNetwork: "projects/shop-prod/global/networks/shop" },
    backupConfiguration: { enabled: true },
    ...settings,
  },
});

function connected() {
  const made = ground();
  const connection = made.sample.make(Connection, {
    network: made.network.id,
    service: "servicenetworking.googleapis.com",
    reservedPeeringRanges: [text(made.range.outputs["name"]) ?? ""],
  });
  return { ...made, connection };
}

describe("simulated networks of Google Cloud", () => {
  it("keep subnets and lent ranges beside each other", () => {
    const { sample, network } = ground();
    const at = (ipCidrRange: string) => sample.judge(Subnetwork, { name: "other", network: network.id, ipCidrRange });
    says(at("10.20.8.0/24"), "ipCidrRange", /conflicts with existing subnetwork/);
    says(at("10.20.248.0/24"), "ipCidrRange", /allocated range/);
    assert.deepEqual(at("10.20.16.0/20"), []);
    const lent = {
      name: "more",
      network: network.id,
      addressType: "INTERNAL",
      purpose: "VPC_PEERING",
      prefixLength: 24,
    };
    says(sample.judge(Range, { ...lent, address: "10.20.1.0" }), "address", /overlaps/);
  });

  it("keep 10.128.0.0/9 to themselves in auto mode, and take subnets by hand beside it", () => {
    const sample = new Sample();
    const network = sample.make(Network, { name: "auto" });
    const subnet = (ipCidrRange: string) => sample.judge(Subnetwork, { name: "x", network: network.id, ipCidrRange });
    says(subnet("10.130.0.0/20"), "ipCidrRange", /auto mode/);
    assert.deepEqual(subnet("10.20.0.0/20"), []);
  });

  it("let a subnet grow in place and replace it for any other range", () => {
    const { sample, subnet } = ground();
    assert.deepEqual(sample.replaces(subnet, { ...subnet.inputs, ipCidrRange: "10.20.0.0/19" }), []);
    assert.deepEqual(sample.replaces(subnet, { ...subnet.inputs, ipCidrRange: "10.20.0.0/21" }), ["ipCidrRange"]);
  });

  it("have ids and self links in Compute's own shape", () => {
    const { network, subnet } = ground();
    assert.equal(network.id, "projects/shop-prod/global/networks/shop");
    assert.equal(subnet.id, "projects/shop-prod/regions/us-central1/subnetworks/private");
    assert.equal(subnet.outputs["selfLink"], `https://www.googleapis.com/compute/v1/${subnet.id}`);
    assert.equal(subnet.outputs["network"], network.outputs["selfLink"]);
    assert.equal(subnet.outputs["gatewayAddress"], "10.20.0.1");
  });

  it("keep the service connection while an instance uses it, unless it is to be abandoned", () => {
    const { sample, connection } = connected();
    assert.equal(connection.id, "projects%2Fshop-prod%2Fglobal%2Fnetworks%2Fshop:servicenetworking.googleapis.com");
    assert.equal(sample.holds(connection), undefined);
    sample.make(Instance, instance());
    assert.match(sample.holds(connection) ?? "", /Producer services/);
    assert.equal(
      sample.holds({ ...connection, inputs: { ...connection.inputs, deletionPolicy: "ABANDON" } }),
      undefined,
    );
  });
});

describe("simulated Cloud SQL", () => {
  it("needs the service connection before a private address", () => {
    says(
      ground().sample.judge(Instance, instance()),
      "settings.ipConfiguration.privateNetwork",
      /private services connection/,
    );
  });

  it("gives an address out of the lent range, and the provider's own id", () => {
    const made = connected().sample.make(Instance, instance());
    assert.equal(made.id, "shop-db");
    assert.equal(made.outputs["connectionName"], "shop-prod:us-central1:shop-db");
    assert.ok(
      contains("10.20.240.0/20", text(made.outputs["privateIpAddress"]) ?? ""),
      text(made.outputs["privateIpAddress"]),
    );
    assert.equal(made.outputs["publicIpAddress"], "");
  });

  it("uses a key of its own region that its agent may use", () => {
    const { sample } = connected();
    const [here, there] = [key(sample), key(sample, "us-east1")];
    says(sample.judge(Instance, instance({ encryptionKeyName: here.id })), "encryptionKeyName", /missing for service-/);
    grant(sample, here.id, "gcp-sa-cloud-sql.iam.gserviceaccount.com");
    assert.deepEqual(sample.judge(Instance, instance({ encryptionKeyName: here.id })), []);
    says(sample.judge(Instance, instance({ encryptionKeyName: there.id })), "encryptionKeyName", /us-east1/);
  });

  it("is protected twice, and by default", () => {
    const { sample } = connected();
    const made = sample.make(Instance, instance({}, { deletionProtectionEnabled: true }));
    assert.match(sample.holds(made) ?? "", /deletion_protection/);
    assert.match(
      sample.holds({ ...made, inputs: { ...made.inputs, deletionProtection: false } }) ?? "",
      /instance is protected/,
    );
    assert.equal(sample.holds({ ...made, inputs: instance({ deletionProtection: false }) }), undefined);
  });

  it("takes replicas of a backed-up primary, with room for as many connections", () => {
    const { sample } = connected();
    const flags = (count: string) => ({
      databaseFlags: [{ name: "max_connections", value: count }],
      backupConfiguration: { enabled: false },
    });
    sample.make(Instance, instance({}, { databaseFlags: [{ name: "max_connections", value: "200" }] }));
    const replica = (settings: Props, more: Props = {}) =>
      sample.judge(Instance, instance({ name: "copy", masterInstanceName: "shop-db", ...more }, settings));
    assert.deepEqual(replica(flags("200")), []);
    says(replica(flags("100")), "settings.databaseFlags", /below the primary's/);
    says(replica(flags("200"), { databaseVersion: "POSTGRES_17" }), "databaseVersion", /primary's version/);
    says(
      replica({ ...flags("200"), backupConfiguration: { enabled: true } }),
      "settings.backupConfiguration.enabled",
      /read replica/,
    );
  });

  it("holds passwords to the instance's rules", () => {
    const { sample } = connected();
    sample.make(
      Instance,
      instance(
        {},
        {
          passwordValidationPolicy: {
            enablePasswordPolicy: true,
            minLength: 16,
            complexity: "COMPLEXITY_DEFAULT",
            disallowUsernameSubstring: true,
          },
        },
      ),
    );
    const judge = (passwordWo: string) =>
      sample.judge(User, { instance: "shop-db", name: "appadmin", passwordWo, passwordWoVersion: 1 });
    says(judge("Ab1-"), "passwordWo", /16 characters/);
    says(judge("abcdefghijklmnopqrst"), "passwordWo", /upper case/);
    says(judge("appadmin-ABCDEFGH-1234"), "passwordWo", /user's name/);
    assert.deepEqual(judge("aB3-aB3-aB3-aB3-aB3-"), []);
    assert.equal(
      sample.make(User, {
        instance: "shop-db",
        name: "appadmin",
        passwordWo: "aB3-aB3-aB3-aB3-aB3-",
        passwordWoVersion: 1,
      }).id,
      "appadmin//shop-db",
    );
  });

  it("never goes back a major version", () => {
    const { sample } = connected();
    const made = sample.make(Instance, instance());
    says(
      sample.judge(Instance, instance({ databaseVersion: "POSTGRES_15" }), made),
      "databaseVersion",
      /can't go back/,
    );
  });

  it("answers with its defaults, and with a disk that never shrinks", () => {
    const { sample } = connected();
    const made = sample.make(Instance, instance({}, { diskSize: 100 }));
    assert.equal(pick(made.outputs, "settings.backupConfiguration.startTime"), "03:00");
    assert.equal(pick(made.outputs, "settings.version"), 1);
    const row = rowOf(Instance);
    assert.deepEqual(sample.replaces(made, instance({}, { diskSize: 50 })), []);
    assert.deepEqual(sample.replaces(made, instance({}, { diskSize: 50, diskAutoresize: false })), [
      "settings.diskSize",
    ]);
    assert.ok(row.secrets?.includes("serverCaCerts"));
  });
});

describe("simulated stores of Google Cloud", () => {
  const bucket = (more: Props): Props => ({ name: "shop-prod-backups", location: "US-CENTRAL1", ...more });

  it("use a key of their own place that their agent may use", () => {
    const sample = new Sample();
    const { id } = key(sample);
    const encryption = { encryption: { defaultKmsKeyName: id } };
    says(sample.judge(Bucket, bucket(encryption)), "encryption.defaultKmsKeyName", /Permission denied/);
    grant(sample, id, "gs-project-accounts.iam.gserviceaccount.com");
    assert.deepEqual(sample.judge(Bucket, bucket(encryption)), []);
    says(
      sample.judge(Bucket, bucket({ ...encryption, location: "US-EAST1" })),
      "encryption.defaultKmsKeyName",
      /bucket's location/,
    );
  });

  it("lengthen a locked retention and never shorten it", () => {
    const sample = new Sample();
    const locked = (retentionPeriod: string) => bucket({ retentionPolicy: { isLocked: true, retentionPeriod } });
    const made = sample.make(Bucket, locked("2592000"));
    assert.deepEqual(sample.judge(Bucket, locked("5184000"), made), []);
    says(sample.judge(Bucket, locked("86400"), made), "retentionPolicy.retentionPeriod", /Cannot reduce/);
    says(sample.judge(Bucket, bucket({}), made), "retentionPolicy", /Cannot remove/);
    assert.deepEqual(sample.replaces(made, bucket({ retentionPolicy: { retentionPeriod: "2592000" } })), [
      "retentionPolicy.isLocked",
    ]);
  });

  it("stay while something is in them, and the something while it is retained", () => {
    const sample = new Sample();
    const made = sample.make(Bucket, bucket({ retentionPolicy: { retentionPeriod: "2592000" } }));
    const object = sample.make("gcp:storage/bucketObject:BucketObject", {
      bucket: "shop-prod-backups",
      name: "dump",
      content: "x",
    });
    assert.match(sample.holds(made) ?? "", /force_destroy/);
    assert.match(sample.holds(object) ?? "", /retentionPolicyNotMet/);
  });

  it("keep a secret whose agent may use its key, and count its versions", () => {
    const sample = new Sample();
    const { id } = key(sample);
    const secret = {
      secretId: "password",
      replication: {
        userManaged: { replicas: [{ location: "us-central1", customerManagedEncryption: { kmsKeyName: id } }] },
      },
    };
    says(
      sample.judge(Secret, secret),
      "replication.userManaged.replicas.0.customerManagedEncryption.kmsKeyName",
      /not accessible/,
    );
    grant(sample, id, "gcp-sa-secretmanager.iam.gserviceaccount.com");
    const made = sample.make(Secret, { ...secret, deletionProtection: true });
    assert.match(sample.holds(made) ?? "", /deletion_protection/);
    const versions = [1, 2].map(
      (secretDataWoVersion) => sample.make(Version, { secret: made.id, secretDataWo: "x", secretDataWoVersion }).id,
    );
    assert.deepEqual(
      versions,
      [1, 2].map((n) => `projects/${projectNumber("shop-prod")}/secrets/password/versions/${n}`),
    );
  });

  it("label as the provider does: its defaults, the resource's own, and Pulumi's mark", () => {
    const made = new Sample().make(Bucket, bucket({ labels: { app: "shop" } }));
    assert.deepEqual(made.outputs["pulumiLabels"], { app: "shop" });
    assert.deepEqual(made.outputs["effectiveLabels"], { app: "shop", "goog-pulumi-provisioned": "true" });
  });
});

describe("the google provider", () => {
  it("takes project and region from its settings, then from the environment", () => {
    const [fromConfig, fromEnvironment] = [
      pkg.place({ project: "shop-prod", region: "us-east1" }, { GOOGLE_PROJECT: "other-prod" }),
      pkg.place({}, { GOOGLE_PROJECT: "other-prod" }),
    ];
    assert.deepEqual(
      [pick(fromConfig as never, "account"), pick(fromConfig as never, "region")],
      ["shop-prod", "us-east1"],
    );
    assert.equal(pick(fromEnvironment as never, "account"), "other-prod");
  });

  it("refuses a project and a region that can't be", () => {
    const refused = pkg.place({ project: "P", region: "mars" }, {});
    assert.deepEqual(Array.isArray(refused) && refused.map((one: Refusal) => one.property), ["project", "region"]);
  });
});
