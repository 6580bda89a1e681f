// Where things stand in Azure: how regions are written, which have zones, and which are partners.
import { refuse } from "../limits";
import type { Moment, Props, Refusal, Value } from "../row";
import { isSet, isUnknown, text } from "../values";
import { resourceGroup } from "./types";

/** "West US 2" is "westus2". */
export const plainLocation = (value: Value | undefined): string =>
  (text(value) ?? "").toLowerCase().replaceAll(" ", "");

/** https://learn.microsoft.com/azure/reliability/regions-list: those without zones, so that a younger region passes. */
const withoutZones = new Set(
  `australiacentral australiacentral2 australiasoutheast brazilsoutheast canadaeast francesouth germanynorth
   jioindiacentral jioindiawest koreasouth northcentralus norwaywest southafricawest southindia swedensouth
   switzerlandwest uaecentral ukwest westcentralus westindia westus`.split(/\s+/),
);

/** https://learn.microsoft.com/azure/reliability/regions-paired; the other way round too, save for those marked. */
const pairs = `eastus=westus eastus2=centralus northcentralus=southcentralus westus2=westcentralus westus3>eastus
  canadacentral=canadaeast brazilsouth>southcentralus brazilsoutheast>brazilsouth northeurope=westeurope
  francecentral=francesouth germanywestcentral=germanynorth norwayeast=norwaywest swedencentral=swedensouth
  switzerlandnorth=switzerlandwest uksouth=ukwest uaenorth=uaecentral southafricanorth=southafricawest
  australiaeast=australiasoutheast australiacentral=australiacentral2 centralindia=southindia westindia>southindia
  eastasia=southeastasia japaneast=japanwest koreacentral=koreasouth jioindiawest=jioindiacentral`;
const partners = new Map(
  pairs.split(/\s+/).flatMap((pair): readonly (readonly [string, string])[] => {
    const [one = "", other = ""] = pair.split(/[=>]/);
    return [[one, other], ...(pair.includes("=") ? [[other, one] as const] : [])];
  }),
);
/** Same page: regions that were built without a partner. */
const withoutPartner = new Set(
  `austriaeast belgiumcentral chilecentral denmarkeast indonesiacentral israelcentral italynorth malaysiawest
   mexicocentral newzealandnorth polandcentral qatarcentral spaincentral`.split(/\s+/),
);

/** Where geo-redundant copies go; undefined where none do, or where it isn't known. */
export const partnerOf = (location: Value | undefined): string | undefined => partners.get(plainLocation(location));
export const lacksPartner = (location: Value | undefined): boolean => withoutPartner.has(plainLocation(location));

export const lacksZones = (location: Value | undefined): boolean => withoutZones.has(plainLocation(location));

/** What asks for zones in a region that has none. */
export const zoneRefusals = (inputs: Props, property: string, wanted: boolean): readonly Refusal[] =>
  wanted && lacksZones(inputs["location"])
    ? refuse(
        property,
        `AvailabilityZoneNotSupported: The region '${plainLocation(inputs["location"])}' does not support availability zones.`,
      )
    : [];

/** Where azure-native takes a location from: what it was, its configuration, the resource group. */
export function defaultLocation({ inputs, old, place, account }: Moment): Props {
  const before = old?.inputs["location"];
  if (isSet(before)) return { location: before ?? "" };
  if (isSet(place.config["location"])) return { location: place.config["location"] ?? "" };
  const group = inputs["resourceGroupName"];
  if (group === undefined) return {};
  if (isUnknown(group)) return { location: group };
  const found = account.find([resourceGroup], "name", group);
  const location = found?.outputs["location"];
  return location === undefined ? {} : { location };
}

/** Azure writes no region with a hyphen; which others there are changes too often to be listed. */
export function locationRefusals(inputs: Props, type: string): readonly Refusal[] {
  if (!isSet(inputs["location"]))
    return refuse(
      "location",
      "missing required property 'location'. Either set it explicitly or configure it with 'pulumi config set azure-native:location <value>'.",
    );
  const given = text(inputs["location"]);
  return given === undefined || /^[a-z0-9 ]+$/i.test(given)
    ? []
    : refuse(
        "location",
        `LocationNotAvailableForResourceType: The provided location '${given}' is not available for resource type '${type}'.`,
      );
}

/** Azure moves nothing: another location under the same name is refused. */
export function movedRefusals({ inputs, old }: Moment, ownProperty: string): readonly Refusal[] {
  const [before, after] = [plainLocation(old?.inputs["location"]), plainLocation(inputs["location"])];
  if (!before || !after || before === after) return [];
  return refuse(
    "location",
    `InvalidResourceLocation: The resource '${text(inputs[ownProperty]) ?? ""}' already exists in location '${before}'. A resource with the same name cannot be created in location '${after}'.`,
  );
}
