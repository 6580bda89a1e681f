import * as pulumi from "@pulumi/pulumi";
import type { Site } from "../site";

interface Endpoint {
  readonly name: pulumi.Output<string>;
  readonly endpoint: pulumi.Output<string>;
  readonly ca: pulumi.Output<string>;
}

/**
 * A kubeconfig without a token in it: whoever uses it logs in as themselves, with the AWS CLI's own credentials
 * (CLU-06). JSON is YAML too. https://docs.aws.amazon.com/eks/latest/userguide/create-kubeconfig.html
 */
export const kubeconfig = (site: Site, { name, endpoint, ca }: Endpoint): pulumi.Output<string> =>
  pulumi.jsonStringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name, cluster: { server: endpoint, "certificate-authority-data": ca } }],
    users: [
      {
        name,
        user: {
          exec: {
            apiVersion: "client.authentication.k8s.io/v1beta1",
            command: "aws",
            args: ["--region", site.region, "eks", "get-token", "--cluster-name", name, "--output", "json"],
            interactiveMode: "Never",
          },
        },
      },
    ],
    contexts: [{ name, context: { cluster: name, user: name } }],
    "current-context": name,
  });
