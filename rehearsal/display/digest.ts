import { type EngineEvent, isInternal, isStack, plain, type State, type StepEventMetadata } from "./events";

/** `pulumi preview --json`: the shape of Pulumi's own digest, so that tools that read one read the other. */
export class Digest {
  #config: object | undefined;
  readonly #steps: object[] = [];
  readonly #diagnostics: object[] = [];
  readonly #begun = new Map<string, { readonly op: string; readonly at: number }>();
  #summary: EngineEvent["summaryEvent"];

  /** To be called in the moment of the event: later its states have moved on. */
  take(event: EngineEvent): void {
    if (event.preludeEvent) this.#config = event.preludeEvent.config;
    const diagnostic = event.diagnosticEvent;
    if (diagnostic && !diagnostic.ephemeral && (diagnostic.severity as string) !== "debug")
      this.#diagnostics.push({
        ...(diagnostic.urn ? { urn: diagnostic.urn } : {}),
        message: plain((diagnostic.prefix ?? "") + diagnostic.message),
        severity: diagnostic.severity,
      });
    if (event.stdoutEvent) this.#diagnostics.push({ message: plain(event.stdoutEvent.message), severity: "info" });
    const pre = event.resourcePreEvent?.metadata;
    if (pre && listed(pre)) {
      this.#begun.set(pre.urn, { op: pre.op, at: this.#steps.length });
      this.#steps.push(step(pre));
    }
    // what a refresh found replaces the bare "refresh"
    const end = event.resOutputsEvent?.metadata;
    const before = end && this.#begun.get(end.urn);
    if (end && before?.op === "refresh" && (end.op === "delete" || (end.op === "update" && end.detailedDiff)))
      this.#steps[before.at] = step(end);
    if (event.summaryEvent) this.#summary = event.summaryEvent;
  }

  /** As the CLI prints it, with what HTML would read as its own escaped. */
  text(): string {
    const { durationSeconds, resourceChanges, maybeCorrupt } = this.#summary ?? {};
    const filled = (value: object | undefined) => value !== undefined && Object.keys(value).length > 0;
    const digest = {
      ...(filled(this.#config) ? { config: this.#config } : {}),
      ...(this.#steps.length > 0 ? { steps: this.#steps } : {}),
      ...(this.#diagnostics.length > 0 ? { diagnostics: this.#diagnostics } : {}),
      // nanoseconds
      ...(durationSeconds ? { duration: durationSeconds * 1e9 } : {}),
      ...(filled(resourceChanges) ? { changeSummary: resourceChanges } : {}),
      ...(maybeCorrupt ? { maybeCorrupt: true } : {}),
    };
    return JSON.stringify(digest, undefined, 4).replace(
      /[<>&\u2028\u2029]/g,
      (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
  }
}

/** Pulumi's digest names the stack and what changes; of a replacement only its logical step. */
function listed(metadata: StepEventMetadata): boolean {
  if (isInternal(metadata)) return false;
  if (metadata.op === "same")
    return isStack(metadata.type) || (metadata.old?.protect === true) !== (metadata.new?.protect === true);
  return metadata.logical === true || !/replace/.test(metadata.op);
}

const whole = (state: State | undefined | null) => state?.whole?.();

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
    oldState: whole(metadata.old),
    newState: whole(metadata.new),
    ...(metadata.diffs?.length ? { diffReasons: metadata.diffs } : {}),
    ...(metadata.keys?.length ? { replaceReasons: metadata.keys } : {}),
    detailedDiff: detailed ?? null,
  };
}
