import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { Asset, type PropertyMap } from "./values";

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
