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

/** `network`, `zones` -> `network.zones`; positions and keys with dots in brackets, as `pulumi config set --path` takes them. */
export const settingName = (path: readonly PropertyKey[]): string =>
  path
    .map((key, index) => {
      if (typeof key === "number") return `[${key}]`;
      const text = String(key);
      if (index > 0 && (text === "" || /[.[\]"]/.test(text))) return `[${JSON.stringify(text)}]`;
      return `${index ? "." : ""}${text}`;
    })
    .join("");

/** The shell command that sets it: `pulumi config set --path 'trifold:network.zones' 3`. */
export const setCommand = (namespace: string, setting: string, example: string): string =>
  /[.[]/.test(setting)
    ? `pulumi config set --path '${namespace}:${setting}' ${example}`
    : `pulumi config set ${namespace}:${setting} ${example}`;

/** The shell command that takes it out; in words where a shell would read its name otherwise. */
export function removeCommand(namespace: string, setting: string): string {
  if (!/^[!-~]+( [!-~]+)*$/.test(setting) || /['\\`$]/.test(setting)) return "Take it out of the stack file.";
  if (/[.[]/.test(setting)) return `pulumi config rm --path '${namespace}:${setting}'`;
  return /^[\w:-]+$/.test(setting)
    ? `pulumi config rm ${namespace}:${setting}`
    : `pulumi config rm '${namespace}:${setting}'`;
}

/** Names as a sentence has them: `a, b and c`. */
export const sentence = (names: readonly string[]): string =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
