// Assets and archives as the state keeps them.
import type { Json, JsonObject } from "./checkpoint";
import { Archive, Asset } from "./values";
import { signatureKey, signatures } from "./wire";

/** Keys in the order of the alphabet; what is empty is left out, but for the members of an archive without any. */
export function writeAsset(value: Asset | Archive): JsonObject {
  const filled = (entries: object) => Object.fromEntries(Object.entries(entries).filter(([, text]) => text !== ""));
  if (value instanceof Asset)
    return { [signatureKey]: signatures.asset, ...filled({ hash: value.hash, ...value.source }) };
  const { assets, ...source } = value.source;
  const members = Object.entries(assets ?? {}).map(([name, asset]) => [name, writeAsset(asset)] as const);
  return {
    [signatureKey]: signatures.archive,
    ...(assets && { assets: Object.fromEntries(members.sort(([a], [b]) => (a < b ? -1 : 1))) }),
    ...filled({ hash: value.hash, ...source }),
  };
}

const textOf = (value: Json | undefined): string => (typeof value === "string" ? value : "");

export function readAsset(object: JsonObject): Asset | Archive {
  const [path, uri, hash] = [textOf(object["path"]), textOf(object["uri"]), textOf(object["hash"])];
  if (object[signatureKey] === signatures.asset)
    return new Asset(path ? { path } : uri ? { uri } : { text: textOf(object["text"]) }, hash);
  const assets = object["assets"];
  const members = Object.entries((assets ?? {}) as JsonObject).map(([name, asset]) => {
    const read = readAsset(asset as JsonObject);
    if (read instanceof Asset) return [name, read] as const;
    throw new Error(`state holds an archive within an archive (${name}), which the built-in engine does not support`);
  });
  return new Archive(
    {
      ...(path && { path }),
      ...(uri && { uri }),
      // one known by its hash alone is an archive without members, as the CLI reads it
      ...((assets !== undefined || (!path && !uri)) && { assets: Object.fromEntries(members) }),
    },
    hash,
  );
}
