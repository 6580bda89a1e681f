// Copies of blobs between storage accounts: a policy on the target, and the same on the source.
import { each, fits, long, refuse } from "../limits";
import type { AccountView, Item, Moment, Refusal, Row, Value } from "../row";
import { HEX, uuid } from "../shapes";
import { isSet, isUnknown, object, pick, text } from "../values";
import { arm, objectsAt, uuidPattern } from "./arm";
import { accountPath, api, namespace, storageAccount } from "./storage";
import { container } from "./storage-containers";
import { token } from "./types";

const policy = token("storage:ObjectReplicationPolicy");
/** An account as a policy names it: by its id, or by its name where policies may cross tenants. */
const called = (account: AccountView, value: Value | undefined): Item | undefined =>
  account.find([storageAccount], "id", value ?? "") ?? account.find([storageAccount], "name", value ?? "");

const own = ({ inputs, account }: Moment) => account.find([storageAccount], "name", inputs["accountName"] ?? "");
const isTarget = (moment: Moment) =>
  called(moment.account, moment.inputs["destinationAccount"])?.id === own(moment)?.id;

const settingsOf = (account: AccountView, holder: Item) =>
  account
    .all(token("storage:BlobServiceProperties"))
    .find(({ inputs }) => inputs["accountName"] === holder.inputs["accountName"]);

/** https://learn.microsoft.com/azure/storage/blobs/object-replication-overview#prerequisites-and-caveats-for-object-replication */
function needsRefusals(moment: Moment): readonly Refusal[] {
  const { inputs, account } = moment;
  const source = called(account, inputs["sourceAccount"]);
  const target = called(account, inputs["destinationAccount"]);
  const versions = (holder: Item | undefined, property: string) =>
    holder && pick(settingsOf(account, holder)?.inputs, "isVersioningEnabled") !== true
      ? refuse(
          property,
          `ObjectReplicationVersioningNotEnabled: blob versioning is off on ${text(holder.inputs["accountName"]) ?? ""}.`,
        )
      : [];
  const strict = [source, target].some((one) => one?.inputs["allowCrossTenantReplication"] === false);
  return [
    ...versions(source, "sourceAccount"),
    ...versions(target, "destinationAccount"),
    ...(source && pick(settingsOf(account, source)?.inputs, "changeFeed.enabled") !== true
      ? refuse("sourceAccount", "ObjectReplicationChangeFeedNotEnabled: the change feed is off on the source account.")
      : []),
    ...(strict
      ? (["sourceAccount", "destinationAccount"] as const).flatMap((property) =>
          each(
            inputs,
            property,
            (value) => (text(value) ?? "").startsWith("/subscriptions/"),
            () => "CrossTenantReplicationNotAllowed: give the account's full resource id.",
          ),
        )
      : []),
    ...(source && target && source.id === target.id
      ? refuse("destinationAccount", "InvalidRequest: an account isn't copied to itself.")
      : []),
  ];
}

/** Same page: one policy a pair of accounts, two targets a source, two sources a target. */
function crowdRefusals({ inputs, account, old }: Moment): readonly Refusal[] {
  const id = (value: Value | undefined) => called(account, value)?.id;
  const [source, target] = [id(inputs["sourceAccount"]), id(inputs["destinationAccount"])];
  const holder = text(inputs["accountName"]);
  // The same policy stands on both accounts: only those of this one are counted.
  const others = account.all(policy).filter((one) => one.id !== old?.id && one.inputs["accountName"] === holder);
  const pairs = others.map((one) => [id(one.inputs["sourceAccount"]), id(one.inputs["destinationAccount"])] as const);
  return [
    ...(pairs.some(([from, to]) => from === source && to === target)
      ? refuse("destinationAccount", "ObjectReplicationPolicyConflict: the two accounts have a policy already.")
      : []),
    ...(pairs.filter(([from]) => from === source).length >= 2
      ? refuse("sourceAccount", "ObjectReplicationPolicyLimitExceeded: an account is copied to two others at most.")
      : []),
    ...(pairs.filter(([, to]) => to === target).length >= 2
      ? refuse(
          "destinationAccount",
          "ObjectReplicationPolicyLimitExceeded: an account takes copies of two others at most.",
        )
      : []),
  ];
}

function ruleRefusals(moment: Moment): readonly Refusal[] {
  const { inputs, account } = moment;
  const has = (holder: Item | undefined, name: Value | undefined) =>
    // The container of a website comes with the switch for it, which a template sets.
    (name === "$web" &&
      account
        .all(token("resources:Deployment"))
        .some((one) => pick(one.inputs, "properties.parameters.account.value") === holder?.inputs["accountName"])) ||
    account
      .all(container)
      .some(
        (one) => one.inputs["accountName"] === holder?.inputs["accountName"] && one.inputs["containerName"] === name,
      );
  const source = called(account, inputs["sourceAccount"]);
  const target = called(account, inputs["destinationAccount"]);
  return objectsAt(inputs, "rules.*").flatMap(({ path, value }) => [
    ...(source && !has(source, value["sourceContainer"])
      ? refuse(`${path}.sourceContainer`, `ContainerNotFound: ${text(value["sourceContainer"]) ?? ""}`)
      : []),
    ...(target && !has(target, value["destinationContainer"])
      ? refuse(`${path}.destinationContainer`, `ContainerNotFound: ${text(value["destinationContainer"]) ?? ""}`)
      : []),
  ]);
}

/** The source repeats what the target was answered: the policy's id and the rules'. */
function echoRefusals(moment: Moment): readonly Refusal[] {
  const { inputs, account } = moment;
  const id = inputs["objectReplicationPolicyId"];
  if (!own(moment) || isUnknown(id)) return [];
  if (isTarget(moment))
    return id === "default" || moment.old
      ? []
      : refuse("objectReplicationPolicyId", "InvalidRequest: a new policy of a target account is called default.");
  const first = account.all(policy).find(({ outputs }) => outputs["policyId"] === id);
  return [
    ...(first
      ? []
      : refuse(
          "objectReplicationPolicyId",
          "ObjectReplicationPolicyNotFound: make the policy on the target account first.",
        )),
    ...objectsAt(inputs, "rules.*").flatMap(({ path, value }) =>
      isSet(value["ruleId"]) && value["ruleId"] !== ""
        ? []
        : refuse(`${path}.ruleId`, "InvalidRequest: required on the source account."),
    ),
  ];
}

const policyRow = arm({
  name: "storage:ObjectReplicationPolicy",
  api,
  namespace,
  path: [accountPath, ["objectReplicationPolicies", "objectReplicationPolicyId"]],
  parents: [storageAccount],
  inside: true,
  // Several targets' new policies are all called "default" while they are made; the account tells them apart.
  references: [
    { path: "sourceAccount", to: [storageAccount], by: ["id", "name"] },
    { path: "destinationAccount", to: [storageAccount], by: ["id", "name"] },
  ],
  check: ({ inputs }) => [
    ...long(inputs, "rules", 1, 1000),
    ...fits(
      inputs,
      "objectReplicationPolicyId",
      new RegExp(`^default$|${uuidPattern.source}`, "i"),
      "default, or a policy's id",
    ),
  ],
  admit: (moment) => [
    ...needsRefusals(moment),
    ...crowdRefusals(moment),
    ...ruleRefusals(moment),
    ...echoRefusals(moment),
  ],
  outputs: (moment) => {
    const id = text(moment.inputs["objectReplicationPolicyId"]) ?? "default";
    const policyId =
      moment.old?.outputs["policyId"] ?? (id === "default" ? uuid(moment.random("policy", 32, HEX)) : id);
    return {
      policyId,
      enabledTime: moment.old?.outputs["enabledTime"] ?? moment.now,
      name: policyId,
      rules: objectsAt(moment.inputs, "rules.*").map(({ value }, index) => ({
        ...object(value),
        ruleId: text(value["ruleId"]) || uuid(moment.random(`rule ${index}`, 32, HEX)),
      })),
      sourceAccount: moment.inputs["sourceAccount"] ?? "",
      destinationAccount: moment.inputs["destinationAccount"] ?? "",
    };
  },
  seconds: { create: 5, update: 5, delete: 4, source: "estimate" },
});

export const rows: readonly Row[] = [policyRow];
