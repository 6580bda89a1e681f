// Names under which anybody may register a host: once the resource behind one is gone, the next customer of the cloud can have
// it, and with it every DNS record that still points there.
import type { Graph } from "./graph";
import { fail, pass, unknown } from "./judge";
import { asText, isUnknown } from "./read";
import type { Context, Verdict, View } from "./rule";

const registrable =
  /(^|\.)(s3[.-][^.]*\.?amazonaws\.com|s3-website[^/]*\.amazonaws\.com|cloudfront\.net|elasticbeanstalk\.com|elb\.amazonaws\.com|execute-api\.[^.]+\.amazonaws\.com|azurewebsites\.net|cloudapp\.(net|azure\.com)|trafficmanager\.net|azureedge\.net|azurefd\.net|azure-api\.net|core\.windows\.net|azurecontainerapps\.io|azurestaticapps\.net|run\.app|appspot\.com|web\.app|firebaseapp\.com|storage\.googleapis\.com|github\.io|herokuapp\.com|herokudns\.com|netlify\.app|vercel\.app|pages\.dev|fastly\.net|myshopify\.com)$/;

const host = (value: string) =>
  value
    .toLowerCase()
    .replace(/^https?:\/\//, "")
    .replace(/[/.]+$/, "");

/** Every text that a resource of the stack has or answers: host names are among them. */
const hostsOf = new WeakMap<Graph, ReadonlySet<string>>();
function hosts(graph: Graph): ReadonlySet<string> {
  const made = hostsOf.get(graph);
  if (made) return made;
  const values = graph.views
    .filter(({ type }) => !/[:/]record(Set)?:|:RecordSet$/i.test(type))
    .flatMap(({ outputs, props }) => [...Object.values(outputs), ...Object.values(props)].flat());
  const found = new Set(values.filter((value) => typeof value === "string").map(host));
  hostsOf.set(graph, found);
  return found;
}

/** Each target is made in the stack, allowed by the pack's user, or nobody's to take. */
export function targetsStand(
  view: View,
  { graph, settings }: Context,
  path: string,
  targets: readonly unknown[],
): Verdict {
  const expected = "a target that the stack makes, or that the setting allowedDnsTargets names";
  const top = path.split(".")[0] ?? path;
  if ((view.propertyDependencies[top] ?? []).length > 0) return pass(path, expected);
  const allowed = new Set(settings.allowedDnsTargets.map(host));
  const known = targets.filter((target) => !isUnknown(target)).map((target) => host(asText(target)));
  if (known.some((target) => registrable.test(target) && !allowed.has(target) && !hosts(graph).has(target)))
    return fail(path, expected);
  return targets.some(isUnknown) ? unknown(path, expected) : pass(path, expected);
}
