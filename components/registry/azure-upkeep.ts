import { type Registry, Task } from "@pulumi/azure-native/containerregistry";
import * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "../build";
import { assignRole, type Role } from "../keys/azure-role";
import { azureNames } from "../naming/azure";
import { nativeOf } from "../site";
import { localName, tagsOf } from "../site/azure-names";
import type { CompleteRegistryArgs } from ".";

/**
 * What other clouds' registries do by a setting, Azure's does by tasks: tags are locked one by one, and there is no rule for
 * the number of images. So a new tag can be moved for up to a quarter of an hour, and old releases go once a day.
 *
 * A registry without a public side lets its own tasks in since June 2025 only where it is told to, by a property that
 * the provider's API version (2023-01-01-preview) doesn't have. Once, after the first `up`:
 *   az resource update --ids <registry id> --api-version 2025-06-01-preview --set properties.networkRuleBypassAllowedForTasks=true
 * https://learn.microsoft.com/azure/container-registry/allow-access-trusted-services
 */
const image = "mcr.microsoft.com/azure-cli:2.79.0";
const minutes = { lock: 10, purge: 60 } as const;

interface Chore {
  readonly schedule: string;
  readonly minutes: number;
  readonly roles: readonly Role["role"][];
  /** Commands of a task file: https://learn.microsoft.com/azure/container-registry/container-registry-tasks-reference-yaml */
  readonly command: (repositories: readonly string[], keep: number, registry: string) => string;
}

export const chores: Readonly<Record<"lock" | "purge", Chore>> = {
  lock: {
    schedule: "*/15 * * * *",
    minutes: minutes.lock,
    roles: ["AcrPull", "AcrPush", "Reader"],
    command: (repositories, _, registry) => {
      const each = `az acr repository show-tags -n ${registry} --repository $r -o tsv | xargs -r -I{} az acr repository update -n ${registry} --image $r:{} --write-enabled false -o none`;
      return `${image} bash -c 'az login --identity -o none && for r in ${repositories.join(" ")}; do ${each}; done'`;
    },
  },
  // Locked tags are unlocked by the one who deletes them.
  purge: {
    schedule: "0 4 * * *",
    minutes: minutes.purge,
    roles: ["AcrPull", "AcrPush", "AcrDelete"],
    command: (repositories, keep) =>
      `acr purge ${repositories.map((one) => `--filter '${one}:.*'`).join(" ")} --keep ${keep} --ago 0d --untagged --include-locked`,
  },
};

/** Tags that nobody moves (CLU-14) and only the last releases (CLU-15), as far as Azure can. */
export function upkeep(context: BuildContext<CompleteRegistryArgs>, registry: Registry): readonly pulumi.Resource[] {
  return Object.entries(chores).flatMap(([key, chore]) => {
    const { name, site, args, child } = context;
    const { resourceGroup, subscriptionId } = nativeOf(site, "azure", "Registry");
    const taskName = localName(site, azureNames.registryTask, key);
    const task = new Task(
      `${name}-${key}`,
      {
        taskName,
        registryName: registry.name,
        resourceGroupName: resourceGroup,
        location: site.region,
        status: "Enabled",
        platform: { os: "Linux", architecture: "amd64" },
        agentConfiguration: { cpu: 2 },
        identity: { type: "SystemAssigned" },
        credentials: {
          customRegistries: registry.loginServer.apply((host) => ({ [host]: { identity: "[system]" } })),
        },
        timeout: chore.minutes * 60,
        step: {
          type: "EncodedTask",
          encodedTaskContent: registry.name.apply((own) =>
            taskFile(chore.command(args.repositories, args.keepReleases, own), chore.minutes),
          ),
        },
        trigger: { timerTriggers: [{ name: "timer", schedule: chore.schedule, status: "Enabled" }] },
        tags: tagsOf(site, taskName),
      },
      child,
    );
    // With the id, which nobody knows before the task is made: a preview would take the identity as it was asked for.
    const principalId = pulumi.all([task.identity, task.id]).apply(([identity]) => identity?.principalId ?? "");
    const roles = chore.roles.map((role) =>
      assignRole(
        `${name}-${key}-${role.toLowerCase()}`,
        { role, subscriptionId, principalId, scope: registry.id },
        child,
      ),
    );
    return [task, ...roles];
  });
}

export function taskFile(command: string, minutesLong: number): string {
  const step = { cmd: command, disableWorkingDirectoryOverride: true, timeout: minutesLong * 60 };
  // JSON is YAML.
  return Buffer.from(JSON.stringify({ version: "v1.1.0", steps: [step] })).toString("base64");
}
