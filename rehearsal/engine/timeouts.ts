import type pb from "@pulumi/pulumi/proto/resource_pb";
import type { Timeouts } from "./resource";

const seconds: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 1e-3, us: 1e-6, µs: 1e-6, ns: 1e-9 };

/** Seconds in a duration as Go writes them: `10m`, `1h30m`, `1.5s`. @throws on anything else */
export function durationSeconds(text: string): number {
  if (text === "0") return 0;
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|us|µs|ns|h|m|s)/g)];
  if (parts.length === 0 || parts.map(([part]) => part).join("") !== text) {
    throw new Error(`unable to parse customTimeout Value ${text}`);
  }
  return parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (seconds[unit ?? ""] ?? 0), 0);
}

/** Seconds as Go writes a duration: `1h0m0s`, `5m0s`, `1.5s`, `500ms`; nothing for none. */
export function durationText(seconds: number): string {
  if (seconds === 0) return "";
  if (seconds < 1) return `${seconds * 1000}ms`;
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const rest = `${Number((seconds % 60).toFixed(9))}s`;
  return hours > 0 ? `${hours}h${minutes}m${rest}` : minutes > 0 ? `${minutes}m${rest}` : rest;
}

export function timeouts(given: pb.RegisterResourceRequest.CustomTimeouts | undefined): Timeouts {
  if (given === undefined) return {};
  const all = {
    create: given.getCreate(),
    update: given.getUpdate(),
    delete: given.getDelete(),
    read: given.getRead(),
  };
  const set = Object.entries(all).filter(([, text]) => text !== "");
  return Object.fromEntries(set.map(([what, text]) => [what, durationSeconds(text)]).filter(([, s]) => s !== 0));
}
