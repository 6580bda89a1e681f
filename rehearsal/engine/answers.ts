// What providers answer, in the engine's own terms.

import { status } from "@grpc/grpc-js";
import pb from "@pulumi/pulumi/proto/provider_pb";
import type { DetailedDiff, Diff, DiffKind } from "./diff";
import { initFailure } from "./initfailure";
import { type Old, ProviderError } from "./manager";
import { isServiceError } from "./rpc";
import { nameOf, typeOf } from "./urn";
import type { PropertyMap } from "./values";
import { marshal, type Receiver } from "./wire";

function listed(reasons: readonly string[]): string {
  if (reasons.length === 0) return "resource init failed";
  const lines = reasons.map((reason) => `\t* ${reason}`).join("\n");
  return `${reasons.length === 1 ? "1 error" : `${reasons.length} errors`} occurred:\n${lines}\n\n`;
}

const uncertain: readonly number[] = [status.INTERNAL, status.DATA_LOSS, status.UNKNOWN];
/** The connection went, or the answer: gRPC's own codes, which no provider gives for what its cloud refuses. */
const unheard: readonly number[] = [status.UNAVAILABLE, status.CANCELLED, status.DEADLINE_EXCEEDED];

export function providerError(error: unknown): ProviderError {
  if (!isServiceError(error)) return new ProviderError(error instanceof Error ? error.message : String(error), 2);
  const partial = initFailure(error);
  if (partial) {
    return new ProviderError(listed(partial.reasons), 1, partial);
  }
  const known = uncertain.includes(error.code) ? 2 : 0;
  return new ProviderError(error.details || error.message, known, undefined, unheard.includes(error.code));
}

export const failures = (answer: { getFailuresList(): pb.CheckFailure[] }) =>
  answer.getFailuresList().map((f) => ({ property: f.getProperty(), reason: f.getReason() }));

export const diffRequest = (urn: string, old: Old, news: PropertyMap, ignoreChanges: readonly string[], to: Receiver) =>
  new pb.DiffRequest()
    .setUrn(urn)
    .setName(nameOf(urn))
    .setType(typeOf(urn))
    .setOldInputs(marshal(old.inputs, to))
    .setOlds(marshal(old.outputs, to))
    .setNews(marshal(news, to))
    .setIgnorechangesList([...ignoreChanges]);

const kinds: readonly DiffKind[] = ["add", "add-replace", "delete", "delete-replace", "update", "update-replace"];

export function decodeDiff(answer: pb.DiffResponse): Diff {
  let detailedDiff: DetailedDiff | undefined;
  if (answer.getHasdetaileddiff()) {
    const entries: [string, DetailedDiff[string]][] = [];
    answer.getDetaileddiffMap().forEach((d, path) => {
      entries.push([path, { kind: kinds[d.getKind()] ?? "update", inputDiff: d.getInputdiff() }]);
    });
    detailedDiff = Object.fromEntries(entries);
  }
  const changes = (["unknown", "none", "some"] as const)[answer.getChanges()] ?? "unknown";
  return {
    changes,
    replaceKeys: answer.getReplacesList(),
    stableKeys: answer.getStablesList(),
    changedKeys: answer.getDiffsList(),
    detailedDiff,
    deleteBeforeReplace: answer.getDeletebeforereplace(),
  };
}
