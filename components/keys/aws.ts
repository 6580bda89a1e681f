import { Alias, Key } from "@pulumi/aws/kms";
import * as standards from "../../policies/standards";
import { awsNames } from "../naming/aws";
import { siteName, tagsOf } from "../site/aws-identity";
import type { BuildKeys, KeyPurpose, KeyRef } from ".";
import { keyPolicy } from "./aws-policy";

/** One symmetric key a purpose, found by its alias. */
export const build: BuildKeys = ({ name, site, args, child }) => {
  // KMS rotates every 90 to 2560 days (F1): a shorter wish is met as closely as it can be.
  const rotationPeriodInDays = Math.max(standards.keyRotationFloorDays.aws, args.rotationDays);
  const make = (purpose: KeyPurpose): KeyRef => {
    const key = new Key(
      `${name}-${purpose}`,
      {
        description: `${site.prefix}: ${purpose}`,
        enableKeyRotation: true,
        rotationPeriodInDays,
        deletionWindowInDays: args.deletionWindowDays,
        policy: keyPolicy(site, purpose),
        tags: tagsOf(site, `${name}-${purpose}`),
      },
      { ...child, protect: site.safeguards.deletionProtection },
    );
    // The alias is the fixed name: it moves to a new key in place, so replacing a key never meets its own name.
    new Alias(
      `${name}-${purpose}`,
      { name: `alias/${siteName(site, awsNames.keyAlias, name, purpose)}`, targetKeyId: key.keyId },
      child,
    );
    return { id: key.arn, native: { cloud: "aws", keyId: key.keyId } };
  };
  const keys = Object.fromEntries(args.purposes.map((purpose) => [purpose, make(purpose)]));
  return { keys, native: { cloud: "aws" } };
};
