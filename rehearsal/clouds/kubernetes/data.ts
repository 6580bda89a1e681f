// What an API server checks of what ConfigMaps and Secrets hold.
import type { Props, Refusal } from "../row";
import { isKnown, object, text } from "../values";
import { configKeyWrong } from "./forms";

type Check = (inputs: Props) => readonly Refusal[];

const refusal = (property: string, reason: string): Refusal => ({ property, reason: `${property}: ${reason}` });

const data =
  (...paths: readonly string[]): Check =>
  (inputs) =>
    paths.flatMap((path) =>
      Object.keys(object(inputs[path])).flatMap((one) => {
        const wrong = configKeyWrong(one);
        return wrong === undefined ? [] : [refusal(`${path}[${one}]`, wrong)];
      }),
    );

/** Bytes travel as base64. */
const encoded =
  (path: string): Check =>
  (inputs) =>
    Object.entries(object(inputs[path]))
      .filter(([, value]) => typeof value === "string" && !isBase64(value))
      .map(([name]) => refusal(`${path}["${name}"]`, "illegal base64 data"));
const isBase64 = (value: string): boolean => {
  const bare = value.replace(/[\r\n]/g, "");
  return bare.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(bare);
};

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
  ...encoded("data")(inputs),
];

export const configMap: Check = (inputs) => [
  ...data("data", "binaryData")(inputs),
  ...encoded("binaryData")(inputs),
  ...tooLong("data", "binaryData")(inputs),
];
