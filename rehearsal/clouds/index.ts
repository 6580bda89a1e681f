// Starts the simulated clouds of a stage: one account on the disk, one port a package.
import { readFileSync } from "node:fs";
import type { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { Account } from "./account";
import { Console } from "./console";
import { type Fault, Faults, type Fired } from "./faults";
import { dialer } from "./local";
import { type Done, Gate, type Operation, secondsOf } from "./operations";
import { answersOf } from "./protocol";
import { Provider } from "./provider";
import { type Allowance, Quotas, type Usage } from "./quota";
import type { Package, Row } from "./row";
import { type Served, serve } from "./server";

export type { Fault, Fired } from "./faults";
export type { Done, Operation } from "./operations";
export type { Allowance, Usage } from "./quota";

export interface CloudsOptions {
  /** Folder that keeps the account; made when missing. */
  readonly stage: string;
  /** @default aws, azure-native, gcp, kubernetes, random, tls */
  readonly packages?: readonly Package[];
  /** Port by package. @default any free one */
  readonly ports?: Readonly<Record<string, number>>;
  /** Where providers look for settings that the program doesn't give. @default process.env */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** @default the real time */
  readonly now?: () => Date;
  /** What shall go wrong. @throws when a fault can't happen @default nothing */
  readonly faults?: readonly Fault[];
  /**
   * Ends the engine at once, where a fault says so. What is on the disk when this is called is what a kill leaves; if it
   * returns, the call that was hit fails with UNAVAILABLE. @default as `disconnect`
   */
  readonly onCrash?: (operation: Operation) => void;
  /** Limits of the account other than the usual ones. @default what every shipped stack needs */
  readonly quotas?: readonly Allowance[];
}

export interface Clouds {
  /** Where each package listens on 127.0.0.1. */
  readonly ports: Record<string, number>;
  /** Opens a connection to a package from within this process. */
  readonly dial: Record<string, () => ResourceProviderClient>;
  /** What a Pulumi CLI needs in its environment to use them. */
  readonly env: Record<string, string>;
  /** Usual seconds of the real thing: operation as in engine events (`create`, `update`, `delete`, `read`, `same` ...); 0 for what is no cloud's. */
  seconds(type: string, operation: string): number;
  /** What was really done since the start, in the order of ending. */
  timeline(): readonly Done[];
  /** Faults that struck since the start, and those of the plan that never did. */
  faults(): { readonly fired: readonly Fired[]; readonly idle: readonly Fault[] };
  /** What the things in the account take of its quotas. */
  usage(): readonly Usage[];
  /** The account: what exists, apart from any stack's state. */
  readonly account: Account;
  /** For what somebody does by hand, behind every stack's back. */
  readonly console: Console;
  /** Ends what is under way, saves, and lets the stage go. */
  stop(): Promise<void>;
}

/** Fails when another process serves this stage, and names it. */
export async function startClouds(options: CloudsOptions): Promise<Clouds> {
  const packages = options.packages ?? (await import("./packages.js")).packages;
  const rows = new Map(packages.flatMap((pkg) => pkg.rows.map((row) => [row.type, row])));
  const caseless = new Set(packages.filter((pkg) => pkg.caseless).flatMap((pkg) => pkg.rows.map((row) => row.type)));
  const rowOf = (type: string): Row | undefined =>
    rows.get(type) ?? packages.find(({ name }) => type.startsWith(`${name}:`))?.rowOf?.(type);
  const seconds = (type: string, operation: string): number => secondsOf(rowOf(type), operation);
  const faults = new Faults(options.faults ?? []);
  const gate = new Gate(seconds, faults, options.onCrash ?? (() => undefined));
  const account = new Account(options.stage, (type) => caseless.has(type));
  const servers: Served[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(servers.map((server) => server.stop()));
    await account.close();
  };
  const ports: Record<string, number> = {};
  const dial: Record<string, () => ResourceProviderClient> = {};
  const quotas = new Quotas(options.quotas ?? []);
  const now = options.now ?? (() => new Date());
  const providers = packages.map((pkg) => new Provider(pkg, account, gate, now, quotas));
  try {
    for (const provider of providers) {
      const { pkg } = provider;
      const answers = answersOf(provider, versionOf(pkg), options.environment ?? process.env);
      const server = await serve(pkg.name, answers, options.ports?.[pkg.name] ?? 0);
      servers.push(server);
      dial[pkg.name] = dialer(answers);
      ports[pkg.name] = server.port;
    }
  } catch (error) {
    await stop();
    throw error;
  }
  const attach = Object.entries(ports).map(([name, port]) => `${name}:${port}`);
  const env = { PULUMI_DEBUG_PROVIDERS: attach.join(",") };
  return {
    ports,
    dial,
    env,
    seconds,
    timeline: () => gate.timeline,
    faults: () => ({ fired: faults.fired, idle: faults.idle }),
    usage: () => quotas.usage(account),
    account,
    console: new Console(account, providers, now, options.environment ?? process.env),
    stop,
  };
}

/** The installed SDK's own version: the engine compares it with what the program asks for. */
function versionOf(pkg: Package): string {
  const manifest = JSON.parse(readFileSync(require.resolve(`${pkg.npm}/package.json`), "utf8")) as { version: string };
  return manifest.version;
}
