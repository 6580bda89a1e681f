import { z } from "zod";
import { defaultRegion } from "../components/regions";
import { environments } from "../components/site";
import { defaults } from "../stacks/defaults";
import { bare, fields } from "../stacks/fields";
import { settingsOf } from "../stacks/json-schema";
import { profiles } from "../stacks/profiles";
import { environmentLayers } from "../stacks/profiles/environments";

/** docs/reference/settings.md: every setting with meaning, allowed values and default, then what profiles and environments change. */
export function settingsPage(namespace: string): string {
  const rows = settingsOf().map(([name, schema]) => {
    const field = fields.get(bare(schema));
    const isBlock = bare(schema) instanceof z.ZodObject;
    const standard = at(defaults, name);
    const required = !(schema instanceof z.ZodOptional) && !isBlock && standard === undefined;
    const byDefault = isBlock ? "" : required ? "**required**" : (special[name] ?? shown(standard));
    return `| \`${name}\` | ${cell(field?.description)} | ${isBlock ? "" : cell(field?.allowed)} | ${byDefault} |`;
  });
  return [
    "# Settings",
    "",
    "Made from `stacks/vocabulary.ts` by `npm run docs`.",
    "",
    `A setting \`a.b\` stands in \`Pulumi.<stack>.yaml\` under \`config:\` as \`${namespace}:a: { b: ... }\`, or is set by`,
    `\`pulumi config set --path '${namespace}:a.b' VALUE\`. What a stack file leaves out comes from its environment, then from`,
    "its application profile, then from the default below. Unknown settings are refused.",
    "",
    "| Setting | What it is | Allowed | Default |",
    "|---|---|---|---|",
    ...rows,
    "",
    "## What an environment changes",
    "",
    ...layerTable(Object.fromEntries(environments.map((name) => [name, environmentLayers[name]]))),
    "",
    "## What an application profile changes",
    "",
    ...layerTable(Object.fromEntries(Object.entries(profiles).map(([name, { settings }]) => [name, settings]))),
    "",
    "## Where a stack stands that names no region",
    "",
    ...regionTable(),
    "",
  ].join("\n");
}

/** Defaults that are made rather than kept. */
const special: Readonly<Record<string, string>> = {
  name: "the profile's name",
  region: "by cloud, see below",
  "database.maxStorageGb": "4 x `storageGb`",
  "backup.dumps": "where Pulumi reaches the API server, or `dr.secondaryCloud` is set",
  "secrets.rotatePasswords": "where Pulumi reaches the API server",
  "cdn.enabled": "where `dns.domain` is set, but in dev and preview",
  "dr.mode": "from `dr.rtoMinutes`: 240 and more backup-restore, 60 and more pilot-light, else warm-standby",
  "dr.cidr": "`network.cidr`, 100 added to its second number",
  "dr.zones": "as many as `network.zones`, or as the region has",
  "dr.secondaryRegion": "by cloud, see below",
};

const cell = (text = "") => text.replaceAll("|", "\\|");
const shown = (value: unknown) => (value === undefined ? "" : `\`${JSON.stringify(value)}\``);

const at = (root: unknown, name: string): unknown =>
  name
    .split(".")
    .reduce<unknown>(
      (value, key) =>
        typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined,
      root,
    );

function layerTable(layers: Readonly<Record<string, object>>): string[] {
  const names = Object.keys(layers);
  const settings = settingsOf()
    .filter(([, schema]) => !(bare(schema) instanceof z.ZodObject))
    .map(([name]) => name)
    .filter((name) => names.some((layer) => at(layers[layer], name) !== undefined));
  return [
    `| Setting | ${names.join(" | ")} |`,
    `|---|${names.map(() => "---|").join("")}`,
    ...settings.map((name) => `| \`${name}\` | ${names.map((layer) => shown(at(layers[layer], name))).join(" | ")} |`),
  ];
}

function regionTable(): string[] {
  const clouds = Object.entries(defaultRegion) as [keyof typeof defaultRegion, string][];
  return [
    `| Profile | ${clouds.map(([cloud]) => cloud).join(" | ")} |`,
    `|---|${clouds.map(() => "---|").join("")}`,
    ...Object.entries(profiles).map(
      ([name, { regions }]) =>
        `| ${name} | ${clouds.map(([cloud, other]) => `\`${regions?.[cloud] ?? other}\``).join(" | ")} |`,
    ),
  ];
}
