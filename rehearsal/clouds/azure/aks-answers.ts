// What a cluster's users and other programs are told of it.
import { refuse } from "../limits";
import type { AccountView, CloudFunction, Item, Props, Value } from "../row";
import { text } from "../values";
import { managedCluster } from "./aks";
import { token } from "./types";

const found = (account: AccountView, args: Props): Item | undefined =>
  account
    .all(managedCluster)
    .find(
      ({ inputs }) =>
        same(inputs["resourceName"], args["resourceName"]) &&
        same(inputs["resourceGroupName"], args["resourceGroupName"]),
    );
const same = (a: Value | undefined, b: Value | undefined) =>
  (text(a) ?? "").toLowerCase() === (text(b) ?? "").toLowerCase();

const missing = ({ resourceName = "", resourceGroupName = "" }: Props) =>
  refuse(
    "resourceName",
    `ResourceNotFound: The Resource 'Microsoft.ContainerService/managedClusters/${text(resourceName) ?? ""}' under resource group '${text(resourceGroupName) ?? ""}' was not found.`,
  );

/** What any user of a cluster gets: where it is and how to log in, and never a credential where local accounts are off. */
function userKubeconfig(cluster: Item): string {
  const name = text(cluster.outputs["name"]) ?? "";
  const host = text(cluster.outputs["privateFQDN"]) || text(cluster.outputs["fqdn"]) || "";
  const body = Buffer.from(`stand-in for the authority of ${cluster.id}`).toString("base64");
  const pem = `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`;
  return [
    "apiVersion: v1",
    "kind: Config",
    "clusters:",
    `- name: ${name}`,
    "  cluster:",
    `    certificate-authority-data: ${Buffer.from(pem).toString("base64")}`,
    `    server: https://${host}:443`,
    "users:",
    `- name: clusterUser_${name}`,
    "  user: {exec: {apiVersion: client.authentication.k8s.io/v1beta1, command: kubelogin}}",
    "contexts:",
    `- {name: ${name}, context: {cluster: ${name}, user: clusterUser_${name}}}`,
    `current-context: ${name}`,
    "",
  ].join("\n");
}

export const functions: readonly CloudFunction[] = [
  {
    token: token("containerservice:listManagedClusterUserCredentials"),
    call: (args, { account }) => {
      const cluster = found(account, args);
      if (!cluster) return missing(args);
      return { kubeconfigs: [{ name: "clusterUser", value: Buffer.from(userKubeconfig(cluster)).toString("base64") }] };
    },
  },
  {
    token: token("containerservice:getManagedCluster"),
    call: (args, { account }) => {
      const cluster = found(account, args);
      return cluster ? { ...cluster.outputs, id: cluster.id } : missing(args);
    },
  },
];
