// What the rules lean on: dependencies in a preview, provider defaults, environments, API versions.
import assert from "node:assert/strict";
import { evaluate, type Options, type Resource } from "./evaluate";
import { UNKNOWN } from "./read";
import { token } from "./tokens";

const resource = (type: string, name: string, inputs: object, more: Partial<Resource> = {}): Resource => ({
  type,
  name,
  urn: `urn:pulumi:one::trifold::${type}::${name}`,
  inputs: inputs as Resource["inputs"],
  ...more,
});
const aws = (short: string) => token("aws", short);
const status = (rule: string, all: readonly Resource[], options: Options = {}, name = all[0]?.name) =>
  evaluate(all, options).find((one) => one.rule === rule && one.urn.endsWith(`::${name}`))?.status;
const dependsOn = (property: string, ...on: readonly Resource[]) => ({
  propertyDependencies: { [property]: on.map(({ urn }) => urn) },
});

describe("companions in a preview", () => {
  const bucket = resource(aws("s3.Bucket"), "one", { bucket: UNKNOWN });
  const other = resource(aws("s3.Bucket"), "two", { bucket: UNKNOWN });
  const inputs = { bucket: UNKNOWN, versioningConfiguration: { status: "Enabled" } };
  const versioning = (more: Partial<Resource>) => resource(aws("s3.BucketVersioning"), "versioning", inputs, more);
  const rule = "storage-versioning";

  it("are found by property dependencies before any name is known", () => {
    assert.equal(status(rule, [bucket, other, versioning(dependsOn("bucket", bucket))]), "pass");
  });

  it("belong to the resource that they depend on, and to no other", () => {
    assert.equal(status(rule, [other, bucket, versioning(dependsOn("bucket", bucket))]), "fail");
  });

  it("leave the verdict open when neither names nor dependencies tell", () => {
    assert.equal(status(rule, [bucket, versioning({})]), "unknown");
  });
});

describe("private subnets in a preview", () => {
  const vpc = resource(aws("ec2.Vpc"), "vpc", {});
  const subnet = resource(
    aws("ec2.Subnet"),
    "subnet",
    { vpcId: UNKNOWN, tags: { Tier: "data" } },
    dependsOn("vpcId", vpc),
  );
  const table = resource(aws("ec2.RouteTable"), "table", { vpcId: UNKNOWN }, dependsOn("vpcId", vpc));
  const association = resource(
    aws("ec2.RouteTableAssociation"),
    "association",
    { subnetId: UNKNOWN, routeTableId: UNKNOWN },
    { propertyDependencies: { subnetId: [subnet.urn], routeTableId: [table.urn] } },
  );
  const gateway = resource(aws("ec2.InternetGateway"), "gateway", { vpcId: UNKNOWN });
  const nat = resource(aws("ec2.NatGateway"), "nat", { subnetId: UNKNOWN });
  const route = (property: string, to: Resource) =>
    resource(
      aws("ec2.Route"),
      "route",
      { routeTableId: UNKNOWN, destinationCidrBlock: "0.0.0.0/0", [property]: UNKNOWN },
      { propertyDependencies: { routeTableId: [table.urn], [property]: [to.urn] } },
    );
  const rule = "network-private-subnet-no-igw-route";

  it("are told by the gateway that their route depends on, whatever they are called", () => {
    const stack = [subnet, vpc, table, association, gateway, nat];
    assert.equal(status(rule, [...stack, route("gatewayId", gateway)]), "fail");
    assert.equal(status(rule, [...stack, route("natGatewayId", nat)]), "pass");
  });
});

describe("a reference to a key of the same stack", () => {
  it("is a customer key before it has an id", () => {
    const database = resource(aws("rds.Instance"), "db", { kmsKeyId: UNKNOWN });
    assert.equal(status("encryption-database-cmk", [database]), "pass");
  });

  it("is somebody, where a grant names a member made here", () => {
    const account = resource("gcp:serviceaccount/account:Account", "account", {});
    const type = token("gcp", "kms.CryptoKeyIAMMember");
    const grant = resource(type, "grant", { member: UNKNOWN, role: "r" }, dependsOn("member", account));
    assert.equal(status("kms-policy-not-public", [grant, account]), "pass");
    assert.equal(status("kms-policy-not-public", [resource(type, "grant", { member: UNKNOWN })]), "unknown");
  });
});

describe("tags of the provider", () => {
  const tags = { Environment: "prod", App: "a", Owner: "team@example.com", CostCentre: "1", ManagedBy: "pulumi" };
  const provider = (defaultTags: unknown) => resource("pulumi:providers:aws", "primary", { defaultTags });
  const vpc = (from: Resource) =>
    resource(aws("ec2.Vpc"), "vpc", { tags: { Name: "vpc" } }, { provider: `${from.urn}::some-id` });

  it("count as the resource's own, as an object or as the JSON text that the wire carries", () => {
    for (const given of [{ tags }, JSON.stringify({ tags })]) {
      const from = provider(given);
      assert.equal(status("tagging-required", [vpc(from), from]), "pass");
    }
    const none = provider(undefined);
    assert.equal(status("tagging-required", [vpc(none), none]), "fail");
  });

  it("are asked of taggable types only", () => {
    assert.equal(status("tagging-required", [resource(aws("ec2.Route"), "route", {})]), undefined);
  });
});

describe("environments", () => {
  const database = resource(aws("rds.Instance"), "db", {
    multiAz: false,
    deletionProtection: false,
    skipFinalSnapshot: true,
    backupRetentionPeriod: 7,
    storageEncrypted: false,
  });

  it("relax what cost decides in dev and preview, and nothing else", () => {
    for (const environment of ["dev", "preview"]) {
      assert.equal(status("resilience-database-multi-az", [database], { environment }), "not-applicable");
      assert.equal(status("resilience-database-deletion-protection", [database], { environment }), "not-applicable");
      assert.equal(status("backup-database-retention", [database], { environment }), "pass");
      assert.equal(status("encryption-database-at-rest", [database], { environment }), "fail");
    }
  });

  it("ask for all of it elsewhere, and when the environment isn't known", () => {
    for (const options of [{ environment: "staging" }, { environment: "prod" }, { environment: "dr" }, {}]) {
      assert.equal(status("resilience-database-multi-az", [database], options), "fail");
      assert.equal(status("backup-database-retention", [database], options), "fail");
    }
  });
});

describe("near misses", () => {
  it("don't ask a read replica for backups, a standby or a password of its own", () => {
    const replica = resource(aws("rds.Instance"), "replica", { replicateSourceDb: "db", storageEncrypted: true });
    for (const rule of [
      "backup-database-retention",
      "resilience-database-multi-az",
      "secrets-database-managed-password",
    ])
      assert.equal(status(rule, [replica]), "not-applicable", rule);
    assert.equal(status("encryption-database-cmk", [replica]), "pass");
  });

  it("don't ask a bucket for access logs that others' logs are delivered to", () => {
    const sink = resource(aws("s3.Bucket"), "logs", { bucket: "logs" });
    const logging = resource(aws("s3.BucketLogging"), "logging", { bucket: "one", targetBucket: "logs" });
    for (const rule of ["storage-access-logging", "encryption-object-storage-cmk", "storage-versioning"])
      assert.equal(status(rule, [sink, logging]), "not-applicable", rule);
  });

  it("don't ask an asymmetric key to rotate", () => {
    const aKey = resource(aws("kms.Key"), "key", { customerMasterKeySpec: "RSA_4096", keyUsage: "SIGN_VERIFY" });
    assert.equal(status("kms-rotation", [aKey]), "not-applicable");
    const gKey = resource(token("gcp", "kms.CryptoKey"), "key", { purpose: "ASYMMETRIC_SIGN" });
    assert.equal(status("kms-rotation", [gKey]), "not-applicable");
  });

  it("don't ask proxy-only subnets for flow logs", () => {
    const proxies = resource(token("gcp", "compute.Subnetwork"), "proxies", { purpose: "REGIONAL_MANAGED_PROXY" });
    assert.equal(status("logging-network-flow-logs", [proxies]), "not-applicable");
  });
});
