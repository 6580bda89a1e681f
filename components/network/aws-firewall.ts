import { SecurityGroup } from "@pulumi/aws/ec2";
import {
  SecurityGroupEgressRule,
  type SecurityGroupEgressRuleArgs,
  SecurityGroupIngressRule,
  type SecurityGroupIngressRuleArgs,
} from "@pulumi/aws/vpc";
import type * as pulumi from "@pulumi/pulumi";
import * as standards from "../../policies/standards";
import type { BuildContext } from "../build";
import { tagsOf } from "../site/aws-identity";
import type { CompleteNetworkArgs } from ".";

type Context = Pick<BuildContext<unknown>, "name" | "site" | "child">;
type Id = pulumi.Output<string>;

const anywhere = "0.0.0.0/0";

/** What the `web` choice lets out (NET-09): web, and names and time where somebody runs their own. */
const webEgress = [
  ...standards.publicPorts.map((port) => ({ port, protocol: "tcp", why: "Web services on the internet" })),
  { port: 53, protocol: "tcp", why: "Names" },
  { port: 53, protocol: "udp", why: "Names" },
  { port: 123, protocol: "udp", why: "Time" },
] as const;

/** Doors of the data tier. */
const dataServices = { postgres: { port: 5432, title: "PostgreSQL" }, redis: { port: 6379, title: "Valkey" } } as const;

/** The chain internet -> edge -> app -> data (NET-06, NET-07). */
export function buildSecurityGroups(context: BuildContext<CompleteNetworkArgs>, vpcId: pulumi.Input<string>) {
  const { args } = context;
  const edge = securityGroup(context, "edge", vpcId, "Load balancers: from the internet to the application");
  const app = securityGroup(context, "app", vpcId, "Application: from the load balancers, out as configured");
  const data = securityGroup(context, "data", vpcId, "Databases and caches: from the application, no way out");
  for (const port of standards.publicPorts)
    ingress(context, `edge-${port}`, edge, {
      ...ports("tcp", port),
      cidrIpv4: anywhere,
      description: port === 443 ? "HTTPS from the internet" : "HTTP from the internet, answered by a redirect only",
    });
  connect(context, "edge-app", edge, app, args.appPort, "Load balancers to the application");
  // Here and not with the database: two databases, or caches, share the tier, and AWS takes a rule once.
  for (const [service, { port, title }] of Object.entries(dataServices))
    connect(context, `app-data-${service}`, app, data, port, `Application to ${title}`);
  if (args.egress === "open")
    egress(context, "app-open", app, { ipProtocol: "-1", cidrIpv4: anywhere, description: "Out on every port" });
  else
    for (const { port, protocol, why } of webEgress)
      egress(context, `app-${protocol}-${port}`, app, {
        ...ports(protocol, port),
        cidrIpv4: anywhere,
        description: why,
      });
  return { edge, app, data };
}

/** A group without rules. Pulumi names it, so that a changed description can stand beside the old group while it moves. */
export function securityGroup(
  { name, site, child }: Context,
  label: string,
  vpcId: pulumi.Input<string>,
  description: string,
): Id {
  const full = `${name}-${label}`;
  return new SecurityGroup(full, { vpcId, description, tags: tagsOf(site, full) }, child).id;
}

/** Opens one port from one group to another: both ends, so that neither depends on a wider rule. */
export function connect(context: Context, label: string, from: Id, to: Id, port: number, description: string): void {
  egress(context, label, from, { ...ports("tcp", port), referencedSecurityGroupId: to, description });
  ingress(context, label, to, { ...ports("tcp", port), referencedSecurityGroupId: from, description });
}

export const ports = (ipProtocol: string, port: number) => ({ ipProtocol, fromPort: port, toPort: port });

type IngressRule = Omit<SecurityGroupIngressRuleArgs, "securityGroupId" | "tags">;
type EgressRule = Omit<SecurityGroupEgressRuleArgs, "securityGroupId" | "tags">;

export function ingress({ name, site, child }: Context, label: string, securityGroupId: Id, rule: IngressRule): void {
  const full = `${name}-${label}`;
  new SecurityGroupIngressRule(full, { ...rule, securityGroupId, tags: tagsOf(site, full) }, child);
}

export function egress({ name, site, child }: Context, label: string, securityGroupId: Id, rule: EgressRule): void {
  const full = `${name}-${label}`;
  new SecurityGroupEgressRule(full, { ...rule, securityGroupId, tags: tagsOf(site, full) }, child);
}
