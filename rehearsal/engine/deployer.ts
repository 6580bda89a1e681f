import type { Hooks } from "./hooks";
import type { Registry } from "./registry";
import type { Registered } from "./requests";
import type { Goal } from "./resource";
import type { PropertyMap } from "./values";

/** Who does what the program asks for. */
export interface Deployer {
  readonly preview: boolean;
  readonly registry: Registry;
  readonly hooks: Hooks;
  /** Folder of the program: where relative asset paths start. */
  readonly folder: string;
  /** Folder that source positions are relative to. */
  readonly root: string;
  /** Reference of a package's default provider; registers it the first time. */
  defaultProvider(pkg: string, version: string, url: string): Promise<string>;
  register(goal: Goal): Promise<Registered>;
  read(request: {
    readonly id: string;
    readonly name: string;
    readonly type: string;
    readonly provider: string;
    readonly parent: string;
    readonly properties: PropertyMap;
    readonly dependencies: readonly string[];
    readonly additionalSecretOutputs: readonly string[];
    readonly sourcePosition: string;
    readonly stackTrace: readonly string[];
  }): Promise<Registered>;
  outputs(urn: string, outputs: PropertyMap): Promise<void>;
  /** The program has said everything; resolves when it may leave. */
  finished(): Promise<void>;
}
