import { replacing } from "./replacing";

/** docs/reference/replacing.md: settings that can't be changed in place. */
export function replacingPage(): string {
  return [
    "# Settings that make something anew",
    "",
    "Made from `docs/replacing.ts` by `npm run docs`. Every other setting can be changed in a running stack without losing",
    "anything that holds data: `test/mutations.test.ts` changes each of them on each cloud. What holds data is protected in",
    "staging and production as well: Pulumi refuses to replace it until `safeguards.deletionProtection` is false.",
    "",
    "| Setting | On | What is made anew | Why | How to do it safely |",
    "|---|---|---|---|---|",
    ...Object.entries(replacing).map(
      ([name, { clouds, what, why, how }]) => `| \`${name}\` | ${clouds.join(", ")} | ${what} | ${why} | ${how} |`,
    ),
    "",
  ].join("\n");
}
