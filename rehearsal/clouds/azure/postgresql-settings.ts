// What lies on a flexible server: parameters, databases, firewall rules, Entra administrators.
import { isIP } from "node:net";
import { each, fits, oneOf, refuse } from "../limits";
import type { Moment, Refusal, Row } from "../row";
import { isSet, pick, text } from "../values";
import { arm, uuidPattern } from "./arm";
import { api, namespace, serverPath } from "./postgresql";
import { server } from "./postgresql-neighbours";
import { parameters } from "./postgresql-parameters";
import { token } from "./types";

const onOff = ["on", "off", "true", "false", "ON", "OFF"];

function valueRefusals({ inputs }: Moment): readonly Refusal[] {
  const [name, value] = [text(inputs["configurationName"]), text(inputs["value"])];
  const parameter = name === undefined ? undefined : parameters[name];
  if (parameter === undefined || value === undefined) return [];
  const wrong = (allowed: string) =>
    refuse(
      "value",
      `InvalidParameterValue: The value '${value}' of the server parameter '${name ?? ""}' is invalid. Allowed values: ${allowed}.`,
    );
  const { type, range, values } = parameter;
  if (type === "Boolean") return onOff.includes(value) ? [] : wrong("on,off");
  if (range)
    return (type === "Numeric" ? /^-?\d+(\.\d+)?$/ : /^-?\d+$/).test(value) &&
      Number(value) >= range[0] &&
      Number(value) <= range[1]
      ? []
      : wrong(`${range[0]}-${range[1]}`);
  if (type === "Set" && values)
    return value.split(",").every((one) => values.includes(one.trim().replace(/^-/, ""))) ? [] : wrong(values.join());
  return values && !values.includes(value) ? wrong(values.join()) : [];
}

/** PgBouncer is a service of the bigger tiers. */
function tierRefusals({ inputs, account }: Moment): readonly Refusal[] {
  const host = account.find([server], "name", inputs["serverName"] ?? "");
  return text(inputs["configurationName"])?.startsWith("pgbouncer.") && pick(host?.outputs, "sku.tier") === "Burstable"
    ? refuse(
        "configurationName",
        `ServerParameterNotFound: the server of the Burstable tier has no parameter '${text(inputs["configurationName"]) ?? ""}'.`,
      )
    : [];
}

const configuration = arm({
  name: "dbforpostgresql:Configuration",
  api,
  namespace,
  path: [serverPath, ["configurations", "configurationName"]],
  parents: [server],
  inside: true,
  check: (moment) => [
    ...(text(moment.inputs["configurationName"]) !== undefined &&
    parameters[text(moment.inputs["configurationName"]) ?? ""] === undefined
      ? refuse(
          "configurationName",
          `the simulated server doesn't know the parameter '${text(moment.inputs["configurationName"]) ?? ""}'; it knows ${Object.keys(parameters).join(", ")}`,
        )
      : []),
    ...oneOf(moment.inputs, "source", ["user-override", "system-default"]),
    ...valueRefusals(moment),
  ],
  admit: tierRefusals,
  outputs: ({ inputs }) => {
    const parameter = parameters[text(inputs["configurationName"]) ?? ""];
    const allowed =
      parameter?.range?.join("-") ?? (parameter?.type === "Boolean" ? "on,off" : (parameter?.values ?? []).join());
    return {
      value: inputs["value"] ?? parameter?.initial ?? "",
      source: inputs["source"] ?? "user-override",
      defaultValue: parameter?.initial ?? "",
      dataType: parameter?.type ?? "String",
      allowedValues: allowed,
      description: "",
      documentationLink: "",
      unit: "",
      isConfigPendingRestart: parameter?.restart === true && inputs["value"] !== parameter.initial,
      isDynamicConfig: parameter?.restart !== true,
      isReadOnly: false,
    };
  },
  seconds: { create: 12, update: 12, delete: 12, source: "estimate: 10 to 20 s a parameter" },
});

const database = arm({
  name: "dbforpostgresql:Database",
  api,
  namespace,
  path: [serverPath, ["databases", "databaseName"]],
  parents: [server],
  inside: true,
  own: {
    pattern: /^[a-zA-Z_][a-zA-Z0-9_-]{0,62}$/,
    rule: "1 to 63 letters, digits, _ and -, beginning with a letter or _",
  },
  // Azure takes charset and collation at creation and refuses a change.
  immutable: ["charset", "collation"],
  check: ({ inputs }) => [
    ...(/^(azure_maintenance|azure_sys|template[01]|postgres)$/.test(text(inputs["databaseName"]) ?? "")
      ? refuse("databaseName", "the database is the server's own")
      : []),
    ...oneOf(inputs, "charset", ["UTF8", "utf8", "SQL_ASCII", "LATIN1", "LATIN9", "WIN1252", "EUC_JP"]),
  ],
  outputs: ({ inputs }) => ({ charset: inputs["charset"] ?? "UTF8", collation: inputs["collation"] ?? "en_US.utf8" }),
  seconds: { create: 12, delete: 12, source: "estimate" },
});

const firewall = arm({
  name: "dbforpostgresql:FirewallRule",
  api,
  namespace,
  path: [serverPath, ["firewallRules", "firewallRuleName"]],
  parents: [server],
  inside: true,
  own: { pattern: /^[a-zA-Z0-9_-]{1,128}$/, rule: "1 to 128 letters, digits, _ and -" },
  check: ({ inputs }) =>
    ["startIpAddress", "endIpAddress"].flatMap((property) =>
      each(
        inputs,
        property,
        (value) => typeof value === "string" && isIP(value) === 4,
        (value) => `${value} is not an IPv4 address`,
      ),
    ),
  admit: ({ inputs, account }) => {
    const host = account.find([server], "name", inputs["serverName"] ?? "");
    // https://learn.microsoft.com/azure/postgresql/configure-maintain/concepts-limits#networking
    return isSet(pick(host?.inputs, "network.delegatedSubnetResourceId"))
      ? refuse(
          "serverName",
          "FirewallRulesNotSupported: Firewall rule operations cannot be requested for a private access enabled server.",
        )
      : [];
  },
  seconds: { create: 15, update: 15, delete: 15, source: "estimate" },
});

const administrator = arm({
  name: "dbforpostgresql:Administrator",
  api: "2025-01-01-preview",
  namespace,
  path: [serverPath, ["administrators", "objectId"]],
  parents: [server],
  inside: true,
  own: { pattern: uuidPattern, rule: "an object id is a GUID" },
  immutable: ["principalName", "principalType", "tenantId"],
  check: ({ inputs }) => [...fits(inputs, "tenantId", uuidPattern, "a tenant id is a GUID")],
  admit: ({ inputs, account }) => {
    const host = account.find([server], "name", inputs["serverName"] ?? "");
    return host && pick(host.outputs, "authConfig.activeDirectoryAuth") !== "Enabled"
      ? refuse(
          "serverName",
          "AadAuthOperationCannotBePerformedWhenServerIsNotAccessible: Entra authentication isn't enabled on the server.",
        )
      : [];
  },
  outputs: ({ inputs }) => ({ objectId: inputs["objectId"] ?? "" }),
  seconds: { create: 60, delete: 30, source: "estimate" },
});

export const rows: readonly Row[] = [configuration, database, firewall, administrator];
export const parameterNames: readonly string[] = Object.keys(parameters);
export const types = { configuration: token("dbforpostgresql:Configuration") } as const;
