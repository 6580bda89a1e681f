// https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CacheBehavior.html
import { oneOf, refuse } from "../limits";
import type { Moment, Props, Refusal } from "../row";
import { isKnown, isSet, list, object, pickAll, text, texts } from "../values";

const methods = {
  allowedMethods: ["GET,HEAD", "GET,HEAD,OPTIONS", "DELETE,GET,HEAD,OPTIONS,PATCH,POST,PUT"],
  cachedMethods: ["GET,HEAD", "GET,HEAD,OPTIONS"],
} as const;

/** What CloudFront refuses of a distribution's behaviors: their targets, methods and ways of caching. */
export function behaviorRefusals({ inputs }: Pick<Moment, "inputs">): readonly Refusal[] {
  const ids = (path: string) => pickAll(inputs, `${path}.*.originId`).map(({ value }) => value);
  const targets = [...ids("origins"), ...ids("originGroups")];
  const groups = ids("originGroups");
  const all: readonly (readonly [string, Props])[] = [
    ["defaultCacheBehavior", object(inputs["defaultCacheBehavior"])],
    ...list(inputs["orderedCacheBehaviors"]).map(
      (one, index) => [`orderedCacheBehaviors.${index}`, object(one)] as const,
    ),
  ];
  return all
    .filter(([, behavior]) => Object.keys(behavior).length > 0)
    .flatMap(([path, behavior]) => [
      ...oneOf(inputs, `${path}.viewerProtocolPolicy`, ["allow-all", "https-only", "redirect-to-https"]),
      ...methodRefusals(path, behavior),
      ...cachingRefusals(path, behavior),
      ...(text(behavior["targetOriginId"]) !== undefined && !targets.includes(behavior["targetOriginId"] ?? "")
        ? refuse(`${path}.targetOriginId`, "NoSuchOrigin: one or more of your origins or origin groups do not exist")
        : []),
      ...(groups.includes(behavior["targetOriginId"] ?? "") && texts(behavior["allowedMethods"]).includes("POST")
        ? refuse(
            `${path}.allowedMethods`,
            "InvalidArgument: AllowedMethods cannot include POST, PUT, PATCH, or DELETE for a cache behavior associated with an origin group",
          )
        : []),
    ]);
}

const methodRefusals = (path: string, behavior: Props): readonly Refusal[] =>
  (["allowedMethods", "cachedMethods"] as const).flatMap((property) => {
    const given = behavior[property];
    if (!isSet(given)) return refuse(`${path}.${property}`, "is required");
    const sorted = [...texts(given)].sort().join(",");
    return !isKnown(given) || (methods[property] as readonly string[]).includes(sorted)
      ? []
      : refuse(`${path}.${property}`, `InvalidArgument: expected one of ${methods[property].join(" | ")}`);
  });

/** A cache policy, or the older block of forwarded values; an origin request policy wants the former. */
function cachingRefusals(path: string, behavior: Props): readonly Refusal[] {
  const policy = isSet(behavior["cachePolicyId"]);
  const forwarded = isSet(behavior["forwardedValues"]);
  return [
    ...(policy || forwarded
      ? []
      : refuse(`${path}.cachePolicyId`, "InvalidArgument: the parameter ForwardedValues or CachePolicyId is required")),
    ...(policy && forwarded ? refuse(`${path}.forwardedValues`, "InvalidArgument: conflicts with CachePolicyId") : []),
    ...(isSet(behavior["originRequestPolicyId"]) && !policy
      ? refuse(`${path}.originRequestPolicyId`, "InvalidArgument: needs a CachePolicyId")
      : []),
    ...(policy && ["minTtl", "defaultTtl", "maxTtl"].some((ttl) => isSet(behavior[ttl]))
      ? refuse(`${path}.defaultTtl`, "InvalidArgument: the cache policy has the TTLs")
      : []),
  ];
}
