// Default providers: what a package is managed by when the program names nobody.

import { denied } from "./checking";
import { type Config, packageConfig } from "./config";
import { dynamicPackage } from "./dynamic";
import type { Goal } from "./resource";
import { providerType } from "./urn";
import { type PropertyMap, Secret, type Value } from "./values";

/** The reference that stands for a default provider which the stack's configuration forbids. */
export const deniedReference = (pkg: string): string =>
  `urn:pulumi:denied::denied::${providerType("denied")}::${pkg}::${denied}`;

/** The provider resource for a package, configured by the stack's settings of that package. */
export function defaultProviderGoal(config: Config, pkg: string, version: string, url: string): Goal {
  // Its providers are the program's own, and so is their configuration.
  const own = pkg === dynamicPackage ? [...config] : packageConfig(config, pkg);
  const settings = own.map(([key, { text, secret }]): [string, Value] => [key, secret ? new Secret(text) : text]);
  const plugin: PropertyMap =
    version === "" && url === ""
      ? {}
      : { ...(version === "" ? {} : { version }), __internal: url === "" ? {} : { pluginDownloadURL: url } };
  const suffix = [version === "" ? "" : `_${version.replace(/[.+-]/g, "_")}`, url === "" ? "" : `_${qualified(url)}`];
  return {
    type: providerType(pkg),
    name: `default${suffix.join("")}`,
    custom: true,
    properties: { ...Object.fromEntries(settings), ...plugin },
    parent: "",
    protect: undefined,
    dependencies: [],
    provider: "",
    propertyDependencies: {},
    deleteBeforeReplace: undefined,
    ignoreChanges: [],
    additionalSecretOutputs: [],
    aliases: [],
    id: "",
    customTimeouts: {},
    replaceOnChanges: [],
    replacementTrigger: null,
    retainOnDelete: undefined,
    hideDiff: [],
    deletedWith: "",
    replaceWith: [],
    hooks: {},
    sourcePosition: "",
    stackTrace: [],
  };
}

/** As the CLI makes a name of an address. */
const qualified = (url: string): string =>
  url
    .split("/")
    .filter((part) => part !== "")
    .map((part) => part.replace(/[^\w.-]/g, "_"))
    .join("/");

/** `pulumi:disable-default-providers`: a JSON list of packages, or "*". */
export function isDenied(config: Config, pkg: string): boolean {
  const text = config.get("pulumi:disable-default-providers")?.text;
  if (text === undefined || text === "") return false;
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    throw new Error(`pulumi:disable-default-providers: ${text} is not a JSON list of package names`);
  }
  if (!Array.isArray(list) || !list.every((name) => typeof name === "string")) {
    throw new Error(`pulumi:disable-default-providers: ${text} is not a JSON list of package names`);
  }
  return list.some((name: string) => ["*", pkg].includes(name.trim()));
}
