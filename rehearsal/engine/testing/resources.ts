// What programs that run inside a test declare.

import * as pulumi from "@pulumi/pulumi";

export type Props = Readonly<Record<string, unknown>>;

/** A resource of the small cloud: `made` is what the cloud adds. */
export class Thing extends pulumi.CustomResource {
  declare readonly made: pulumi.Output<string>;
  constructor(name: string, props: Props = {}, options?: pulumi.CustomResourceOptions) {
    super("toy:index:Thing", name, { made: undefined, ...props }, options);
  }
}

export class Group extends pulumi.ComponentResource {
  constructor(name: string, options?: pulumi.ComponentResourceOptions) {
    super("toy:index:Group", name, {}, options);
  }

  /** What it registers at its end; its own constructor has no outputs to give. */
  gives(outputs: pulumi.Inputs): void {
    this.registerOutputs(outputs);
  }
}

export class Provider extends pulumi.ProviderResource {
  constructor(name: string, props: Props = {}, options?: pulumi.ResourceOptions) {
    super("toy", name, props as pulumi.Inputs, options);
  }
}
