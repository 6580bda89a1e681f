// What the `pulumi` CLI (3.260) offers and a rehearsal doesn't, each with what to do instead. A word that is refused by
// name sends nobody to look for a spelling mistake.

const beside = "Run `npm start -- serve` and, in another shell with what it prints,";
const plain = (words: string) => `${beside} \`pulumi ${words}\`.`;
const shown = "Leave it out: the report shows what matters, and --json every event in full.";
const unasked = "Leave it out: a rehearsal asks nothing.";
const service = "It is Pulumi Cloud's; a rehearsal runs on this machine alone.";
const logging = "Leave it out, or take --json, which prints every event.";
const passphrase = "Set PULUMI_CONFIG_PASSPHRASE: a stage encrypts with a passphrase alone.";

/** By flag without its dashes: what to do instead. */
const flags: Readonly<Record<string, string>> = {
  "exclude-protected": plain("destroy --exclude-protected"),
  "ignore-protect": "Set `trifold:safeguards: { deletionProtection: false }` and run up before destroy.",
  "run-program": plain("refresh --run-program"),
  "preview-only": plain("refresh --preview-only"),
  "clear-pending-creates": plain("refresh --clear-pending-creates"),
  "import-pending-creates": plain("refresh --import-pending-creates"),
  "skip-pending-creates": plain("refresh --skip-pending-creates"),
  remove: "Delete the stage's folder (--stage names it): it holds the stack and the account.",
  plan: plain("up --plan FILE"),
  "save-plan": plain("preview --save-plan FILE"),
  "import-file": plain("preview --import-file FILE"),
  strict: plain("up --strict"),
  "continue-on-error": "Leave it out: that is the default of the built-in engine, and --stop-on-error its opposite.",
  "config-path":
    'Give the whole setting as JSON, --config \'database={"size":"small"}\', or write it into the stack file.',
  "policy-pack-config": plain("up --policy-pack DIR --policy-pack-config FILE"),
  "skip-config-validation": "Correct the setting: what the program refuses here it refuses everywhere.",
  "skip-plugin-pre-install": "Leave it out: a rehearsal installs no plugins.",
  "disable-integrity-checking": "Leave it out: a state that isn't whole would go wrong for real too.",
  "attach-debugger": "Set NODE_OPTIONS=--inspect-brk.",
  "secrets-provider": passphrase,
  message: "Leave it out: nobody reads the history of a stage.",
  "event-log": "Take --json, which prints the same events.",
  color: "Set NO_COLOR or FORCE_COLOR.",
  "override-env": service,
  neo: service,
  "neo-task-on-failure": service,
  remote: service,
  "suppress-stream-logs": service,
  yes: unasked,
  "skip-preview": unasked,
  "non-interactive": unasked,
};

const displayed = [
  ...["diff", "urns", "emoji", "fully-qualify-stack-names", "show-config", "show-full-output", "show-secrets"],
  ...["show-policy-remediations", "show-reads", "show-replacement-steps", "show-sames"],
  ...["suppress-outputs", "suppress-permalink", "suppress-progress"],
];
const logged = [
  ...["debug", "logflow", "logtostderr", "memprofilerate", "otel-traces", "profiling"],
  ...["tracing", "tracing-header", "verbose"],
];
const shorts: Readonly<Record<string, string>> = {
  ...{ d: "debug", e: "emoji", f: "skip-preview", m: "message", Q: "fully-qualify-stack-names" },
  ...{ v: "verbose", y: "yes" },
};

/** What to do instead of a flag of the CLI's, given with or without dashes; undefined when the CLI has none of the name. */
export function flagElsewhere(given: string): string | undefined {
  const name = given.startsWith("--") ? given.slice(2) : (shorts[given.slice(1)] ?? given.slice(1));
  if (displayed.includes(name)) return shown;
  if (logged.includes(name)) return logging;
  if (name.startsWith("remote-")) return service;
  return Object.hasOwn(flags, name) ? flags[name] : undefined;
}

const state = (words: string) => `It works on the stage's state. ${plain(words)}`;
const needless = "A rehearsal needs none of it: the stage is made by itself, and no plugin is installed.";
const aliases = { update: "up", pre: "preview", down: "destroy", dn: "destroy" };

const commands: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(aliases).map(([alias, name]) => [alias, `Here it is called ${name}.`])),
  stack: state("stack"),
  state: state("state"),
  import: `Take the resource option \`import\` or a setting such as network.existing, or ${plain("import").replace("Run", "run")}`,
  cancel: "A rehearsal that has ended or was killed holds no lock: run the next one. Ctrl-C ends one that runs.",
  watch: "Run `npm start -- up` after each change.",
  config: "Write the stack file, or take --config; `pulumi config` needs no simulated cloud and works as it is.",
  do: plain("do"),
  query: plain("query"),
};
const needed = ["login", "logout", "whoami", "install", "plugin", "package", "new", "console", "about"];
const cloudly = ["env", "org", "deployment", "insights", "neo", "logs", "cloud", "api", "auth"];

/** What to do instead of a command of the CLI's; undefined when it has none of the name. */
export function commandElsewhere(name: string): string | undefined {
  if (needed.includes(name)) return needless;
  if (cloudly.includes(name)) return service;
  return Object.hasOwn(commands, name) ? commands[name] : undefined;
}
