// What an API server checks of what ConfigMaps and Secrets hold.
import type { Props, Refusal } from "../row";
import { isKnown, object, text } from "../values";

type Check = (inputs: Props) => readonly Refusal[];

const refusal = (property: string, reason: string): Refusal => ({ property, reason: `${property}: ${reason}` });

const key = /^[-._a-zA-Z0-9]+$/;
const data =
  (...paths: readonly string[]): Check =>
  (inputs) =>
    paths.flatMap((path) =>
      Object.keys(object(inputs[path]))
        .filter((one) => !key.test(one) || one.length > 253)
        .map((one) =>
          refusal(
            path,
            `Invalid value: "${one}": a valid config key must consist of alphanumeric characters, '-', '_' or '.'`,
          ),
        ),
    );

/** Secrets of a type hold what it promises. https://kubernetes.io/docs/concepts/configuration/secret/#secret-types */
const promised: Readonly<Record<string, readonly string[]>> = {
  "kubernetes.io/tls": ["tls.crt", "tls.key"],
  "kubernetes.io/dockerconfigjson": [".dockerconfigjson"],
  "kubernetes.io/dockercfg": [".dockercfg"],
  "kubernetes.io/ssh-auth": ["ssh-privatekey"],
};
function promises(inputs: Props): readonly Refusal[] {
  if (!isKnown(inputs["data"]) || !isKnown(inputs["stringData"])) return [];
  const held = { ...object(inputs["data"]), ...object(inputs["stringData"]) };
  return (promised[text(inputs["type"]) ?? ""] ?? [])
    .filter((one) => held[one] === undefined)
    .map((one) => refusal(`data[${one}]`, "Required value"));
}

const MIB = 1_048_576;
/** Bytes of what is known of it. */
const tooLong =
  (...paths: readonly string[]): Check =>
  (inputs) => {
    const texts = paths.flatMap((path) => Object.values(object(inputs[path])));
    const bytes = texts.reduce<number>((sum, one) => sum + (typeof one === "string" ? Buffer.byteLength(one) : 0), 0);
    return bytes > MIB ? [refusal("data", `Too long: may not be more than ${MIB} bytes`)] : [];
  };

export const secret: Check = (inputs) => [
  ...promises(inputs),
  ...tooLong("stringData")(inputs),
  ...data("data", "stringData")(inputs),
  ...Object.entries(object(inputs["data"]))
    .filter(([, value]) => typeof value === "string" && !/^[A-Za-z0-9+/\n]*={0,2}\n?$/.test(value))
    .map(([name]) => refusal(`data["${name}"]`, "illegal base64 data")),
];

export const configMap: Check = (inputs) => [
  ...data("data", "binaryData")(inputs),
  ...tooLong("data", "binaryData")(inputs),
];
