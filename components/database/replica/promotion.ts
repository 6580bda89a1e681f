import * as pulumi from "@pulumi/pulumi";

/**
 * Options of a replica's server that keep a promotion to what stands. The server would be made as a primary of its own
 * where there is none: Google Cloud makes an empty one, RDS fails once all before it is made, Azure follows on. A hook is
 * asked by the engine alone, which knows what is in the state: in a preview as well, so that nothing is made at all.
 */
export function promotionOf(name: string, promoted: boolean): Pick<pulumi.CustomResourceOptions, "hooks"> {
  if (!promoted || !hooksAreAsked()) return {};
  const refuse = (): never => {
    throw new Error(
      `Replica "${name}": promoted is true (dr.active), and there is no replica that could be promoted; run \`pulumi up\` with false first, and promote what it has made.`,
    );
  };
  return { hooks: { beforeCreate: [new pulumi.ResourceHook(`${name}-stands`, refuse, { onDryRun: true })] } };
}

/** Pulumi's mocks say so and can't. */
const hooksAreAsked = (): boolean => "registerResourceHook" in (pulumi.runtime.getMonitor() ?? {});
