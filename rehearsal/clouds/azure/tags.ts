// Tags of Azure's resources: https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources#limitations
import { each, refuse } from "../limits";
import type { Props, Refusal } from "../row";
import { object } from "../values";

/** `longestKey`: most names of tags are up to 512 characters; storage accounts take 128. */
export function tagRefusals(inputs: Props, longestKey: number): readonly Refusal[] {
  const tags = Object.entries(object(inputs["tags"]));
  const names = tags.map(([key]) => key.toLowerCase());
  return [
    ...(tags.length > 50 ? refuse("tags", `The number of tags is ${tags.length}; the maximum is 50.`) : []),
    ...tags.flatMap(([key]) =>
      key.length > longestKey || /[<>%&\\?/]/.test(key) || /^(microsoft|azure|windows)/i.test(key)
        ? refuse(
            `tags.${key}`,
            `InvalidTagName: The tag name '${key}' is reserved, too long or has characters of <>%&\\?/.`,
          )
        : [],
    ),
    ...tags.flatMap(([key], index) =>
      names.indexOf(key.toLowerCase()) < index
        ? refuse(`tags.${key}`, `DuplicateTagName: Tag names are case-insensitive; '${key}' is there twice.`)
        : [],
    ),
    ...each(
      inputs,
      "tags.*",
      (value) => typeof value === "string" && value.length <= 256,
      (value) => `InvalidTagValue: ${value} is longer than 256 characters.`,
    ),
  ];
}
