// What firewall rules, security groups and network ACLs may let through.
import type { Texts } from ".";

export const firewall: Texts = {
  "network-database-firewall-not-world": {
    title: "No firewall rule opens a database to everyone",
    severity: "critical",
    phase: "resource",
    why: "An open firewall rule undoes every other network control of a database.",
    remedy: {
      aws: "Name a security group or a private range as the source of the database port.",
      azure: "Remove the rule: 0.0.0.0 lets in every customer of Azure. Name your addresses.",
      gcp: "Remove ranges like 0.0.0.0/0 from authorizedNetworks.",
    },
  },
  "network-sg-no-world-ssh-rdp": {
    title: "SSH and RDP are closed to the internet",
    severity: "critical",
    phase: "resource",
    why: "Open SSH and RDP ports are the most scanned ports of the internet.",
    remedy: {
      aws: "Use Session Manager, or name a private range as the source.",
      azure: "Use Azure Bastion, or name a private range as the source.",
      gcp: "Use Identity-Aware Proxy: source range 35.235.240.0/20.",
    },
  },
  "network-sg-no-db-ports": {
    title: "Ports of databases, caches and brokers are closed to the internet",
    severity: "critical",
    phase: "resource",
    why: "A database, cache or broker port open to everyone is found and emptied by machines.",
    remedy: {
      aws: "Name the application's security group as the source.",
      azure: "Name the application's subnet as the source.",
      gcp: "Name the application's subnet or service account as the source.",
    },
  },
  "network-sg-no-all-ports": {
    title: "No rule opens all ports to the internet",
    severity: "critical",
    phase: "resource",
    why: "A rule for all ports opens services that nobody meant to publish.",
    remedy: {
      aws: "Name protocol and ports.",
      azure: "Name protocol and ports; never * from *.",
      gcp: "Name protocol and ports in allows.",
    },
  },
  "network-ingress-allow-list": {
    title: "Nothing but ports 80 and 443 is open to the internet",
    severity: "high",
    phase: "resource",
    why: "Only the web ports of the load balancer are meant for everybody.",
    remedy: {
      aws: "Open 80 and 443 only; everything else to named sources.",
      azure: "Open 80 and 443 only; everything else to named sources.",
      gcp: "Open 80 and 443 only; everything else to named sources.",
    },
  },
  "network-sg-restrict-egress": {
    title: "Only web, name and time services are reached on the whole internet",
    severity: "medium",
    phase: "resource",
    why: "Malware calls home, and data leaves, over whatever port is open outwards.",
    remedy: {
      aws: "Let out 443, 80, 53 and 123 only, or name destinations.",
      azure: "Let out 443, 80, 53 and 123 only, or name destinations.",
      gcp: "Let out 443, 80, 53 and 123 only, or name destinations.",
      kubernetes: "Name destinations in the NetworkPolicy's egress, or ports 443, 80, 53 and 123 alone.",
    },
  },
  "network-nacl-no-world-admin-ports": {
    title: "Network ACLs keep SSH and RDP closed to the internet",
    severity: "medium",
    phase: "resource",
    why: "The network ACL is the second wall; it must not open SSH and RDP to everyone.",
    remedy: { aws: "Deny 22 and 3389 from 0.0.0.0/0 and ::/0." },
  },
  "network-rule-descriptions": {
    title: "Each firewall rule says what it is for",
    severity: "low",
    phase: "resource",
    why: "A rule without a reason can't be reviewed, so it is never removed.",
    remedy: {
      aws: "Set description on the group and on each rule.",
      azure: "Set description on each rule.",
      gcp: "Set description.",
    },
  },
};
