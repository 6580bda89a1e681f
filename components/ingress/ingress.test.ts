import assert from "node:assert/strict";
import { build, inside, itKeepsTheContract, the } from "../../test/contract";
import { zones } from "../../test/sites";
import { clouds } from "../cloud";
import { Ingress } from ".";

const token = "trifold:ingress:Ingress";

describe("ingress", () => {
  itKeepsTheContract({
    token,
    builds: {
      defaults: (ground) => new Ingress("ingress", { ...ground, zones: zones[ground.site.cloud] }),
      "everything set": (ground) =>
        new Ingress("ingress", { ...ground, zones: zones[ground.site.cloud], ddosProtection: true }),
    },
  });

  for (const cloud of clouds)
    it(`gives as many addresses as it says on ${cloud}, and keeps them in prod`, async () => {
      let found: readonly string[] = [];
      let count = 0;
      const recording = await build(
        cloud,
        (ground) => {
          const ingress = new Ingress("ingress", { ...ground, zones: zones[cloud] });
          count = ingress.count;
          ingress.addresses.apply((all) => {
            found = all;
          });
        },
        false,
      );
      assert.equal(found.length, count);
      for (const address of found) assert.match(address, /^(\d+\.){3}\d+$/);
      const held = inside(recording, token).filter((one) => /:(Eip|PublicIPAddress|Address)$/.test(one.type));
      assert.ok(held.length === count && held.every((one) => one.protect));
    });

  it("names the zones of its addresses on AWS, and hands them over in one annotation", async () => {
    let annotations: Readonly<Record<string, string>> = {};
    const recording = await build(
      "aws",
      (ground) => {
        new Ingress("ingress", { ...ground, zones: zones.aws }).serviceAnnotations.apply((all) => {
          annotations = all;
        });
      },
      false,
    );
    const addresses = zones.aws.map((zone) => the(recording, "aws:ec2/eip:Eip", `ingress-${zone}`).id);
    assert.equal(annotations["service.beta.kubernetes.io/aws-load-balancer-eip-allocations"], addresses.join(","));
    assert.equal(
      annotations["service.beta.kubernetes.io/aws-load-balancer-subnets"]?.split(",").length,
      addresses.length,
    );
  });

  it("buys DDoS protection where it is asked for, and not else (SEC-06)", async () => {
    const made = (ddosProtection: boolean) =>
      build("aws", (ground) => new Ingress("ingress", { ...ground, zones: zones.aws, ddosProtection }), false);
    const shields = async (bought: boolean) =>
      (await made(bought)).registrations.filter((one) => one.type === "aws:shield/protection:Protection").length;
    assert.deepEqual([await shields(false), await shields(true)], [0, 3]);
    for (const [bought, mode] of [
      [false, "VirtualNetworkInherited"],
      [true, "Enabled"],
    ] as const) {
      const recording = await build(
        "azure",
        (ground) => new Ingress("ingress", { ...ground, zones: zones.azure, ddosProtection: bought }),
        false,
      );
      const { inputs } = the(recording, "azure-native:network:PublicIPAddress", "ingress");
      assert.deepEqual(inputs["ddosSettings"], { protectionMode: mode });
    }
  });
});
