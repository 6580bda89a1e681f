// Disk encryption sets.
import { fits, oneOf, refuse } from "../limits";
import type { Row } from "../row";
import { isSet, pick, text, texts } from "../values";
import { arm, identityOutput } from "./arm";
import { userAssignedIdentity } from "./identity";
import { keyUseRefusals } from "./key-use";
import { vault } from "./keyvault";

const setRow = arm({
  name: "compute:DiskEncryptionSet",
  api: "2024-03-02",
  namespace: "Microsoft.Compute",
  path: [["diskEncryptionSets", "diskEncryptionSetName"]],
  own: { pattern: /^[\w-]{1,80}$/, rule: "1 to 80 letters, digits, _ and -" },
  location: "refused",
  taggable: true,
  references: [
    { path: "identity.userAssignedIdentities.*", to: [userAssignedIdentity], weak: true },
    { path: "activeKey.sourceVault.id", to: [vault], weak: true },
  ],
  check: ({ inputs }) => [
    ...fits(
      inputs,
      "activeKey.keyUrl",
      /^https:\/\/[a-zA-Z0-9-]+\.vault\.azure\.net\/keys\/[^/]+\/[0-9a-f]{32}$/,
      "InvalidParameter: a key's URL with its version",
    ),
    ...(isSet(pick(inputs, "activeKey.keyUrl")) ? [] : refuse("activeKey.keyUrl", "InvalidParameter: required.")),
    ...oneOf(inputs, "identity.type", ["SystemAssigned", "UserAssigned", "SystemAssigned, UserAssigned", "None"]),
  ],
  admit: (moment) => {
    const { inputs, old } = moment;
    const [user] = texts(pick(inputs, "identity.userAssignedIdentities"));
    return [
      ...keyUseRefusals(moment, "activeKey.keyUrl", pick(inputs, "activeKey.keyUrl"), { by: "id", value: user }),
      ...(old && text(old.inputs["encryptionType"]) !== text(inputs["encryptionType"])
        ? refuse("encryptionType", "PropertyChangeNotAllowed: Changing property 'encryptionType' is not allowed.")
        : []),
    ];
  },
  outputs: (moment) => ({
    provisioningState: "Succeeded",
    previousKeys: [],
    lastKeyRotationTimestamp: moment.old?.outputs["lastKeyRotationTimestamp"] ?? moment.now,
    ...(isSet(moment.inputs["identity"])
      ? { identity: identityOutput(moment.inputs["identity"], moment, userAssignedIdentity) }
      : {}),
  }),
  seconds: { create: 15, update: 10, delete: 15, source: "estimate" },
});

export const rows: readonly Row[] = [setRow];
