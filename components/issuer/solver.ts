import type * as pulumi from "@pulumi/pulumi";
import type { WorkloadIdentity } from "../identity";
import type { CompleteIssuerArgs } from ".";

/**
 * How cert-manager proves that a domain is ours: a record in the zone, written with its pods' own cloud identity.
 * https://cert-manager.io/docs/configuration/acme/dns01/
 */
export type Solve = (
  args: CompleteIssuerArgs,
  identity: WorkloadIdentity,
) => pulumi.Input<Readonly<Record<string, unknown>>>;
