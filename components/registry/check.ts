import { type Mistake, outside, refuse } from "../mistake";
import { elsewhereMistakes } from "../site/check";
import type { CompleteRegistryArgs } from ".";

/** Bounds of the numbers, inclusive; what they mean is in RegistryArgs. */
export const registryRanges = { keepReleases: [2, 100] } as const;

/** What of a registry can be judged without its site. */
export type RegistryChoice = Pick<CompleteRegistryArgs, "repositories" | keyof typeof registryRanges>;

/** Refuses, with pulumi.RunError, what the clouds would refuse later: field, value, remedy. */
export function checkRegistry(name: string, args: CompleteRegistryArgs): void {
  refuse("Registry", name, [
    ...registryMistakes(args),
    ...elsewhereMistakes("replica.site", args.site, args.replica?.site),
  ]);
}

/** What ECR, ACR and Artifact Registry all take as a repository name. */
const repositoryName = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

export function registryMistakes(choice: RegistryChoice): Mistake[] {
  const { repositories } = choice;
  const remedy =
    "name one or more, each once: lower case letters, digits and single -, a letter first, 2 to 40 characters";
  const fits = (name: string) => repositoryName.test(name) && name.length >= 2 && name.length <= 40;
  const fine =
    repositories.length > 0 && new Set(repositories).size === repositories.length && repositories.every(fits);
  return [
    ...outside(registryRanges, choice),
    ...(fine ? [] : [{ field: "repositories", value: repositories, remedy }]),
  ];
}
