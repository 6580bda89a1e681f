import { each, refuse } from "../limits";
import type { Moment, Props, Reference, Refusal, Value } from "../row";
import { googleName, selfLink } from "../shapes";
import { flag, isSet, isUnknown, object, text } from "../values";
import { regions } from "./regions";

/** The bridge's rule for every `name`: the logical one, `-` and 7 hex digits. */
export const named = { property: "name", max: 255 } as const;
/** Compute's names that are lowered on top (pulumi-gcp, lowercaseAutoName). */
export const loweredName = { property: "name", max: 63, lower: true } as const;

export const projectOf = ({ inputs, place }: Pick<Moment, "inputs" | "place">): string =>
  (text(inputs["project"]) ?? place.account).replace(/^projects\//, "");
export const regionOf = ({ inputs, place }: Pick<Moment, "inputs" | "place">): string =>
  (text(inputs["region"]) ?? place.region).replace(/^.*\//, "");
export const nameOf = ({ inputs }: Pick<Moment, "inputs">, property = "name"): string => text(inputs[property]) ?? "";

/** `projects/P/regions/R/<kind>/N`, or `global` in the region's place. */
export const computeId = (moment: Moment, kind: string, location = "global"): string =>
  googleName(projectOf(moment), location, kind, nameOf(moment));
export const computeLink = (id: string): string => selfLink("compute", "v1", id);

/** What a reference to a compute resource may be written as. */
export const anyLink = ["id", "selfLink", "name"] as const;
export const network = (path: string): Reference => ({ path, to: ["gcp:compute/network:Network"], by: anyLink });

/** Links in any form -> the full one, as the provider stores what it reads. A bare name is a network of the project. */
export function fullLink(value: Value | undefined, moment: Moment, kind: string, location = "global"): Value {
  const given = text(value);
  if (given === undefined) return value ?? null;
  if (given.startsWith("https://")) return given;
  return computeLink(given.includes("/") ? given : googleName(projectOf(moment), location, kind, given));
}

/** A value as text, for patterns: what isn't text, number or flag is empty and fits none. */
export const said = (value: Value | undefined): string =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : "";

/** Where a regional resource is, or why that isn't known. */
export function region(moment: Moment): readonly Refusal[] {
  if (isUnknown(moment.inputs["region"])) return [];
  const found = regionOf(moment);
  if (found === "") return refuse("region", "region: required field is not set (neither here nor on the provider)");
  return Object.hasOwn(regions, found) ? [] : refuse("region", `unknown region "${found}"`);
}

/** RFC 1035, as the provider checks it for compute. */
export const gceName = (inputs: Props, property = "name"): readonly Refusal[] =>
  each(
    inputs,
    property,
    (value) => typeof value === "string" && /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/.test(value),
    (value) => `${property} (${value}) doesn't match regexp "^(?:[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?)$"`,
  );

/** Keys and values of labels. https://cloud.google.com/resource-manager/docs/labels-overview#requirements */
export function labels(inputs: Props, property = "labels"): readonly Refusal[] {
  const entries = Object.entries(object(inputs[property]));
  const wrong = (part: string, value: string) =>
    refuse(
      `${property}.${part}`,
      `label ${JSON.stringify(value)} may hold lower case letters, digits, _ and - only, 63 at most; a key begins with a letter`,
    );
  return [
    ...(entries.length > 64 ? refuse(property, `${entries.length} labels; a resource takes 64`) : []),
    ...entries.flatMap(([key]) => (/^[\p{Ll}\p{Lo}][\p{Ll}\p{Lo}\p{N}_-]{0,62}$/u.test(key) ? [] : wrong(key, key))),
    ...entries.flatMap(([key, value]) =>
      typeof value !== "string" || /^[\p{Ll}\p{Lo}\p{N}_-]{0,63}$/u.test(value) ? [] : wrong(key, value),
    ),
  ];
}

/** `pulumiLabels`: the provider's and the resource's; `effectiveLabels`: those and Pulumi's own mark of creation. */
export function labelOutputs({ inputs, place, old }: Moment, property = "labels"): Props {
  const own = { ...object(place.config["defaultLabels"]), ...object(inputs[property]) };
  const config = place.config["addPulumiAttributionLabel"];
  const marked = flag(config) ?? config !== "false";
  const mark = old ? object(old.outputs["effectiveLabels"])["goog-pulumi-provisioned"] : marked ? "true" : undefined;
  return {
    [property]: inputs[property] ?? {},
    pulumiLabels: own,
    effectiveLabels: isSet(mark) ? { ...own, "goog-pulumi-provisioned": mark ?? null } : own,
  };
}
/** The provider keeps both from the display. */
export const labelSecrets = ["effectiveLabels", "pulumiLabels"] as const;

/** What a deletion policy says before a deletion; the provider's own words. */
export const preventedBy = ({ inputs, old }: Moment): string | undefined =>
  inputs["deletionPolicy"] === "PREVENT"
    ? `cannot destroy "${old?.id ?? ""}" without setting deletion_policy="DELETE" and running \`pulumi up\``
    : undefined;
export const deletionPolicy = ({ inputs }: Moment): Props => ({ deletionPolicy: inputs["deletionPolicy"] ?? "DELETE" });

/** Creation time: kept over updates. */
export const since = ({ old, now }: Moment, property: string): Props => ({ [property]: old?.outputs[property] ?? now });
/** Something that is made up once and then stays. */
export const kept = ({ old }: Moment, property: string, make: () => Value): Props => ({
  [property]: old?.outputs[property] ?? make(),
});

/** A duration in the API's JSON form (`86400s`, `3.5s`) as seconds. */
export function seconds(value: Value | undefined): number | undefined {
  const match = /^(\d+(?:\.\d{1,9})?)s$/.exec(text(value) ?? "");
  return match ? Number(match[1]) : undefined;
}
