// What the simulated clouds have to tell of a run beyond the engine's events: faults that struck, quota that was short.
import type { Clouds, Fired, Usage } from "../clouds";
import { parseUrn, shortType } from "../display/events";
import type { Section } from "../display/screen";
import { duration, paint, type Style, wrap } from "../display/style";
import type { Seconds } from "../schedule";
import { faultText } from "./fault";

/** Sections for the screen; none where there is nothing to tell. */
export function told(clouds: Pick<Clouds, "faults" | "usage" | "timeline">, style: Style): readonly Section[] {
  const { fired, idle } = clouds.faults();
  const struck = fired.map((one) => struckText(one, clouds));
  const never = idle.map((fault) => `never struck: ${faultText(fault)}`);
  const short = clouds.usage().filter(({ quota, used }) => used > quota.fresh);
  return [
    {
      title: "Faults",
      lines: [...struck.map((text) => ["x", text] as const), ...never.map((text) => ["-", text] as const)].flatMap(
        ([sign, text]) => listed(sign, text, sign === "x" ? "red" : "dim", style),
      ),
    },
    { title: "Quota", lines: short.flatMap((usage) => listed("!", shortText(usage), "yellow", style)) },
  ].filter(({ lines }) => lines.length > 0);
}

function struckText(
  { fault, kind, type, urn, calls, survived }: Fired,
  { timeline }: Pick<Clouds, "timeline">,
): string {
  const what = urn === "" ? type : `${shortType(type)} ${parseUrn(urn).name}`;
  const done = timeline().findLast((one) => one.urn === urn && one.kind === kind);
  const longer = done !== undefined && done.delay > 0 ? `, ${duration(done.delay)} longer` : "";
  const how =
    fault.does === "throttle"
      ? `throttled ${calls === 1 ? "once" : `${calls} times`}${longer}: ${survived ? "tried again, and it worked" : "gave up"}`
      : `${fault.does}${fault.does === "partial" ? "" : ` ${fault.when ?? "before"} the act`}${longer}`;
  return `${kind} ${what}: ${how}`;
}

const shortText = ({ quota, where, used, limit }: Usage): string =>
  `${quota.name}${where === "" ? "" : ` (${where})`}: ${used} in use, a fresh account has ${quota.fresh}` +
  `${limit < Infinity ? `, this one ${limit}` : ""}; ask for more before (${quota.known})`;

function listed(sign: string, text: string, color: "red" | "dim" | "yellow", style: Style): readonly string[] {
  return wrap(`${sign} ${text}`, style.columns, "  ", "    ").map((line) => paint(style, color, line));
}

/** Seconds of the real thing with what this run's faults added to them or took from them. */
export function taken(clouds: Pick<Clouds, "seconds" | "timeline">): Seconds {
  const delays = new Map(clouds.timeline().map(({ kind, urn, delay }) => [`${kind} ${urn}`, delay]));
  return (type, act, urn) => Math.max(0, clouds.seconds(type, act) + (delays.get(`${act} ${urn}`) ?? 0));
}
