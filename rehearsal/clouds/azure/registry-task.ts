// What a registry does on a schedule.
import { between, each, fits, oneOf, refuse } from "../limits";
import type { Row } from "../row";
import { HEX, uuid } from "../shapes";
import { isSet, object, pick, text } from "../values";
import { arm, systemData } from "./arm";
import { namespace, registry, registryPath } from "./container-registry";
import { tenantOf } from "./place";

/** Five fields; seconds aren't known: https://learn.microsoft.com/azure/container-registry/container-registry-tasks-scheduled */
const cron = /^(\S+\s+){4}\S+$/;

const taskRow = arm({
  name: "containerregistry:Task",
  api: "2019-06-01-preview",
  namespace,
  path: [registryPath, ["tasks", "taskName"]],
  parents: [registry],
  inside: true,
  own: { pattern: /^[a-zA-Z0-9-_]{5,50}$/, rule: "TaskNameInvalid: 5 to 50 letters, digits, - and _" },
  location: "replaces",
  taggable: true,
  check: ({ inputs }) => [
    ...oneOf(inputs, "identity.type", ["SystemAssigned", "UserAssigned", "SystemAssigned, UserAssigned", "None"]),
    ...oneOf(inputs, "step.type", ["Docker", "FileTask", "EncodedTask"]),
    ...between(inputs, "timeout", 300, 28800),
    ...fits(inputs, "trigger.timerTriggers.*.schedule", cron, "InvalidCronExpression: five fields, minutes first"),
    ...(isSet(inputs["platform"]) ? [] : refuse("platform", "InvalidParameter: platform is required.")),
    ...(isSet(inputs["step"]) ? [] : refuse("step", "InvalidParameter: step is required.")),
    ...each(
      inputs,
      "step.encodedTaskContent",
      (value) => /version:|"version"/.test(Buffer.from(text(value) ?? "", "base64").toString("utf8")),
      () => "InvalidTaskContent: not a task file in base64.",
    ),
  ],
  outputs: (moment) => ({
    provisioningState: "Succeeded",
    creationDate: moment.old?.outputs["creationDate"] ?? moment.now,
    status: moment.inputs["status"] ?? "Enabled",
    ...(isSet(moment.inputs["identity"])
      ? {
          identity: {
            ...object(moment.inputs["identity"]),
            ...(/SystemAssigned/.test(text(pick(moment.inputs, "identity.type")) ?? "")
              ? {
                  principalId:
                    pick(moment.old?.outputs, "identity.principalId") ?? uuid(moment.random("principal", 32, HEX)),
                  tenantId: tenantOf(moment.place),
                }
              : {}),
          },
        }
      : {}),
    systemData: moment.old?.outputs["systemData"] ?? systemData(moment),
  }),
  seconds: { create: 6, update: 5, delete: 4, source: "estimate" },
});

export const rows: readonly Row[] = [taskRow];
