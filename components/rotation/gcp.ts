import * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "../build";
import { nativeOf } from "../site";
import { keepSecret, placesOf, rotationCalls } from "../site/gcp-secret";
import type { CompleteRotationArgs } from ".";
import type { Store } from "./build";

/** `latest` is the newest version at once, so candidates have a secret of their own. */
export function store(context: BuildContext<CompleteRotationArgs>): Store {
  const { site, args } = context;
  const { project } = nativeOf(site, "gcp", "Rotation");
  const { secretId: current } = nativeOf(args.database.secret, "gcp", "Rotation");
  const places = placesOf([args]);
  const { id, shortId } = keepSecret(context, {
    what: "pending",
    value: pulumi.secret("none"),
    places,
    calls: rotationCalls(context, places[0].key),
    rotationDays: args.rotationDays,
  });
  return {
    env: { PROJECT: project, ENTRY: current, CANDIDATE: shortId },
    pending: { id, native: { cloud: "gcp", secretId: shortId } },
  };
}
