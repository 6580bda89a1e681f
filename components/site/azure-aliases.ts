import type * as pulumi from "@pulumi/pulumi";

/**
 * Leaves out of a resource's aliases the types of single API versions (`azure-native:storage/v20230101:StorageAccount`),
 * which no stack of ours was ever made with: azure-native gives up to 113 a resource, the SDK makes a URN of each, and
 * all are sent. Types that moved (`azure-native:cache:RedisEnterprise`) stay.
 */
export const withoutVersionedAliases: pulumi.ResourceTransformation = ({ type, props, opts }) =>
  type.startsWith("azure-native:") && opts.aliases
    ? { props, opts: { ...opts, aliases: opts.aliases.filter((alias) => !isVersioned(alias)) } }
    : undefined;

const isVersioned = (alias: unknown): boolean =>
  typeof alias === "object" &&
  alias !== null &&
  "type" in alias &&
  typeof alias.type === "string" &&
  /^azure-native:\w+\/v\d/.test(alias.type);
