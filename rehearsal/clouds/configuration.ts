// A provider's own configuration: checked, compared, and turned into the place where it works.
import { changes, type Verdict } from "./diff";
import { dotted, shown } from "./paths";
import type { Package, Place, Props, Refusal, Value } from "./row";
import { Refused } from "./subject";
import { decodeProps, type RawProps } from "./wire";

type Environment = Readonly<Record<string, string | undefined>>;

/** Lists, objects, booleans of a configuration travel as JSON text, as every SDK sends them. */
function parsed(props: Props): Props {
  return Object.fromEntries(Object.entries(props).map(([key, value]) => [key, parse(value)]));
}

function parse(value: Value): Value {
  if (typeof value !== "string" || !/^\s*([[{]|true$|false$)/.test(value)) return value;
  try {
    return JSON.parse(value) as Value;
  } catch {
    return value;
  }
}

const isRefusals = (told: Place | readonly Refusal[]): told is readonly Refusal[] => Array.isArray(told);

/** Newer engines send `args`; `variables` (`aws:config:region`) are what older ones have alone. */
export function configOf(pkg: Package, args: RawProps, variables: Readonly<Record<string, string>>): Props {
  if (Object.keys(args).length > 0) return parsed(decodeProps(args));
  const prefix = `${pkg.name}:config:`;
  return parsed(Object.fromEntries(Object.entries(variables).map(([key, value]) => [key.replace(prefix, ""), value])));
}

export function placeOf(pkg: Package, config: Props, environment: Environment): Place {
  const place = pkg.place(config, environment);
  if (!isRefusals(place)) return place;
  const lines = place.map(({ property, reason }) => (property === "" ? reason : `${dotted(property)}: ${reason}`));
  throw new Refused(`the configuration of the provider ${pkg.name} is refused: ${lines.join("; ")}`);
}

export function checkConfig(pkg: Package, news: RawProps, environment: Environment): readonly Refusal[] {
  const place = pkg.place(parsed(decodeProps(news)), environment);
  return isRefusals(place) ? place : [];
}

/** Another account or region makes it another provider, whose resources can't be the same ones. */
export function diffConfig(pkg: Package, olds: RawProps, news: RawProps, environment: Environment): Verdict {
  const [before, after] = [parsed(decodeProps(olds)), parsed(decodeProps(news))];
  const [from, to] = [pkg.place(before, environment), pkg.place(after, environment)];
  const moved = !isRefusals(from) && !isRefusals(to) && (from.account !== to.account || from.region !== to.region);
  const found = changes(before, after);
  const told = pkg.moves?.(before, after);
  // Credentials and limits may change under the same place; what moves it is the rest.
  const keys = moved
    ? [...new Set(found.map(({ path }) => String(path[0])))].filter((key) =>
        moves(pkg, before, after, key, environment),
      )
    : [];
  const replaces = told ?? keys;
  return {
    changes: found.map(({ path, kind }) => ({ path: shown(path), kind, replace: replaces.includes(String(path[0])) })),
    replaces,
    deleteBeforeReplace: false,
  };
}

/** Whether this key alone, changed, leads to another place. */
function moves(pkg: Package, before: Props, after: Props, key: string, environment: Environment): boolean {
  const { [key]: _, ...rest } = before;
  const value = after[key];
  const changed: Props = value === undefined ? rest : { ...before, [key]: value };
  const [from, to] = [pkg.place(before, environment), pkg.place(changed, environment)];
  return !isRefusals(from) && !isRefusals(to) && (from.account !== to.account || from.region !== to.region);
}
