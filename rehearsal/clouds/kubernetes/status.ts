// What controllers write into an object once it stands: the shape that programs read addresses and counts from.
import { createHash } from "node:crypto";
import { type Moment, type Props, UNKNOWN } from "../row";
import { isSet, list, number, object, pick, text } from "../values";
import { clusterOf } from "./place";

const digest = (of: string): string => createHash("sha256").update(of).digest("hex");
const octet = (hex: string, at: number): number => Number.parseInt(hex.slice(at, at + 2), 16);

const condition = (type: string, now: string, reason: string) => ({
  type,
  status: "True",
  reason,
  lastTransitionTime: now,
});

/** Defaults of the server and status of the controllers, by kind. */
export function statusOf(token: string, moment: Moment): Props {
  const { inputs, now, old } = moment;
  const since = text(pick(old?.outputs, "metadata.creationTimestamp")) ?? now;
  const replicas = number(pick(inputs, "spec.replicas")) ?? 1;
  switch (token) {
    case "kubernetes:core/v1:Namespace":
      return { spec: { finalizers: ["kubernetes"] }, status: { phase: "Active" } };
    case "kubernetes:apps/v1:Deployment":
      return {
        spec: { replicas: 1, revisionHistoryLimit: 10, progressDeadlineSeconds: 600, ...object(inputs["spec"]) },
        status: {
          observedGeneration: number(pick(old?.outputs, "metadata.generation")) ?? 1,
          replicas,
          updatedReplicas: replicas,
          readyReplicas: replicas,
          availableReplicas: replicas,
          conditions: [
            condition("Available", since, "MinimumReplicasAvailable"),
            condition("Progressing", since, "NewReplicaSetAvailable"),
          ],
        },
      };
    case "kubernetes:apps/v1:StatefulSet":
      return { status: { replicas, readyReplicas: replicas, currentReplicas: replicas, updatedReplicas: replicas } };
    case "kubernetes:apps/v1:DaemonSet":
      return {
        status: { desiredNumberScheduled: 1, currentNumberScheduled: 1, numberReady: 1, numberMisscheduled: 0 },
      };
    case "kubernetes:batch/v1:Job":
      return { status: { succeeded: 1, conditions: [condition("Complete", since, "CompletionsReached")] } };
    case "kubernetes:core/v1:Pod":
      return { status: { phase: "Running", podIP: "10.244.0.10", conditions: [condition("Ready", since, "")] } };
    case "kubernetes:core/v1:PersistentVolumeClaim":
      return { status: { phase: "Bound" } };
    case "kubernetes:core/v1:Service":
      return service(moment);
    case "kubernetes:networking.k8s.io/v1:Ingress":
      return { status: { loadBalancer: { ingress: [address(moment)] } } };
    case "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition":
      return {
        status: {
          acceptedNames: object(inputs["spec"])["names"] ?? {},
          storedVersions: list(pick(inputs, "spec.versions")).map((version) => object(version)["name"] ?? ""),
          conditions: [condition("Established", since, "InitialNamesAccepted")],
        },
      };
    default:
      return {};
  }
}

function service(moment: Moment): Props {
  const { inputs, old } = moment;
  const spec = object(inputs["spec"]);
  const kind = text(spec["type"]) ?? "ClusterIP";
  const hex = digest(`${moment.urn}${text(pick(inputs, "metadata.name")) ?? ""}`);
  const ip = text(pick(old?.outputs, "spec.clusterIP")) ?? `172.20.${octet(hex, 0)}.${(octet(hex, 2) % 250) + 2}`;
  const filled = {
    type: "ClusterIP",
    sessionAffinity: "None",
    ...(kind === "ExternalName" || isSet(spec["clusterIP"]) ? {} : { clusterIP: ip, clusterIPs: [ip] }),
    ...spec,
  };
  return { spec: filled, status: { loadBalancer: kind === "LoadBalancer" ? { ingress: [address(moment)] } : {} } };
}

/** As each cloud's controller writes it: EKS a host name, AKS and GKE an address. What annotations ask for is kept. */
function address(moment: Moment): Props {
  const { place, inputs, urn } = moment;
  const standing = clusterOf(moment);
  if (typeof standing === "string") return { ip: UNKNOWN, hostname: UNKNOWN };
  const hex = digest(`${urn}${place.account}`);
  const given = text(pick(inputs, "spec.loadBalancerIP"));
  if (standing.cloud === "aws") {
    const region = standing.item.place.region;
    return { hostname: `k8s-${hex.slice(0, 8)}-${hex.slice(8, 18)}.elb.${region}.amazonaws.com` };
  }
  return { ip: given ?? `203.0.113.${(octet(hex, 0) % 250) + 2}` };
}
