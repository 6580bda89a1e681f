// What AWS refuses by looking at what stands around, and how the things that it makes look.
import assert from "node:assert/strict";
import type { Props, Refusal } from "../row";
import { pkg } from ".";
import { plain } from "./row";
import { network, rowOf, Sample, trust } from "./sample";
import { T } from "./types";

const says = (refused: readonly Refusal[], property: string, reason: RegExp) =>
  assert.ok(
    refused.some((one) => one.property === property && reason.test(one.reason)),
    JSON.stringify(refused),
  );

describe("simulated AWS networks", () => {
  it("keep subnets inside their network and beside each other", () => {
    const sample = new Sample();
    const { vpc } = network(sample);
    const at = (cidrBlock: string) => sample.judge(T.subnet, { vpcId: vpc.id, cidrBlock });
    says(at("10.21.0.0/24"), "cidrBlock", /InvalidSubnet.Range/);
    says(at("10.20.1.128/25"), "cidrBlock", /InvalidSubnet.Conflict/);
    assert.deepEqual(at("10.20.3.0/24"), []);
  });

  it("have ids and ARNs in EC2's own shape", () => {
    const { vpc, a } = network(new Sample());
    assert.match(vpc.id, /^vpc-0[0-9a-f]{16}$/);
    assert.equal(vpc.outputs["arn"], `arn:aws:ec2:us-east-1:123456789012:vpc/${vpc.id}`);
    assert.match(plain(vpc.outputs["defaultSecurityGroupId"]), /^sg-0[0-9a-f]{16}$/);
    assert.equal(a.outputs["availabilityZoneId"], "use1-az1");
  });

  it("give public NAT only where an internet gateway is, and an address once", () => {
    const sample = new Sample();
    const { vpc, a, b } = network(sample);
    const eip = sample.make(T.eip, { domain: "vpc" });
    const nat: Props = { subnetId: a.id, allocationId: eip.id };
    says(sample.judge(T.natGateway, nat), "subnetId", /Gateway.NotAttached/);
    const gateway = sample.make(T.internetGateway, { vpcId: vpc.id });
    says(sample.judge(T.internetGateway, { vpcId: vpc.id }), "vpcId", /AlreadyAssociated/);
    const made = sample.make(T.natGateway, nat);
    assert.equal(made.outputs["publicIp"], eip.outputs["publicIp"]);
    says(sample.judge(T.natGateway, { subnetId: b.id, allocationId: eip.id }), "allocationId", /already associated/);
    assert.match(sample.holds(gateway) ?? "", /mapped public address/);
  });

  it("refuse the same rule twice", () => {
    const sample = new Sample();
    const { vpc } = network(sample);
    const group = sample.make(T.securityGroup, { vpcId: vpc.id, description: "x" });
    const rule = { securityGroupId: group.id, ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: "0.0.0.0/0" };
    sample.make(T.ingressRule, rule);
    says(
      sample.judge(T.ingressRule, { ...rule, description: "again" }),
      "securityGroupId",
      /InvalidPermission.Duplicate/,
    );
    assert.deepEqual(sample.judge(T.egressRule, rule), []);
  });

  it("let private DNS names be claimed once, and only with DNS on", () => {
    const sample = new Sample();
    const { vpc, a, b } = network(sample);
    const endpoint = {
      vpcId: vpc.id,
      vpcEndpointType: "Interface",
      serviceName: "com.amazonaws.us-east-1.kms",
      privateDnsEnabled: true,
    };
    const made = sample.make(T.vpcEndpoint, { ...endpoint, subnetIds: [a.id, b.id] });
    assert.match(JSON.stringify(made.outputs["dnsEntries"]), /kms\.us-east-1\.vpce\.amazonaws\.com/);
    says(sample.judge(T.vpcEndpoint, endpoint), "privateDnsEnabled", /conflicting DNS domain/);
    const mute = sample.make(T.vpc, { cidrBlock: "10.30.0.0/16" });
    says(sample.judge(T.vpcEndpoint, { ...endpoint, vpcId: mute.id }), "privateDnsEnabled", /enableDnsHostnames/);
  });

  it("write flow logs only as a role that trusts the service", () => {
    const sample = new Sample();
    const { vpc } = network(sample);
    const group = sample.make(T.logGroup, { name: "/flow" });
    const log = (service: string) => {
      const role = sample.make(T.role, { assumeRolePolicy: trust(service) }, service);
      return sample.judge(T.flowLog, {
        vpcId: vpc.id,
        trafficType: "ALL",
        logDestination: group.outputs["arn"] ?? null,
        iamRoleArn: role.outputs["arn"] ?? null,
      });
    };
    says(log("ec2.amazonaws.com"), "iamRoleArn", /unable to assume/);
    assert.deepEqual(log("vpc-flow-logs.amazonaws.com"), []);
  });
});

describe("simulated AWS databases", () => {
  const ground = () => {
    const sample = new Sample();
    const { vpc, a, b } = network(sample);
    const subnets = sample.make(T.dbSubnetGroup, { subnetIds: [a.id, b.id] });
    const group = sample.make(T.securityGroup, { vpcId: vpc.id, description: "x" });
    const parameters = sample.make(T.dbParameterGroup, { family: "postgres16" });
    const props: Props = {
      identifier: "shop",
      engine: "postgres",
      engineVersion: "16",
      instanceClass: "db.t4g.micro",
      allocatedStorage: 32,
      username: "appadmin",
      password: "Abcdefgh12345678",
      dbSubnetGroupName: subnets.id,
      parameterGroupName: parameters.id,
      vpcSecurityGroupIds: [group.id],
      backupRetentionPeriod: 7,
      skipFinalSnapshot: true,
    };
    return { sample, vpc, a, props };
  };

  it("need subnets in two zones", () => {
    const { sample, a } = ground();
    says(sample.judge(T.dbSubnetGroup, { subnetIds: [a.id] }), "subnetIds", /DoesNotCoverEnoughAZs.*us-east-1a/);
  });

  it("answer at RDS's own address, and go by their resource id", () => {
    const { sample, props } = ground();
    const made = sample.make(T.dbInstance, props);
    assert.match(made.id, /^db-[A-Z2-7]{26}$/);
    assert.match(plain(made.outputs["address"]), /^shop\.[a-z0-9]{12}\.us-east-1\.rds\.amazonaws\.com$/);
    assert.equal(made.outputs["endpoint"], `${plain(made.outputs["address"])}:5432`);
    assert.equal(made.outputs["engineVersion"], "16");
    assert.match(plain(made.outputs["engineVersionActual"]), /^16\.\d+$/);
  });

  it("are told what they are and who runs them when they are made, which no plan looks at", () => {
    const { sample, props } = ground();
    const { engine: _, allocatedStorage: __, password: ___, ...bare } = props;
    assert.deepEqual(sample.check(T.dbInstance, bare).refusals, []);
    for (const lacks of ["engine", "allocatedStorage"]) says(sample.judge(T.dbInstance, bare), lacks, /required/);
    says(sample.judge(T.dbInstance, bare), "password", /must be provided/);
  });

  it("take the parameter group of their own major, and groups of their own network", () => {
    const { sample, props } = ground();
    const other = sample.make(T.vpc, { cidrBlock: "10.40.0.0/16" });
    const stray = sample.make(T.securityGroup, { vpcId: other.id, description: "x" });
    says(sample.judge(T.dbInstance, { ...props, engineVersion: "17" }), "parameterGroupName", /postgres17/);
    says(
      sample.judge(T.dbInstance, { ...props, vpcSecurityGroupIds: [stray.id] }),
      "vpcSecurityGroupIds",
      /different VPCs/,
    );
  });

  it("have replicas only of a source with backups and a password of its own", () => {
    const { sample, props } = ground();
    const { password: _, ...managed } = props;
    sample.make(T.dbInstance, { ...props, identifier: "bare", backupRetentionPeriod: 0 });
    sample.make(T.dbInstance, { ...managed, identifier: "managed", manageMasterUserPassword: true });
    sample.make(T.dbInstance, { ...props, identifier: "good" });
    const replica = (of: string) =>
      sample.judge(T.dbInstance, { identifier: "r", instanceClass: "db.t4g.micro", replicateSourceDb: of });
    says(replica("bare"), "replicateSourceDb", /backups are not enabled/);
    says(replica("managed"), "replicateSourceDb", /Secrets Manager/);
    assert.deepEqual(replica("good"), []);
  });

  it("watch closely only with a role that has the policy for it", () => {
    const { sample, props } = ground();
    const role = sample.make(T.role, { assumeRolePolicy: trust("monitoring.rds.amazonaws.com") });
    const watched: Props = { ...props, monitoringInterval: 60, monitoringRoleArn: role.outputs["arn"] ?? null };
    says(sample.judge(T.dbInstance, watched), "monitoringRoleArn", /ENHANCED_MONITORING/);
    sample.make(T.rolePolicyAttachment, {
      role: role.id,
      policyArn: "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole",
    });
    assert.deepEqual(sample.judge(T.dbInstance, watched), []);
  });

  it("neither shrink nor go back, and jump majors only when told to", () => {
    const { sample, props } = ground();
    const old = sample.make(T.dbInstance, props);
    const { parameterGroupName: _, ...bare } = props;
    const change = (to: Props) => sample.judge(T.dbInstance, { ...bare, ...to }, old);
    says(change({ allocatedStorage: 20 }), "allocatedStorage", /cannot be less/);
    says(change({ engineVersion: "15" }), "engineVersion", /downgrade/);
    says(change({ engineVersion: "17" }), "engineVersion", /AllowMajorVersionUpgrade/);
    assert.deepEqual(change({ engineVersion: "17", allowMajorVersionUpgrade: true }), []);
  });

  it("stay while they are protected, or would go without a last snapshot", () => {
    const { sample, props } = ground();
    const held = (name: string, more: Props) =>
      sample.holds(sample.make(T.dbInstance, { ...props, identifier: name, ...more }));
    assert.match(held("a", { deletionProtection: true }) ?? "", /Cannot delete protected DB Instance/);
    assert.match(held("b", { skipFinalSnapshot: false }) ?? "", /final_snapshot_identifier is required/);
    assert.equal(held("c", { skipFinalSnapshot: false, finalSnapshotIdentifier: "c-final" }), undefined);
    assert.equal(held("d", {}), undefined);
  });
});

describe("simulated AWS keys, logs and buckets", () => {
  const root = { AWS: "arn:aws:iam::123456789012:root" };
  const keyPolicy = (...more: object[]) =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: root, Action: "kms:*", Resource: "*" }, ...more],
    });

  it("encrypt a log group only with a key that lets CloudWatch Logs in", () => {
    const sample = new Sample();
    const closed = sample.make(T.key, { policy: keyPolicy() }, "closed");
    const open = sample.make(
      T.key,
      {
        policy: keyPolicy({
          Effect: "Allow",
          Principal: { Service: "logs.us-east-1.amazonaws.com" },
          Action: "kms:Encrypt*",
          Resource: "*",
        }),
      },
      "open",
    );
    says(sample.judge(T.logGroup, { name: "/x", kmsKeyId: closed.outputs["arn"] ?? null }), "kmsKeyId", /AccessDenied/);
    assert.deepEqual(sample.judge(T.logGroup, { name: "/x", kmsKeyId: open.outputs["arn"] ?? null }), []);
  });

  it("refuse a policy that names a role that isn't there", () => {
    const sample = new Sample();
    const policy = keyPolicy({
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::123456789012:role/ghost" },
      Action: "kms:Decrypt",
      Resource: "*",
    });
    says(sample.judge(T.key, { policy }), "policy", /role\/ghost does not exist/);
  });

  it("keep a bucket's policy to itself, and the public out until the block is lifted", () => {
    const sample = new Sample();
    const bucket = sample.make(T.bucket, { bucket: "shop-site" });
    const open = (resource: string) => ({
      bucket: bucket.id,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: resource },
      }),
    });
    const type = "aws:s3/bucketPolicy:BucketPolicy";
    says(sample.judge(type, open("arn:aws:s3:::other/*")), "policy", /invalid resource/);
    says(sample.judge(type, open("arn:aws:s3:::shop-site/*")), "policy", /BlockPublicPolicy/);
    sample.make(T.bucketPublicAccessBlock, { bucket: bucket.id, blockPublicPolicy: false });
    assert.deepEqual(sample.judge(type, open("arn:aws:s3:::shop-site/*")), []);
  });

  it("lock objects only in a versioned bucket, and keep versions where there is a lock", () => {
    const sample = new Sample();
    const plain = sample.make(T.bucket, { bucket: "plain-bucket" });
    const locked = sample.make(T.bucket, { bucket: "locked-bucket", objectLockEnabled: true });
    const lock = (bucket: string) =>
      sample.judge(T.bucketObjectLock, { bucket, rule: { defaultRetention: { mode: "COMPLIANCE", days: 30 } } });
    says(lock(plain.id), "bucket", /versioning must be 'Enabled'/);
    assert.deepEqual(lock(locked.id), []);
    says(
      sample.judge(T.bucketVersioning, { bucket: locked.id, versioningConfiguration: { status: "Suspended" } }),
      "versioningConfiguration.status",
      /Object Lock/,
    );
  });

  it("make a name that nobody else in the world has", () => {
    assert.deepEqual(rowOf(T.bucket).unique, { by: ["bucket"], scope: "world" });
  });
});

describe("the simulated AWS provider", () => {
  const place = (config: Props, environment = {}) => pkg.place(config, environment);

  it("takes its region from its settings, then from the environment", () => {
    assert.equal((place({ region: "eu-west-1" }) as { region: string }).region, "eu-west-1");
    assert.equal((place({}, { AWS_REGION: "eu-west-2" }) as { region: string }).region, "eu-west-2");
    says(place({}) as Refusal[], "region", /missing region/);
    says(place({ region: "us-east-9" }) as Refusal[], "region", /invalid AWS region/);
  });

  it("works in the account that it is told, and in no other", () => {
    assert.equal(
      (place({ region: "eu-west-1", allowedAccountIds: ["111122223333"] }) as { account: string }).account,
      "111122223333",
    );
    says(place({ region: "eu-west-1", allowedAccountIds: ["12"] }) as Refusal[], "allowedAccountIds", /12 digits/);
    says(
      place({
        region: "eu-west-1",
        allowedAccountIds: ["111122223333"],
        assumeRoles: [{ roleArn: "arn:aws:iam::444455556666:role/x" }],
      }) as Refusal[],
      "allowedAccountIds",
      /not allowed: 444455556666/,
    );
  });

  it("has one row a type, and knows every type that its rows speak of among themselves", () => {
    const types = pkg.rows.map((row) => row.type);
    assert.equal(new Set(types).size, types.length);
    for (const row of pkg.rows) assert.ok(row.seconds.source, `${row.type} has no source of its times`);
  });
});
