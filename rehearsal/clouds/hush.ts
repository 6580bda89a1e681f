// Clouds see what is inside secrets, and say the value that they refuse: nobody is to read it.
import { TELLING } from "./outputs";
import type { Refusal } from "./row";
import { type RawProps, secretTexts } from "./wire";

/** A message without the texts that are secret in the inputs that it is about. */
export function hush(message: string, inputs: RawProps): string {
  const texts = [...new Set(secretTexts(inputs))].filter((text) => text !== "");
  return texts.reduce(
    (said, text) => said.replaceAll(text.length < TELLING ? JSON.stringify(text) : text, "[secret]"),
    message,
  );
}

export const hushed = (refusals: readonly Refusal[], inputs: RawProps): readonly Refusal[] =>
  refusals.map(({ property, reason }) => ({ property, reason: hush(reason, inputs) }));
