// Firewalls of vaults and storage accounts: addresses and subnets that they let in.
import { contains, parseCidr } from "../cidr";
import { each, refuse } from "../limits";
import type { Moment, Refusal } from "../row";
import { list, pick, pickAll, text } from "../values";
import { nameIn } from "./arm";
import { subnet } from "./network";

/** RFC 1918: a firewall of a public address never sees them. */
const inside = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

/**
 * Public IPv4 addresses and ranges. `smallest`: the longest prefix taken; storage takes no /31 and /32.
 * https://learn.microsoft.com/azure/storage/common/storage-network-security-ip-address-range
 * https://learn.microsoft.com/azure/key-vault/general/network-security
 */
export const addressRefusals = (inputs: Moment["inputs"], path: string, smallest: number): readonly Refusal[] =>
  each(
    inputs,
    path,
    (value) => {
      const given = text(value) ?? "";
      const block = parseCidr(given.includes("/") ? given : `${given}/32`);
      const range = given.includes("/") && block !== undefined && block.prefix > smallest;
      return block?.family === "ipv4" && !range && !inside.some((one) => contains(one, given));
    },
    (value) =>
      `InvalidValuesForRequestParameters: Values for request parameters are invalid: ${value} is no public IPv4 address or range${smallest < 32 ? ` up to /${smallest}` : ""}.`,
  );

/** A subnet is let in by the service endpoint that it has for the service, in any region for `Microsoft.Storage.Global`. */
export const endpointRefusals = (
  { inputs, account }: Moment,
  path: string,
  service: "Microsoft.KeyVault" | "Microsoft.Storage",
): readonly Refusal[] =>
  pickAll(inputs, path).flatMap(({ path: property, value }) => {
    const at = account.find([subnet], "id", value);
    const served = list(at?.inputs["serviceEndpoints"]).some((one) =>
      [service, `${service}.Global`].includes(text(pick(one, "service")) ?? ""),
    );
    return at === undefined || served
      ? []
      : refuse(
          property,
          `SubnetsHaveNoServiceEndpointsConfigured: Subnets ${nameIn(value, "subnets")} of virtual network ${(text(value) ?? "").replace(/\/subnets\/.*$/, "")} do not have ServiceEndpoints for ${service} resources configured. Add ${service} to subnet's ServiceEndpoints collection before trying to ACL ${service} resources to these subnets.`,
        );
  });
