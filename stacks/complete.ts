import type { Cloud } from "../components/cloud";
import { defaultRegion } from "../components/regions";
import { defaults } from "./defaults";
import { merge } from "./precedence";
import { profiles } from "./profiles";
import { environmentLayers } from "./profiles/environments";
import type { Layer, StackFile } from "./vocabulary";

type Defaults = typeof defaults;
type Block<B extends keyof StackFile> = NonNullable<StackFile[B]>;
/** A block in which everything that has a default is there. */
type Filled<B extends keyof Defaults> = Block<B> & {
  readonly [K in keyof Block<B> & keyof Defaults[B]]-?: NonNullable<Block<B>[K]>;
};
/** Settings after all layers. What a stack file must say itself may still be missing where it has mistakes. */
export type Complete = Omit<Layer, keyof Defaults> & { readonly [B in keyof Defaults]: Filled<B> };

/** Built-in defaults < application profile < environment < stack file (ARC-08). */
export function complete(file: Layer): Complete {
  const profile = file.app ? profiles[file.app]?.settings : undefined;
  const environment = file.environment ? environmentLayers[file.environment] : undefined;
  const merged = merge(defaults, profile ?? {}, environment ?? {}, file);
  // merge() starts from the defaults and takes nothing away, so what they fill stays filled.
  return merged as Complete;
}

/** Where a stack stands that names no region: where its system was designed for, or the cloud's default. */
export const regionOf = (cloud: Cloud, { region, app }: Complete): string =>
  region ?? (app ? profiles[app]?.regions?.[cloud] : undefined) ?? defaultRegion[cloud];
