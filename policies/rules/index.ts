// Every rule of the pack, by topic.
import type { Rule } from "../rule";
import * as tagging from "./tagging";

export const rules: readonly Rule[] = [tagging].flatMap((topic) => Object.values(topic));
