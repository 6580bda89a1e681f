// docs/policies: a page a rule, an index by topic, a page a baseline; made from the pack itself.
import { baselineNames, baselines } from "../policies/baselines";
import { catalogue } from "../policies/catalogue";
import { rules } from "../policies/rules";
import { baselinePage } from "./policy-baseline";
import { indexPage } from "./policy-index";
import { rulePage } from "./policy-rule";

const inPack = [...new Set(rules.map(({ id }) => id))].filter((id) => catalogue.has(id)).sort();

/** Pages by path. */
export const policyPages: Readonly<Record<string, () => string>> = {
  "docs/policies/README.md": () => indexPage(inPack),
  ...Object.fromEntries(inPack.map((id) => [`docs/policies/rules/${id}.md`, () => rulePage(id)])),
  ...Object.fromEntries(
    baselineNames.map((name) => [`docs/policies/baselines/${name}.md`, () => baselinePage(baselines[name])]),
  ),
};
