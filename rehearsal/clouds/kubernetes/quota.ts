// LimitRanges and ResourceQuotas, as admission holds pods against those of their namespace, with its words.
// https://kubernetes.io/docs/concepts/policy/limit-range/ and /resource-quotas/
import type { Item, Moment, Props, Value } from "../row";
import { list, number, object, pick, text } from "../values";
import { amount } from "./forms";
import { templateOf, templates } from "./pod";

const RANGE = "kubernetes:core/v1:LimitRange";
const QUOTA = "kubernetes:core/v1:ResourceQuota";

/** Resources of one container after the namespace's defaults. */
interface Room {
  readonly name: string;
  readonly requests: Props;
  readonly limits: Props;
}

const inSpace = ({ account, place }: Moment, type: string, space: string): readonly Item[] =>
  account.all(type).filter((one) => one.place.account === place.account && one.id.startsWith(`${space}/`));

const containerLimits = (ranges: readonly Item[]): readonly Props[] =>
  ranges
    .flatMap(({ inputs }) => list(pick(inputs, "spec.limits")).map(object))
    .filter(({ type }) => type === "Container");

/** What isn't asked for is given by a LimitRange; a limit alone is a request too. */
function roomsOf(template: Props, limits: readonly Props[]): readonly Room[] {
  const defaults = (which: string) => Object.fromEntries(limits.flatMap((one) => Object.entries(object(one[which]))));
  return list(pick(template, "spec.containers"))
    .map(object)
    .map((container) => {
      const [asked, most] = ["requests", "limits"].map((which) => object(pick(container, `resources.${which}`)));
      return {
        name: text(container["name"]) ?? "",
        requests: { ...defaults("defaultRequest"), ...most, ...asked },
        limits: { ...defaults("default"), ...most },
      };
    });
}

/** Why no pod of this object may come into the namespace; what isn't known yet passes. */
export function overQuota(kind: string, moment: Moment, space: string): readonly string[] {
  const template = templateOf(kind, moment.inputs);
  if (template === undefined) return [];
  const limits = containerLimits(inSpace(moment, RANGE, space));
  const rooms = roomsOf(template, limits);
  return [
    ...rooms.flatMap((room) => limits.flatMap((limit) => beyond(room, limit))),
    ...inSpace(moment, QUOTA, space).flatMap((quota) => exceeded(kind, moment, space, quota, rooms, limits)),
  ];
}

function beyond({ requests, limits }: Room, { min, max }: Props): readonly string[] {
  const over = Object.entries(object(max)).flatMap(([resource, most]) => {
    const given = limits[resource];
    if (given === undefined)
      return [`maximum ${resource} usage per Container is ${said(most)}.  No limit is specified`];
    return (amount(given) ?? 0) > (amount(most) ?? Infinity)
      ? [`maximum ${resource} usage per Container is ${said(most)}, but limit is ${said(given)}`]
      : [];
  });
  const under = Object.entries(object(min)).flatMap(([resource, least]) => {
    const given = requests[resource];
    if (given === undefined)
      return [`minimum ${resource} usage per Container is ${said(least)}.  No request is specified`];
    return (amount(given) ?? Infinity) < (amount(least) ?? 0)
      ? [`minimum ${resource} usage per Container is ${said(least)}, but request is ${said(given)}`]
      : [];
  });
  return [...over, ...under];
}

const said = (value: Value | undefined): string =>
  typeof value === "string" || typeof value === "number" ? String(value) : "?";

/** `cpu` in a quota means requests. */
const measured = (key: string): readonly ["requests" | "limits", string] | undefined => {
  if (key === "cpu" || key === "memory" || key === "ephemeral-storage") return ["requests", key];
  const [which = "", resource = ""] = key.split(/\.(.*)/);
  return which === "requests" || which === "limits" ? [which, resource] : undefined;
};

function exceeded(
  kind: string,
  moment: Moment,
  space: string,
  quota: Item,
  rooms: readonly Room[],
  limits: readonly Props[],
): readonly string[] {
  const name = quota.id.split("/")[1] ?? "";
  return Object.entries(object(pick(quota.inputs, "spec.hard"))).flatMap(([key, hard]) => {
    const top = amount(hard);
    if (top === undefined) return [];
    const of = (pod: readonly Room[]): number | undefined => {
      if (key === "pods") return 1;
      const at = measured(key);
      return at && pod.reduce((sum, room) => sum + (amount(room[at[0]][at[1]]) ?? 0), 0);
    };
    const one = of(rooms);
    if (one === undefined) return [];
    const at = measured(key);
    const silent = at ? rooms.filter((room) => room[at[0]][at[1]] === undefined) : [];
    if (silent.length > 0)
      return [`failed quota: ${name}: must specify ${key} for: ${silent.map((room) => room.name).join(",")}`];
    const used = usedIn(moment, space, (template) => of(roomsOf(template, limits)) ?? 0);
    const asked = one * podsOf(kind, moment.inputs);
    if (used + asked <= top) return [];
    return [`exceeded quota: ${name}, requested: ${key}=${one}, used: ${key}=${used}, limited: ${key}=${said(hard)}`];
  });
}

/** Pods that stand at once: replicas; one where the kind has none. A CronJob's come and go. */
function podsOf(kind: string, inputs: Props): number {
  if (kind === "CronJob" || kind === "PodTemplate") return 0;
  const count = kind === "Job" ? pick(inputs, "spec.parallelism") : pick(inputs, "spec.replicas");
  return number(count) ?? 1;
}

function usedIn(moment: Moment, space: string, measure: (template: Props) => number): number {
  const { type, id } = { type: moment.type, id: moment.old?.id };
  return Object.keys(templates)
    .flatMap((kind) => tokensOf(kind).flatMap((token) => inSpace(moment, token, space).map((item) => ({ kind, item }))))
    .filter(({ item }) => !(item.type === type && item.id === (id ?? ownId(moment, space))))
    .reduce((sum, { kind, item }) => sum + podsOf(kind, item.inputs) * measure(templateOf(kind, item.inputs) ?? {}), 0);
}

const ownId = ({ inputs }: Moment, space: string): string => `${space}/${text(pick(inputs, "metadata.name")) ?? ""}`;

const tokensOf = (kind: string): readonly string[] =>
  ["core/v1", "apps/v1", "batch/v1"].map((group) => `kubernetes:${group}:${kind}`);
