import { ManagementLockByScope } from "@pulumi/azure-native/authorization";
import type * as pulumi from "@pulumi/pulumi";
import type { Site } from ".";

/**
 * Azure's own deletion protection (DB-18), where the site asks for it: nobody deletes the resource or what is below it
 * before the lock is gone. So it comes last and goes first: `after` is everything that lives under the scope.
 */
export function keep(
  name: string,
  site: Site,
  scope: pulumi.Input<string>,
  after: readonly pulumi.Resource[],
  options: pulumi.CustomResourceOptions,
): void {
  if (!site.safeguards.deletionProtection) return;
  new ManagementLockByScope(
    name,
    {
      lockName: "keep",
      level: "CanNotDelete",
      scope,
      notes: "Holds data. Made by Trifold because the site's deletionProtection is on.",
    },
    { ...options, dependsOn: [...after] },
  );
}
