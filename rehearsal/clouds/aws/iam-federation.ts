// Identity providers of the account. https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html
import { fits, long } from "../limits";
import type { Row } from "../row";
import { arn, HEX, partition } from "../shapes";
import { text } from "../values";
import { awsRow } from "./row";
import { T } from "./types";

const oidcProvider = awsRow({
  type: T.oidcProvider,
  global: true,
  immutable: ["url"],
  unordered: ["clientIdLists"],
  unique: { by: ["url"], scope: "account" },
  check: ({ inputs }) => [
    ...fits(
      inputs,
      "url",
      /^https:\/\/[^\s?#]{1,247}$/,
      "it must begin with https:// and have neither query nor fragment",
    ),
    ...long(inputs, "clientIdLists", 1, 100),
    ...long(inputs, "thumbprintLists", 0, 5),
    ...fits(inputs, "thumbprintLists.*", /^[0-9a-fA-F]{40}$/, "40 hexadecimal digits"),
  ],
  id: ({ inputs, place }) =>
    arn({
      service: "iam",
      account: place.account,
      partition: partition(place.region),
      resource: `oidc-provider/${(text(inputs["url"]) ?? "").replace("https://", "")}`,
    }),
  outputs: (moment) => ({
    arn: moment.id,
    thumbprintLists: moment.inputs["thumbprintLists"] ?? [moment.random("thumbprint", 40, HEX)],
    // The provider reads the address back without its scheme, and knows that it is the same.
    url: text(moment.inputs["url"]) ?? "",
  }),
  seconds: { create: 1, update: 1, delete: 1, source: "estimate" },
});

export const rows: readonly Row[] = [oidcProvider];
