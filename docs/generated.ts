import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { baselineNames } from "../policies/baselines";
import { packConfig } from "../policies/baselines/combine";
import { stackFileSchema } from "../stacks/json-schema";
import { durationsPage } from "./durations-page";
import { policyPages } from "./policy-pages";
import { quotasPage } from "./quotas-page";
import { replacingPage } from "./replacing-page";
import { requirementsPage } from "./requirements-page";
import { defaultsPage } from "./scoreboard/page";
import { settingsPage } from "./settings-page";

export const root = join(__dirname, "..");

/** Name of the project, which is the namespace of its settings. */
export const project = (parse(readFileSync(join(root, "Pulumi.yaml"), "utf8")) as { name: string }).name;

const json = (value: unknown) => `${JSON.stringify(value, undefined, 2)}\n`;

/** Files that `npm run docs` writes, by their path, and what is in them. */
export const generated: Readonly<Record<string, () => string>> = {
  "stacks/schema.json": () => json(stackFileSchema(project)),
  "docs/defaults.md": defaultsPage,
  "docs/reference/durations.md": durationsPage,
  "docs/reference/quotas.md": quotasPage,
  "docs/reference/replacing.md": replacingPage,
  "docs/requirements.md": requirementsPage,
  "docs/reference/settings.md": () => settingsPage(project),
  ...Object.fromEntries(
    baselineNames.map((name) => [`policies/baselines/${name}.json`, () => json(packConfig([name]))]),
  ),
  ...policyPages,
};
