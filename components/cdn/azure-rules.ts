import { Rule, RuleSet } from "@pulumi/azure-native/cdn";
import type { BuildContext } from "../build";
import type { CompleteCdnArgs } from ".";
import type { Place } from "./azure-origins";
import { securityHeaders } from "./headers";

type Context = BuildContext<CompleteCdnArgs>;

/** What browsers are told with every answer. Names here are letters and digits only. */
export function headerRules({ name, child }: Context, place: Place) {
  const set = new RuleSet(`${name}-headers`, { ...place, ruleSetName: "headers" }, child);
  const rule = new Rule(
    `${name}-headers`,
    {
      ...place,
      ruleSetName: set.name,
      ruleName: "security",
      order: 1,
      matchProcessingBehavior: "Continue",
      actions: Object.entries(securityHeaders).map(([headerName, value]) => ({
        name: "ModifyResponseHeader" as const,
        parameters: {
          typeName: "DeliveryRuleHeaderActionParameters" as const,
          headerAction: "Overwrite",
          headerName,
          value,
        },
      })),
    },
    child,
  );
  return { set, rule };
}

/** How long assets are kept that don't say themselves (CDN-08). */
export function cacheRules({ name, args, child }: Context, place: Place) {
  const set = new RuleSet(`${name}-caching`, { ...place, ruleSetName: "caching" }, child);
  const rule = new Rule(
    `${name}-caching`,
    {
      ...place,
      ruleSetName: set.name,
      ruleName: "lifetime",
      order: 1,
      matchProcessingBehavior: "Continue",
      actions: [
        {
          name: "RouteConfigurationOverride" as const,
          parameters: {
            typeName: "DeliveryRuleRouteConfigurationOverrideActionParameters" as const,
            cacheConfiguration: {
              cacheBehavior: "OverrideIfOriginMissing",
              cacheDuration: duration(args.assetTtl),
              isCompressionEnabled: "Enabled",
              queryStringCachingBehavior: "IgnoreQueryString",
            },
          },
        },
      ],
    },
    child,
  );
  return { set, rule };
}

/** Seconds as Front Door writes them: `1.02:03:04` is a day, two hours, three minutes and four seconds. */
export function duration(seconds: number): string {
  const [days, hours, minutes] = [86_400, 3600, 60].map((unit) => Math.floor(seconds / unit));
  const two = (value: number) => String(value).padStart(2, "0");
  const clock = [(hours ?? 0) % 24, (minutes ?? 0) % 60, seconds % 60].map(two).join(":");
  return days ? `${days}.${clock}` : clock;
}
