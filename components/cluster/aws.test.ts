import assert from "node:assert/strict";
import { build, the } from "../../test/contract";
import type { Recording } from "../../test/recorder";
import { registryOn, zones } from "../../test/sites";
import type { Environment } from "../site";
import { Cluster, type ClusterArgs } from ".";

/** Text as it is, anything else as JSON. */
const plain = (value: unknown): string => (typeof value === "string" ? value : (JSON.stringify(value) ?? ""));

const types = {
  cluster: "aws:eks/cluster:Cluster",
  nodes: "aws:eks/nodeGroup:NodeGroup",
  template: "aws:ec2/launchTemplate:LaunchTemplate",
  addon: "aws:eks/addon:Addon",
  entry: "aws:eks/accessEntry:AccessEntry",
  policy: "aws:iam/rolePolicy:RolePolicy",
};
const made = (args: Partial<ClusterArgs> = {}, environment: Environment = "prod") =>
  build("aws", (ground) => new Cluster("cluster", { ...ground, zones: zones.aws, ...args }), false, environment);
const of = (recording: Recording, type: string) => recording.registrations.filter((one) => one.type === type);

describe("cluster on AWS", () => {
  it("is private, encrypts its secrets, and tells everything to a log group made first (CLU-05, CLU-06, CLU-08)", async () => {
    const recording = await made({ logRetentionDays: 365 });
    const { inputs, protect, dependencies } = the(recording, types.cluster);
    assert.equal(protect, true);
    const config = inputs["vpcConfig"] as Record<string, unknown>;
    assert.deepEqual([config["endpointPrivateAccess"], config["endpointPublicAccess"]], [true, false]);
    assert.equal(config["publicAccessCidrs"], undefined);
    assert.equal(inputs["deletionProtection"], true);
    assert.deepEqual(inputs["accessConfig"], {
      authenticationMode: "API",
      bootstrapClusterCreatorAdminPermissions: false,
    });
    assert.equal((inputs["enabledClusterLogTypes"] as string[]).length, 5);
    const logs = the(recording, "aws:cloudwatch/logGroup:LogGroup", "cluster");
    assert.equal(logs.inputs["name"], "/aws/eks/goodies-prod-cluster/cluster");
    assert.equal(logs.inputs["retentionInDays"], 365);
    assert.ok(dependencies.includes(logs.urn));
  });

  it("opens its API to named ranges only when told to", async () => {
    const { inputs } = the(await made({ apiAllowList: ["203.0.113.0/24"] }), types.cluster);
    const config = inputs["vpcConfig"] as Record<string, unknown>;
    assert.deepEqual([config["endpointPublicAccess"], config["publicAccessCidrs"]], [true, ["203.0.113.0/24"]]);
  });

  it("starts hardened nodes: IMDSv2 in one hop, encrypted disks, no public address (CLU-05, CLU-07)", async () => {
    const recording = await made({ pools: { workers: { diskGb: 120 } } });
    for (const pool of ["system", "workers"]) {
      const { inputs } = the(recording, types.template, `cluster-${pool}`);
      const metadata = inputs["metadataOptions"] as Record<string, unknown>;
      assert.deepEqual([metadata["httpTokens"], metadata["httpPutResponseHopLimit"]], ["required", 1]);
      for (const { ebs } of inputs["blockDeviceMappings"] as { ebs: Record<string, unknown> }[])
        assert.deepEqual([ebs["encrypted"], ebs["volumeType"], typeof ebs["kmsKeyId"]], ["true", "gp3", "string"]);
      const [card = {}] = inputs["networkInterfaces"] as Record<string, unknown>[];
      assert.equal(card["associatePublicIpAddress"], "false");
      assert.equal((card["securityGroups"] as string[]).length, 2);
    }
    const [, data] = the(recording, types.template, "cluster-workers").inputs["blockDeviceMappings"] as {
      ebs: { volumeSize: number };
    }[];
    assert.equal(data?.ebs.volumeSize, 120);
  });

  it("gives nodes the network's way out instead of EKS's open one (NET-09)", async () => {
    const recording = await made();
    const groups = new Map(of(recording, "aws:ec2/securityGroup:SecurityGroup").map((one) => [one.id, one.name]));
    const [card] = the(recording, types.template, "cluster-system").inputs["networkInterfaces"] as {
      securityGroups: string[];
    }[];
    assert.deepEqual(card?.securityGroups.map((id) => groups.get(id)).sort(), ["cluster-nodes", "network-app"]);
    const open = of(recording, "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule").filter(
      (one) => one.name.startsWith("cluster-") && one.inputs["cidrIpv4"] !== undefined,
    );
    assert.deepEqual(open, []);
  });

  it("leaves the number of nodes to the autoscaler, and taints spot pools (CLU-03, CLU-09)", async () => {
    const recording = await made({ pools: { batch: { spot: true, min: 0, max: 8 } } });
    const { inputs, ignoreChanges } = the(recording, types.nodes, "cluster-batch");
    assert.deepEqual(ignoreChanges, ["scalingConfig.desiredSize"]);
    assert.deepEqual(inputs["scalingConfig"], { minSize: 0, maxSize: 8, desiredSize: 0 });
    assert.equal(inputs["capacityType"], "SPOT");
    assert.deepEqual(inputs["taints"], [{ key: "trifold.dev/spot", value: "true", effect: "NO_SCHEDULE" }]);
    assert.equal((inputs["instanceTypes"] as string[]).length, 2);
  });

  it("replaces a blue-green pool by a new group, and rolls through a surge one (features.md 3.12)", async () => {
    const recording = await made({ pools: { blue: { upgrade: "blue-green" }, surge: { surgePercent: 50 } } });
    assert.deepEqual(the(recording, types.nodes, "cluster-blue").replaceOnChanges, ["version", "launchTemplate"]);
    const surge = the(recording, types.nodes, "cluster-surge");
    assert.deepEqual(surge.replaceOnChanges, []);
    assert.deepEqual(surge.inputs["updateConfig"], { maxUnavailablePercentage: 50 });
    for (const one of of(recording, types.nodes)) assert.ok(!one.deleteBeforeReplace, one.name);
  });

  it("puts nodes into the zones that are asked for", async () => {
    const recording = await made({ pools: { near: { zones: ["us-east-1b"] } } });
    const subnet = the(recording, "aws:ec2/subnet:Subnet", "network-private-us-east-1b");
    assert.deepEqual(the(recording, types.nodes, "cluster-near").inputs["subnetIds"], [subnet.id]);
  });

  it("lets in who deploys, or those who are named and nobody else (CLU-06)", async () => {
    const principals = (recording: Recording) => of(recording, types.entry).map((one) => one.inputs["principalArn"]);
    assert.deepEqual(principals(await made()), ["arn:aws:iam::123456789012:user/rehearsal"]);
    const admins = ["arn:aws:iam::123456789012:role/ops/Admin", "arn:aws:iam::123456789012:role/Pipeline"];
    assert.deepEqual(principals(await made({ admins })), admins);
  });

  it("lets nodes pull the registry's images of this account, and no other of it (CLU-14, SEC-11)", async () => {
    const pulls = async (withRegistry: boolean) => {
      const recording = await build(
        "aws",
        (ground) =>
          new Cluster("cluster", {
            ...ground,
            zones: zones.aws,
            ...(withRegistry && { registry: registryOn(ground) }),
          }),
        false,
      );
      return plain(the(recording, types.policy, "cluster-nodes-pull").inputs["policy"]);
    };
    assert.match(await pulls(true), /"Sid":"PullOwn".*repository\/goodies-prod\/registry\/app/);
    assert.doesNotMatch(await pulls(false), /PullOwn/);
    assert.match(await pulls(false), /"StringNotEquals":\{"aws:ResourceAccount":"123456789012"\}/);
  });

  it("makes the network's add-ons before nodes, and the others after, each with a role of its own", async () => {
    const recording = await made();
    const addons = new Map(of(recording, types.addon).map((one) => [one.inputs["addonName"], one]));
    const system = the(recording, types.nodes, "cluster-system");
    for (const name of ["vpc-cni", "kube-proxy", "eks-pod-identity-agent"])
      assert.ok(system.dependencies.includes(addons.get(name)?.urn ?? "missing"), name);
    for (const name of ["coredns", "aws-ebs-csi-driver", "metrics-server", "amazon-cloudwatch-observability"])
      assert.ok(addons.get(name)?.dependencies.includes(system.urn), name);
    assert.match(plain(addons.get("vpc-cni")?.inputs["configurationValues"]), /"enableNetworkPolicy":"true"/);
    const roles = [...addons.values()].flatMap((one) => {
      const [identity] = (one.inputs["podIdentityAssociations"] ?? []) as { roleArn: string }[];
      return identity ? [identity.roleArn] : [];
    });
    assert.equal(new Set(roles).size, 3);
  });

  it("is made of the same kinds of things in dev, small ones in one zone (ENV-02, CLU-10)", async () => {
    const [dev, prod] = [await made({}, "dev"), await made({}, "prod")];
    const kinds = (recording: Recording) => [...new Set(recording.registrations.map((one) => one.type))].sort();
    assert.deepEqual(kinds(dev), kinds(prod));
    const { inputs, protect } = the(dev, types.nodes, "cluster-workers");
    assert.deepEqual(
      [inputs["instanceTypes"], (inputs["subnetIds"] as string[]).length, protect],
      [["t3.medium"], 1, false],
    );
  });
});
