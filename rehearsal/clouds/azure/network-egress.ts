// Public addresses and NAT gateways.
import { between, long, oneOf, refuse } from "../limits";
import type { Moment, Props, Refusal, Row } from "../row";
import { HEX, uuid } from "../shapes";
import { pick, pickAll, text, texts } from "../values";
import { arm, filled } from "./arm";
import { zoneRefusals } from "./locations";
import { api, namespace, natGateway, networkName, provisioned } from "./network";
import { token } from "./types";

export const publicIpAddress = token("network:PublicIPAddress");

const addressRow = arm({
  name: "network:PublicIPAddress",
  api,
  namespace,
  path: [["publicIPAddresses", "publicIpAddressName"]],
  own: networkName(80),
  location: "replaces",
  taggable: true,
  // provider/pkg/gen/replacement.go of pulumi-azure-native; Azure itself refuses a change of zones.
  immutable: ["publicIPAddressVersion", "publicIPPrefix", "sku"],
  check: ({ inputs }) => [
    ...(text(pick(inputs, "sku.name")) === "Basic" || pick(inputs, "sku.name") === undefined
      ? refuse("sku.name", "Basic public IP addresses were retired on 2025-09-30: use the Standard SKU.")
      : []),
    ...between(inputs, "idleTimeoutInMinutes", 4, 30),
    ...oneOf(inputs, "zones.*", ["1", "2", "3"]),
    ...zoneRefusals(inputs, "zones", texts(inputs["zones"]).length > 0),
    ...(text(pick(inputs, "sku.name"))?.startsWith("Standard") &&
    inputs["publicIPAllocationMethod"] !== "Static" &&
    (inputs["publicIPAllocationMethod"] === undefined || inputs["publicIPAllocationMethod"] === "Dynamic")
      ? refuse(
          "publicIPAllocationMethod",
          "PublicIPAndAllocationMethodMismatch: Standard sku publicIp must have AllocationMethod set to Static.",
        )
      : []),
  ],
  admit: zonesChanged,
  volatile: ["etag"],
  outputs: (moment) => ({
    ...provisioned(moment),
    resourceGuid: moment.old?.outputs["resourceGuid"] ?? uuid(moment.random("guid", 32, HEX)),
    ipAddress: moment.old?.outputs["ipAddress"] ?? address(moment),
    publicIPAddressVersion: moment.inputs["publicIPAddressVersion"] ?? "IPv4",
    idleTimeoutInMinutes: moment.inputs["idleTimeoutInMinutes"] ?? 4,
    ddosSettings: { protectionMode: "VirtualNetworkInherited", ...filled(moment.inputs, "ddosSettings", {}) },
    ipTags: moment.inputs["ipTags"] ?? [],
    sku: filled(moment.inputs, "sku", { tier: "Regional" }),
  }),
  seconds: { create: 5, update: 4, delete: 12, source: "estimate" },
});

/** One of Azure's ranges (20.0.0.0/8), the same for the same resource. */
function address({ random }: Moment): string {
  const bytes = random("address", 6, HEX).match(/../g) ?? [];
  return ["20", ...bytes.map((byte) => String((Number.parseInt(byte, 16) % 254) + 1))].join(".");
}

function zonesChanged({ inputs, old }: Moment): readonly Refusal[] {
  if (!old || texts(old.inputs["zones"]).join() === texts(inputs["zones"]).join()) return [];
  return refuse(
    "zones",
    "ResourceAvailabilityZonesCannotBeModified: the availability zones of an existing resource can't be modified.",
  );
}

/** https://learn.microsoft.com/azure/nat-gateway/nat-sku: there is no way from one to the other. */
function skuChanged({ inputs, old }: Moment): readonly Refusal[] {
  const sku = (props: Props | undefined) => text(pick(props, "sku.name")) ?? "Standard";
  return old && sku(old.inputs) !== sku(inputs)
    ? refuse("sku.name", `SkuChangeNotAllowed: a gateway of SKU ${sku(old.inputs)} can't become ${sku(inputs)}.`)
    : [];
}

/** https://learn.microsoft.com/azure/nat-gateway/nat-overview: a gateway and its addresses are of one SKU, an address is one's. */
function addressRefusals({ inputs, account, old }: Moment): readonly Refusal[] {
  const kind = text(pick(inputs, "sku.name")) ?? "Standard";
  return pickAll(inputs, "publicIpAddresses.*.id").flatMap(({ path, value }) => {
    const its = text(pick(account.find([publicIpAddress], "id", value)?.inputs, "sku.name")) ?? kind;
    const holder = account
      .all(natGateway)
      .find(
        (one) =>
          one.id !== old?.id && pickAll(one.inputs, "publicIpAddresses.*.id").some((other) => other.value === value),
      );
    return [
      ...(its === kind
        ? []
        : refuse(
            path,
            `NatGatewayPublicIpSkuMismatch: a NAT gateway of SKU ${kind} takes no public IP address of SKU ${its}.`,
          )),
      ...(holder
        ? refuse(
            path,
            `PublicIPAddressInUse: Resource ${text(inputs["natGatewayName"]) ?? ""} is referencing public IP address ${text(value) ?? ""} that is already allocated to resource ${holder.id}.`,
          )
        : []),
    ];
  });
}

/** The addresses must be of the gateway's zone or of all zones. */
function matchRefusals({ inputs, account }: Moment): readonly Refusal[] {
  const zones = texts(inputs["zones"]);
  return pickAll(inputs, "publicIpAddresses.*.id").flatMap(({ path, value }) => {
    const found = account.find([publicIpAddress], "id", value);
    if (!found) return [];
    const its = texts(found.inputs["zones"]);
    return its.length === 1 && zones.length === 1 && its[0] !== zones[0]
      ? refuse(
          path,
          `NatGatewayPublicIpZoneMismatch: the address is in zone ${its[0] ?? ""}, the gateway in ${zones[0] ?? ""}.`,
        )
      : [];
  });
}

const gatewayRow = arm({
  name: "network:NatGateway",
  api,
  namespace,
  path: [["natGateways", "natGatewayName"]],
  own: networkName(80),
  location: "refused",
  taggable: true,
  references: [{ path: "publicIpAddresses.*.id", to: [publicIpAddress] }],
  check: ({ inputs }) => [
    ...oneOf(inputs, "sku.name", ["Standard", "StandardV2"]),
    ...between(inputs, "idleTimeoutInMinutes", 4, 120),
    ...(text(pick(inputs, "sku.name")) === "StandardV2" ? [] : long(inputs, "zones", 0, 1)),
    ...oneOf(inputs, "zones.*", ["1", "2", "3"]),
    ...zoneRefusals(inputs, "zones", texts(inputs["zones"]).length > 0),
    ...long(inputs, "publicIpAddresses", 0, 16),
  ],
  admit: (moment) => [
    ...zonesChanged(moment),
    ...skuChanged(moment),
    ...matchRefusals(moment),
    ...addressRefusals(moment),
  ],
  volatile: ["etag"],
  outputs: (moment) => ({
    ...provisioned(moment),
    resourceGuid: moment.old?.outputs["resourceGuid"] ?? uuid(moment.random("guid", 32, HEX)),
    idleTimeoutInMinutes: moment.inputs["idleTimeoutInMinutes"] ?? 4,
    subnets: [],
  }),
  seconds: { create: 15, update: 10, delete: 15, source: "estimate" },
});

export const rows: readonly Row[] = [addressRow, gatewayRow];
export const types = { natGateway, publicIpAddress } as const;
