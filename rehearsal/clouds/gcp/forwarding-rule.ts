// What leads to a proxy: https://cloud.google.com/compute/docs/reference/rest/v1/globalForwardingRules
import { fits, long, refuse } from "../limits";
import type { AccountView, Moment, Refusal, Row, Value } from "../row";
import { isSet, text } from "../values";
import { globalType } from "./address";
import { serviceType } from "./backend";
import {
  anyLink,
  computeId,
  computeLink,
  deletionPolicy,
  gceName,
  labelOutputs,
  labelSecrets,
  labels,
  loweredName,
  preventedBy,
  projectOf,
} from "./common";
import { httpsType, httpType, urlMapType } from "./load-balancer";

const ruleType = "gcp:compute/globalForwardingRule:GlobalForwardingRule";

export const globalForwardingRule: Row = {
  type: ruleType,
  autoName: { ...loweredName },
  required: ["name"],
  immutable: [
    "name",
    "description",
    "ipAddress",
    "ipProtocol",
    "ipVersion",
    "network",
    "networkTier",
    "portRange",
    "project",
    "subnetwork",
  ],
  unique: { by: ["project", "name"], scope: "account" },
  references: [
    { path: "target", to: [httpsType, httpType], by: ["id", "selfLink"] },
    { path: "ipAddress", to: [globalType], by: ["id", "selfLink"], except: /^[\d.]+$|^[\da-f:]+$/i },
  ],
  secrets: labelSecrets,
  check: ({ inputs }) => [
    ...gceName(inputs),
    ...labels(inputs),
    ...fits(inputs, "portRange", /^\d{1,5}(-\d{1,5})?$/, "a port, or two with - between"),
    ...long(inputs, "description", 0, 2048),
  ],
  admit: ({ inputs, account, old }) => {
    const twin = account
      .all(ruleType)
      .find(
        (one) =>
          one.id !== old?.id &&
          isSet(inputs["ipAddress"]) &&
          one.inputs["ipAddress"] === inputs["ipAddress"] &&
          one.inputs["portRange"] === inputs["portRange"],
      );
    return [
      ...(twin ? refuse("portRange", `Invalid value: the address and port are in use by ${twin.id}`) : []),
      ...strangeScheme(inputs, account),
    ];
  },
  release: preventedBy,
  id: (moment) => computeId(moment, "forwardingRules"),
  outputs: (moment) => {
    const held = addressOf(moment);
    const range = text(moment.inputs["portRange"]);
    return {
      ...labelOutputs(moment),
      ...deletionPolicy(moment),
      baseForwardingRule: "",
      forwardingRuleId: Number(moment.random("ruleId", 15, "123456789")),
      ipAddress: held ?? moment.inputs["ipAddress"] ?? "",
      ipProtocol: moment.inputs["ipProtocol"] ?? "TCP",
      labelFingerprint: "42WmSpB8rSM=",
      networkTier: "PREMIUM",
      portRange: range === undefined || range.includes("-") ? (range ?? "") : `${range}-${range}`,
      project: projectOf(moment),
      pscConnectionId: "",
      pscConnectionStatus: "",
      selfLink: computeLink(moment.id),
    };
  },
  seconds: { create: 22, update: 12, delete: 21, source: "typical of provider logs: 11 to 22 s" },
};

/** From rule to service all are of one kind of load balancer. https://cloud.google.com/load-balancing/docs/https/migrate-to-global */
function strangeScheme(inputs: Moment["inputs"], account: AccountView): readonly Refusal[] {
  const found = (types: readonly string[], link: Value | undefined) =>
    anyLink.map((by) => account.find(types, by, link ?? null)).find(Boolean);
  const proxy = found([httpsType, httpType], inputs["target"]);
  const map = found([urlMapType], proxy?.inputs["urlMap"]);
  const service = found([serviceType], map?.inputs["defaultService"]);
  const [mine, other] = [text(inputs["loadBalancingScheme"]), text(service?.inputs["loadBalancingScheme"])];
  // A rule and its services may differ while the one kind moves to the other.
  return mine === undefined ||
    other === undefined ||
    mine === other ||
    isSet(service?.inputs["externalManagedMigrationState"])
    ? []
    : refuse(
        "loadBalancingScheme",
        `Error 400: Invalid value for field 'resource.target': the rule is ${mine}, its backend service ${service?.id} ${other}`,
      );
}

/** The address behind the link of one. */
const addressOf = ({ account: view, inputs }: Moment): string | undefined =>
  ["id", "selfLink"]
    .map((by) => text(view.find([globalType], by, inputs["ipAddress"] ?? null)?.outputs["address"]))
    .find((one) => one !== undefined);
