// What AKS asks of a pool of nodes, be it the cluster's own or a resource.
import { between, each, fits, oneOf, refuse } from "../limits";
import type { Item, Moment, Props, Refusal, Value } from "../row";
import { isKnown, isSet, isUnknown, list, number, object, pick, same, text } from "../values";
import { nameIn } from "./arm";
import { subnet } from "./network";

const join = (at: string, property: string) => (at ? `${at}.${property}` : property);

/** Kubernetes minors in support on 2026-11-21, and those that only long-term support keeps: https://learn.microsoft.com/azure/aks/supported-kubernetes-versions */
const minors = ["1.33", "1.34", "1.35", "1.36"] as const;
const longTermMinors = ["1.30", "1.31", "1.32"] as const;
export const versionRefusals = (inputs: Props, path: string, longTerm: boolean): readonly Refusal[] => {
  const known: readonly string[] = [...minors, ...(longTerm ? longTermMinors : [])];
  return each(
    inputs,
    path,
    (value) => {
      const minor = /^(1\.\d+)(\.\d+)?$/.exec(text(value) ?? "")?.[1];
      return minor !== undefined && known.includes(minor);
    },
    (value) =>
      `K8sVersionNotSupported: Managed cluster version ${value} is not supported; supported: ${known.join(", ")}.`,
  );
};
export const minorOf = (version: Value | undefined): number =>
  Number(/^1\.(\d+)/.exec(text(version) ?? "")?.[1] ?? "NaN");

/** The pool's own inputs. `at`: where the pool stands in them; empty for a resource. */
export function poolRefusals(inputs: Props, at: string): readonly Refusal[] {
  const pool = at ? object(pick(inputs, at)) : inputs;
  const of = (property: string) => join(at, property);
  const known = (property: string) => number(pool[property]);
  const scales = pool["enableAutoScaling"] === true;
  const system = (text(pool["mode"]) ?? "User") === "System";
  const spot = text(pool["scaleSetPriority"]) === "Spot";
  const [least, most, count] = [known("minCount"), known("maxCount"), known("count")];
  return [
    ...oneOf(inputs, `${of("availabilityZones")}.*`, ["1", "2", "3"]),
    ...fits(inputs, of("vmSize"), /^(Standard|Basic)_[A-Z][A-Za-z0-9_-]*$/, "a size as Standard_D2ds_v5"),
    ...each(
      inputs,
      of("osDiskSizeGB"),
      (value) => value === 0 || (typeof value === "number" && value >= 30 && value <= 2048),
      (value) =>
        `InvalidParameter: The value of parameter osDiskSizeGB is invalid: expected 0, or 30 to 2048, got ${value}.`,
    ),
    ...between(inputs, of("count"), system ? 1 : 0, 1000),
    ...between(inputs, of("minCount"), system ? 1 : 0, 1000),
    ...between(inputs, of("maxCount"), 1, 1000),
    ...between(inputs, of("maxPods"), 10, 250),
    ...(scales && (pool["minCount"] === undefined || pool["maxCount"] === undefined)
      ? refuse(of("minCount"), "InvalidParameter: minCount and maxCount are required when enableAutoScaling is true.")
      : []),
    ...(!scales && !isUnknown(pool["enableAutoScaling"]) && (isSet(pool["minCount"]) || isSet(pool["maxCount"]))
      ? refuse(
          of("minCount"),
          "InvalidParameter: minCount and maxCount must not be set when enableAutoScaling is false.",
        )
      : []),
    ...(least !== undefined && most !== undefined && least > most
      ? refuse(of("maxCount"), `InvalidParameter: minCount (${least}) must not be larger than maxCount (${most}).`)
      : []),
    ...(scales && count !== undefined && least !== undefined && most !== undefined && (count < least || count > most)
      ? refuse(
          of("count"),
          `InvalidParameter: count (${count}) must lie between minCount (${least}) and maxCount (${most}).`,
        )
      : []),
    ...spotRefusals(pool, of, system, spot),
    ...machineRefusals(pool, of, system),
    ...each(
      inputs,
      `${of("nodeTaints")}.*`,
      (value) => /^[A-Za-z0-9./_-]+=[A-Za-z0-9._-]*:(NoSchedule|PreferNoSchedule|NoExecute)$/.test(text(value) ?? ""),
      (value) => `InvalidTaint: ${value} is not of the form key=value:effect.`,
    ),
    ...Object.keys(object(pool["nodeLabels"]))
      .filter((label) => /^([a-z0-9.-]*\.)?(kubernetes|k8s)\.(azure\.com|io)\//.test(label))
      .map((label) => ({
        property: of("nodeLabels"),
        reason: `InvalidParameter: the prefix of label ${label} is reserved.`,
      })),
    ...each(
      inputs,
      of("upgradeSettings.maxSurge"),
      (value) => {
        const match = /^(\d+)(%?)$/.exec(text(value) ?? "");
        return match !== null && (match[2] !== "%" || (Number(match[1]) >= 1 && Number(match[1]) <= 100));
      },
      (value) => `InvalidParameter: maxSurge ${value} is neither a number nor 1% to 100%.`,
    ),
    ...between(inputs, of("upgradeSettings.drainTimeoutInMinutes"), 1, 1440),
  ];
}

/** https://learn.microsoft.com/azure/aks/quotas-skus-regions#restricted-vm-sizes, /azure/aks/use-system-pools, /azure/aks/windows-faq */
function machineRefusals(pool: Props, of: (property: string) => string, system: boolean): readonly Refusal[] {
  const size = text(pool["vmSize"]) ?? "";
  const windows = text(pool["osType"]) === "Windows";
  const name = text(pool["name"] ?? pool["agentPoolName"]) ?? "";
  return [
    ...(/^(Standard|Basic)_[A-Z]+[01](?!\d)/.test(size)
      ? refuse(of("vmSize"), `VMSizeNotSupported: The VM size of ${size} has fewer than two CPUs and can't be used.`)
      : []),
    ...(windows && system ? refuse(of("osType"), "InvalidParameter: a pool of mode System runs Linux.") : []),
    ...(windows && name.length > 6
      ? refuse(
          of(pool["name"] === undefined ? "agentPoolName" : "name"),
          `InvalidAgentPoolName: Windows agent pool name ${name} can not be longer than 6 characters.`,
        )
      : []),
  ];
}

function spotRefusals(
  pool: Props,
  of: (property: string) => string,
  system: boolean,
  spot: boolean,
): readonly Refusal[] {
  const price = number(pool["spotMaxPrice"]);
  return [
    ...(spot && system
      ? refuse(of("scaleSetPriority"), "InvalidParameter: a system pool can't have the priority Spot.")
      : []),
    ...(!spot && isSet(pool["scaleSetEvictionPolicy"])
      ? refuse(of("scaleSetEvictionPolicy"), "InvalidParameter: can be set only when scaleSetPriority is Spot.")
      : []),
    ...(spot && isSet(pick(pool, "upgradeSettings.maxSurge"))
      ? refuse(of("upgradeSettings.maxSurge"), "InvalidParameter: Spot pools can't set upgrade settings.")
      : []),
    ...(price !== undefined && price !== -1 && price <= 0
      ? refuse(of("spotMaxPrice"), "InvalidParameter: -1 or a price above 0.")
      : []),
  ];
}

/** What a pool that stands can't become: https://learn.microsoft.com/azure/aks/use-multiple-node-pools */
const fixed = [
  "vmSize",
  "vnetSubnetID",
  "availabilityZones",
  "osDiskSizeGB",
  "osDiskType",
  "osType",
  "maxPods",
  "enableEncryptionAtHost",
  "enableNodePublicIP",
  "scaleSetPriority",
  "spotMaxPrice",
  "type",
] as const;

export const changedRefusals = (before: Props, after: Props, at: string): readonly Refusal[] =>
  fixed
    .filter((property) => isKnown(after[property]) && !same(before[property], after[property]))
    .map((property) => ({
      property: join(at, property),
      reason: `PropertyChangeNotAllowed: Changing property 'properties.${property}' is not allowed.`,
    }));

/** Nodes stand in a subnet that is nobody else's, with the way out that the cluster was told of. */
export function homeRefusals(
  { account }: Moment,
  pool: Props,
  at: string,
  outbound: string | undefined,
): readonly Refusal[] {
  const id = pool["vnetSubnetID"];
  const home = id === undefined ? undefined : account.find([subnet], "id", id);
  if (!home) return [];
  const path = join(at, "vnetSubnetID");
  const size = number(pool["maxCount"]) ?? number(pool["count"]) ?? 1;
  const range = text(home.inputs["addressPrefix"]);
  const prefix = Number(range?.split("/")[1] ?? 0);
  return [
    ...(list(home.inputs["delegations"]).length > 0
      ? refuse(path, `SubnetIsDelegated: the subnet ${nameIn(id, "subnets")} is delegated and can't take nodes.`)
      : []),
    ...(outbound === "userAssignedNATGateway" && !isSet(pick(home.inputs, "natGateway.id"))
      ? refuse(
          path,
          `InvalidParameter: outboundType userAssignedNATGateway needs a NAT gateway on the subnet ${nameIn(id, "subnets")}.`,
        )
      : []),
    ...(outbound === "userDefinedRouting" && !isSet(pick(home.inputs, "routeTable.id"))
      ? refuse(
          path,
          `ExistingRouteTableNotAssociatedWithSubnet: outboundType userDefinedRouting needs a route table on the subnet ${nameIn(id, "subnets")}.`,
        )
      : []),
    // Azure keeps five addresses of a subnet for itself.
    ...(prefix > 0 && 2 ** (32 - prefix) - 5 < size
      ? refuse(path, `InsufficientSubnetSize: the subnet ${range ?? ""} has no room for ${size} nodes.`)
      : []),
  ];
}

export const poolsOf = (cluster: Item["inputs"]): readonly Props[] => list(cluster["agentPoolProfiles"]).map(object);
