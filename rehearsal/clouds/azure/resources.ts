import type { Row } from "../row";
import { azureId } from "../shapes";
import { text } from "../values";
import { arm } from "./arm";
import { lockOn } from "./locks";
import { token } from "./types";

const base = arm({
  name: "resources:ResourceGroup",
  api: "2024-03-01",
  namespace: "Microsoft.Resources",
  path: [["resourceGroups", "resourceGroupName"]],
  own: {
    pattern: /^[-\p{L}\p{N}_.()]{0,89}[-\p{L}\p{N}_()]$/u,
    rule: "1 to 90 letters, digits, and _ - . ( ), not ending in a period",
  },
  location: "replaces",
  taggable: true,
  seconds: { create: 2, update: 2, delete: 60, source: "estimate: an empty group" },
});

/** The group itself: it lies in the subscription, not in a group. */
const { ties: _, ...free } = base;
const resourceGroup: Row = {
  ...free,
  immutable: ["resourceGroupName", "location"],
  unique: { by: ["resourceGroupName"], scope: "account" },
  release: (moment) => lockOn(moment),
  id: ({ inputs, place }) => azureId(place.account, text(inputs["resourceGroupName"]) ?? "", undefined),
  outputs: ({ inputs }) => ({
    name: inputs["resourceGroupName"] ?? "",
    type: "Microsoft.Resources/resourceGroups",
    azureApiVersion: "2024-03-01",
    properties: { provisioningState: "Succeeded" },
  }),
};

export const rows: readonly Row[] = [resourceGroup];
export const types = { resourceGroup: token("resources:ResourceGroup") } as const;
