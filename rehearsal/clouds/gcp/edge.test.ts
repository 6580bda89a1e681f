// What Google Cloud refuses at the edge by looking at what stands around.
import assert from "node:assert/strict";
import type { Props } from "../row";
import { list, object, pick } from "../values";
import { rowOf, Sample } from "./sample";

const Service = "gcp:compute/backendService:BackendService";
const Group = "gcp:compute/globalNetworkEndpointGroup:GlobalNetworkEndpointGroup";
const Policy = "gcp:compute/securityPolicy:SecurityPolicy";
const reasonOf = (sample: Sample, type: string, inputs: Props) => sample.judge(type, inputs)[0]?.reason ?? "";
const last = {
  action: "allow",
  priority: 2_147_483_647,
  match: { versionedExpr: "SRC_IPS_V1", config: { srcIpRanges: ["*"] } },
};

describe("the edge of simulated Google Cloud", () => {
  it("has one outside origin a backend service, and no health checks of it", () => {
    const sample = new Sample();
    const group = (name: string) => sample.make(Group, { name, networkEndpointType: "INTERNET_FQDN_PORT" }).id;
    const [one, two] = [group("one"), group("two")];
    const service = (more: Props) => ({ name: "shop", loadBalancingScheme: "EXTERNAL_MANAGED", ...more });
    assert.equal(reasonOf(sample, Service, service({ backends: [{ group: one }] })), "");
    assert.match(
      reasonOf(sample, Service, service({ backends: [{ group: one }, { group: two }] })),
      /this one backend/,
    );
    assert.match(
      reasonOf(sample, Service, service({ backends: [{ group: one }], healthChecks: "c" })),
      /aren't supported|health checks/i,
    );
  });

  it("keeps policies for the cache and for what is behind it apart", () => {
    const sample = new Sample();
    const policy = (name: string, type: string) => sample.make(Policy, { name, type, rules: [last] }).id;
    const [edge, backend] = [policy("edge", "CLOUD_ARMOR_EDGE"), policy("backend", "CLOUD_ARMOR")];
    assert.match(reasonOf(sample, Service, { name: "shop", securityPolicy: edge }), /got CLOUD_ARMOR_EDGE/);
    assert.match(reasonOf(sample, Service, { name: "shop", edgeSecurityPolicy: backend }), /got CLOUD_ARMOR$/);
    assert.equal(reasonOf(sample, Service, { name: "shop", securityPolicy: backend, edgeSecurityPolicy: edge }), "");
  });

  it("certifies names that an authorization is for", () => {
    const sample = new Sample();
    const proof = sample.make("gcp:certificatemanager/dnsAuthorization:DnsAuthorization", {
      name: "shop",
      domain: "shop.example",
    });
    const certificate = (domain: string) => ({
      name: "shop",
      managed: { domains: [domain], dnsAuthorizations: [proof.id] },
    });
    const type = "gcp:certificatemanager/certificate:Certificate";
    assert.equal(reasonOf(sample, type, certificate("shop.example")), "");
    assert.equal(reasonOf(sample, type, certificate("*.shop.example")), "");
    assert.match(reasonOf(sample, type, certificate("other.example")), /no DNS authorization is for/);
  });

  it("tells at the next read that a certificate is active, once its record stands", () => {
    const sample = new Sample();
    const proof = sample.make("gcp:certificatemanager/dnsAuthorization:DnsAuthorization", {
      name: "shop",
      domain: "shop.example",
    });
    const made = sample.make("gcp:certificatemanager/certificate:Certificate", {
      name: "shop",
      managed: { domains: ["shop.example"], dnsAuthorizations: [proof.id] },
    });
    const state = () =>
      pick(
        rowOf(made.type).outputs({ ...sample.moment(made.type, made.inputs, "shop", made), id: made.id }),
        "managed.state",
      );
    assert.equal(state(), "PROVISIONING");
    const zone = sample.make("gcp:dns/managedZone:ManagedZone", { name: "shop", dnsName: "shop.example." });
    const { name, type, data } = object(list(proof.outputs["dnsResourceRecords"])[0]);
    sample.make("gcp:dns/recordSet:RecordSet", {
      ...{ managedZone: zone.outputs["name"] ?? "", ttl: 60, rrdatas: [data ?? ""] },
      ...{ name: name ?? "", type: type ?? "" },
    });
    assert.equal(state(), "ACTIVE");
  });
});
