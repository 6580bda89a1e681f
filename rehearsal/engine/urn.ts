// urn:pulumi:<stack>::<project>::<parent type chain$type>::<name>

export const rootStackType = "pulumi:pulumi:Stack";

/** Where a resource's URN belongs: stack and project. */
export interface Home {
  readonly stack: string;
  readonly project: string;
}

/** Type chain and all: the third part of a URN. */
export const qualifiedType = (urn: string): string => urn.split("::")[2] ?? "";

export const typeOf = (urn: string): string => {
  const chain = qualifiedType(urn);
  return chain.slice(chain.lastIndexOf("$") + 1);
};

/** Logical name; it may itself contain "::". */
export const nameOf = (urn: string): string => urn.split("::").slice(3).join("::");

export function createUrn(home: Home, parent: string, type: string, name: string): string {
  const above = parent === "" ? "" : qualifiedType(parent);
  const chain = above === "" || above === rootStackType ? type : `${above}$${type}`;
  return `urn:pulumi:${home.stack}::${home.project}::${chain}::${name}`;
}

export const packageOf = (type: string): string => type.split(":")[0] ?? "";

const providerPrefix = "pulumi:providers:";
export const isProviderType = (type: string): boolean => type.startsWith(providerPrefix);
export const providerType = (pkg: string): string => `${providerPrefix}${pkg}`;
export const providerPackage = (type: string): string => type.slice(providerPrefix.length);

/** Default providers are the engine's own: not shown, not counted. */
export const isDefaultProvider = (urn: string): boolean =>
  isProviderType(typeOf(urn)) && nameOf(urn).startsWith("default");

/** A provider reference: `<urn>::<id>`. */
export function parseReference(text: string): { readonly urn: string; readonly id: string } {
  const at = text.lastIndexOf("::");
  const urn = text.slice(0, at);
  if (at < 0 || !isProviderType(typeOf(urn))) throw new Error(`"${text}" is not a provider reference`);
  return { urn, id: text.slice(at + 2) };
}
