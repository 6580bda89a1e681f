import assert from "node:assert/strict";
import { clouds } from "../components/cloud";
import { type Recording, record } from "../test/recorder";
import { deploy } from "./platform";
import { readSettings } from "./settings";

const base = {
  app: "custom",
  environment: "prod",
  cloud: "aws",
  tags: { owner: "team@example.com", costCentre: "1001" },
  account: { aws: "123456789012", azure: "00000000-0000-4000-8000-000000000000", gcp: "goodies-prod" },
};

/** Names of the clusters' autoscalers, of a stack with these settings. */
async function autoscalers(values: Record<string, unknown>): Promise<string[]> {
  const text = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));
  const config = Object.fromEntries(
    Object.entries({ ...base, ...values }).map(([key, value]) => [`trifold:${key}`, text(value)]),
  );
  const recording: Recording = await record(() => deploy(readSettings()), { config });
  assert.deepEqual(recording.refusals, []);
  return recording.registrations
    .filter(({ type }) => type === "trifold:cluster:Autoscaling")
    .map(({ name }) => name)
    .sort();
}

const inside = { deployFrom: "inside" };
const open = { apiAllowList: ["203.0.113.0/24"] };

describe("what is installed in clusters", () => {
  for (const cloud of clouds)
    it(`on ${cloud} ${cloud === "aws" ? "has an autoscaler where Pulumi reaches the API server" : "leaves scaling to the cloud"} (CLU-03)`, async () => {
      const expected = cloud === "aws" ? ["autoscaling"] : [];
      assert.deepEqual(await autoscalers({ cloud, compute: inside }), expected);
      assert.deepEqual(await autoscalers({ cloud, compute: open }), expected);
      assert.deepEqual(await autoscalers({ cloud }), []);
    });

  it("has one in a standby's cluster too, where a range reaches it: nobody is inside both networks (CLU-03, DR-10)", async () => {
    const dr = { region: "us-west-2", mode: "warm-standby" };
    assert.deepEqual(await autoscalers({ dr, compute: open }), ["autoscaling", "standby-autoscaling"]);
    assert.deepEqual(await autoscalers({ dr, compute: inside }), ["autoscaling"]);
  });
});
