// Names and certificates.
import type { Texts } from ".";

export const dns: Texts = {
  "dns-dnssec": {
    title: "Public zones are signed, with strong algorithms",
    severity: "medium",
    phase: "stack",
    why: "Without signatures whoever sits between can send callers anywhere.",
    remedy: {
      aws: "Add a KeySigningKey and a HostedZoneDnsSec for the zone.",
      azure: "Add a dns.DnssecConfig for the zone.",
      gcp: "Set dnssecConfig.state to on, without rsasha1.",
    },
  },
  "dns-query-logging": {
    title: "DNS queries are on record",
    severity: "low",
    phase: "stack",
    why: "Stolen data and calls home of malware show in names first. Resolvers are judged where the stack logs any, or is a landing zone.",
    remedy: {
      aws: "Add a QueryLog for public zones, and a ResolverQueryLogConfigAssociation for VPCs.",
      azure: "Add a DiagnosticSetting with DnsResponse for the DnsResolverPolicy.",
      gcp: "Set enableLogging of dns.Policy, and cloudLoggingConfig.enableLogging of public zones.",
    },
  },
  "dns-no-dangling-records": {
    title: "Names don't point to hosts that somebody else could take",
    severity: "high",
    phase: "stack",
    why: "A record of a host that is gone gives the name, its cookies and its certificates to the next who registers it.",
    remedy: {
      aws: "Take the target from the resource, or remove the record; hosts elsewhere go into the setting allowedDnsTargets.",
      azure: "Use targetResource (an alias record), or take the target from the resource.",
      gcp: "Take rrdatas from the resource, or remove the record; hosts elsewhere go into the setting allowedDnsTargets.",
      kubernetes: "Point externalName to a host of the stack, or remove the Service.",
    },
  },
  "dns-firewall": {
    title: "Names known to be bad don't resolve, where data asks for it",
    severity: "low",
    phase: "stack",
    why: "DoD impact levels 4 and up ask for it. Judged in stacks that hold such data, by the tag data-class.",
    remedy: {
      aws: "Add a ResolverFirewallRuleGroupAssociation for the VPC.",
      azure: "Link a DnsResolverPolicy with a DnsSecurityRule that blocks.",
      gcp: "Add a dns.ResponsePolicy with the network.",
    },
  },
  "cert-managed-and-strong": {
    title: "The cloud issues and renews certificates, of strong keys",
    severity: "medium",
    phase: "resource",
    why: "Certificates that people renew run out; weak keys are forged.",
    remedy: {
      aws: "Let ACM issue it: validationMethod DNS, transparency logging on, no RSA_1024.",
      azure: "Use managed certificates, or take them from Key Vault (keyVaultSecretId, tlsSettings.secret).",
      gcp: "Set managed on the certificatemanager.Certificate.",
      kubernetes: "Leave spec.privateKey.size at 2048 or more.",
    },
  },
};
