// The tags that a resource ends up with: its own, on top of its provider's defaults, in one spelling for all clouds.
import { isObject, isUnknown, read, UNKNOWN } from "./read";
import type { Cloud, Props, View } from "./rule";
import taggable from "./taggable.json";
import { cloudOf, token } from "./tokens";

/** Types that take tags or labels, read from the SDKs' typings; tags.test.ts holds the table against what is installed. */
export const taggableTypes: Readonly<Record<Cloud, readonly string[]>> = {
  aws: tokens("aws", taggable.aws),
  azure: tokens("azure", taggable.azure),
  gcp: tokens("gcp", taggable.gcp),
};

function tokens(cloud: Cloud, modules: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(modules).flatMap(([module, names]) =>
    names.split(" ").map((name) => token(cloud, `${module}.${name}`)),
  );
}

/** Where labels sit when it isn't `labels`. */
const elsewhere: Readonly<Record<string, string>> = {
  [token("gcp", "sql.DatabaseInstance")]: "settings.userLabels",
  [token("gcp", "container.Cluster")]: "resourceLabels",
  // Its `labels` are the channel's own settings: an address, a topic.
  [token("gcp", "monitoring.NotificationChannel")]: "userLabels",
};

export const tagPath = (view: View): string =>
  elsewhere[view.type] ?? (cloudOf(view.type) === "gcp" ? "labels" : "tags");

/** `CostCentre`, `cost-centre`, `cost_centre`: one key. */
export const plainKey = (key: string): string => key.toLowerCase().replace(/[^a-z0-9]/g, "");

/** Own tags as written; UNKNOWN when the whole map isn't known. */
export function ownTags(view: View): Props | typeof UNKNOWN {
  const own = read(view.props, tagPath(view));
  return isUnknown(own) ? UNKNOWN : isObject(own) ? own : {};
}

/** Default tags of the provider. Provider configuration carries objects as JSON text. */
function defaults(view: View): Props {
  const gcp = cloudOf(view.type) === "gcp";
  const found = parsed(read(view.provider, gcp ? "defaultLabels" : "defaultTags"));
  const tags = gcp || !isObject(found) ? found : parsed(found["tags"]);
  return isObject(tags) ? tags : {};
}

function parsed(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

/** All tags, keys in plain spelling; a value may be UNKNOWN. */
export function tagsOf(view: View): ReadonlyMap<string, unknown> | typeof UNKNOWN {
  const own = ownTags(view);
  if (typeof own === "symbol") return UNKNOWN;
  return new Map(
    [...Object.entries(defaults(view)), ...Object.entries(own)].map(([key, value]) => [plainKey(key), value]),
  );
}

/** One tag's value: undefined where it isn't set, UNKNOWN where it can't be known. */
export function tagOf(view: View, key: string): unknown {
  const tags = tagsOf(view);
  return typeof tags === "symbol" ? UNKNOWN : tags.get(plainKey(key));
}
