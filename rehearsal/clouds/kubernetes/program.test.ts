import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { run } from "../../engine";
import type { EngineResult, Operation } from "../../engine/api";
import { type Clouds, startClouds } from "..";
import { pkg } from ".";
import { cloud } from "./testing/cluster";

/** A cluster, and what a small application has in it; the kubeconfig isn't known before the cluster stands. */
const program = `
const pulumi = require("@pulumi/pulumi");
const k8s = require("@pulumi/kubernetes");
class Cluster extends pulumi.CustomResource {
  constructor(name) { super("aws:eks/cluster:Cluster", name, {
    endpoint: undefined,
    roleArn: "arn:aws:iam::111122223333:role/shop",
    vpcConfig: { subnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"] },
  }); }
}
const cluster = new Cluster("shop");
const kubeconfig = cluster.endpoint.apply((server) => JSON.stringify({
  apiVersion: "v1", kind: "Config", "current-context": "shop",
  contexts: [{ name: "shop", context: { cluster: "shop", user: "shop" } }],
  clusters: [{ name: "shop", cluster: { server } }],
  users: [{ name: "shop", user: { exec: { apiVersion: "client.authentication.k8s.io/v1", command: "aws" } } }],
}));
const provider = new k8s.Provider("shop", { kubeconfig, clusterIdentifier: "shop" });
const space = new k8s.core.v1.Namespace("shop", {
  metadata: { name: "shop", labels: { "pod-security.kubernetes.io/enforce": "restricted" } },
}, { provider });
const inside = { provider, dependsOn: [space] };
const metadata = { namespace: "shop", labels: { app: "web" } };
const settings = new k8s.core.v1.ConfigMap("settings", { metadata, data: { GREETING: process.env.GREETING ?? "hello" } }, inside);
const secret = new k8s.core.v1.Secret("secret", { metadata, stringData: { token: pulumi.secret("correct-horse") } }, inside);
const pod = (restartPolicy) => ({
  metadata: { labels: { app: "web" } },
  spec: {
    restartPolicy,
    securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
    containers: [{
      name: "web", image: "registry.example/web:1.2.3",
      envFrom: [{ configMapRef: { name: settings.metadata.name } }, { secretRef: { name: secret.metadata.name } }],
      securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
    }],
  },
});
new k8s.apps.v1.Deployment("web", { metadata, spec: { selector: { matchLabels: { app: "web" } }, template: pod("Always") } }, inside);
const door = new k8s.core.v1.Service("web", { metadata, spec: { type: "LoadBalancer", selector: { app: "web" }, ports: [{ port: 443 }] } }, inside);
new k8s.networking.v1.NetworkPolicy("deny", { metadata, spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] } }, inside);
new k8s.batch.v1.CronJob("nightly", { metadata, spec: { schedule: "0 0 * * *", jobTemplate: { spec: { template: pod("Never") } } } }, inside);
exports.host = door.status.loadBalancer.ingress[0].hostname;
`;

describe("a program in a simulated cluster", function () {
  // Each operation starts a Node.js process that loads the SDK.
  this.timeout(240_000);
  let folder: string;
  let clouds: Clouds;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "inside-"));
    mkdirSync(join(folder, "state"));
    symlinkSync(resolve(__dirname, "../../../node_modules"), join(folder, "node_modules"));
    writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "inside", main: "index.js" }));
    writeFileSync(
      join(folder, "Pulumi.yaml"),
      "name: inside\nruntime:\n  name: nodejs\n  options: { typescript: false }\n",
    );
    writeFileSync(join(folder, "index.js"), program);
    clouds = await startClouds({ stage: join(folder, "stage"), packages: [pkg, cloud], environment: {} });
  });
  after(async () => {
    await clouds.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const told: string[] = [];
  const does = (operation: Operation, env: Record<string, string> = {}): Promise<EngineResult> =>
    run({
      operation,
      cwd: folder,
      stack: "dev",
      backend: join(folder, "state"),
      providers: clouds.ports,
      passphrase: "test",
      env,
      config: { "aws:region": "us-east-1" },
      onEvent: (event) => told.push(JSON.stringify(event)),
    });

  it("is previewed, made, found the same, refreshed and destroyed; its secret is nowhere in clear", async () => {
    assert.equal((await does("preview")).status, "succeeded");
    const up = await does("up");
    assert.equal(up.status, "succeeded", told.filter((one) => one.includes("error")).join("\n"));
    assert.match(String(up.outputs["host"]), /\.elb\.us-east-1\.amazonaws\.com$/);
    const again = await does("up");
    assert.deepEqual(Object.keys(again.changes), ["same"]);
    const refresh = await does("refresh");
    assert.deepEqual(Object.keys(refresh.changes), ["same"]);
    // A new map under a new name, which the pods then name.
    const changed = await does("up", { GREETING: "good morning" });
    assert.equal(changed.status, "succeeded");
    assert.equal(changed.changes["update"], 2);
    assert.ok((changed.changes["replace"] ?? changed.changes["create-replacement"] ?? 0) > 0);
    const destroyed = await does("destroy");
    assert.equal(destroyed.status, "succeeded");
    assert.deepEqual(clouds.account.entries(), []);
    assert.ok(!told.join("\n").includes("correct-horse"));
  });
});
