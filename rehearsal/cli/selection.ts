import type { Selection } from "../engine/api";
import { Misspelling } from "./usage";

interface Values {
  readonly target?: readonly string[] | undefined;
  readonly "target-dependents"?: boolean | undefined;
  readonly exclude?: readonly string[] | undefined;
  readonly "exclude-dependents"?: boolean | undefined;
  readonly replace?: readonly string[] | undefined;
  /** Target and replace in one. */
  readonly "target-replace"?: readonly string[] | undefined;
}

/** What of the stack a run is about, or a Misspelling. */
export function selection(values: Values): { readonly selection?: Selection } {
  const both = values["target-replace"] ?? [];
  const [targets, replaces] = [
    [...(values.target ?? []), ...both],
    [...(values.replace ?? []), ...both],
  ];
  const excludes = values.exclude ?? [];
  for (const urn of [...targets, ...replaces, ...excludes])
    if (!/^urn:pulumi:|\*/.test(urn))
      throw new Misspelling(`"${urn}" is no URN. --json prints them; a pattern is enough, as in '**::${urn}'.`);
  if (targets.length > 0 && excludes.length > 0) throw new Misspelling("--target and --exclude can't go together.");
  if (values["target-dependents"] && targets.length === 0)
    throw new Misspelling("--target-dependents goes with --target.");
  if (values["exclude-dependents"] && excludes.length === 0)
    throw new Misspelling("--exclude-dependents goes with --exclude.");
  const given = {
    ...(targets.length > 0 ? { targets } : {}),
    ...(values["target-dependents"] ? { targetDependents: true } : {}),
    ...(excludes.length > 0 ? { excludes } : {}),
    ...(values["exclude-dependents"] ? { excludeDependents: true } : {}),
    ...(replaces.length > 0 ? { replaces } : {}),
  };
  return Object.keys(given).length > 0 ? { selection: given } : {};
}
