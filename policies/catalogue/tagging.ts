// What tags say.
import type { Texts } from ".";

export const tagging: Texts = {
  "tagging-required": {
    title: "Everything that takes tags carries the required ones",
    severity: "high",
    phase: "resource",
    why: "Cost, ownership and clean-up all start from tags.",
    remedy: {
      aws: "Add the missing tags to tags, or to the provider's defaultTags.",
      azure: "Add the missing tags to tags.",
      gcp: "Add the missing labels to labels, or to the provider's defaultLabels.",
      kubernetes: "Label the namespace app.kubernetes.io/name, and what the setting requiredLabels names.",
    },
  },
  "tagging-values": {
    title: "Tags have valid values",
    severity: "medium",
    phase: "resource",
    why: "A tag with a wrong value is worse than none: reports count it.",
    remedy: {
      aws: "Correct the value.",
      azure: "Correct the value.",
      gcp: "Correct the value: lower case, @ written as _at_.",
      kubernetes: "Correct the label.",
    },
  },
  "tagging-data-classification-drives-baseline": {
    title: "Stores say their data class, and meet the bar of it",
    severity: "high",
    phase: "stack",
    why: "The class of the data decides how it must be kept, so it has to be known.",
    remedy: {
      aws: "Tag the store DataClass; give sensitive data encryption with your key.",
      azure: "Tag the store DataClass; give sensitive data encryption with your key.",
      gcp: "Label the store data-class; give sensitive data encryption with your key.",
      kubernetes: "Use a StorageClass that encrypts for claims labelled as sensitive.",
    },
  },
  "tagging-charset-limits": {
    title: "Tags keep to the cloud's limits",
    severity: "low",
    phase: "resource",
    why: "A cloud refuses such tags in the middle of an update.",
    remedy: {
      aws: "Keep to 50 tags, keys of 128 and values of 256 characters.",
      azure: "Keep to 50 tags, values of 256 characters, no <>%&\\\\?/ in names.",
      gcp: "Keep to 64 labels of 63 lower-case letters, digits, _ and -.",
      kubernetes: "Keep to 63 letters, digits, -, _ and . in names and values, a prefix before one slash.",
    },
  },
  "tagging-database-copy-tags-to-snapshot": {
    title: "Snapshots carry the tags of their database",
    severity: "low",
    phase: "resource",
    why: "Snapshots without tags can't be attributed or cleaned up.",
    remedy: { aws: "Set copyTagsToSnapshot to true." },
  },
};
