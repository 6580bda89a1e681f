import { fits, oneOf, refuse } from "../limits";
import type { Row } from "../row";
import { list, text } from "../values";
import { deletionPolicy, network, preventedBy } from "./common";

export const connectionType = "gcp:servicenetworking/connection:Connection";

/** `projects%2Fp%2Fglobal%2Fnetworks%2Fn:servicenetworking.googleapis.com`: how the provider writes its ids. */
export const connectionId = (network: string, service: string) => `${encodeURIComponent(network)}:${service}`;

export const connection: Row = {
  type: connectionType,
  immutable: ["network", "service"],
  unordered: ["reservedPeeringRanges"],
  unique: { by: ["network", "service"], scope: "account" },
  references: [
    network("network"),
    { path: "reservedPeeringRanges.*", to: ["gcp:compute/globalAddress:GlobalAddress"], by: "name" },
  ],
  check: ({ inputs }) => [
    ...fits(inputs, "service", /^[a-z0-9.-]+\.[a-z]+$/, "a service such as servicenetworking.googleapis.com"),
    ...oneOf(inputs, "deletionPolicy", ["DELETE", "ABANDON", "PREVENT"]),
    ...(Array.isArray(inputs["reservedPeeringRanges"]) && list(inputs["reservedPeeringRanges"]).length === 0
      ? refuse("reservedPeeringRanges", "at least one allocated range is needed")
      : []),
  ],
  admit: ({ inputs, account }) =>
    list(inputs["reservedPeeringRanges"]).flatMap((value, index) => {
      const range = account.find(["gcp:compute/globalAddress:GlobalAddress"], "name", value);
      return range && range.inputs["purpose"] !== "VPC_PEERING"
        ? refuse(`reservedPeeringRanges.${index}`, `${text(value)} isn't reserved for VPC_PEERING`)
        : [];
    }),
  release: (moment) => {
    const prevented = preventedBy(moment);
    if (prevented !== undefined || moment.inputs["deletionPolicy"] === "ABANDON") return prevented;
    const link = (text(moment.inputs["network"]) ?? "").replace(/^.*\/(projects\/)/, "$1");
    const user =
      moment.account
        .all("gcp:sql/databaseInstance:DatabaseInstance")
        .find((item) => JSON.stringify(item.inputs["settings"] ?? null).includes(link)) ??
      moment.account
        .all("gcp:redis/instance:Instance")
        .find(
          ({ inputs }) =>
            inputs["connectMode"] === "PRIVATE_SERVICE_ACCESS" && text(inputs["authorizedNetwork"])?.endsWith(link),
        );
    return user === undefined
      ? undefined
      : "Unable to remove Service Networking Connection, err: Error waiting for Delete Service Networking Connection: " +
          `Error code 9, message: Failed to delete connection; Producer services (e.g. CloudSQL, Cloud Memstore, etc.) are still using this connection: ${user.id}`;
  },
  id: ({ inputs }) => connectionId(text(inputs["network"]) ?? "", text(inputs["service"]) ?? ""),
  outputs: (moment) => ({
    ...deletionPolicy(moment),
    peering: (text(moment.inputs["service"]) ?? "").replaceAll(".", "-"),
  }),
  seconds: { create: 60, update: 45, delete: 12, source: "typical of provider logs: 40 to 120 s" },
};
