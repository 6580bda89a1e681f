// What every AWS row has in common: region, tags, ARNs, ids.
import { createHash } from "node:crypto";
import { exclusive } from "../limits";
import type { AccountView, Item, Moment, Place, Props, Refusal, Row, Value } from "../row";
import { arn, DIGITS, HEX } from "../shapes";
import { isKnown, isSet, object, text } from "../values";
import { conflictRefusals } from "./api-conflicts";
import { apiRefusals } from "./api-limits";
import { jsonRefusals, lacking, schemaOf } from "./provider-rules";

export interface AwsRow extends Row {
  /** Lives in no region: IAM. @default false */
  readonly global?: boolean;
  /** @default true */
  readonly taggable?: boolean;
  /** Defaults of the provider's schema, those that are false, 0 or empty among them. */
  readonly inputDefaults?: NonNullable<Row["inputDefaults"]>;
}

/** Completes a row: `region` (which replaces when it changes), `tagsAll`, names by prefix, and what limits every type. */
export function awsRow({ global = false, taggable = true, ...row }: AwsRow): Row {
  const name = row.autoName?.property;
  const schema = schemaOf(row);
  const defaults = (moment: Moment, telling: boolean) =>
    Object.fromEntries(
      Object.entries(schema.inputDefaults?.(moment) ?? {}).filter(([, value]) => Boolean(value) === telling),
    );
  return {
    ...row,
    ...schema,
    immutable: [...(schema.immutable ?? []), ...(global ? [] : ["region"])],
    // The bridge leaves out defaults that are false, 0 or empty (pkg/tfbridge/schema.go, shouldSuppressTFSchemaDefaultValue):
    // the provider answers them.
    inputDefaults: (moment) => defaults(moment, true),
    check: (moment) => [
      ...(taggable ? tagRefusals(moment) : []),
      ...(name === undefined ? [] : exclusive(moment.inputs, name, `${name}Prefix`)),
      ...conflictRefusals(row.type, moment.inputs),
      ...apiRefusals(row.type, moment.inputs),
      ...jsonRefusals(row.type, moment.inputs),
      ...(row.check?.(moment) ?? []),
    ],
    id: (moment) => row.id({ ...moment, inputs: { ...moment.inputs, ...prefixed(row, moment) } }),
    outputs: (moment) => {
      const made = prefixed(row, moment);
      const stays = staying(schema.kept ?? [], moment);
      return {
        ...stays,
        ...lacking(defaults(moment, false), moment.inputs),
        ...(global ? {} : { region: regionOf(moment) }),
        ...(taggable ? { tagsAll: tagsAll(moment) } : {}),
        ...row.outputs({ ...moment, inputs: { ...stays, ...moment.inputs, ...made } }),
        ...(name === undefined || made[name] === undefined
          ? {}
          : { ...made, [`${name}Prefix`]: moment.inputs[`${name}Prefix`] ?? "" }),
      };
    },
  };
}

/** What the program gave before and gives no longer, where it stays all the same. */
const staying = (kept: readonly string[], { inputs, old }: Moment): Props =>
  Object.fromEntries(
    kept
      .filter((path) => !path.includes(".") && !isSet(inputs[path]) && isSet(old?.inputs[path]))
      .map((path) => [path, old?.outputs[path] ?? null]),
  );

/** The name of what has a prefix only: 26 characters behind it, as terraform-plugin-sdk's helper/id makes them of the time. */
function prefixed({ autoName }: AwsRow, { inputs, old, random }: Moment): Props {
  const name = autoName?.property ?? "";
  const prefix = text(inputs[`${name}Prefix`]);
  if (name === "" || prefix === undefined || isSet(inputs[name])) return {};
  return { [name]: text(old?.outputs[name]) ?? `${prefix}20${random("prefixed", 16, DIGITS)}00000001` };
}

export const regionOf = ({ inputs, place }: { readonly inputs: Props; readonly place: Place }): string =>
  text(inputs["region"]) ?? place.region;

/** The resource's own ARN in its region and account. */
export const arnOf = (moment: Moment, service: string, resource: string): string =>
  arn({ service, resource, region: regionOf(moment), account: moment.place.account });

/** `vpc-0a1b2c3d4e5f67890`: EC2's long ids. */
export const ec2Id = (moment: Moment, prefix: string, label = "id"): string =>
  `${prefix}-0${moment.random(label, 16, HEX)}`;

/** Text that is the same for everything of one account and region, as in RDS endpoints. */
export function placeHash(place: Place, region: string, length: number): string {
  const digest = createHash("sha256").update(`${place.account}/${region}`).digest();
  return [...digest]
    .map((byte) => "abcdefghijklmnopqrstuvwxyz0123456789"[byte % 36])
    .join("")
    .slice(0, length);
}

function tagsAll({ inputs, place }: Moment): Value {
  const defaults = object(object(place.config["defaultTags"])["tags"]);
  const own = inputs["tags"];
  return isKnown(own) ? { ...defaults, ...object(own) } : (own as Value);
}

/** https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html; EC2 takes any character. */
function tagRefusals({ inputs, type }: Moment): readonly Refusal[] {
  const tags = Object.entries(object(inputs["tags"]));
  const free = type.startsWith("aws:ec2/") || type.startsWith("aws:vpc/");
  const wrong = (key: string, value: Value): string | undefined => {
    if (/^aws:/i.test(key)) return "tag keys that begin with aws: are reserved for system use";
    if (key.length < 1 || key.length > 128) return `a tag key has 1 to 128 characters, this one has ${key.length}`;
    if (typeof value !== "string") return undefined;
    if (value.length > 256) return `a tag value has at most 256 characters, this one has ${value.length}`;
    return free || (tagText.test(key) && tagText.test(value))
      ? undefined
      : "tags hold letters, digits, spaces and _ . : / = + - @ only";
  };
  const found = tags.flatMap(([key, value]) => {
    const reason = wrong(key, value);
    return reason === undefined ? [] : [{ property: `tags.${key}`, reason }];
  });
  return tags.length > 50 ? [...found, { property: "tags", reason: `at most 50 tags, got ${tags.length}` }] : found;
}
const tagText = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** Output of a neighbour as text, or undefined when there is no such neighbour or it isn't text. */
export const told = (item: Item | undefined, output: string): string | undefined =>
  item === undefined ? undefined : text(item.outputs[output]);

/** The neighbours that these ids name; unknown and absent ones are left out (references say so on their own). */
export const itemsOf = (account: AccountView, type: string, ids: readonly string[]): readonly Item[] =>
  ids.flatMap((id) => account.find([type], "id", id) ?? []);

/** An ARN of any AWS service, as the provider checks it. */
export const arnPattern =
  /^arn:[\w-]+:([a-zA-Z0-9\-.]+):([a-z]{2}(-gov)?(-iso[a-z]?)?-[a-z]+-\d{1})?:(\d{12}|aws|)?:(.*)$/;
export const arnRule = "it must be an ARN: arn:partition:service:region:account:resource";

/** A value as a message shows it: text as it is, anything else as JSON. */
export const plain = (value: Value | undefined): string =>
  typeof value === "string" ? value : (JSON.stringify(value) ?? "");
