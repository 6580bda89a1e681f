// What a message for people must never hold: JavaScript's own words for what it couldn't say, and marks that upset a terminal.

const slips = [
  /\bundefined\b/,
  // A value that is not a number is said to be one.
  /(?<! is )\bNaN\b/,
  /\[object /,
  /\bTypeError\b/,
  /Cannot read propert/,
  /is not a function/,
  /is not iterable/,
  /native code/,
  /\n\s+at .+:\d+:\d+/,
  /(?!\n)[\p{Cc}\p{Zl}\p{Zp}]/u,
  /[\u200b-\u200f\u202a-\u202e\u2066-\u2069]/,
];

/** The first slip in a message, if there is one. */
export const confused = (message: string): string | undefined =>
  slips.map((slip) => slip.exec(message)?.[0]).find((slip) => slip !== undefined);
