import { type EngineEvent, isDefaultProvider, isStack, plain, type State, type StepEventMetadata } from "./events";
import { withoutSecrets } from "./value";

/** `pulumi preview --json`: the shape of Pulumi's own digest, so that tools that read one read the other. */
export interface Digest {
  config?: { readonly [key: string]: string };
  steps?: object[];
  diagnostics?: object[];
  /** Nanoseconds. */
  duration?: number;
  changeSummary?: object;
  maybeCorrupt?: boolean;
}

export function digest(events: Iterable<EngineEvent>): Digest {
  const result: Digest = {};
  const steps: object[] = [];
  const diagnostics: object[] = [];
  const begun = new Map<string, { op: string; at: number }>();
  for (const event of events) {
    if (event.preludeEvent) result.config = event.preludeEvent.config;
    const diagnostic = event.diagnosticEvent;
    if (diagnostic && !diagnostic.ephemeral && (diagnostic.severity as string) !== "debug")
      diagnostics.push({
        ...(diagnostic.urn ? { urn: diagnostic.urn } : {}),
        message: plain((diagnostic.prefix ?? "") + diagnostic.message),
        severity: diagnostic.severity,
      });
    if (event.stdoutEvent) diagnostics.push({ message: plain(event.stdoutEvent.message), severity: "info" });
    const pre = event.resourcePreEvent?.metadata;
    if (pre && listed(pre)) {
      begun.set(pre.urn, { op: pre.op, at: steps.length });
      steps.push(step(pre));
    }
    // what a refresh found replaces the bare "refresh"
    const end = event.resOutputsEvent?.metadata;
    const before = end && begun.get(end.urn);
    if (end && before?.op === "refresh" && (end.op === "delete" || (end.op === "update" && end.detailedDiff)))
      steps[before.at] = step(end);
    if (event.summaryEvent) {
      const { durationSeconds, resourceChanges, maybeCorrupt } = event.summaryEvent;
      if (durationSeconds) result.duration = durationSeconds * 1e9;
      if (Object.keys(resourceChanges ?? {}).length > 0) result.changeSummary = resourceChanges;
      if (maybeCorrupt) result.maybeCorrupt = true;
    }
  }
  return {
    ...(result.config && Object.keys(result.config).length > 0 ? { config: result.config } : {}),
    ...(steps.length > 0 ? { steps } : {}),
    ...(diagnostics.length > 0 ? { diagnostics } : {}),
    ...(result.duration ? { duration: result.duration } : {}),
    ...(result.changeSummary ? { changeSummary: result.changeSummary } : {}),
    ...(result.maybeCorrupt ? { maybeCorrupt: true } : {}),
  };
}

/** Pulumi's digest names the stack and what changes; of a replacement only its logical step. */
function listed(metadata: StepEventMetadata): boolean {
  if (isDefaultProvider(metadata.urn)) return false;
  if (metadata.op === "same")
    return isStack(metadata.type) || (metadata.old?.protect === true) !== (metadata.new?.protect === true);
  return metadata.logical === true || !/replace/.test(metadata.op);
}

function step(metadata: StepEventMetadata): object {
  const detailed =
    metadata.detailedDiff &&
    Object.fromEntries(
      Object.entries(metadata.detailedDiff).map(([path, diff]) => [
        path,
        { kind: diff.diffKind as string, inputDiff: diff.inputDiff === true },
      ]),
    );
  return {
    op: metadata.op,
    urn: metadata.urn,
    ...(metadata.provider ? { provider: metadata.provider } : {}),
    ...(metadata.old ? { oldState: resource(metadata.old) } : {}),
    ...(metadata.new ? { newState: resource(metadata.new) } : {}),
    ...(metadata.diffs?.length ? { diffReasons: metadata.diffs } : {}),
    ...(metadata.keys?.length ? { replaceReasons: metadata.keys } : {}),
    detailedDiff: detailed ?? null,
  };
}

/** As a checkpoint has it: empty fields are left out, secrets read `[secret]`, unknowns stay what Pulumi has for them. */
function resource(state: State): object {
  const { urn, custom, id, type, inputs, outputs, ...rest } = state;
  const filled = Object.entries(rest).filter(
    ([, value]) => value && !(typeof value === "object" && Object.keys(value).length === 0),
  );
  return {
    urn,
    custom: custom === true,
    ...(id ? { id } : {}),
    type,
    ...(inputs && Object.keys(inputs).length > 0 ? { inputs: withoutSecrets(inputs) } : {}),
    ...(outputs && Object.keys(outputs).length > 0 ? { outputs: withoutSecrets(outputs) } : {}),
    ...Object.fromEntries(filled),
  };
}
