import type { Props, Value } from "../row";

export type Change = Readonly<Record<string, Value | undefined>>;

/** What Google Cloud takes of a type, and what it would refuse: arguments alone, as a preview sees them. */
export interface Example {
  readonly type: string;
  readonly good: Props;
  /** What is changed of it -> the property that is named; `undefined` takes an argument away. */
  readonly bad: readonly (readonly [change: Change, property: string, reason?: RegExp])[];
}
