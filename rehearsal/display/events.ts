import type {
  EngineEvent,
  PolicyEvent,
  StepEventMetadata,
  StepEventStateMetadata,
} from "@pulumi/pulumi/automation/events";
import type { EventState } from "../engine/api";

export type { EngineEvent, StepEventMetadata };

/** A resource's state in an event, with what the built-in engine tells beyond it. */
export type State = StepEventStateMetadata & EventState;

/** As engines of 2026 send it; the SDK's typings are older. */
export interface Violation extends Omit<PolicyEvent, "enforcementLevel"> {
  readonly enforcementLevel: string;
  readonly severity?: string;
}

/** The parts of a URN that people read. */
export function parseUrn(urn: string): { readonly type: string; readonly name: string } {
  const [, , chain = "", ...name] = urn.split("::");
  return { type: chain.split("$").pop()!, name: name.join("::") };
}

/** `aws:ec2/vpc:Vpc` as `aws:ec2:Vpc`: the file of the SDK says nothing that the class doesn't. */
export function shortType(type: string): string {
  return type.replace(/^([^:]+:[^:/]*)\/[^:]*:/, "$1:");
}

/** Providers that the engine made by itself: nobody asked for them, so nobody is shown them. */
export function isDefaultProvider(urn: string): boolean {
  const { type, name } = parseUrn(urn);
  return type.startsWith("pulumi:providers:") && /^default(_|$)/.test(name);
}

/** The engine's own affairs, which the CLI logs and shows nobody. */
export const isInternal = ({ op, urn }: StepEventMetadata): boolean =>
  (op as string) === "remove-pending-replace" || isDefaultProvider(urn);

export const isStack = (type: string): boolean => type === "pulumi:pulumi:Stack";

/** Pulumi's colour tags (`<{%fg 1%}>`) and terminal escapes: the display has its own. */
export function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escapes are control characters
  return text.replace(/<\{%[^%]*%\}>/g, "").replace(/\x1b\[[0-9;]*[A-Za-z]/g, "");
}
