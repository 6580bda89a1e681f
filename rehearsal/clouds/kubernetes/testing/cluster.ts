// A cluster to test against: a cloud's cluster reduced to what its API server is found by, and a provider that names it.
import type { Package } from "../../row";
import { Engine, resource, withStage } from "../../testing/client";
import type { RawProps } from "../../wire";
import { pkg } from "..";

const server = "https://ABCDEF.gr7.us-east-1.eks.amazonaws.com";

export const cloud: Package = {
  name: "aws",
  npm: "@pulumi/aws",
  rows: [
    {
      type: "aws:eks/cluster:Cluster",
      id: () => "shop",
      outputs: () => ({ endpoint: server }),
      seconds: { create: 600 },
    },
  ],
  functions: [],
  place: (config) => ({ cloud: "aws", account: "111122223333", region: "us-east-1", config }),
};

export const kubeconfig = (of: string = server): string =>
  JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    "current-context": "shop",
    contexts: [{ name: "shop", context: { cluster: "shop", user: "shop" } }],
    clusters: [{ name: "shop", cluster: { server: of, "certificate-authority-data": "Q0E=" } }],
    users: [{ name: "shop", user: { exec: { apiVersion: "client.authentication.k8s.io/v1", command: "aws" } } }],
  });

export const token = (short: string): string => `kubernetes:${short}`;
export const named = (name: string, namespace?: string): RawProps => ({
  metadata: { name, ...(namespace !== undefined && { namespace }) },
});

/** What a program's resource of this kind sends: the SDK adds apiVersion and kind. */
export const object = (short: string, props: RawProps): RawProps => {
  const [group = "", kind = ""] = short.split(":");
  return { apiVersion: group.replace(/^core\//, ""), kind, ...props };
};

export interface Shop {
  readonly engine: Engine;
  /** The cloud that the cluster stands in. */
  readonly cloud: Engine;
  /** Checks and creates; throws what is refused. */
  make(short: string, name: string, props: RawProps): ReturnType<Engine["make"]>;
  /** What is refused of it, by Check or by the server; undefined when nothing is. */
  refused(short: string, name: string, props: RawProps): Promise<string | undefined>;
}

/** A stage with one cluster. */
export function withCluster(
  act: (shop: Shop) => Promise<void>,
  config: RawProps = { kubeconfig: kubeconfig() },
): Promise<void> {
  return withStage(
    async ({ clouds, engine }) => {
      const aws = await new Engine(clouds.ports["aws"] ?? 0).configure({ region: "us-east-1" });
      try {
        await aws.make(resource("aws:eks/cluster:Cluster", "shop"), {
          roleArn: "arn:aws:iam::111122223333:role/shop",
          vpcConfig: { subnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"] },
        });
        await engine.configure(config);
        const make: Shop["make"] = (short, name, props) =>
          engine.make(resource(token(short), name), object(short, props));
        const refused: Shop["refused"] = (short, name, props) =>
          make(short, name, props).then(
            () => undefined,
            (error: Error) => error.message,
          );
        await act({ engine, cloud: aws, make, refused });
      } finally {
        aws.close();
      }
    },
    { packages: [pkg, cloud] },
  );
}
