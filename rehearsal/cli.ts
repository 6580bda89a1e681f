import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { type Arguments, parseArguments } from "./cli/arguments";
import { drift } from "./cli/drift";
import { chooseEngine } from "./cli/engine";
import { faultText, readFaults } from "./cli/fault";
import { heard } from "./cli/heard";
import { interruptible, killChildren } from "./cli/interrupt";
import { findProgram, type Program } from "./cli/program";
import { readQuotas } from "./cli/quota";
import { rehearse } from "./cli/rehearse";
import { serveEnvironment, serveText } from "./cli/serve";
import { openStage, type Stage } from "./cli/stage";
import { taken, told } from "./cli/told";
import { exitCodes, help, Misspelling, Mistake } from "./cli/usage";
import type { Clouds, CloudsOptions } from "./clouds";
import { Screen } from "./display/screen";
import { paint, styleOf, wrap } from "./display/style";

const root = dirname(__dirname);
const style = styleOf(process.stdout, process.env);

async function main(): Promise<number> {
  const args = parseArguments(process.argv.slice(2));
  if (args.help) {
    process.stdout.write(help);
    return exitCodes.worked;
  }
  const cwd = args.cwd === undefined ? root : path(args.cwd);
  const stage = openStage(args.stage === undefined ? join(root, ".rehearsal") : path(args.stage));
  const planned = plan(args);
  if (args.operation === "serve") return serve(args, stage, planned);

  const program = findProgram(
    cwd,
    args,
    (project) => stage.stacks(project),
    args.configFile === undefined ? undefined : path(args.configFile),
  );
  if (args.operation === "drift") return byHand(args, program, stage);
  if (program.encrypted && !process.env["PULUMI_CONFIG_PASSPHRASE"] && !process.env["PULUMI_CONFIG_PASSPHRASE_FILE"])
    throw new Mistake(
      `${program.configFile} holds encrypted values. Set PULUMI_CONFIG_PASSPHRASE to what they were encrypted with.`,
    );
  const packs = policyPacks(args, cwd);
  const passphrase = stage.passphrase(process.env);
  const engine = chooseEngine(args, program, stage);
  engine.prepare?.(passphrase);

  const screen = args.json ? undefined : new Screen({ stream: process.stdout, style, live: isLive() });
  const say = (text: string) => (screen ? screen.say(text) : void process.stderr.write(`${text}\n`));
  const clouds = await startClouds(stage, {
    ...planned,
    onCrash: ({ kind, type, urn }) => {
      say(`At ${kind} of ${type} ${urn.split("::").at(-1)} the engine is killed. The next run picks up from there.`);
      if (args.engine === "built-in") process.kill(process.pid, "SIGKILL");
      killChildren();
    },
  });
  const interrupt = interruptible(say);
  if (!args.json) process.stdout.write(`${opening(args, program, stage, engine.name)}\n`);
  try {
    const code = await rehearse({
      operation: args.operation,
      program,
      stage,
      engine,
      policyPacks: packs,
      providers: clouds.ports,
      dial: clouds.dial,
      seconds: () => taken(clouds),
      told: () => told(clouds, style),
      ...(args.parallel === undefined ? {} : { parallel: args.parallel }),
      passphrase,
      // The CLI (3.260) hangs with it where a deletion ahead of a replacement fails.
      continueOnError: !args.stopOnError && args.engine === "built-in",
      expectNoChanges: args.expectNoChanges === true,
      ...(args.selection ? { selection: args.selection } : {}),
      ...(args.refresh ? { refresh: true } : {}),
      signal: interrupt.signal,
      ...(screen ? { screen } : {}),
      json: (line) => void process.stdout.write(`${line}\n`),
    });
    const worked = code === exitCodes.worked || code === exitCodes.changed;
    if (worked && args.operation === "up") heard(clouds.account, program);
    return code;
  } finally {
    await clouds.stop();
    interrupt.release();
  }
}

/** Relative to where the user stands: npm runs scripts in the package's folder and says where it was called from. */
function path(given: string): string {
  const npm = process.env["npm_lifecycle_event"] === "start" && process.cwd() === root;
  return resolve((npm && process.env["INIT_CWD"]) || process.cwd(), given);
}

function policyPacks(args: Arguments, cwd: string): string[] {
  const packs = args.policyPacks?.map(path) ?? (cwd === root ? [join(root, "policies")] : []);
  for (const pack of packs)
    if (!existsSync(join(pack, "PulumiPolicy.yaml")))
      throw new Mistake(`--policy-pack ${pack}: there is no PulumiPolicy.yaml in it.`);
  return packs;
}

const isLive = () => process.stdout.isTTY === true && process.env["TERM"] !== "dumb";

function opening(args: Arguments, program: Program, stage: Stage, engine: string): string {
  const place = [program.config[`${program.project}:cloud`], program.config[`${program.project}:region`]].filter(
    Boolean,
  );
  const where = place.length > 0 ? ` on ${place.join(" ")}` : "";
  const text = `Rehearsing ${args.operation} of ${program.project}/${program.stack}${where}: simulated clouds, ${engine} engine, stage ${stage.folder}`;
  return wrap(text, style.columns).join("\n");
}

/** What shall go wrong and how much there may be, by the command line. */
function plan(args: Arguments): Required<Pick<CloudsOptions, "faults" | "quotas">> {
  const file = (given: string | undefined) => (given === undefined ? undefined : path(given));
  const faults = readFaults(args.faults, file(args.faultFile));
  const crash = faults.find(({ does }) => does === "crash");
  if (args.operation === "serve" && crash !== undefined)
    throw new Misspelling(`The fault "${faultText(crash)}": serve runs no engine that it could kill. Take disconnect.`);
  return { faults, quotas: readQuotas(args.quotas, file(args.quotaFile)) };
}

async function byHand(args: Arguments, { project, stack }: Program, stage: Stage): Promise<number> {
  const clouds = await startClouds(stage);
  const print = (line: string) => void process.stdout.write(`${line}\n`);
  const say = (text: string) =>
    void (args.json ? process.stderr : process.stdout).write(`${wrap(text, style.columns).join("\n")}\n`);
  const { console } = clouds;
  const scene = { console, project, stack, say, ...(args.region === undefined ? {} : { region: args.region }) };
  try {
    return await drift(args, scene, print);
  } finally {
    await clouds.stop();
  }
}

async function startClouds(stage: Stage, options: Omit<CloudsOptions, "stage"> = {}): Promise<Clouds> {
  const clouds = require("./clouds") as typeof import("./clouds");
  try {
    return await clouds.startClouds({ ...options, stage: stage.folder });
  } catch (error) {
    throw new Mistake((error as Error).message);
  }
}

async function serve(args: Arguments, stage: Stage, planned: Omit<CloudsOptions, "stage">): Promise<number> {
  const clouds = await startClouds(stage, planned);
  const { settleStacks } = require("./engine/store") as typeof import("./engine/store");
  settleStacks(stage.backend);
  const env = serveEnvironment(clouds.ports, stage, process.env);
  process.stdout.write(
    args.json ? `${JSON.stringify({ env, ports: clouds.ports, stage: stage.folder })}\n` : serveText(env, stage, style),
  );
  await new Promise<void>((done) => {
    for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(name, () => done());
  });
  if (!args.json)
    for (const { title, lines } of told(clouds, style)) process.stdout.write(`${[title, ...lines].join("\n")}\n`);
  await clouds.stop();
  return exitCodes.worked;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    const mistake = error instanceof Mistake;
    // What an engine refuses (a lock, a passphrase, a state file) is a plain Error; its subclasses are faults of this code.
    const told = mistake || (error instanceof Error && error.name === "Error" && !process.env["TRIFOLD_DEBUG"]);
    const text = error instanceof Error ? ((told ? undefined : error.stack) ?? error.message) : String(error);
    process.stderr.write(`${paint(styleOf(process.stderr, process.env), "red", "error:")} ${text.trim()}\n`);
    if (error instanceof Misspelling) process.stderr.write("`npm start -- --help` lists what there is.\n");
    process.exit(mistake ? exitCodes.mistake : exitCodes.failed);
  },
);
