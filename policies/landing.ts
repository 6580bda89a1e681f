// What an account, a subscription or a project has once: looked for where the pack's user says that the stack is the
// landing zone, and told of the provider, which stands for the account and its region. Elsewhere another stack has it.
import { fail, notApplicable, pass, unknown, worst } from "./judge";
import { asText, isUnknown, read } from "./read";
import type { Context, Judge, Verdict, View } from "./rule";

/** Region of a resource: its own, or its provider's. */
export const regionOf = (view: View): unknown => read(view.props, "region") ?? read(view.provider, "region");

interface Wanted {
  readonly types: readonly string[];
  readonly expected: string;
  /** One of them that counts. @default any */
  readonly fits?: Judge;
  /** Once a region, not once an account. @default false */
  readonly regional?: boolean;
}

/** A provider's account holds such a thing. */
export const held =
  ({ types, expected, fits = () => pass(""), regional = false }: Wanted): Judge =>
  (provider, context) => {
    if (!context.settings.landingZone) return notApplicable("no landing zone: another stack may hold it");
    const region = read(provider.props, "region");
    const near = context.graph
      .ofType(...types)
      .filter(
        (one) => !regional || region === undefined || isUnknown(region) || asText(regionOf(one)) === asText(region),
      );
    const verdicts = near.map((one) => worst([fits(one, context)].flat() as readonly Verdict[]));
    if (verdicts.some(({ status }) => status === "pass")) return pass("", expected);
    return verdicts.some(({ status }) => status === "unknown") ? unknown("", expected) : fail("", expected);
  };

/** Every one of several things is there. */
export const allHeld =
  (...wanted: readonly Wanted[]): Judge =>
  (view, context: Context) =>
    wanted.flatMap((one) => held(one)(view, context));
