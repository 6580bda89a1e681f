import type { Raw } from "../wire";
import type { Type } from "./index";

/** A value as a refusal may name it: secrets stay secret. */
export type Shown = (value: Raw) => string;

/** How a kind of provider compares a value with its type. A text is a refusal; undefined lets the value pass. */
export interface Dialect {
  /** The value as another one where the provider converts it. */
  readonly convert: (value: Raw, type: Type) => Raw;
  readonly mismatch: (value: Raw, type: Type, place: string, show: Shown) => string | undefined;
  readonly missing: (token: string, place: string) => string | undefined;
  /** A key that isn't in the schema; `known`: what may stand there. Undefined: it is dropped in silence. */
  readonly stranger: (token: string, key: string, known: readonly string[]) => string | undefined;
}
