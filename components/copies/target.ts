import type * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "../build";
import type { PerCloud } from "../cloud";
import { nativeOf } from "../site";
import type { BucketRef } from "../storage";
import type { Stores } from "../storage/replication";
import type { CompleteCopiesArgs } from ".";

/** Who copies: the service account that the target trusts, by the cluster that vouches for it. */
export interface Copier {
  readonly issuer: pulumi.Output<string>;
  /** system:serviceaccount:<namespace>:<name> */
  readonly subject: string;
}

export interface TargetContext extends Pick<BuildContext<CompleteCopiesArgs>, "name"> {
  readonly target: Stores;
  readonly bucket: BucketRef;
  readonly copier: Copier;
  readonly child: pulumi.CustomResourceOptions;
}

/** How a step becomes somebody in the target's cloud, by its service account's token. */
export interface Trust {
  /** What the token is made for. */
  readonly audience: pulumi.Input<string>;
  readonly env: Readonly<Record<string, pulumi.Input<string>>>;
  /** Files beside the scripts, by name. */
  readonly files: Readonly<Record<string, pulumi.Input<string>>>;
  readonly identity: pulumi.Output<string>;
  /** The grants: what uses them waits for them. */
  readonly ready: readonly pulumi.Resource[];
}

/** Where the token of a step lies. */
export const tokenFile = "/target/token";

/** Classes of an object, for a dump that may be asked for any day, and for the month's that stays (STO-10, BAK-07). */
export const classes: PerCloud<{ readonly daily: string; readonly monthly: string }> = {
  aws: { daily: "STANDARD", monthly: "DEEP_ARCHIVE" },
  azure: { daily: "Cool", monthly: "Archive" },
  gcp: { daily: "STANDARD", monthly: "ARCHIVE" },
};

/** Where a step puts things, in its script's words. */
export function placeOf(region: string, bucket: BucketRef): Readonly<Record<string, pulumi.Input<string>>> {
  switch (bucket.native.cloud) {
    case "aws":
      return { BUCKET: bucket.name, AWS_REGION: region };
    case "azure":
      return { BUCKET: bucket.name, ACCOUNT: nativeOf(bucket as BucketRef, "azure", "Copies").accountName };
    case "gcp":
      return { BUCKET: bucket.name };
  }
}
