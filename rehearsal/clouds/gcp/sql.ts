import { fits, oneOf, refuse } from "../limits";
import type { Moment, Reference, Row } from "../row";
import { isSet, pick, text } from "../values";
import { deletionPolicy, named, nameOf, preventedBy, projectOf } from "./common";
import { primaryOf } from "./sql-instance";
import { instanceType } from "./sql-neighbours";

/** Both go with their instance. */
const instance: Reference = { path: "instance", to: [instanceType], by: ["name", "id", "selfLink"], inside: true };

const onReplica = (moment: Moment) => {
  const found = primaryOf(moment);
  return found && isSet(found.inputs["masterInstanceName"])
    ? refuse("instance", `${found.id} is a read replica: change its primary`)
    : [];
};

const kind = (moment: Moment) => text(primaryOf(moment)?.inputs["databaseVersion"]) ?? "";

export const database: Row = {
  type: "gcp:sql/database:Database",
  autoName: named,
  required: ["name"],
  immutable: ["instance", "name", "project"],
  unique: { by: ["instance", "name"], scope: "account" },
  references: [instance],
  check: ({ inputs }) => fits(inputs, "name", /^.{1,63}$/s, "1 to 63 characters"),
  admit: (moment) => [
    ...onReplica(moment),
    ...(kind(moment).startsWith("POSTGRES")
      ? [
          ...oneOf(moment.inputs, "charset", ["UTF8"]),
          ...oneOf(moment.inputs, "collation", ["en_US.UTF8"]),
          ...(/^(postgres|template[01]|cloudsqladmin)$/.test(nameOf(moment))
            ? refuse("name", `Database ${nameOf(moment)} exists already or is reserved`)
            : []),
        ]
      : []),
  ],
  release: preventedBy,
  id: (moment) =>
    `projects/${projectOf(moment)}/instances/${(text(moment.inputs["instance"]) ?? "").replace(/^.*\//, "")}/databases/${nameOf(moment)}`,
  outputs: (moment) => {
    const postgres = kind(moment).startsWith("POSTGRES");
    return {
      ...deletionPolicy(moment),
      project: projectOf(moment),
      charset: moment.inputs["charset"] ?? (postgres ? "UTF8" : "utf8mb4"),
      collation: moment.inputs["collation"] ?? (postgres ? "en_US.UTF8" : "utf8mb4_general_ci"),
      selfLink: `https://sqladmin.googleapis.com/sql/v1beta4/projects/${projectOf(moment)}/instances/${text(moment.inputs["instance"])}/databases/${nameOf(moment)}`,
    };
  },
  seconds: { create: 6, update: 3, delete: 12, source: "estimate: one operation of the instance" },
};

const types = [
  "BUILT_IN",
  "CLOUD_IAM_USER",
  "CLOUD_IAM_SERVICE_ACCOUNT",
  "CLOUD_IAM_GROUP",
  "CLOUD_IAM_GROUP_USER",
  "CLOUD_IAM_GROUP_SERVICE_ACCOUNT",
  "CLOUD_IAM_WORKFORCE_IDENTITY",
  "ENTRAID_USER",
];

/** What the instance's own rules say of a password that is known. */
function passwordRules(moment: Moment) {
  const policy = pick(primaryOf(moment)?.inputs, "settings.passwordValidationPolicy");
  const property = isSet(moment.inputs["passwordWo"]) ? "passwordWo" : "password";
  const given = text(moment.inputs[property]);
  if (given === undefined || pick(policy, "enablePasswordPolicy") !== true) return [];
  const least = pick(policy, "minLength");
  const every = [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z0-9]/];
  return [
    ...(typeof least === "number" && given.length < least
      ? refuse(property, `Password does not meet the complexity requirements: ${least} characters at least`)
      : []),
    ...(pick(policy, "complexity") === "COMPLEXITY_DEFAULT" && !every.every((shape) => shape.test(given))
      ? refuse(
          property,
          "Password does not meet the complexity requirements: lower case, upper case, digit and another character",
        )
      : []),
    ...(pick(policy, "disallowUsernameSubstring") === true && given.includes(nameOf(moment))
      ? refuse(property, "Password contains the user's name")
      : []),
  ];
}

export const user: Row = {
  type: "gcp:sql/user:User",
  autoName: named,
  required: ["name"],
  immutable: ["instance", "name", "host", "project", "type"],
  unique: { by: ["instance", "name", "host"], scope: "account" },
  references: [instance],
  secrets: ["password", "passwordWo"],
  writeOnly: ["passwordWo"],
  check: ({ inputs }) => [
    ...oneOf(inputs, "type", types),
    ...oneOf(inputs, "deletionPolicy", ["DELETE", "ABANDON", "PREVENT"]),
    ...((text(inputs["type"]) ?? "").startsWith("CLOUD_IAM") &&
    (isSet(inputs["password"]) || isSet(inputs["passwordWo"]))
      ? refuse("password", "an IAM user has no password")
      : []),
  ],
  admit: (moment) => {
    const postgres = kind(moment).startsWith("POSTGRES");
    return [
      ...onReplica(moment),
      ...passwordRules(moment),
      ...(postgres && isSet(moment.inputs["host"]) && moment.inputs["host"] !== ""
        ? refuse("host", "PostgreSQL users have no host")
        : []),
      ...(postgres && /^(pg_|cloudsql)/.test(nameOf(moment))
        ? refuse("name", `role name "${nameOf(moment)}" is reserved`)
        : []),
      ...(postgres &&
      moment.inputs["type"] === "CLOUD_IAM_SERVICE_ACCOUNT" &&
      nameOf(moment).endsWith(".gserviceaccount.com")
        ? refuse("name", 'PostgreSQL takes a service account without ".gserviceaccount.com" at the end')
        : []),
    ];
  },
  release: preventedBy,
  // Two slashes in a row on PostgreSQL, whose users have no host: that is the provider's own id.
  id: (moment) =>
    `${nameOf(moment)}/${text(moment.inputs["host"]) ?? ""}/${(text(moment.inputs["instance"]) ?? "").replace(/^.*\//, "")}`,
  outputs: (moment) => ({
    ...deletionPolicy(moment),
    project: projectOf(moment),
    host: moment.inputs["host"] ?? "",
    iamEmail: (text(moment.inputs["type"]) ?? "").startsWith("CLOUD_IAM") ? nameOf(moment) : "",
    sqlServerUserDetails: [],
  }),
  seconds: { create: 8, update: 4, delete: 6, source: "estimate: one operation of the instance" },
};
