// SEC-05, SEC-08, SEC-09: no secret in clear where anybody may read it, and none for ever.
import { decoded, isCredential, namesSecret, scriptHasCredential } from "../credentials";
import { covers } from "../grants";
import { statements } from "../iam";
import { all, any, fail, filled, holds, notApplicable, pass, unknown, worst } from "../judge";
import { everyContainer, workloads } from "../pods";
import { asText, isObject, isUnknown, join, list, read, text } from "../read";
import { type Context, type Judge, rule, type Verdict, type View } from "../rule";
import { secretRotationCeilingDays } from "../standards";
import { aws, awsGraph, azure, gcp, kubernetes, kubernetesGraph, token } from "../tokens";

const expected = "a reference to a secret store instead of a credential in clear";

/** One variable. What isn't known yet is open only where its name is that of a secret. */
function variable(name: string, value: unknown, path: string): Verdict {
  if (isUnknown(value)) return namesSecret(name) ? unknown(path, expected) : pass(path, expected);
  return value !== undefined && isCredential(name, value) ? fail(path, expected) : pass(path, expected);
}
const none = (path: string) => [pass(path, expected)];

/** `{ NAME: value }`. */
function mapAt(props: unknown, path: string, base = ""): readonly Verdict[] {
  const at = join(base, path);
  const held = read(props, path);
  if (isUnknown(held)) return [unknown(at, expected)];
  const verdicts = isObject(held)
    ? Object.entries(held).map(([name, value]) => variable(name, value, join(at, name)))
    : [];
  return verdicts.length > 0 ? verdicts : none(at);
}
/** `[{ name, value }]`. */
function pairsAt(props: unknown, path: string, base = ""): readonly Verdict[] {
  const at = join(base, path);
  const found = list(props, path);
  if (typeof found === "symbol") return [unknown(at, expected)];
  if (found.length === 0) return none(at);
  return found.map((one, index) => variable(text(one, "name"), read(one, "value"), join(at, index, "value")));
}
const map =
  (path: string): Judge =>
  ({ props }) =>
    mapAt(props, path);
const pairs =
  (path: string): Judge =>
  ({ props }) =>
    pairsAt(props, path);
/** Containers in a list, each with its pairs; the path of the list first. */
const inEach =
  (lists: readonly string[], inner: string): Judge =>
  ({ props }) =>
    lists.flatMap((path) => {
      const found = list(props, path);
      if (typeof found === "symbol") return [unknown(path, expected)];
      return found.length === 0 ? none(path) : found.flatMap((one, index) => pairsAt(one, inner, join(path, index)));
    });
const script =
  (path: string): Judge =>
  ({ props }) => {
    const value = read(props, path);
    if (isUnknown(value)) return unknown(path, expected);
    return scriptHasCredential(decoded(asText(value))) ? fail(path, expected) : pass(path, expected);
  };
/** Container definitions: a list as JSON text. */
const definitions =
  (path: string, inner: string): Judge =>
  ({ props }) => {
    const value = read(props, path);
    if (isUnknown(value)) return unknown(path, expected);
    try {
      const parsed: unknown = typeof value === "string" ? JSON.parse(value) : value;
      return [parsed].flat().flatMap((one) => pairsAt(one, inner).map((verdict) => ({ ...verdict, path })));
    } catch {
      return unknown(path, expected);
    }
  };

export const noPlaintext = rule(
  "secrets-no-plaintext-in-env",
  aws("lambda.Function", map("environment.variables")),
  aws("ecs.TaskDefinition", definitions("containerDefinitions", "environment")),
  aws("batch.JobDefinition", definitions("containerProperties", "environment")),
  aws("codebuild.Project", pairs("environment.environmentVariables")),
  aws("apprunner.Service", map("sourceConfiguration.imageRepository.imageConfiguration.runtimeEnvironmentVariables")),
  aws("ec2.Instance, ec2.LaunchTemplate, ec2.LaunchConfiguration, ec2.SpotInstanceRequest", script("userData")),
  aws("ec2.Instance", script("userDataBase64")),
  azure("app.ContainerApp, app.Job", inEach(["template.containers", "template.initContainers"], "env")),
  azure("containerinstance.ContainerGroup", inEach(["containers", "initContainers"], "environmentVariables")),
  azure("web.WebApp, web.WebAppSlot", all(pairs("siteConfig.appSettings"), pairs("siteConfig.connectionStrings"))),
  azure("web.WebAppApplicationSettings", map("properties")),
  azure("compute.VirtualMachine", script("osProfile.customData")),
  azure("compute.VirtualMachineScaleSet", script("virtualMachineProfile.osProfile.customData")),
  gcp("cloudrunv2.Service", inEach(["template.containers"], "envs")),
  gcp("cloudrunv2.Job", inEach(["template.template.containers"], "envs")),
  gcp("cloudrun.Service", inEach(["template.spec.containers"], "envs")),
  gcp("cloudfunctionsv2.Function", map("serviceConfig.environmentVariables")),
  gcp("cloudfunctions.Function", map("environmentVariables")),
  gcp(
    "compute.Instance, compute.InstanceTemplate, compute.RegionInstanceTemplate",
    all(script("metadataStartupScript"), map("metadata")),
  ),
  kubernetes(
    workloads,
    everyContainer(({ props, at }) => pairsAt(props, "env", at)),
  ),
  kubernetes("core.ConfigMap", all(map("data"), map("binaryData"))),
);

/** `rate(30 days)`; a cron line can't be rarer than a year, and is taken as meant. */
const schedule = (value: unknown) => {
  const [, count, unit] = /^rate\((\d+)\s+(hour|day)s?\)$/.exec(asText(value)) ?? [];
  return count === undefined
    ? asText(value).startsWith("cron(")
    : Number(count) / (unit === "hour" ? 24 : 1) <= secretRotationCeilingDays;
};
const days = `${secretRotationCeilingDays} days at most`;
const rotates = any(
  holds("rotationRules.automaticallyAfterDays", days, (value) => Number(value) <= secretRotationCeilingDays),
  holds("rotationRules.scheduleExpression", days, schedule),
);

/** A job of the stack's own renews it: somebody is granted to write its versions. */
function writer(secret: View, { graph }: Context): boolean | "unknown" {
  const answers = graph.ofType(...policies).map((one) => {
    const found = statements(read(one.props, "policy"));
    if (typeof found === "symbol") return graph.sources(one, "policy").includes(secret) ? ("unknown" as const) : false;
    const own = [read(secret.outputs, "arn"), read(secret.outputs, "id")].filter((name) => typeof name === "string");
    return found.some(
      ({ allows, actions, resources }) =>
        allows &&
        actions.some((action) => covers(action, "secretsmanager:PutSecretValue")) &&
        resources.some((resource) => own.includes(resource as string)),
    );
  });
  return answers.includes(true) ? true : answers.includes("unknown") ? "unknown" : false;
}
const policies = ["iam.RolePolicy", "iam.Policy"].map((short) => token("aws", short));

/** Secrets that RDS and its like keep for others rotate on their own, and are no resources of a program. */
const rotated: Judge = (view, context) => {
  const wanted = "a SecretRotation for it, or a role that may write its versions";
  const { sure, maybe } = context.graph.companions(view, [token("aws", "secretsmanager.SecretRotation")], "secretId");
  const verdicts = sure.map((one) => worst([rotates(one, context)].flat()));
  const best = verdicts.find(({ status }) => status === "pass") ?? verdicts[0];
  if (best) return { ...best, path: join("SecretRotation", best.path) };
  const written = writer(view, context);
  if (written === true) return pass("", wanted);
  return maybe.length > 0 || written === "unknown" ? unknown("", wanted) : fail("", wanted);
};

export const rotation = rule(
  "secrets-rotation",
  awsGraph("secretsmanager.Secret", rotated),
  azure("keyvault.Secret", filled("properties.attributes.expires", "an end, by which it is renewed")),
  gcp(
    "secretmanager.Secret, secretmanager.RegionalSecret",
    all(
      holds(
        "rotation.rotationPeriod",
        days,
        (value) => Number.parseFloat(asText(value)) <= secretRotationCeilingDays * 86400,
      ),
      filled("topics", "a topic that tells who renews it"),
    ),
  ),
);

/** Property names of credentials, at the end of a name in camel case. */
const sensitive =
  /(^|[a-z])(password|passwordWo|secretString|secretBinary|secretData|clientSecret|sharedSecret|privateKey|privateKeyPem|connectionString|authToken|apiKey|accessKey|secretKey|sasToken|masterKey)$/i;
const refers = /^(arn:|projects\/|\/subscriptions\/|https?:\/\/[^@]*$|\{\{resolve:|@Microsoft\.KeyVault\()/;
function clear(value: unknown, name: string): boolean {
  if (typeof value === "string") return value !== "" && sensitive.test(name) && !refers.test(value);
  if (Array.isArray(value)) return value.some((one) => clear(one, name));
  return isObject(value) && Object.entries(value).some(([key, inner]) => clear(inner, key));
}
/** Top-level inputs that hold a credential are Pulumi secrets, so that the state holds ciphertext. */
const marked: Judge = ({ props, secrets }) => {
  const wanted = "a Pulumi secret";
  const found = Object.entries(props).filter(([name, value]) => clear(value, name));
  if (found.length === 0) return notApplicable("nothing named as a credential");
  return found.map(([name]) => {
    if (secrets === undefined) return unknown(name, wanted);
    return secrets.includes(name) ? pass(name, wanted) : fail(name, wanted);
  });
};
const whole = (name: string, { props, secrets }: View): readonly Verdict[] => {
  const value = read(props, name);
  if (value === undefined || isUnknown(value)) return [];
  if (secrets === undefined) return [unknown(name, "a Pulumi secret")];
  return [secrets.includes(name) ? pass(name, "a Pulumi secret") : fail(name, "a Pulumi secret")];
};

export const pulumiSecrets = rule(
  "secrets-pulumi-secret-outputs",
  aws("*", marked),
  azure("*", marked),
  gcp("*", marked),
  kubernetes("core.Secret", (view) => {
    const verdicts = ["stringData", "data"].flatMap((name) => whole(name, view));
    return verdicts.length > 0 ? verdicts : notApplicable("no data");
  }),
);

export const noLiteral = rule(
  "secrets-k8s-no-literal-secret",
  kubernetesGraph("core.Secret", (view) =>
    ["stringData", "data"].map((name) => {
      const wanted = "values that other resources made, or an external secret store";
      const value = read(view.props, name);
      const computed = isUnknown(value) || (view.propertyDependencies[name] ?? []).length > 0;
      const literal = isObject(value) && Object.values(value).some((one) => typeof one === "string" && one !== "");
      return literal && !computed ? fail(name, wanted) : pass(name, wanted);
    }),
  ),
);
