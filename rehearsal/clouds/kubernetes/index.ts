// The package `kubernetes` (pulumi-kubernetes 4.34): one API server a provider, which its kubeconfig names and which must
// be a cluster of the simulated clouds.
import { parseAllDocuments } from "yaml";
import type { CloudFunction, Package, Props } from "../row";
import { text } from "../values";
import { rowOf } from "./custom";
import { special } from "./kinds";
import { objectRow } from "./object";
import { moves, place } from "./place";
import { release } from "./release";
import { kinds } from "./schema";

/** What ConfigFile and ConfigGroup read their manifests with. */
const decode: CloudFunction = {
  token: "kubernetes:yaml:decode",
  call: (args) => {
    const documents = parseAllDocuments(text(args["text"]) ?? "");
    const broken = documents.flatMap(({ errors }) => errors)[0];
    if (broken !== undefined) return [{ property: "text", reason: broken.message }];
    const objects = documents.map((document) => document.toJS() as Props | null).filter((one) => one !== null);
    return { result: objects };
  },
};

export const pkg: Package = {
  name: "kubernetes",
  npm: "@pulumi/kubernetes",
  rows: [
    ...Object.entries(kinds).map(([token, schema]) =>
      objectRow({ token, schema, kind: special[token.replace("kubernetes:", "")] ?? {} }),
    ),
    release,
  ],
  rowOf,
  functions: [decode],
  place,
  moves,
};
