// TAG-01, TAG-02, TAG-04: what is tagged, with what, and within which limits.
import { all, any, equals, fail, filled, isTrue, notApplicable, pass, unknown, when } from "../judge";
import { asText, isUnknown } from "../read";
import { type Cloud, type Context, type Judge, type Part, rule, type Verdict, type View } from "../rule";
import { dataClasses, environments, requiredTags } from "../standards";
import { ownTags, plainKey, taggableTypes, tagOf, tagPath, tagsOf } from "../tags";
import { aws, azure, gcp } from "../tokens";

const everywhere = (judge: Judge): readonly Part[] =>
  (["aws", "azure", "gcp"] as const).map((cloud) => ({ cloud, types: taggableTypes[cloud], needs: "inputs", judge }));

export const required = rule(
  "tagging-required",
  ...everywhere((view) => {
    const tags = tagsOf(view);
    const path = tagPath(view);
    if (typeof tags === "symbol") return unknown(path, `tags ${requiredTags.join(", ")}`);
    const missing = requiredTags.filter((key) => !tags.has(plainKey(key)) || tags.get(plainKey(key)) === "");
    return missing.length > 0 ? fail(path, `tags ${missing.join(", ")} as well`) : pass(path);
  }),
);

/** An address; `@` is written `_at_` in a Google Cloud label. */
const address = /^[^@\s]+(@|_at_)[^@\s]+[._][a-z0-9_-]+$/i;
const valued: readonly { key: string; expected: string; test: (value: string) => boolean }[] = [
  {
    key: "environment",
    expected: `one of ${environments.join(", ")}`,
    test: (value) => (environments as readonly string[]).includes(value.toLowerCase()),
  },
  { key: "owner", expected: "an e-mail address", test: (value) => address.test(value) },
  {
    key: "data-class",
    expected: `one of ${dataClasses.join(", ")}`,
    test: (value) => (dataClasses as readonly string[]).includes(value.toLowerCase()),
  },
  {
    key: "cost-centre",
    expected: "letters, digits and dashes",
    test: (value) => /^[a-z0-9][a-z0-9_.-]*$/i.test(value),
  },
];

export const values = rule(
  "tagging-values",
  ...everywhere((view) => {
    const path = tagPath(view);
    const verdicts = valued.flatMap(({ key, expected, test }): readonly Verdict[] => {
      const value = tagOf(view, key);
      // A missing one is tagging-required's to report.
      if (value === undefined) return [];
      const at = `${path}.${key}`;
      if (isUnknown(value)) return [unknown(at, expected)];
      return [test(asText(value)) ? pass(at, expected) : fail(at, expected)];
    });
    const bad = verdicts.filter(({ status }) => status !== "pass");
    return bad.length > 0 ? bad : pass(path);
  }),
);

interface Limits {
  readonly count: number;
  readonly key: RegExp;
  readonly value: RegExp;
  readonly expected: string;
}
/** AWS: docs.aws.amazon.com/tag-editor; Azure: learn.microsoft.com/azure/azure-resource-manager/management/tag-resources; GCP: cloud.google.com/resource-manager/docs/labels-overview. */
const limits: Readonly<Record<Cloud, Limits>> = {
  aws: {
    count: 50,
    key: /^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u,
    value: /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u,
    expected: "at most 50 tags, keys to 128 and values to 256 characters of letters, digits, space, _.:/=+-@",
  },
  azure: {
    count: 50,
    key: /^(?!(?:microsoft|azure|windows))[^<>%&\\?/]{1,512}$/i,
    value: /^.{0,256}$/su,
    expected: "at most 50 tags, keys to 512 characters without <>%&\\?/, values to 256",
  },
  gcp: {
    count: 64,
    key: /^[\p{Ll}\p{Lo}][\p{Ll}\p{Lo}\p{N}_-]{0,62}$/u,
    value: /^[\p{Ll}\p{Lo}\p{N}_-]{0,63}$/u,
    expected: "at most 64 labels, keys and values to 63 lower-case letters, digits, _ and -",
  },
};

const within =
  ({ count, key, value, expected }: Limits): Judge =>
  (view) => {
    const path = tagPath(view);
    const tags = ownTags(view);
    if (typeof tags === "symbol") return unknown(path, expected);
    const entries = Object.entries(tags);
    const wrong = entries.find(([name, text]) => !key.test(name) || (typeof text === "string" && !value.test(text)));
    if (wrong) return fail(`${path}.${wrong[0]}`, expected);
    if (entries.length > count) return fail(path, expected);
    return entries.some(([, text]) => isUnknown(text)) ? unknown(path, expected) : pass(path, expected);
  };

export const charset = rule(
  "tagging-charset-limits",
  ...(["aws", "azure", "gcp"] as const).map(
    (cloud): Part => ({ cloud, types: taggableTypes[cloud], needs: "inputs", judge: within(limits[cloud]) }),
  ),
);

/** The classes that ask for a customer key and a guard against deletion. */
const strict = new Set(["sensitive", "regulated", "phi", "pci", "cui", "pii"]);
const classified = (view: View): boolean | "unknown" => {
  const value = tagOf(view, "data-class") ?? tagOf(view, "data-classification");
  return isUnknown(value) ? "unknown" : strict.has(asText(value).toLowerCase());
};
/** A store says what class of data it holds; sensitive and regulated ones then meet the stricter bar. */
const byClass =
  (bar: Judge): Judge =>
  (view: View, context: Context) => {
    const value = tagOf(view, "data-class") ?? tagOf(view, "data-classification");
    if (value === undefined) return fail(`${tagPath(view)}.data-class`, `one of ${dataClasses.join(", ")}`);
    return when(classified, "public or internal data", bar)(view, context);
  };

export const dataClass = rule(
  "tagging-data-classification-drives-baseline",
  aws(
    "rds.Instance, rds.Cluster",
    byClass(all(isTrue("storageEncrypted"), any(filled("kmsKeyId", "a customer key"), filled("replicateSourceDb")))),
  ),
  aws(
    "s3.Bucket",
    byClass(() => pass("", "encryption-object-storage-cmk judges the key")),
  ),
  azure(
    "dbforpostgresql.Server",
    byClass(any(equals("dataEncryption.type", "AzureKeyVault"), equals("createMode", "Replica"))),
  ),
  azure("storage.StorageAccount", byClass(equals("encryption.keySource", "Microsoft.Keyvault"))),
  gcp(
    "sql.DatabaseInstance",
    byClass(any(filled("encryptionKeyName", "a customer key"), filled("masterInstanceName"))),
  ),
  gcp("storage.Bucket", byClass(filled("encryption.defaultKmsKeyName", "a customer key"))),
);

export const copyTags = rule(
  "tagging-database-copy-tags-to-snapshot",
  aws("rds.Instance, rds.Cluster, docdb.Cluster, neptune.Cluster", (view, context) =>
    view.type.startsWith("aws:docdb") ? notApplicable("no such setting") : isTrue("copyTagsToSnapshot")(view, context),
  ),
);
