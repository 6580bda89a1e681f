import { type Mistake, outside, refuse } from "../mistake";
import { elsewhereMistakes } from "../site/check";
import type { CompleteSecretsArgs } from ".";

/** Bounds of the numbers, inclusive; what they mean is in SecretsArgs. */
export const secretsRanges = { rotationDays: [7, 365] } as const;
const specRanges = { length: [16, 128] } as const;

/** Refuses, with pulumi.RunError, what the clouds would refuse later: field, value, remedy. */
export function checkSecrets(name: string, args: CompleteSecretsArgs): void {
  refuse("Secrets", name, [
    ...secretsMistakes(args),
    ...elsewhereMistakes("replica.site", args.site, args.replica?.site),
  ]);
}

/** Kebab-case is what all three stores take. */
const secretName = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

export function secretsMistakes(choice: Pick<CompleteSecretsArgs, "secrets" | "rotationDays">): Mistake[] {
  const names = Object.keys(choice.secrets).filter((name) => !secretName.test(name) || name.length > 60);
  const lengths = Object.entries(choice.secrets).flatMap(([name, { length }]) =>
    outside(specRanges, length === undefined ? {} : { length }).map((one) => ({
      ...one,
      field: `secrets.${name}.length`,
    })),
  );
  return [
    ...outside(secretsRanges, choice),
    ...names.map((name) => ({
      field: "secrets",
      value: name,
      remedy: "use lower case letters, digits and single -, a letter first, 60 characters at most",
    })),
    ...lengths,
  ];
}
