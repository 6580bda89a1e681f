import assert from "node:assert/strict";
import { build, inside, the } from "../../test/contract";
import type { Recording, Registration } from "../../test/recorder";
import { Network, type NetworkArgs } from ".";

/** Text as it is, anything else as JSON. */
const plain = (value: unknown): string => (typeof value === "string" ? value : (JSON.stringify(value) ?? ""));

const token = "trifold:network:Network";
const types = {
  subnet: "aws:ec2/subnet:Subnet",
  table: "aws:ec2/routeTable:RouteTable",
  route: "aws:ec2/route:Route",
  association: "aws:ec2/routeTableAssociation:RouteTableAssociation",
  nat: "aws:ec2/natGateway:NatGateway",
  group: "aws:ec2/securityGroup:SecurityGroup",
  ingress: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  egress: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
  endpoint: "aws:ec2/vpcEndpoint:VpcEndpoint",
};

const existing = {
  id: "vpc-0123456789abcdef0",
  cidr: "10.99.0.0/16",
  subnets: {
    public: ["subnet-0123456789abcde0a"],
    private: ["subnet-0123456789abcde0b"],
    data: ["subnet-0123456789abcde0c", "subnet-0123456789abcde0d"],
  },
} as const;

/** A second network beside the ground's own, so that its own things can be told apart by name. */
const made = async (args: Partial<NetworkArgs> = {}) => {
  const zones = ["us-east-1a", "us-east-1b", "us-east-1c"];
  const recording = await build(
    "aws",
    ({ site, keys }) => new Network("own", { site, keys, zones, cidr: "10.64.0.0/16", ...args }),
    false,
  );
  const own = inside(recording, token).filter((one) => one.name.startsWith("own"));
  return { recording, own, of: (type: string) => own.filter((one) => one.type === type) };
};
const named = (list: readonly Registration[], name: string): Registration => {
  const found = list.find((one) => one.name === name);
  assert.ok(found, `${name} is not among ${list.map((one) => one.name).join(", ")}`);
  return found;
};
const groupNames = (recording: Recording) =>
  new Map(recording.registrations.filter((one) => one.type === types.group).map((one) => [one.id, one.name]));

describe("network on AWS", () => {
  it("gives the data tier no route out, and a list that only knows the network (NET-03, NET-05)", async () => {
    const { of } = await made();
    const table = named(of(types.table), "own-data");
    assert.equal(of(types.association).filter((one) => one.inputs["routeTableId"] === table.id).length, 3);
    assert.deepEqual(
      of(types.route).filter((one) => one.inputs["routeTableId"] === table.id),
      [],
    );
    const { inputs } = named(of("aws:ec2/networkAcl:NetworkAcl"), "own-data");
    assert.deepEqual(inputs["ingress"], inputs["egress"]);
    assert.equal((inputs["ingress"] as { cidrBlock: string }[])[0]?.cidrBlock, "10.64.0.0/16");
  });

  it("sends every private zone out through its own NAT, or all through one (NET-04)", async () => {
    const gateways = async (nat: "per-zone" | "single") => {
      const { of } = await made({ nat });
      const ways = of(types.route).filter((one) => one.inputs["natGatewayId"] !== undefined);
      assert.equal(ways.length, 3);
      return new Set(ways.map((one) => one.inputs["natGatewayId"])).size;
    };
    assert.equal(await gateways("per-zone"), 3);
    assert.equal(await gateways("single"), 1);
  });

  it("opens the internet to the edge on 80 and 443 alone, and each tier to the one before (NET-06, NET-07)", async () => {
    const { recording, of } = await made({ appPort: 9000 });
    const names = groupNames(recording);
    const rules = of(types.ingress).map(({ inputs }) => {
      const from = inputs["cidrIpv4"] ?? names.get(plain(inputs["referencedSecurityGroupId"]));
      return `${plain(from)} -> ${names.get(plain(inputs["securityGroupId"]))} ${plain(inputs["fromPort"])}`;
    });
    assert.deepEqual(rules.sort(), [
      "0.0.0.0/0 -> own-edge 443",
      "0.0.0.0/0 -> own-edge 80",
      "10.64.0.0/16 -> own-endpoints 443",
      "own-app -> own-data 5432",
      "own-app -> own-data 6379",
      "own-edge -> own-app 9000",
    ]);
  });

  it("lets the application out on the web's ports, or on all when told to (NET-09)", async () => {
    const wide = async (egress: "web" | "open") => {
      const { of } = await made({ egress });
      const out = of(types.egress).filter((one) => one.inputs["cidrIpv4"] === "0.0.0.0/0");
      return out.map(({ inputs }) => `${plain(inputs["ipProtocol"])} ${plain(inputs["fromPort"] ?? "all")}`).sort();
    };
    assert.deepEqual(await wide("web"), ["tcp 443", "tcp 53", "tcp 80", "udp 123", "udp 53"]);
    assert.deepEqual(await wide("open"), ["-1 all"]);
  });

  it("reaches AWS's own services without NAT, in one zone where one NAT is enough (NET-12)", async () => {
    const { of } = await made({ nat: "single" });
    const services = of(types.endpoint).map((one) =>
      plain(one.inputs["serviceName"]).replace("com.amazonaws.us-east-1.", ""),
    );
    assert.deepEqual(services.sort(), ["dynamodb", "ecr.api", "ecr.dkr", "kms", "logs", "s3", "secretsmanager", "sts"]);
    assert.equal((named(of(types.endpoint), "own-kms").inputs["subnetIds"] as string[]).length, 1);
    assert.match(plain(named(of(types.endpoint), "own-kms").inputs["policy"]), /"aws:PrincipalAccount":"123456789012"/);
    assert.equal(named(of(types.endpoint), "own-sts").inputs["policy"], undefined);
  });

  it("takes the default group's rules away, and logs what crosses the borders (NET-14)", async () => {
    const { recording, own } = await made({ flowLogRetentionDays: 365 });
    const locked = own.find((one) => one.type === "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup");
    assert.deepEqual([locked?.inputs["ingress"], locked?.inputs["egress"]], [[], []]);
    const log = the(recording, "aws:ec2/flowLog:FlowLog", "own");
    assert.equal(log.inputs["trafficType"], "ALL");
    const group = the(recording, "aws:cloudwatch/logGroup:LogGroup", "own-flow-logs");
    assert.equal(group.inputs["name"], "/aws/vpc-flow-logs/goodies-prod-own");
    assert.equal(group.inputs["retentionInDays"], 365);
    assert.match(plain(group.inputs["kmsKeyId"]), /^arn:aws:kms:/);
    const role = the(recording, "aws:iam/rolePolicy:RolePolicy", "own-flow-logs");
    assert.doesNotMatch(plain(role.inputs["policy"]), /"Resource":"\*"|logs:\*|CreateLogGroup/);
  });

  it("makes the groups and nothing else in somebody else's network", async () => {
    const { own } = await made({ existing });
    assert.deepEqual(
      [...new Set(own.map((one) => one.type))].sort(),
      [types.group, types.egress, types.ingress].sort(),
    );
    for (const group of own.filter((one) => one.type === types.group)) assert.equal(group.inputs["vpcId"], existing.id);
  });
});
