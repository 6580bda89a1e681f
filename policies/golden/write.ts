// What fires in the insecure stacks, written anew: for a review of the difference, when rules or fixtures have changed.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { platforms } from "../rule";
import { failures, insecure } from "./insecure";

const found = Object.fromEntries(platforms.map((platform) => [platform, failures(insecure(platform))]));
const lines = Object.entries(found).map(([platform, rules]) => {
  const told = Object.entries(rules).map(([rule, names]) => `    "${rule}": "${names.join(" ")}"`);
  return `  "${platform}": {\n${told.join(",\n")}\n  }`;
});
writeFileSync(join(__dirname, "expected.json"), `{\n${lines.join(",\n")}\n}\n`);
