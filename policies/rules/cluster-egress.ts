// NET-09: ways out of a namespace.
import { coversWorld } from "../addresses";
import { fail, notApplicable, pass, unknown } from "../judge";
import { asText, isUnknown, join, list, read, text } from "../read";
import { rule, type Verdict } from "../rule";
import { egressPorts } from "../standards";
import { kubernetes } from "../tokens";

const expected = `ports ${egressPorts.join(", ")} alone towards the internet`;

/** One rule: where to, and through which ports. A list that isn't there lets everything through. */
function wayOut(raw: unknown, path: string): Verdict {
  const [to, ports] = [list(raw, "to"), list(raw, "ports")];
  if (isUnknown(raw) || typeof to === "symbol" || typeof ports === "symbol") return unknown(path, expected);
  const blocks = to.map((one) => read(one, "ipBlock.cidr"));
  const isWorld = to.length === 0 || coversWorld(blocks.filter((one) => typeof one === "string"));
  if (!isWorld) return blocks.some(isUnknown) ? unknown(path, expected) : pass(path, expected);
  const isNamed = (port: unknown) =>
    egressPorts.some((one) => text(port, "port") === String(one)) && read(port, "endPort") === undefined;
  if (ports.some((one) => isUnknown(read(one, "port")))) return unknown(path, expected);
  return ports.length > 0 && ports.every(isNamed) ? pass(path, expected) : fail(path, expected);
}

export const restrictEgress = rule(
  "network-sg-restrict-egress",
  kubernetes("networking.NetworkPolicy", ({ props }) => {
    const path = "spec.egress";
    const rules = list(props, path);
    const types = list(props, "spec.policyTypes");
    if (typeof rules === "symbol" || typeof types === "symbol") return unknown(path, expected);
    if (rules.length === 0 && !types.map(asText).includes("Egress")) return notApplicable("says nothing of ways out");
    return rules.length === 0 ? pass(path, expected) : rules.map((one, index) => wayOut(one, join(path, index)));
  }),
);
