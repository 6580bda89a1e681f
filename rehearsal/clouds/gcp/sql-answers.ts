import { address as nth } from "../cidr";
import type { Moment, Props } from "../row";
import { HEX } from "../shapes";
import { list, number, object, pick, text } from "../values";
import { regionOf } from "./common";
import { connectionType } from "./peering";
import { editionOf } from "./sql-tier";

/** The private address: out of the range that the network has lent to Google. */
export const privateAddress = (moment: Moment): string =>
  lentAddress(moment, text(pick(moment.inputs, "settings.ipConfiguration.privateNetwork")));

export function lentAddress(moment: Moment, link: string | undefined): string {
  if (link === undefined) return "";
  const tail = link.replace(/^https?:\/\/.+\/(projects\/)/, "$1");
  const connection = moment.account
    .all(connectionType)
    .find((item) => (text(item.inputs["network"]) ?? "").endsWith(tail));
  const range = moment.account.find(
    ["gcp:compute/globalAddress:GlobalAddress"],
    "name",
    list(connection?.inputs["reservedPeeringRanges"])[0] ?? null,
  );
  const [base, prefix] = [
    text(range?.outputs["address"]) ?? "10.128.0.0",
    number(range?.outputs["prefixLength"]) ?? 20,
  ];
  return lentHost(moment, `${base}/${prefix}`);
}

/** Some address of a range, the same for the same resource. */
export function lentHost(moment: Moment, range: string): string {
  const size = 2 ** (32 - Number(range.replace(/^.*\//, "")));
  return nth(range, 2 + (Number.parseInt(moment.random("host", 5), 16) % (size - 4)));
}

export const publicAddress = (moment: Moment) =>
  `34.${[64, 256, 254].map((most, index) => Number.parseInt(moment.random(`public${index}`, 4), 16) % most).join(".")}`;

/** Settings as the API answers them: its defaults behind what was asked for. */
export function answered({ inputs, old }: Moment): Props {
  const given = object(inputs["settings"]);
  const ip = object(given["ipConfiguration"]);
  const backup = object(given["backupConfiguration"]);
  const before = object(old?.outputs["settings"]);
  const availability = given["availabilityType"] ?? "ZONAL";
  return {
    ...given,
    version: (number(before["version"]) ?? 0) + 1,
    activationPolicy: given["activationPolicy"] ?? "ALWAYS",
    availabilityType: availability,
    effectiveAvailabilityType: availability,
    edition: editionOf(inputs),
    pricingPlan: given["pricingPlan"] ?? "PER_USE",
    diskType: given["diskType"] ?? "PD_SSD",
    diskAutoresize: given["diskAutoresize"] ?? true,
    diskAutoresizeLimit: given["diskAutoresizeLimit"] ?? 0,
    // A disk that has grown stays grown.
    diskSize: Math.max(number(before["diskSize"]) ?? 0, number(given["diskSize"]) ?? 10),
    connectorEnforcement: given["connectorEnforcement"] ?? "NOT_REQUIRED",
    deletionProtectionEnabled: given["deletionProtectionEnabled"] ?? false,
    backupConfiguration: {
      enabled: false,
      binaryLogEnabled: false,
      startTime: "03:00",
      transactionLogRetentionDays: editionOf(inputs) === "ENTERPRISE_PLUS" ? 14 : 7,
      backupTier: "STANDARD",
      ...backup,
      backupRetentionSettings: {
        retainedBackups: 7,
        retentionUnit: "COUNT",
        ...object(backup["backupRetentionSettings"]),
      },
    },
    ipConfiguration: {
      ipv4Enabled: true,
      sslMode: "ALLOW_UNENCRYPTED_AND_ENCRYPTED",
      serverCaMode: "GOOGLE_MANAGED_INTERNAL_CA",
      enablePrivatePathForGoogleCloudServices: false,
      ...ip,
    },
    locationPreference: given["locationPreference"] ?? {
      zone:
        text(pick(before, "locationPreference.zone")) ??
        `${regionOf({ inputs, place: { region: "" } as Moment["place"] })}-c`,
    },
  };
}

export const certificate = (moment: Moment, where: string) => ({
  cert: `-----BEGIN CERTIFICATE-----\n${moment.random("certificate", 64, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")}\n-----END CERTIFICATE-----\n`,
  commonName: `Google Cloud SQL Server CA ${where}`,
  createTime: moment.now,
  expirationTime: new Date(Date.parse(moment.now) + 3650 * 86_400_000).toISOString(),
  sha1Fingerprint: moment.random("fingerprint", 40, HEX),
});
