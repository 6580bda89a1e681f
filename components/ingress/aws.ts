import { Eip } from "@pulumi/aws/ec2";
import { Protection } from "@pulumi/aws/shield";
import * as pulumi from "@pulumi/pulumi";
import { tagsOf } from "../site/aws-identity";
import type { BuildIngress } from ".";

/** One elastic address a zone, for a network load balancer over the public subnets. */
export const build: BuildIngress = ({ name, site, args, child }) => {
  const addresses = args.zones.map((zone) => {
    const label = `${name}-${zone}`;
    const address = new Eip(
      label,
      { domain: "vpc", tags: tagsOf(site, label) },
      // Names, partners' allow-lists and health checks know it.
      { ...child, protect: site.safeguards.deletionProtection },
    );
    // Takes the account's subscription to Shield Advanced; Shield Standard is always on (SEC-06).
    if (args.ddosProtection)
      new Protection(
        label,
        { name: `${site.prefix}-${label}`, resourceArn: address.arn, tags: tagsOf(site, label) },
        child,
      );
    return address;
  });
  const listed = (values: pulumi.Output<string>[]) => pulumi.all(values).apply((all) => all.join(","));
  const prefix = "service.beta.kubernetes.io/aws-load-balancer";
  return {
    addresses: pulumi.all(addresses.map(({ publicIp }) => publicIp)),
    // What the cloud's own controller reads, so that nothing has to be installed for it.
    // https://kubernetes.io/docs/concepts/services-networking/service/#aws-nlb-support
    serviceAnnotations: pulumi
      .all([listed(addresses.map(({ allocationId }) => allocationId)), args.network.subnetIds.public])
      .apply(
        ([allocations, subnets]): Record<string, string> => ({
          [`${prefix}-type`]: "nlb",
          [`${prefix}-eip-allocations`]: allocations,
          // As many as there are addresses, each in its zone.
          [`${prefix}-subnets`]: subnets.join(","),
          [`${prefix}-cross-zone-load-balancing-enabled`]: "true",
        }),
      ),
  };
};
