import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import type { BuildContext } from "../build";
import { keepSecret, placesOf, rotationCalls, versionOf } from "../site/gcp-secret";
import type { CompleteDatabaseArgs } from ".";

export interface Password {
  readonly value: pulumi.Output<string>;
  readonly version: pulumi.Output<number>;
  /** projects/<p>/secrets/<name>, and the name alone. */
  readonly secretId: pulumi.Output<string>;
  readonly shortId: pulumi.Output<string>;
  /** Regions that it can be read in. */
  readonly regions: readonly string[];
}

/**
 * The administrator's password, generated unless given, in Secret Manager under our keys: in our region alone, and in the
 * one that backups are copied to, where it stays readable, and follows each rotation, with ours gone (DB-08, SEC-07, BAK-12).
 */
export function storePassword(context: BuildContext<CompleteDatabaseArgs>): Password {
  const { name, site, args, child } = context;
  const value = pulumi.secret(args.password ?? generate(name, child));
  const places = placesOf([{ site, keys: args.keys }, ...(args.copies ? [args.copies] : [])]);
  const calls = rotationCalls(context, places[0].key);
  const { id, shortId } = keepSecret(context, { what: "password", value, places, calls });
  const regions = places.map(({ region }) => region);
  return { value, version: value.apply(versionOf), secretId: id, shortId, regions };
}

/** 32 characters of every kind that the instance's rules ask for, none that a connection string must escape. */
const generate = (name: string, child: pulumi.CustomResourceOptions) =>
  new random.RandomPassword(
    `${name}-password`,
    { length: 32, overrideSpecial: "-_~.", minLower: 2, minUpper: 2, minNumeric: 2, minSpecial: 2 },
    child,
  ).result;
