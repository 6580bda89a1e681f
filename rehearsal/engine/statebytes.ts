// A state file put together from what each of its resources reads like.

import type { Deployment, Operation } from "./checkpoint";

const comma = Buffer.from(",");

export interface StateParts {
  readonly manifest: Deployment["manifest"];
  readonly salt: string;
  readonly resources: readonly Buffer[];
  readonly operations: readonly { readonly resource: Buffer; readonly type: Operation["type"] }[];
}

/** @param envelope what stands before and after a deployment in the file */
export function stateBytes([before, after]: readonly [string, string], state: StateParts): Buffer {
  const providers = { type: "passphrase", state: { salt: state.salt } };
  const parts: (Buffer | string)[] = [
    before,
    `{"manifest":${JSON.stringify(state.manifest)},"secrets_providers":${JSON.stringify(providers)}`,
  ];
  for (const [i, resource] of state.resources.entries()) parts.push(i === 0 ? ',"resources":[' : comma, resource);
  if (state.resources.length > 0) parts.push("]");
  for (const [i, { resource, type }] of state.operations.entries()) {
    const opening = i === 0 ? ',"pending_operations":[' : ",";
    parts.push(`${opening}{"resource":`, resource, `,"type":${JSON.stringify(type)}}`);
  }
  if (state.operations.length > 0) parts.push("]");
  parts.push(',"metadata":{}}', after);
  return Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : part)));
}
