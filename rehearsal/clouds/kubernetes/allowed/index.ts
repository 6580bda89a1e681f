// Fields whose value a server doesn't take: the tables of this folder, held against an object.
import type { Props, Refusal } from "../../row";
import { pickAll } from "../../values";
import { ofKind } from "./kinds";
import { ofPod } from "./pod";
import type { Rules } from "./rules";

function broken(rules: Rules, of: Props, path: (found: string) => string): readonly Refusal[] {
  const refusal = (property: string, wrong: string) => ({ property, reason: `${property}: ${wrong}` });
  return Object.entries(rules).flatMap(([at, rule]) =>
    pickAll(of, at).flatMap(({ path: found, value }) => {
      const wrong = typeof value === "symbol" || value === null ? undefined : rule(value);
      if (wrong === undefined) return [];
      if (typeof wrong === "string") return [refusal(path(found), wrong)];
      return wrong.map(([below, said]) => refusal(path(`${found}.${below}`), said));
    }),
  );
}

/** Fields of a kind whose value the server doesn't know. */
export const notAllowed = (token: string, inputs: Props): readonly Refusal[] =>
  broken(ofKind[token.replace("kubernetes:", "")] ?? {}, inputs, (found) => found);

/** The same of a pod's spec, which lies at `at`. */
export const notAllowedInPod = (spec: Props, at: string): readonly Refusal[] =>
  broken(ofPod, spec, (found) => `${at}.${found}`);
