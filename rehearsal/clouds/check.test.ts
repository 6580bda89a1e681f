import assert from "node:assert/strict";
import * as pb from "@pulumi/pulumi/proto/provider_pb";
import { UNKNOWN } from "./row";
import { resource, withStage } from "./testing/client";
import { encode, secret } from "./wire";

const network = resource("toy:net:Network", "main");
const unknown = encode(UNKNOWN);

describe("Check", () => {
  it("names what the program leaves unnamed, the same in preview, in up and in every update", () =>
    withStage(async ({ engine }) => {
      const preview = await engine.check(network, { cidr: "10.0.0.0/16" });
      assert.match(preview.inputs["name"] as string, /^main-[0-9a-f]{7}$/);
      const made = await engine.make(network, { cidr: "10.0.0.0/16" });
      assert.equal(made.inputs["name"], preview.inputs["name"]);
      const again = await engine.check(network, { cidr: "10.0.0.0/16", note: "n" }, made.inputs);
      assert.equal(again.inputs["name"], made.inputs["name"]);
    }));

  it("gives a replacement another name", () =>
    withStage(async ({ engine }) => {
      const made = await engine.make(network, { cidr: "10.0.0.0/16" });
      await engine.diff(network, made.id, made.inputs, { ...made.inputs, cidr: "10.1.0.0/16" });
      const fresh = await engine.check(network, { cidr: "10.1.0.0/16" });
      assert.notEqual(fresh.inputs["name"], made.inputs["name"]);
      assert.match(fresh.inputs["name"] as string, /^main-[0-9a-f]{7}$/);
    }));

  it("makes a new name when the program takes its own one away", () =>
    withStage(async ({ engine }) => {
      const made = await engine.make(network, { name: "mine", cidr: "10.0.0.0/16" });
      const { inputs } = await engine.check(network, { cidr: "10.0.0.0/16" }, made.inputs);
      assert.match(inputs["name"] as string, /^main-/);
    }));

  it("cuts a name to the cloud's length, its random end kept", () =>
    withStage(async ({ engine }) => {
      const { inputs } = await engine.check(resource("toy:net:Network", "a".repeat(40)), { cidr: "10.0.0.0/16" });
      assert.match(inputs["name"] as string, /^a{12}-[0-9a-f]{7}$/);
    }));

  it("follows the program's own rule for automatic names", () =>
    withStage(async ({ engine }) => {
      const { PROPOSE, ENFORCE, DISABLE } = pb.CheckRequest.AutonamingOptions.Mode;
      const named = async (mode: Parameters<pb.CheckRequest.AutonamingOptions["setMode"]>[0]) => {
        const asked = new pb.CheckRequest.AutonamingOptions().setMode(mode).setProposedName("house-main");
        return (await engine.check(network, { cidr: "10.0.0.0/16" }, {}, asked)).inputs["name"];
      };
      assert.deepEqual(
        [await named(PROPOSE), await named(ENFORCE), await named(DISABLE)],
        ["house-main", "house-main", undefined],
      );
    }));

  it("writes the provider's defaults into the inputs where the program says nothing", () =>
    withStage(async ({ engine }) => {
      assert.equal((await engine.check(network, { cidr: "10.0.0.0/16" })).inputs["mtu"], 1500);
      assert.equal((await engine.check(network, { cidr: "10.0.0.0/16", mtu: 9000 })).inputs["mtu"], 9000);
    }));

  it("refuses what is missing, at the top and inside a block that is there", () =>
    withStage(async ({ engine }) => {
      assert.deepEqual((await engine.check(network, {})).failures, ["cidr: Missing required property 'cidr'"]);
      const subnet = resource("toy:net:Subnet", "s");
      const { failures } = await engine.check(subnet, { networkId: "n", rules: [{ port: 1 }, { protocol: "tcp" }] });
      assert.deepEqual(failures, ["rules[1].port: Missing required property 'rules[1].port'"]);
      assert.deepEqual((await engine.check(subnet, { networkId: unknown })).failures, []);
    }));

  it("refuses what the cloud would, with place, value and limit, and lets the unknown pass", () =>
    withStage(async ({ engine }) => {
      const refused = await engine.check(network, { cidr: "10.0.0.0/8" });
      assert.deepEqual(refused.failures, [
        'cidr: "10.0.0.0/8" is not a CIDR block with a prefix from /16 to /28 and no host bits set',
      ]);
      assert.deepEqual((await engine.check(network, { cidr: unknown })).failures, []);
      const rules = [
        { port: 1, protocol: "tcp" },
        { port: 2, protocol: "sctp" },
      ];
      const { failures } = await engine.check(resource("toy:net:Subnet", "s"), { networkId: "n", rules });
      assert.deepEqual(failures, ['rules[1].protocol: expected one of "tcp", "udp", got "sctp"']);
    }));

  it("refuses a secret without saying it", () =>
    withStage(async ({ engine }) => {
      const { failures } = await engine.check(network, { cidr: secret("hunter2-hunter2") });
      assert.equal(failures.length, 1);
      assert.match(failures[0] ?? "", /^cidr: "\[secret\]" is not a CIDR block/);
      const rules = [{ port: 1, protocol: secret("pw") }];
      const short = await engine.check(resource("toy:net:Subnet", "s"), { networkId: "n", rules });
      assert.deepEqual(short.failures, ['rules[0].protocol: expected one of "tcp", "udp", got [secret]']);
    }));

  it("refuses a secret by what exists without saying it", () =>
    withStage(async ({ engine }) => {
      const { id } = await engine.make(network, { cidr: "10.0.0.0/16" });
      await engine.make(resource("toy:net:Subnet", "a"), { networkId: id, cidr: "10.0.1.0/24" });
      const inputs = { networkId: id, cidr: secret("10.0.1.0/24") };
      await assert.rejects(engine.make(resource("toy:net:Subnet", "b"), inputs), ({ message }: Error) => {
        assert.match(message, /cidr: \[secret\] overlaps subnet sub-/);
        return !message.includes("10.0.1.0");
      });
    }));
});
