import { refuse } from "../limits";
import type { Props, Refusal } from "../row";
import { isSet, pick, text } from "../values";

export const isPostgres = (inputs: Props) => (text(inputs["databaseVersion"]) ?? "").startsWith("POSTGRES");
export const isMysql = (inputs: Props) => (text(inputs["databaseVersion"]) ?? "").startsWith("MYSQL");
const majorOf = (inputs: Props) => Number(/_(\d+)/.exec(text(inputs["databaseVersion"]) ?? "")?.[1] ?? 0);
export const isReplica = (inputs: Props) => isSet(inputs["masterInstanceName"]);

/** PostgreSQL 16 and MySQL 8.4 and later begin on Enterprise Plus. https://cloud.google.com/sql/docs/postgres/editions-intro */
export const editionOf = (inputs: Props): string =>
  text(pick(inputs, "settings.edition")) ??
  (isPostgres(inputs) && majorOf(inputs) >= 16 ? "ENTERPRISE_PLUS" : "ENTERPRISE");

export const shared = /^db-(f1-micro|g1-small)$/;
/** https://cloud.google.com/sql/docs/postgres/machine-series-overview */
const plus = /^db-(perf-optimized-N-(2|4|8|16|32|48|64|80|96|128)|c4a-highmem-(1|4|8|16|32|48|64|72))$/;
const predefined = /^db-n1-(standard|highmem)-\d+$/;

/** Custom machines: vCPU 1 or even, 0.9 to 6.5 GiB each, 3.75 GiB at least, a multiple of 256 MiB. https://cloud.google.com/sql/docs/postgres/create-instance#machine-types */
function customTier(tier: string): string | undefined {
  const match = /^db-custom-(?:N4-)?(\d+)-(\d+)$/.exec(tier);
  if (!match) return undefined;
  const [cpu, memory] = [Number(match[1]), Number(match[2])];
  if (cpu !== 1 && (cpu % 2 !== 0 || cpu < 2 || cpu > 96)) return `has ${cpu} vCPU; use 1, or an even number up to 96`;
  if (memory % 256 !== 0 || memory < 3840) return `has ${memory} MiB; use a multiple of 256, 3840 at least`;
  return memory < cpu * 0.9 * 1024 - 256 || memory > cpu * 6.5 * 1024
    ? `has ${memory} MiB for ${cpu} vCPU; each takes 0.9 to 6.5 GiB`
    : undefined;
}

export function tier(inputs: Props): readonly Refusal[] {
  const path = "settings.tier";
  const value = text(pick(inputs, path));
  if (value === undefined)
    return isSet(inputs["settings"]) && !isSet(pick(inputs, path)) ? refuse(path, "is required") : [];
  const custom = customTier(value);
  if (custom !== undefined) return refuse(path, `Invalid Tier (${value}): it ${custom}.`);
  const known =
    shared.test(value) || plus.test(value) || predefined.test(value) || /^db-custom-(N4-)?\d+-\d+$/.test(value);
  if (!known) return refuse(path, `Invalid Tier (${value}): there is no such machine type.`);
  const edition = editionOf(inputs);
  return plus.test(value) === (edition === "ENTERPRISE_PLUS")
    ? []
    : refuse(
        path,
        `Invalid Tier (${value}) for (${edition}) Edition. Use a predefined Tier like ${edition === "ENTERPRISE_PLUS" ? "db-perf-optimized-N-2" : "db-custom-1-3840"} instead.`,
      );
}
