import assert from "node:assert/strict";
import type { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import * as pb from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { resource, withStage } from "./testing/client";
import { SECRET, SIGNATURE } from "./wire";

const network = resource("toy:net:Network", "main");

describe("the simulated clouds' server", () => {
  it("tells the installed SDK's own version", () =>
    withStage(async ({ engine }) => {
      const info = await engine.call<PluginInfo>("getPluginInfo", new Empty());
      assert.equal(info.getVersion(), (require("@pulumi/random/package.json") as { version: string }).version);
    }));

  it("accepts secrets and previews in the handshake and in configure alike", () =>
    withStage(async ({ engine }) => {
      const shaken = await engine.call<pb.ProviderHandshakeResponse>("handshake", new pb.ProviderHandshakeRequest());
      assert.ok(shaken.getAcceptSecrets() && shaken.getAcceptResources() && shaken.getAcceptOutputs());
      const request = new pb.ConfigureRequest().setArgs(Struct.fromJavaScript({ region: "r1" }));
      const configured = await engine.call<pb.ConfigureResponse>("configure", request);
      assert.ok(configured.getAcceptsecrets() && configured.getSupportspreview());
    }));

  it("gives a schema that names the package", () =>
    withStage(async ({ engine }) => {
      const response = await engine.call<pb.GetSchemaResponse>("getSchema", new pb.GetSchemaRequest());
      assert.equal((JSON.parse(response.getSchema()) as { name: string }).name, "toy");
    }));

  it("refuses an unknown type and an unknown function by name, and says whose", () =>
    withStage(async ({ engine }) => {
      await assert.rejects(engine.check(resource("toy:net:Moon", "m"), {}), /simulated toy does not know toy:net:Moon/);
      await assert.rejects(
        engine.invoke("toy:net:getMoon", {}),
        /simulated toy does not know the function toy:net:getMoon/,
      );
    }));

  it("refuses methods, remote components and parameterization by name", () =>
    withStage(async ({ engine }) => {
      await assert.rejects(engine.call("call", new pb.CallRequest()), /has no methods/);
      await assert.rejects(engine.call("construct", new pb.ConstructRequest()), /has no remote components/);
      await assert.rejects(engine.call("parameterize", new pb.ParameterizeRequest()), /has no parameterized packages/);
    }));

  it("keeps the configuration of every connection apart", () =>
    withStage(async ({ engine, connect }) => {
      const other = await connect().configure({ region: "r2", account: "2" });
      const made = await Promise.all([
        engine.make(network, { cidr: "10.0.0.0/16" }),
        other.make(resource("toy:net:Network", "far"), { cidr: "10.0.0.0/16" }),
      ]);
      assert.match(made[0].outputs["arn"] as string, /^arn:aws:toy:r1:1:/);
      assert.match(made[1].outputs["arn"] as string, /^arn:aws:toy:r2:2:/);
    }));

  it("refuses a configuration that the package refuses, in CheckConfig and in Configure", () =>
    withStage(async ({ connect }) => {
      const checked = await connect().call<pb.CheckResponse>(
        "checkConfig",
        new pb.CheckRequest().setNews(new Struct()),
      );
      assert.deepEqual(
        checked.getFailuresList().map((one) => one.getReason()),
        ["no region is set"],
      );
      await assert.rejects(
        connect().configure({ account: "1" }),
        /configuration of the provider toy is refused: region: no region/,
      );
    }));

  it("replaces a provider that moves to another account or region, and only then", () =>
    withStage(async ({ engine }) => {
      const diff = async (news: Record<string, string>): Promise<readonly string[]> => {
        const request = new pb.DiffRequest().setNews(Struct.fromJavaScript(news));
        request.setOldInputs(Struct.fromJavaScript({ region: "r1", retries: "3" }));
        return (await engine.call<pb.DiffResponse>("diffConfig", request)).getReplacesList();
      };
      assert.deepEqual(await diff({ region: "r2", retries: "4" }), ["region"]);
      assert.deepEqual(await diff({ region: "r1", retries: "4" }), []);
    }));

  it("answers a function from the account, its secrets marked, its refusals as failures", () =>
    withStage(async ({ engine }) => {
      const { id } = await engine.make(network, { name: "n1", cidr: "10.0.0.0/16" });
      const { result } = await engine.invoke("toy:net:getNetwork", { name: "n1" });
      assert.deepEqual(result, { id, key: { [SIGNATURE]: SECRET, value: "hush" } });
      assert.deepEqual((await engine.invoke("toy:net:getNetwork", { name: "n2" })).failures, ["no such network"]);
    }));

  it("tells the usual seconds of an operation and what was done", () =>
    withStage(async ({ engine, clouds }) => {
      await engine.make(network, { cidr: "10.0.0.0/16" });
      assert.deepEqual(
        ["create", "update", "delete", "same"].map((operation) => clouds.seconds("toy:net:Network", operation)),
        [10, 4, 2, 0],
      );
      assert.deepEqual(
        clouds.timeline().map(({ kind, urn, seconds, succeeded }) => ({ kind, urn, seconds, succeeded })),
        [{ kind: "create", urn: network.urn, seconds: 10, succeeded: true }],
      );
    }));
});
