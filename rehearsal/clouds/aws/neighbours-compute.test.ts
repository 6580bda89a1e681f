// What EKS, Lambda, CloudTrail and copies refuse by looking at what stands around.
import assert from "node:assert/strict";
import type { Item, Props, Refusal } from "../row";
import { network, rowOf, Sample, trust } from "./sample";
import { T } from "./types";

const says = (refused: readonly Refusal[], property: string, reason: RegExp) =>
  assert.ok(
    refused.some((one) => one.property === property && reason.test(one.reason)),
    JSON.stringify(refused),
  );

const root = { AWS: "arn:aws:iam::123456789012:root" };
const keyPolicy = (...more: object[]) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: root, Action: "kms:Put*", Resource: "*" }, ...more],
  });
const forResources = { Bool: { "kms:GrantIsForAWSResource": "true" } };
const grant = (Condition?: object) => ({
  Effect: "Allow",
  Principal: root,
  Action: "kms:CreateGrant",
  Resource: "*",
  ...(Condition && { Condition }),
});

/** A role, its policy attached. */
function roleFor(sample: Sample, service: string, policy: string): Item {
  const role = sample.make(T.role, { assumeRolePolicy: trust(service) });
  sample.make(T.rolePolicyAttachment, { role: role.id, policyArn: `arn:aws:iam::aws:policy/${policy}` });
  return role;
}

function clusterIn(sample: Sample, more: Props = {}) {
  const { vpc, a, b } = network(sample);
  const role = roleFor(sample, "eks.amazonaws.com", "AmazonEKSClusterPolicy");
  const inputs: Props = {
    name: "goodies",
    version: "1.34",
    roleArn: role.outputs["arn"] ?? null,
    bootstrapSelfManagedAddons: false,
    accessConfig: { authenticationMode: "API" },
    vpcConfig: { subnetIds: [a.id, b.id], endpointPrivateAccess: true, endpointPublicAccess: false },
    ...more,
  };
  return { vpc, a, b, inputs };
}

describe("simulated EKS", () => {
  it("makes no grant on a key that only lets AWS's own resources have them", () => {
    const sample = new Sample();
    const shut = sample.make(T.key, { policy: keyPolicy(grant(forResources)) });
    const open = sample.make(T.key, { policy: keyPolicy(grant(forResources), grant()) });
    const { inputs } = clusterIn(sample);
    const judged = (key: Item) =>
      sample.judge(T.cluster, {
        ...inputs,
        encryptionConfig: { provider: { keyArn: key.outputs["arn"] ?? null }, resources: ["secrets"] },
      });
    says(judged(shut), "encryptionConfig.provider.keyArn", /GrantIsForAWSResource/);
    assert.deepEqual(judged(open), []);
  });

  it("spans two zones, has an issuer and a group of its own, and upgrades one minor at a time", () => {
    const sample = new Sample();
    const { a, inputs } = clusterIn(sample);
    says(
      sample.judge(T.cluster, { ...inputs, vpcConfig: { subnetIds: [a.id], endpointPrivateAccess: true } }),
      "vpcConfig.subnetIds",
      /two different AZs/,
    );
    const made = sample.make(T.cluster, inputs);
    assert.match(
      JSON.stringify(made.outputs["identities"]),
      /https:\/\/oidc\.eks\.us-east-1\.amazonaws\.com\/id\/[0-9A-F]{32}/,
    );
    assert.match(JSON.stringify(made.outputs["vpcConfig"]), /"clusterSecurityGroupId":"sg-0[0-9a-f]{16}"/);
    assert.match(JSON.stringify(made.outputs["kubernetesNetworkConfig"]), /172\.20\.0\.0\/16/);
    says(sample.judge(T.cluster, { ...inputs, version: "1.33" }, made), "version", /from 1\.34 to 1\.33/);
    assert.deepEqual(sample.judge(T.cluster, { ...inputs, version: "1.35" }, made), []);
  });

  it("is held by its deletion protection", () => {
    const sample = new Sample();
    const { inputs } = clusterIn(sample, { deletionProtection: true });
    assert.match(sample.holds(sample.make(T.cluster, inputs)) ?? "", /deletion protection/);
  });

  it("gets no node ready without a network, nor a deployment without a node", () => {
    const sample = new Sample();
    const { a, b, inputs } = clusterIn(sample);
    const cluster = sample.make(T.cluster, inputs);
    const role = roleFor(sample, "ec2.amazonaws.com", "AmazonEKSWorkerNodePolicy");
    const nodes: Props = {
      clusterName: cluster.id,
      version: "1.34",
      nodeRoleArn: role.outputs["arn"] ?? null,
      subnetIds: [a.id, b.id],
      scalingConfig: { minSize: 1, maxSize: 2, desiredSize: 1 },
    };
    says(sample.judge(T.nodeGroup, nodes), "clusterName", /no vpc-cni, kube-proxy/);
    for (const addonName of ["vpc-cni", "kube-proxy"]) sample.make(T.addon, { clusterName: cluster.id, addonName });
    says(sample.judge(T.addon, { clusterName: cluster.id, addonName: "coredns" }), "addonName", /no nodes/);
    says(sample.judge(T.nodeGroup, { ...nodes, version: "1.35" }), "version", /greater than cluster version/);
    sample.make(T.nodeGroup, nodes);
    assert.deepEqual(sample.judge(T.addon, { clusterName: cluster.id, addonName: "coredns" }), []);
  });

  it("starts no nodes on disks whose key Auto Scaling may not use, and counts a template's versions", () => {
    const sample = new Sample();
    const { a, b, inputs } = clusterIn(sample, { bootstrapSelfManagedAddons: true });
    const cluster = sample.make(T.cluster, inputs);
    const key = sample.make(T.key, { policy: keyPolicy(grant()) });
    const disk = { deviceName: "/dev/xvda", ebs: { encrypted: "true", kmsKeyId: key.outputs["arn"] ?? null } };
    const template = sample.make(T.launchTemplate, { blockDeviceMappings: [disk] });
    const role = roleFor(sample, "ec2.amazonaws.com", "AmazonEKSWorkerNodePolicy");
    const nodes: Props = {
      clusterName: cluster.id,
      nodeRoleArn: role.outputs["arn"] ?? null,
      subnetIds: [a.id, b.id],
      scalingConfig: { minSize: 1, maxSize: 2, desiredSize: 1 },
      launchTemplate: { id: template.id, version: "1" },
    };
    says(sample.judge(T.nodeGroup, nodes), "launchTemplate.id", /AWSServiceRoleForAutoScaling/);
    assert.equal(template.outputs["latestVersion"], 1);
  });
});

describe("simulated Lambda", () => {
  it("tries the role: who takes it, and what for", () => {
    const sample = new Sample();
    const { a } = network(sample);
    const judged = (service: string, policy: string, more: Props = {}) =>
      sample.judge(T.function, {
        name: "rotation",
        role: roleFor(sample, service, policy).outputs["arn"] ?? null,
        runtime: "nodejs22.x",
        handler: "index.handler",
        code: { hash: "abc" },
        ...more,
      });
    says(judged("ec2.amazonaws.com", "ReadOnlyAccess"), "role", /cannot be assumed by Lambda/);
    const inside: Props = { vpcConfig: { subnetIds: [a.id], securityGroupIds: [] } };
    says(judged("lambda.amazonaws.com", "ReadOnlyAccess", inside), "role", /CreateNetworkInterface/);
    assert.deepEqual(judged("lambda.amazonaws.com", "service-role/AWSLambdaVPCAccessExecutionRole", inside), []);
  });

  it("is called for the secrets that its policy names, by ARN or the beginning of one", () => {
    const rotated = (sourceArn?: (arn: string) => string) => {
      const sample = new Sample();
      const role = roleFor(sample, "lambda.amazonaws.com", "service-role/AWSLambdaBasicExecutionRole");
      const code = { runtime: "nodejs22.x", handler: "index.handler", code: { hash: "abc" } };
      const called = sample.make(T.function, { name: "rotation", role: role.outputs["arn"] ?? null, ...code });
      const secret = sample.make(T.secret, { name: "goodies/app/key" });
      sample.make(T.secretVersion, { secretId: secret.id, secretString: "x" });
      sample.make(T.functionPermission, {
        function: called.id,
        action: "lambda:InvokeFunction",
        principal: "secretsmanager.amazonaws.com",
        ...(sourceArn && { sourceArn: sourceArn(secret.id) }),
      });
      return sample.judge(T.secretRotation, {
        secretId: secret.id,
        rotationLambdaArn: called.outputs["arn"] ?? null,
        rotationRules: { automaticallyAfterDays: 30 },
      });
    };
    assert.deepEqual(rotated(), []);
    assert.deepEqual(
      rotated((arn) => arn),
      [],
    );
    assert.deepEqual(
      rotated((arn) => arn.replace(/[^/]*$/, "*")),
      [],
    );
    says(
      rotated((arn) => arn.replace("goodies/app", "goodies/other")),
      "rotationLambdaArn",
      /cannot invoke/,
    );
  });
});

describe("simulated CloudTrail", () => {
  it("writes only where the bucket's policy and the key's let it", () => {
    const sample = new Sample();
    const bucket = sample.make(T.bucket, { bucket: "goodies-audit" });
    says(sample.judge(T.trail, { s3BucketName: bucket.id }), "s3BucketName", /InsufficientS3BucketPolicy/);
    const lets = (Action: string[]) => ({
      Effect: "Allow",
      Principal: { Service: "cloudtrail.amazonaws.com" },
      Action,
      Resource: "arn:aws:s3:::goodies-audit/*",
    });
    sample.make("aws:s3/bucketPolicy:BucketPolicy", {
      bucket: bucket.id,
      policy: JSON.stringify({ Version: "2012-10-17", Statement: [lets(["s3:GetBucketAcl", "s3:PutObject"])] }),
    });
    assert.deepEqual(sample.judge(T.trail, { s3BucketName: bucket.id }), []);
    const key = sample.make(T.key, { policy: keyPolicy(grant()) });
    says(
      sample.judge(T.trail, { s3BucketName: bucket.id, kmsKeyId: key.outputs["arn"] ?? null }),
      "kmsKeyId",
      /InsufficientEncryptionPolicy/,
    );
  });
});

describe("simulated replication", () => {
  it("needs versions on both sides, and a lock over there where one is here", () => {
    const sample = new Sample();
    const role = roleFor(sample, "s3.amazonaws.com", "ReadOnlyAccess");
    const [from, to] = [
      sample.make(T.bucket, { bucket: "from-here", objectLockEnabled: true }),
      sample.make(T.bucket, { bucket: "to-there" }),
    ];
    const judged = () =>
      sample.judge(T.bucketReplication, {
        bucket: from.id,
        role: role.outputs["arn"] ?? null,
        rules: [{ id: "all", status: "Enabled", destination: { bucket: to.outputs["arn"] ?? null } }],
      });
    says(judged(), "bucket", /versioning must be 'Enabled'/);
    for (const bucket of [from.id, to.id])
      sample.make(T.bucketVersioning, { bucket, versioningConfiguration: { status: "Enabled" } });
    says(judged(), "rules.0.destination.bucket", /Object Lock/);
  });
});

describe("simulated RDS across regions", () => {
  it("promotes a replica in place, which goes on knowing what it is", () => {
    const sample = new Sample();
    const inputs: Props = {
      identifier: "source",
      engine: "postgres",
      engineVersion: "16",
      instanceClass: "db.m7g.large",
      allocatedStorage: 32,
      username: "keeper",
      dbName: "shop",
      password: "a-long-password",
      backupRetentionPeriod: 7,
      skipFinalSnapshot: true,
    };
    const source = sample.make(T.dbInstance, inputs);
    const copy: Props = { identifier: "copy", instanceClass: "db.m7g.large", skipFinalSnapshot: true };
    const replica = sample.make(T.dbInstance, { ...copy, replicateSourceDb: source.outputs["arn"] ?? null });
    assert.equal(replica.outputs["username"], "keeper");
    const { outputs, ripens } = rowOf(T.dbInstance);
    const moment = sample.moment(T.dbInstance, source.inputs, "source");
    assert.deepEqual([outputs({ ...moment, id: source.id })["replicas"], ripens], [["copy"], ["replicas"]]);
    assert.deepEqual(sample.judge(T.dbInstance, { ...copy, backupRetentionPeriod: 7 }, replica), []);
    says(sample.judge(T.dbInstance, copy), "engine", /required/);
    assert.ok(!rowOf(T.dbInstance).immutable?.includes("replicateSourceDb"));
  });
});
