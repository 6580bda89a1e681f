import { auditRanges } from "../../components/audit";
import { clouds } from "../../components/cloud";
import { block, choice, flag, text, whole } from "../fields";
import { recoveryModes } from "../reach";
import { zones } from "./network";

// What must survive: audit records, and the platform in another place.

export const audit = block("Who changed what in the account (SEC-13), and threat detection (SEC-19).", {
  enabled: flag("Make a trail. Off where the account has one already."),
  lockDays: whole(auditRanges.lockDays, "days", "Nobody can change or delete a record for so long.", 365),
  retentionDays: whole(auditRanges.retentionDays, "days", "How long records are kept.", 365),
  threatDetection: flag("Threat detection of the account; one stack of an account may own it."),
});

const region = (which: string) =>
  text(/^[a-z0-9-]+$/, "a region, by its cloud's own name", "us-west-2", `${which}, by the cloud's own name.`);

export const dr = block(
  "Recovery from the loss of a region or a cloud (DR). Without a region or a secondary cloud: none.",
  {
    region: region("Region of the standby site, on the stack's cloud (DR-02)"),
    zones,
    cidr: text(
      /^[\d./]+$/,
      "an IPv4 range inside 10.0.0.0/8, /16 to /20",
      "10.120.0.0/16",
      "Address range of the standby site; network.cidr with 100 added to its second number where left out (NET-13).",
    ),
    mode: choice(
      recoveryModes,
      "backup-restore: copies only. pilot-light: a replica of the database and a small cluster. warm-standby: all of it, " +
        "running small (DR-10). From rtoMinutes where left out.",
    ),
    secondaryCloud: choice([...clouds, "none"], "Another cloud that keeps copies of the backups (DR-06, BAK-13)."),
    secondaryRegion: region("Region of the site on the secondary cloud"),
    rtoMinutes: whole([1, 10_080], "min", "Promise: back in service after so long (DR-01).", 240),
    rpoMinutes: whole([1, 10_080], "min", "Promise: data of so long may be lost (DR-01).", 60),
    active: flag("Fails over: promotes the replica and sends everybody to the standby site (DR-04)."),
  },
);
