import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { Configuration } from "../stacks/settings";

// For tests: a stack file as Pulumi would hand it to the program.

export const root = join(__dirname, "..");
export const shipped = ["dev", "staging", "prod"] as const;

export const stackFile = (stack: string): unknown => parse(readFileSync(join(root, `Pulumi.${stack}.yaml`), "utf8"));

/** Maps and lists become JSON, everything else its text, and an encrypted value the text that it stands for. */
export function asPulumiReads(file: unknown, secret = "Correct-Horse-77"): Configuration {
  const { config } = file as { config: Record<string, unknown> };
  const own = Object.entries(config).filter(([key]) => key.startsWith("trifold:"));
  const isSecret = (value: unknown) => typeof value === "object" && value !== null && "secure" in value;
  const text = (value: unknown) =>
    isSecret(value) ? secret : typeof value === "string" ? value : JSON.stringify(value);
  return {
    namespace: "trifold",
    values: Object.fromEntries(own.map(([key, value]) => [key.slice("trifold:".length), text(value)])),
    secrets: new Set(own.filter(([, value]) => isSecret(value)).map(([key]) => key.slice("trifold:".length))),
    rehearsal: false,
  };
}
