// What a replication group stands on: subnets, settings, users. https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html
import { each, fits, long, oneOf, refuse } from "../limits";
import type { Moment, Props, Refusal, Row } from "../row";
import { isSet, list, object, text, texts } from "../values";
import { arnOf, awsRow, itemsOf, plain, told } from "./row";
import { T } from "./types";

const subnetGroup = awsRow({
  type: T.cacheSubnetGroup,
  autoName: { property: "name", max: 255, lower: true },
  immutable: ["name"],
  unordered: ["subnetIds"],
  unique: { by: ["name"], scope: "region" },
  references: [{ path: "subnetIds.*", to: [T.subnet] }],
  inputDefaults: () => ({ description: "Managed by Pulumi" }),
  check: ({ inputs }) => [
    ...fits(inputs, "name", /^(?!default$)[0-9a-z-]{1,255}$/, "lower case letters, digits and hyphens, not default"),
    ...long(inputs, "subnetIds", 1, 20),
  ],
  id: ({ inputs }) => text(inputs["name"]) ?? "",
  outputs: (moment) => ({
    arn: arnOf(moment, "elasticache", `subnetgroup:${moment.id}`),
    vpcId: told(itemsOf(moment.account, T.subnet, texts(moment.inputs["subnetIds"]))[0], "vpcId") ?? "",
  }),
  seconds: { create: 1, update: 1, delete: 1, source: "estimate" },
});

const evictions = /^(noeviction|(volatile|allkeys)-(lru|lfu|random)|volatile-ttl)$/;
const values: Readonly<Record<string, RegExp>> = {
  "maxmemory-policy": evictions,
  "cluster-enabled": /^(yes|no)$/,
  "notify-keyspace-events": /^[KEg$lshzxeAtmdn]*$/,
  timeout: /^(0|[2-9]\d|\d{3,})$/,
};

const parameterGroup = awsRow({
  type: T.cacheParameterGroup,
  autoName: { property: "name", max: 255, lower: true },
  immutable: ["description", "family", "name"],
  unordered: ["parameters"],
  unique: { by: ["name"], scope: "region" },
  inputDefaults: () => ({ description: "Managed by Pulumi" }),
  check: ({ inputs }) => [
    ...oneOf(inputs, "family", ["memcached1.6", "redis4.0", "redis5.0", "redis6.x", "redis7", "valkey7", "valkey8"]),
    ...fits(
      inputs,
      "name",
      /^(?!default)[a-z](?!.*--)[0-9a-z.-]{0,254}(?<!-)$/,
      "lower case letters, digits, dots and single hyphens",
    ),
    ...list(inputs["parameters"]).flatMap((raw, index) => {
      const { name, value } = object(raw);
      const allowed = typeof name === "string" ? values[name] : undefined;
      return allowed === undefined || typeof value !== "string" || allowed.test(value)
        ? []
        : refuse(
            `parameters.${index}.value`,
            `InvalidParameterValue: invalid parameter value specified for parameter ${plain(name)}: ${value}`,
          );
    }),
  ],
  id: ({ inputs }) => text(inputs["name"]) ?? "",
  outputs: (moment) => ({ arn: arnOf(moment, "elasticache", `parametergroup:${moment.id}`) }),
  seconds: { create: 1, update: 2, delete: 1, source: "estimate" },
});

const idRule = "1 to 40 letters, digits and single hyphens, beginning with a letter, not ending with a hyphen";
const idText = /^[a-zA-Z](?!.*--)[0-9a-zA-Z-]{0,39}(?<!-)$/;

const user = awsRow({
  type: T.cacheUser,
  immutable: ["userId", "userName"],
  unique: { by: ["userId"], scope: "region" },
  secrets: ["passwords"],
  writeOnly: ["passwordsWo"],
  check: ({ inputs }) => [
    ...fits(inputs, "userId", idText, idRule),
    ...oneOf(inputs, "engine", ["redis", "REDIS", "valkey", "VALKEY"]),
    ...oneOf(inputs, "authenticationMode.type", ["password", "no-password-required", "iam"]),
    ...fits(
      inputs,
      "accessString",
      /^(on|off)\s+(~|%|&|\+|-|allkeys|allchannels|resetchannels|clearselectors)/,
      "InvalidParameterValue: an access string such as on ~* +@all",
    ),
    ...passwordRefusals(inputs),
  ],
  release: ({ old, account }) => {
    const id = text(old?.outputs["userId"]) ?? "";
    const holder = account.all(T.cacheUserGroup).find((one) => texts(one.outputs["userIds"]).includes(id));
    // The real API takes the user out of its groups, unless it is the default user.
    return holder && old?.outputs["userName"] === "default"
      ? `DefaultUserAssociatedToUserGroup: the user ${id} is the default user of ${holder.id}`
      : undefined;
  },
  id: ({ inputs }) => text(inputs["userId"]) ?? "",
  outputs: (moment) => ({
    arn: arnOf(moment, "elasticache", `user:${moment.id}`),
    engine: text(moment.inputs["engine"])?.toLowerCase() ?? "",
  }),
  seconds: { create: 30, update: 30, delete: 30, source: "estimate" },
});

/** Valkey knows no user without a password. */
function passwordRefusals(inputs: Props): readonly Refusal[] {
  const mode = object(inputs["authenticationMode"]);
  const passwords = [...list(mode["passwords"]), ...list(inputs["passwords"])];
  const free = mode["type"] === "no-password-required" || inputs["noPasswordRequired"] === true;
  const bad = passwords.some(
    (one) => typeof one === "string" && !one.startsWith("[sealed:") && (one.length < 16 || one.length > 128),
  );
  return [
    ...(bad
      ? refuse("authenticationMode.passwords", "InvalidParameterValue: passwords have 16 to 128 characters")
      : []),
    ...(passwords.length > 2
      ? refuse("authenticationMode.passwords", "InvalidParameterValue: a user has at most two passwords")
      : []),
    ...(mode["type"] === "password" && !isSet(mode["passwords"])
      ? refuse("authenticationMode.passwords", "InvalidParameterCombination: the type password needs passwords")
      : []),
    ...(free && text(inputs["engine"])?.toLowerCase() === "valkey"
      ? refuse("authenticationMode", "InvalidParameterCombination: no-password-required is not supported for Valkey")
      : []),
  ];
}

const userGroup = awsRow({
  type: T.cacheUserGroup,
  immutable: ["userGroupId"],
  unordered: ["userIds"],
  unique: { by: ["userGroupId"], scope: "region" },
  references: [{ path: "userIds.*", to: [T.cacheUser], by: ["userId", "id"], except: /^default$/, weak: true }],
  check: ({ inputs }) => [
    ...fits(inputs, "userGroupId", idText, idRule),
    ...oneOf(inputs, "engine", ["redis", "REDIS", "valkey", "VALKEY"]),
    ...each(
      inputs,
      "userIds",
      (ids) => texts(ids).length <= 100,
      () => "a user group has at most 100 users",
    ),
  ],
  admit: ({ inputs, account }: Moment) => {
    const engine = text(inputs["engine"])?.toLowerCase();
    const members = texts(inputs["userIds"]).flatMap((id) => account.find([T.cacheUser], "userId", id) ?? []);
    const names = members.map((one) => one.outputs["userName"]);
    const ids = texts(inputs["userIds"]);
    return [
      ...(engine === "redis" && ids.length > 0 && !names.includes("default") && !ids.includes("default")
        ? refuse("userIds", "DefaultUserRequired: a user group of Redis OSS must contain a user with the name default")
        : []),
      ...(engine === "redis" && members.some((one) => one.outputs["engine"] === "valkey")
        ? refuse("userIds", "InvalidParameterCombination: users of Valkey can't be in a group of Redis OSS")
        : []),
      ...(new Set(names).size < names.length
        ? refuse("userIds", "DuplicateUserName: users with the same name can't be in one group")
        : []),
    ];
  },
  id: ({ inputs }) => text(inputs["userGroupId"]) ?? "",
  outputs: (moment) => ({
    arn: arnOf(moment, "elasticache", `usergroup:${moment.id}`),
    engine: text(moment.inputs["engine"])?.toLowerCase() ?? "",
  }),
  seconds: { create: 30, update: 30, delete: 30, source: "estimate" },
});

export const rows: readonly Row[] = [subnetGroup, parameterGroup, user, userGroup];
