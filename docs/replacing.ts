/** Settings whose change makes something that holds data anew, why, and how to do it without losing the data. */
export interface Replacing {
  /** Clouds on which it does. */
  readonly clouds: readonly ("aws" | "azure" | "gcp")[];
  /** What is made anew, in a reader's words. */
  readonly what: string;
  readonly why: string;
  readonly how: string;
}

const everywhere = ["aws", "azure", "gcp"] as const;
const secondStack =
  "Make a second stack with the new value, restore or copy the data into it, move the names over, then destroy the first.";

export const replacing: Readonly<Record<string, Replacing>> = {
  app: {
    clouds: everywhere,
    what: "everything",
    why: "It is the first part of every name.",
    how: "Set `name` to the old value, so that names stay.",
  },
  name: { clouds: everywhere, what: "everything", why: "It is the first part of every name.", how: secondStack },
  environment: {
    clouds: everywhere,
    what: "everything",
    why: "It is the second part of every name.",
    how: secondStack,
  },
  cloud: {
    clouds: everywhere,
    what: "everything",
    why: "Another cloud is another platform.",
    how: "dr.secondaryCloud copies the data over; then as for `name`.",
  },
  region: {
    clouds: everywhere,
    what: "everything",
    why: "Nothing moves between regions.",
    how: "Set dr.region to the new region, fail over to it (dr.active), then make it the first region of a new stack.",
  },
  "database.name": {
    clouds: everywhere,
    what: "the database of that name; on AWS the server with it",
    why: "A database is its name, and RDS makes the first one with the server.",
    how: "Make another database inside the server by SQL, and leave this setting.",
  },
  "database.user": {
    clouds: ["aws", "azure"],
    what: "the database server",
    why: "RDS and flexible server name the administrator when the server is made.",
    how: "Make another login inside the server by SQL, and leave this setting.",
  },
  "cache.enabled": {
    clouds: everywhere,
    what: "the cache, when it is switched off",
    why: "That is what it says.",
    how: "Take the application off the cache first; what it holds is gone.",
  },
  "storage.uploads": {
    clouds: everywhere,
    what: "the store, when it is switched off",
    why: "That is what it says.",
    how: "Copy its content, lift the protection (safeguards.deletionProtection), empty it.",
  },
  "storage.assets": {
    clouds: everywhere,
    what: "the store, when it is switched off",
    why: "That is what it says.",
    how: "As for `storage.uploads`; take it from the CDN first (cdn.origins).",
  },
  "storage.backups": {
    clouds: everywhere,
    what: "the store, when it is switched off",
    why: "That is what it says.",
    how: "As for `storage.uploads`; locked backups stay until their time is over.",
  },
  "dns.domain": {
    clouds: everywhere,
    what: "the zone and everything under its name",
    why: "A zone is its name.",
    how: secondStack,
  },
  "audit.enabled": {
    clouds: ["aws", "azure"],
    what: "the trail and its store, when it is switched off",
    why: "That is what it says.",
    how: "Let another trail of the account take over first; locked records stay until their time is over.",
  },
  "dr.mode": {
    clouds: everywhere,
    what: "the standby's replica and cluster, when the mode is lowered to backup-restore",
    why: "That is what it says.",
    how: "Nothing of the first site is touched; raise it again and a new replica is filled.",
  },
  "dr.region": {
    clouds: everywhere,
    what: "the standby site, in the old region",
    why: "Nothing moves between regions.",
    how: "Remove dr.region (the standby goes), apply, then set the new one; there is no standby in between.",
  },
  "network.cidr": {
    clouds: ["gcp"],
    what: "the network; on Google Cloud the cluster with it, elsewhere the cloud refuses while a cluster or database stands in it",
    why: "Subnets are cut from it, and clusters and databases can't move to another subnet.",
    how: secondStack,
  },
  "cache.mode": {
    clouds: ["azure", "gcp"],
    what: "the cache; AWS refuses the change on a running one",
    why: "Sharded and replicated caches are different things to the cloud, and speak differently to clients.",
    how: "Take the application off the cache first, switch it off (cache.enabled), then on with the other mode.",
  },
  "cache.ha": {
    clouds: ["gcp"],
    what: "the cache",
    why: "Memorystore decides its tier when it makes an instance.",
    how: "Let the application do without the cache for some minutes; what it holds is gone.",
  },
  "registry.repositories": {
    clouds: ["aws", "gcp"],
    what: "the repository that is taken off the list, with its images and their copies",
    why: "That is what it says. On Azure a repository comes with its first image, and stays.",
    how: "Deploy images of another repository first, and keep the old one on the list until no release of it is needed.",
  },
  "secrets.rotatePasswords": {
    clouds: ["azure", "gcp"],
    what: "the secret that a rotation keeps its next password in, when it is switched off",
    why: "That is what it says; the password in use stays where it is.",
    how: "Nothing to do: between two rotations that secret is empty.",
  },
  "compute.deployFrom": {
    clouds: ["azure", "gcp"],
    what: "the secret that a rotation keeps its next password in, when the rotation goes with it",
    why: "Outside, Pulumi installs nothing in the cluster, and takes away what it had installed.",
    how: "Nothing to do: between two rotations that secret is empty.",
  },
  "dr.cidr": {
    clouds: ["gcp"],
    what: "the standby's network, and on Google Cloud its cluster",
    why: "Subnets are cut from it, and clusters can't move to another subnet.",
    how: "Nothing of the first site is touched; remove dr.region, apply, then set it with the new range.",
  },
};
