// DNS: zones are signed, queries are on record, names lead where they should.

import { outsideNames } from "../cluster-inside";
import { companion } from "../companion";
import { collected } from "../diagnostic-logs";
import { isGovernment } from "../government";
import type { Graph } from "../graph";
import { all, each, fail, filled, isTrue, noneOf, notApplicable, oneOf, pass, unknown, when } from "../judge";
import { folded, isUnknown, list, read, text } from "../read";
import { type Context, type Judge, rule, type View } from "../rule";
import { targetsStand } from "../takeover";
import { awsGraph, azureGraph, gcp, gcpGraph, kubernetesGraph, token } from "../tokens";

const association = token("aws", "route53.ZoneAssociation");

/** Public zones: without a network, and without the mark of a private one. */
const publicZone =
  (judge: Judge): Judge =>
  (view, context) => {
    const networks = list(view.props, "vpcs");
    const associated = context.graph.companions(view, [association], "zoneId").sure.length > 0;
    const marked = [text(view.props, "zoneType"), text(view.props, "visibility")].some((one) => /^private$/i.test(one));
    const hidden = typeof networks === "symbol" || networks.length > 0 || associated || marked;
    return hidden ? notApplicable("a private zone") : judge(view, context);
  };

export const dnssec = rule(
  "dns-dnssec",
  awsGraph(
    "route53.Zone",
    publicZone(
      all(
        companion([token("aws", "route53.HostedZoneDnsSec")], "hostedZoneId", noneOf("signingStatus", ["NOT_SIGNING"])),
        companion(
          [token("aws", "route53.KeySigningKey")],
          "hostedZoneId",
          all(filled("keyManagementServiceArn", "a KMS key"), noneOf("status", ["INACTIVE"])),
        ),
      ),
    ),
  ),
  azureGraph("dns.Zone", publicZone(companion([token("azure", "dns.DnssecConfig")], "zoneName", () => pass("")))),
  gcp(
    "dns.ManagedZone",
    publicZone(
      all(
        oneOf("dnssecConfig.state", ["on", "transfer"]),
        each("dnssecConfig.defaultKeySpecs", (at) => noneOf(`${at}.algorithm`, ["rsasha1"])),
      ),
    ),
  ),
);

const resolverConfig = token("aws", "route53.ResolverQueryLogConfig");

/** One configuration may serve many networks and accounts, so it is looked for where the stack has one, or is a landing zone. */
const resolverLogged: Judge = (view, context) => {
  const { graph, settings } = context;
  if (graph.ofType(resolverConfig).length === 0 && !settings.landingZone)
    return notApplicable("resolvers are logged for all networks, in another stack");
  return companion(
    [token("aws", "route53.ResolverQueryLogConfigAssociation")],
    "resourceId",
    filled("resolverQueryLogConfigId", "a configuration"),
  )(view, context);
};

export const queryLogging = rule(
  "dns-query-logging",
  awsGraph(
    "route53.Zone",
    publicZone(companion([token("aws", "route53.QueryLog")], "zoneId", filled("cloudwatchLogGroupArn", "a log group"))),
  ),
  awsGraph("ec2.Vpc", resolverLogged),
  // Azure has no query log of public zones.
  azureGraph("dnsresolver.DnsResolverPolicy", collected(["DnsResponse"])),
  gcp("dns.Policy", isTrue("enableLogging")),
  gcp("dns.ManagedZone", publicZone(isTrue("cloudLoggingConfig.enableLogging"))),
);

const isName = (kind: string) => ["CNAME", "ALIAS", "NS"].includes(kind.toUpperCase());

export const noDangling = rule(
  "dns-no-dangling-records",
  awsGraph("route53.Record", (view, context) => {
    const aliases = list(view.props, "aliases");
    if (typeof aliases === "symbol" || aliases.length > 0) {
      const names = typeof aliases === "symbol" ? [aliases] : aliases.map((one) => read(one, "name"));
      return targetsStand(view, context, "aliases", names);
    }
    if (!isName(text(view.props, "type"))) return notApplicable("no name of another host");
    const records = list(view.props, "records");
    return targetsStand(view, context, "records", typeof records === "symbol" ? [records] : records);
  }),
  azureGraph("dns.RecordSet", (view, context) => {
    // Azure empties an alias record when its target goes.
    if (read(view.props, "targetResource") !== undefined) return pass("targetResource", "an alias record");
    const target = read(view.props, "cnameRecord.cname");
    return target === undefined
      ? notApplicable("no name of another host")
      : targetsStand(view, context, "cnameRecord.cname", [target]);
  }),
  gcpGraph("dns.RecordSet", (view, context) => {
    if (!isName(text(view.props, "type"))) return notApplicable("no name of another host");
    const data = list(view.props, "rrdatas");
    return targetsStand(view, context, "rrdatas", typeof data === "symbol" ? [data] : data);
  }),
  kubernetesGraph("core.Service, networking.Ingress", outsideNames),
);

/** Google's networks carry no labels, so the data of the whole stack decides. */
const stackIs = new WeakMap<Graph, boolean>();
function holdsGovernmentData(_: View, { graph }: Context): boolean {
  const known = stackIs.get(graph);
  if (known !== undefined) return known;
  const found = graph.views.some((view) => isGovernment(view) === true);
  stackIs.set(graph, found);
  return found;
}
const whereAsked = (judge: Judge) =>
  when(holdsGovernmentData, "asked for where the stack holds data of the US government", judge);

const blocks = (rules: readonly View[]): boolean | "unknown" => {
  const answers = rules.map(({ props }) => {
    const action = read(props, "action.actionType");
    if (isUnknown(action)) return "unknown" as const;
    return folded(props, "dnsSecurityRuleState") !== "disabled" && folded(props, "action.actionType") === "block";
  });
  return answers.includes(true) ? true : answers.includes("unknown") ? "unknown" : false;
};

const azureFirewall: Judge = (view, { graph }) => {
  const expected = "a DnsResolverPolicyVirtualNetworkLink to a policy with a DnsSecurityRule that blocks";
  const links = graph.companions(
    view,
    [token("azure", "dnsresolver.DnsResolverPolicyVirtualNetworkLink")],
    "virtualNetwork.id",
  );
  if (links.sure.length === 0) return links.maybe.length > 0 ? unknown("", expected) : fail("", expected);
  const found = blocks(graph.ofType(token("azure", "dnsresolver.DnsSecurityRule")));
  return found === true ? pass("", expected) : found === "unknown" ? unknown("", expected) : fail("", expected);
};

const gcpFirewall: Judge = (view, { graph }) => {
  const expected = "a ResponsePolicy of the network";
  const answers = graph.ofType(token("gcp", "dns.ResponsePolicy")).flatMap((policy) => {
    const networks = list(policy.props, "networks");
    const paths =
      typeof networks === "symbol" ? ["networks"] : networks.map((_, index) => `networks.${index}.networkUrl`);
    return paths.map((path) => graph.names(policy, path, view));
  });
  if (answers.includes(true)) return pass("", expected);
  return answers.includes("unknown") ? unknown("", expected) : fail("", expected);
};

export const firewall = rule(
  "dns-firewall",
  awsGraph(
    "ec2.Vpc",
    whereAsked(
      companion(
        [token("aws", "route53.ResolverFirewallRuleGroupAssociation")],
        "vpcId",
        filled("firewallRuleGroupId", "a rule group"),
      ),
    ),
  ),
  azureGraph("network.VirtualNetwork", whereAsked(azureFirewall)),
  gcpGraph("compute.Network", whereAsked(gcpFirewall)),
);
