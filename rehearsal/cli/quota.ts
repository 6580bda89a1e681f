import { existsSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import { type Allowance, quotas } from "../clouds/quota";
import { suggest } from "./nearest";
import { Misspelling, Mistake } from "./usage";

const example = "--quota 'aws us-east-1 elastic-ips=2'";
const clouds = ["aws", "azure", "gcp"] as const;

/**
 * `<cloud> [region] <quota>=<number|unlimited|fresh>`, or `[cloud] fresh` for all that a fresh account has.
 * @throws Misspelling with the word that isn't understood
 */
export function readQuota(spec: string): readonly Allowance[] {
  const wrong = (reason: string): never => {
    throw new Misspelling(`The quota "${spec}": ${reason}\nA right one: ${example}`);
  };
  const words = spec.trim().split(/\s+/);
  const cloud = clouds.find((name) => name === words[0]);
  if (words.at(-1) === "fresh" && words.length === (cloud === undefined ? 1 : 2))
    return quotas
      .filter((quota) => cloud === undefined || quota.cloud === cloud)
      .map((quota) => ({ cloud: quota.cloud, id: quota.id, limit: "fresh" }));
  if (cloud === undefined) return wrong(`"${words[0]}" is no cloud. ${suggest(words[0] ?? "", clouds)}`);
  const [region, setting, more] = words.length === 2 ? [undefined, words[1]] : words.slice(1);
  if (more !== undefined) return wrong(`"${more}" is too much.`);
  const [id = "", value] = (setting ?? "").split("=");
  const known = quotas.filter((quota) => quota.cloud === cloud).map((quota) => quota.id);
  if (!known.includes(id)) return wrong(`${cloud} has no quota "${id}". ${suggest(id, known)}`);
  const limit = value === "unlimited" ? Infinity : value === "fresh" ? value : Number(value);
  if (
    value === undefined ||
    value === "" ||
    (limit !== "fresh" && !(limit >= 0 && (limit === Infinity || Number.isInteger(limit))))
  )
    return wrong(
      `"${value ?? ""}" is no limit: a whole number from 0 up, unlimited, or fresh for what a fresh account has.`,
    );
  return [{ cloud, id, ...(region !== undefined && region !== "*" && { region }), limit }];
}

/** Quotas of a file (a YAML or JSON list of such texts), then those of the command line: the last that is said counts. */
export function readQuotas(specs: readonly string[] = [], file?: string): readonly Allowance[] {
  return [...(file === undefined ? [] : fromFile(file)), ...specs].flatMap(readQuota);
}

function fromFile(file: string): readonly string[] {
  if (!existsSync(file)) throw new Mistake(`--quotas ${file}: there is no such file.`);
  let content: unknown;
  try {
    content = parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new Mistake(`--quotas ${file} is not valid YAML: ${(error as Error).message.trim()}`);
  }
  if (!Array.isArray(content) || !content.every((one): one is string => typeof one === "string"))
    throw new Mistake(`--quotas ${file}: a list of texts is expected, each as after --quota.`);
  return content;
}
