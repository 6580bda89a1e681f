/** One mistake of a stack file. */
export interface Problem {
  /** `network.zones`: the setting without the project's namespace. */
  readonly setting: string;
  /** As it stands in the stack file; left out for secrets and for what is missing. */
  readonly value?: unknown;
  /** What is wrong or allowed, as a sentence without its full stop. */
  readonly wrong: string;
  /** Command or step that mends it. */
  readonly remedy: string;
}

/** `network`, `zones` -> `network.zones`; positions in a list in brackets, as `pulumi config set --path` takes them. */
export const settingName = (path: readonly PropertyKey[]): string =>
  path.map((key, index) => (typeof key === "number" ? `[${key}]` : `${index ? "." : ""}${String(key)}`)).join("");

/** The shell command that sets it: `pulumi config set --path 'trifold:network.zones' 3`. */
export const setCommand = (namespace: string, setting: string, example: string): string =>
  /[.[]/.test(setting)
    ? `pulumi config set --path '${namespace}:${setting}' ${example}`
    : `pulumi config set ${namespace}:${setting} ${example}`;

export const removeCommand = (namespace: string, setting: string): string =>
  /[.[]/.test(setting)
    ? `pulumi config rm --path '${namespace}:${setting}'`
    : `pulumi config rm ${namespace}:${setting}`;

/** Names as a sentence has them: `a, b and c`. */
export const sentence = (names: readonly string[]): string =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
