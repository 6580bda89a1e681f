// https://cloud.google.com/storage/docs/authentication/hmackeys
import { fits } from "../limits";
import type { Row } from "../row";
import { isSet, text } from "../values";
import { deletionPolicy, kept, preventedBy, projectOf, since } from "./common";
import { accountType } from "./serviceaccount";

export const hmacKey: Row = {
  type: "gcp:storage/hmacKey:HmacKey",
  immutable: ["project", "serviceAccountEmail"],
  references: [
    { path: "serviceAccountEmail", to: [accountType], by: "email", except: /@(?!.*iam\.gserviceaccount\.com)/ },
  ],
  secrets: ["secret"],
  check: ({ inputs }) => [
    ...fits(
      inputs,
      "serviceAccountEmail",
      /^[^@\s]+@[^@\s]+\.gserviceaccount\.com$/,
      "a service account's e-mail address",
    ),
  ],
  release: preventedBy,
  id: (moment) => `projects/${projectOf(moment)}/hmacKeys/${accessId(moment)}`,
  outputs: (moment) => ({
    ...deletionPolicy(moment),
    ...since(moment, "timeCreated"),
    ...kept(moment, "secret", () =>
      moment.random("secret:key", 40, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"),
    ),
    accessId: accessId(moment),
    project: projectOf(moment),
    updated: moment.now,
  }),
  volatile: ["updated"],
  // An active key is switched off before it goes; the provider does both.
  seconds: { create: 3, update: 2, delete: 4, source: "estimate" },
};

const accessId: (moment: Parameters<Row["id"]>[0]) => string = ({ old, random }) =>
  isSet(old?.outputs["accessId"])
    ? (text(old?.outputs["accessId"]) ?? "")
    : `GOOG1E${random("access", 55, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")}`;
