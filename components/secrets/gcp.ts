import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { keepSecret, placesOf, rotationCalls } from "../site/gcp-secret";
import type { BuildSecrets, SecretRef, SecretSpec } from ".";

const defaultLength = 48;

/** Secret Manager: our keys, our regions, calls to rotate on a topic, destroyed values can be saved (SEC-07, SEC-09, BAK-12). */
export const build: BuildSecrets = (context) => {
  const { name, site, args, child } = context;
  const places = placesOf([{ site, keys: args.keys }, ...(args.replica ? [args.replica] : [])]);
  const calls = rotationCalls(context, places[0].key);
  const keep = (key: string, spec: SecretSpec): SecretRef => {
    const value = pulumi.secret(spec.value ?? generate(`${name}-${key}`, spec.length ?? defaultLength, child));
    const { rotationDays } = args;
    const { id, shortId } = keepSecret(context, { what: key, parts: [key], value, places, calls, rotationDays });
    return { id, native: { cloud: "gcp", secretId: shortId } };
  };
  return { secrets: Object.fromEntries(Object.entries(args.secrets).map(([key, spec]) => [key, keep(key, spec)])) };
};

const generate = (logical: string, length: number, child: pulumi.CustomResourceOptions) =>
  new random.RandomPassword(logical, { length, special: false }, child).result;
