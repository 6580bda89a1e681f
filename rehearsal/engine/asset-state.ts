// Assets and archives as the state keeps them.
import type { Json, JsonObject } from "./checkpoint";
import { Archive, Asset } from "./values";
import { signatureKey, signatures } from "./wire";

export function writeAsset(value: Asset | Archive): JsonObject {
  if (value instanceof Asset) return { [signatureKey]: signatures.asset, hash: value.hash, ...value.source };
  const { assets, ...source } = value.source;
  const members = Object.entries(assets ?? {}).map(([name, asset]) => [name, writeAsset(asset)] as const);
  return {
    [signatureKey]: signatures.archive,
    hash: value.hash,
    ...source,
    ...(assets && { assets: Object.fromEntries(members) }),
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
      ...(assets !== undefined && { assets: Object.fromEntries(members) }),
    },
    hash,
  );
}
