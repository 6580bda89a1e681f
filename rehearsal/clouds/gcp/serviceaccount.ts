import { fits, long } from "../limits";
import type { Moment, Row } from "../row";
import { DIGITS } from "../shapes";
import { flag, text } from "../values";
import { deletionPolicy, kept, preventedBy, projectOf } from "./common";

export const accountType = "gcp:serviceaccount/account:Account";

const emailOf = (moment: Moment) => `${text(moment.inputs["accountId"])}@${projectOf(moment)}.iam.gserviceaccount.com`;

export const account: Row = {
  type: accountType,
  autoName: { property: "accountId", max: 30 },
  required: ["accountId"],
  immutable: ["accountId", "project"],
  unique: { by: ["project", "accountId"], scope: "account" },
  check: ({ inputs }) => [
    ...fits(
      inputs,
      "accountId",
      /^[a-z]([-a-z0-9]{4,28}[a-z0-9])$/,
      "6 to 30 lower case letters, digits and -, beginning with a letter",
    ),
    ...long(inputs, "displayName", 0, 100),
    ...long(inputs, "description", 0, 256),
  ],
  release: preventedBy,
  id: (moment) => `projects/${projectOf(moment)}/serviceAccounts/${emailOf(moment)}`,
  outputs: (moment) => ({
    ...deletionPolicy(moment),
    ...kept(moment, "uniqueId", () => `1${moment.random("uniqueId", 20, DIGITS)}`),
    project: projectOf(moment),
    email: emailOf(moment),
    member: `serviceAccount:${emailOf(moment)}`,
    name: moment.id,
    disabled: flag(moment.inputs["disabled"]) ?? false,
  }),
  seconds: {
    create: 10,
    update: 3,
    delete: 2,
    source: "typical of provider logs: it waits until the account is seen everywhere",
  },
};
