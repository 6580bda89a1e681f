import { createHash } from "node:crypto";

/** Random text that depends on the seed and label alone. */
export function scramble(seed: string) {
  return (label: string, length: number, alphabet = "0123456789abcdef"): string => {
    let text = "";
    for (let block = 0; text.length < length; block++)
      for (const byte of createHash("sha256").update(`${seed}/${label}/${block}`).digest())
        text += alphabet[byte % alphabet.length];
    return text.slice(0, length);
  };
}
