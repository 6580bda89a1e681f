import type * as pulumi from "@pulumi/pulumi";
import type { Site } from "./site";

/** What a cloud file gets: the component's logical name (the prefix of every child's), its site, and complete args. */
export interface BuildContext<Args> {
  readonly name: string;
  readonly site: Site;
  readonly args: Args;
  /** Options of every child: `{ parent }`. The site's explicit provider comes down by parentage. */
  readonly child: { readonly parent: pulumi.ComponentResource };
}

/** A cloud's half of a component: lists resources, returns the contract's outputs. */
export type Build<Args, Outputs> = (context: BuildContext<Args>) => Outputs;
