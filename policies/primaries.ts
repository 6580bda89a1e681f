// Which database a rule is about: the primary, not its replicas; the instance with storage of its own; one that is meant to last.
import { notApplicable, when, where } from "./judge";
import { read } from "./read";
import { type Judge, relaxed, type View } from "./rule";

const replicaOf: Readonly<Record<string, (view: View) => boolean | "unknown">> = {
  aws: ({ props }) => read(props, "replicateSourceDb") !== undefined,
  azure: where("createMode", ["Replica"]),
  gcp: ({ props }) => read(props, "masterInstanceName") !== undefined,
};

const not = (condition: (view: View) => boolean | "unknown") => (view: View) => {
  const answer = condition(view);
  return answer === "unknown" ? answer : !answer;
};

/** Backups, standby and deletion guard are the primary's. */
export const primary = (cloud: "aws" | "azure" | "gcp", judge: Judge) =>
  when(not(replicaOf[cloud] as (view: View) => boolean), "a replica: its primary decides", judge);

/** An Aurora instance has its cluster's storage, backups and parameters. */
export const ownStorage = (judge: Judge) =>
  when(({ props }) => read(props, "clusterIdentifier") === undefined, "its cluster decides", judge);

/** What only availability and cost decide is asked of environments that are meant to last. */
export const lasting =
  (judge: Judge): Judge =>
  (view, context) =>
    relaxed(context) ? notApplicable("a throw-away environment") : judge(view, context);
