// Templates of Resource Manager: https://learn.microsoft.com/azure/templates/microsoft.resources/deployments
// Known are the two kinds of resources that Trifold writes by one, since @pulumi/azure-native can't.
import { createHash } from "node:crypto";
import { refuse } from "../limits";
import type { AccountView, CloudFunction, Item, Moment, Props, Refusal, Row } from "../row";
import { uuid } from "../shapes";
import { isKnown, list, object, pick, text } from "../values";
import { arm, nameIn } from "./arm";
import { token } from "./types";

const deployment = token("resources:Deployment");
const storageAccount = token("storage:StorageAccount");
const origin = token("cdn:AFDOrigin");
const connections = "Microsoft.Storage/storageAccounts/privateEndpointConnections";
const settings = "Microsoft.Storage/storageAccounts/blobServices";

const parameter = (inputs: Props, name: string): string | undefined =>
  text(pick(inputs, `properties.parameters.${name}.value`));
const resourcesOf = (inputs: Props): readonly Props[] =>
  list(pick(inputs, "properties.template.resources")).map(object);

/** What Front Door asked of a store, one request an origin. Azure names it `<account>.<uuid>`. */
export function requests(view: AccountView, accountId: string): readonly Props[] {
  return view
    .all(origin)
    .filter(
      (one) =>
        text(pick(one.inputs, "sharedPrivateLinkResource.privateLink.id"))?.toLowerCase() === accountId.toLowerCase(),
    )
    .map((one) => {
      const account = nameIn(accountId, "storageAccounts");
      const hex = createHash("sha256").update(one.id.toLowerCase()).digest("hex").slice(0, 32);
      const name = `${account}.${uuid(hex)}`;
      const approved = view.all(deployment).some((made) => parameter(made.inputs, "connection") === name);
      return {
        id: `${accountId}/privateEndpointConnections/${name}`,
        name,
        type: connections,
        provisioningState: "Succeeded",
        privateEndpoint: { id: `${one.id}/privateEndpoint` },
        privateLinkServiceConnectionState: {
          actionRequired: "None",
          description: text(pick(one.inputs, "sharedPrivateLinkResource.requestMessage")) ?? "",
          status: approved ? "Approved" : "Pending",
        },
      };
    });
}

const accountOf = (view: AccountView, name: string | undefined): Item | undefined =>
  name === undefined ? undefined : view.find([storageAccount], "name", name);

/** What the deployment would fail at. */
function templateRefusals({ inputs, account }: Moment): readonly Refusal[] {
  if (!isKnown(inputs["properties"])) return [];
  const name = parameter(inputs, "account");
  const target = accountOf(account, name);
  return resourcesOf(inputs).flatMap((resource, index) => {
    const at = `properties.template.resources.${index}`;
    const type = text(resource["type"]);
    if (type !== connections && type !== settings)
      return refuse(`${at}.type`, `the simulated Resource Manager doesn't know ${type ?? "this type"}`);
    if (!target) return refuse(at, `ParentResourceNotFound: no storage account ${name ?? ""}.`);
    const connection = parameter(inputs, "connection");
    return type === connections && !requests(account, target.id).some((one) => one["name"] === connection)
      ? refuse(at, `ResourceNotFound: the account has no private endpoint connection ${connection ?? ""}.`)
      : [];
  });
}

const row = arm({
  name: "resources:Deployment",
  // Resource Manager answers with a template's hash, not with the template.
  writeOnly: ["properties.expressionEvaluationOptions", "properties.template"],
  api: "2024-03-01",
  namespace: "Microsoft.Resources",
  path: [["deployments", "deploymentName"]],
  own: { pattern: /^[-\w.()]{1,64}$/, rule: "1 to 64 letters, digits and - _ . ( )" },
  taggable: true,
  check: ({ inputs }) => [
    ...(pick(inputs, "properties.template") === undefined && pick(inputs, "properties.templateLink") === undefined
      ? refuse("properties.template", "InvalidRequestContent: either a template or a link to one is needed.")
      : []),
  ],
  admit: templateRefusals,
  outputs: (moment) => ({
    properties: {
      ...object(moment.inputs["properties"]),
      correlationId: uuid(moment.random("correlation", 32)),
      duration: "PT5S",
      error: {},
      provisioningState: "Succeeded",
      templateHash: moment.random("hash", 20, "0123456789"),
      timestamp: moment.now,
    },
  }),
  // Deleting it forgets the deployment; what it wrote stays.
  seconds: { create: 8, update: 8, delete: 2, source: "estimate" },
});

const getStorageAccount: CloudFunction = {
  token: token("storage:getStorageAccount"),
  call: (args, { account }) => {
    const found = accountOf(account, text(args["accountName"]));
    if (!found)
      return refuse(
        "accountName",
        `ResourceNotFound: The Resource 'Microsoft.Storage/storageAccounts/${text(args["accountName"]) ?? ""}' was not found.`,
      );
    return { ...found.outputs, id: found.id, privateEndpointConnections: requests(account, found.id) };
  },
};

export const rows: readonly Row[] = [row];
export const functions: readonly CloudFunction[] = [getStorageAccount];
