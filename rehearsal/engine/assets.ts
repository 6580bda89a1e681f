import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { Archive, Asset, mapObject, type PropertyMap, transform, type Value } from "./values";

/** An asset with the hash of its content, as the engine's state keeps it. */
export function assetFrom(object: PropertyMap, folder: string | undefined): Asset {
  const { text, path, uri, hash } = object;
  const sha256 = (content: string | Buffer) => createHash("sha256").update(content).digest("hex");
  if (typeof path === "string" && path !== "") {
    return new Asset(
      { path },
      typeof hash === "string" && hash ? hash : sha256(readFileSync(resolve(folder ?? ".", path))),
    );
  }
  if (typeof uri === "string" && uri !== "") {
    if (typeof hash !== "string" || !hash) {
      throw new Error(
        `asset ${uri}: remote assets are not supported by the built-in engine; use a file or the pulumi CLI`,
      );
    }
    return new Asset({ uri }, hash);
  }
  const content = typeof text === "string" ? text : "";
  return new Asset({ text: content }, typeof hash === "string" && hash ? hash : sha256(content));
}

/**
 * An archive of files by name, with the hash of them all; another one only as it came, with its hash.
 * @throws for what would have to be opened first: a folder, an archive file, an archive within one
 */
export function archiveFrom(object: PropertyMap, folder: string | undefined): Archive {
  const { assets, path, uri, hash } = object;
  const known = typeof hash === "string" && hash ? hash : undefined;
  if (assets === undefined || assets === null) {
    if (known === undefined)
      throw new Error("archives of a path or URL are not supported by the built-in engine; use the pulumi CLI");
    if (typeof path === "string" && path) return new Archive({ path }, known);
    if (typeof uri === "string" && uri) return new Archive({ uri }, known);
    // told by its hash alone; the CLI reads it as an archive without members, too
    return new Archive({ assets: {} }, known);
  }
  const files = Object.entries(assets as PropertyMap).map(([name, asset]) => {
    if (asset instanceof Asset) return [name, asset] as const;
    throw new Error(`archive member ${name}: only assets are supported by the built-in engine; use the pulumi CLI`);
  });
  return new Archive({ assets: Object.fromEntries(files) }, known ?? hashOf(files, folder));
}

/**
 * Assets and archives in `echoed` that come back as their hash alone get the contents that `original` has for it, as the
 * CLI does after a read. An archive of assets doesn't: by then it has members, if none.
 */
export function restoreContents(original: PropertyMap, echoed: PropertyMap): PropertyMap {
  const known = new Map<string, Asset>();
  const collect = (value: Value): undefined => {
    if (value instanceof Asset) known.set(value.hash, value);
  };
  transform(original, collect);
  if (known.size === 0) return echoed;
  return mapObject(echoed, (inner) =>
    transform(inner, (value) =>
      value instanceof Asset && value.source.text === "" ? (known.get(value.hash) ?? value) : undefined,
    ),
  );
}

/** SHA-256 of a tar file of them, as the CLI makes one: by name, the fields of Go's archive/tar. */
function hashOf(files: readonly (readonly [string, Asset])[], folder: string | undefined): string {
  const hash = createHash("sha256");
  for (const [name, { source }] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (source.uri !== undefined) throw new Error(`archive member ${name}: remote assets are not supported`);
    const content =
      source.path === undefined ? Buffer.from(source.text ?? "") : readFileSync(resolve(folder ?? ".", source.path));
    hash.update(tarHeader(name, content.length)).update(content);
    hash.update(Buffer.alloc((block - (content.length % block)) % block));
  }
  return hash.update(Buffer.alloc(2 * block)).digest("hex");
}

const block = 512;

/** https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html: ustar, with nothing but name, mode and size said. */
function tarHeader(name: string, size: number): Buffer {
  if (Buffer.byteLength(name) > 100) throw new Error(`archive member ${name}: the name has more than 100 bytes`);
  const header = Buffer.alloc(block);
  const octal = (value: number, at: number, length: number) =>
    header.write(value.toString(8).padStart(length - 1, "0"), at, "ascii");
  header.write(name, 0);
  octal(0o600, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(size, 124, 12);
  octal(0, 136, 12);
  header.write("        0", 148, "ascii");
  header.write("ustar", 257, "ascii");
  header.write("00", 263, "ascii");
  octal(0, 329, 8);
  octal(0, 337, 8);
  const sum = header.reduce((total, byte) => total + byte, 0);
  octal(sum, 148, 7);
  header.writeUInt8(0, 154);
  return header;
}
