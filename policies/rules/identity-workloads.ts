// SEC-10: workloads run under identities of their own, people log in by name, nobody is anonymous.
import { bindings, eachSubject } from "../cluster-grants";
import { companion } from "../companion";
import grantTypes from "../gcp-grants.json";
import {
  all,
  any,
  each,
  equals,
  fail,
  filled,
  holds,
  isSet,
  isTrue,
  noneOf,
  notApplicable,
  pass,
  unknown,
  unset,
  when,
  where,
} from "../judge";
import { publicMembers } from "../members";
import { at, pods, tell, workloads } from "../pods";
import { asText, folded, isUnknown, read, text } from "../read";
import { type Judge, rule, type View } from "../rule";
import { aws, awsGraph, azure, azureGraph, gcp, gcpGraph, kubernetes, token } from "../tokens";

const functionType = token("aws", "lambda.Function");
/** Two functions with one role have the rights of both. */
const ownRole: Judge = (view, { graph }) => {
  const expected = "a role of its own";
  const role = read(view.props, "role");
  const sources = graph.sources(view, "role");
  const others = graph.ofType(functionType).filter((one) => one !== view);
  const same = (other: View) => {
    const theirs = read(other.props, "role");
    if (!isUnknown(role) && !isUnknown(theirs)) return theirs === role;
    return graph.sources(other, "role").some((source) => sources.includes(source));
  };
  if (others.some(same)) return fail("role", expected);
  const blind = isUnknown(role) && sources.length === 0 && others.length > 0;
  return blind ? unknown("role", expected) : pass("role", expected);
};

/** Google's default accounts: Compute Engine's and App Engine's. */
const defaults = /(-compute@developer|@appspot)\.gserviceaccount\.com$/;
const ownAccount =
  (path: string): Judge =>
  (view, context) => {
    // An unknown one is an account that the program makes.
    const value = read(view.props, path);
    if (isUnknown(value)) return pass(path, "an account of its own");
    return holds(
      path,
      "an account of its own",
      (one) => asText(one) !== "" && !defaults.test(asText(one)),
    )(view, context);
  };

export const noDefaultAccount = rule(
  "identity-no-default-service-account",
  awsGraph("lambda.Function", ownRole),
  aws(
    "ec2.Instance",
    when(
      (view) => !isSet("launchTemplate")(view),
      "its launch template decides",
      filled("iamInstanceProfile", "an instance profile"),
    ),
  ),
  azure(
    "compute.VirtualMachine, compute.VirtualMachineScaleSet",
    all(filled("identity.type", "a managed identity"), noneOf("identity.type", ["None"])),
  ),
  gcp(
    "compute.Instance, compute.InstanceTemplate, compute.RegionInstanceTemplate",
    when(isSet("serviceAccount"), "no account at all", ownAccount("serviceAccount.email")),
  ),
  gcp("cloudrunv2.Service", ownAccount("template.serviceAccount")),
  gcp("cloudrunv2.Job", ownAccount("template.template.serviceAccount")),
  gcp(
    "cloudfunctionsv2.Function",
    when(isSet("serviceConfig"), "no service", ownAccount("serviceConfig.serviceAccountEmail")),
  ),
  kubernetes(
    workloads,
    pods((pod) => {
      if (asText(read(pod.spec, "automountServiceAccountToken")) === "false")
        return [pass(`${pod.at}.automountServiceAccountToken`)];
      const { value, path } = at(pod.spec, pod.at, "serviceAccountName");
      return [
        tell(
          value ?? read(pod.spec, "serviceAccount"),
          path,
          "an account other than default",
          (one) => !["", "default"].includes(asText(one)),
        ),
      ];
    }),
  ),
);

const metadata = (props: unknown, key: string) => folded(props, `metadata.${key}`);
const keys = ["ssh-keys", "sshKeys"];
const noKeys: Judge = ({ props }) => {
  const path = "metadata";
  const expected = "enable-oslogin TRUE, no ssh-keys";
  if (isUnknown(read(props, path))) return unknown(path, expected);
  if (keys.some((key) => read(props, `${path}.${key}`) !== undefined)) return fail(path, expected);
  if (isUnknown(read(props, `${path}.enable-oslogin`))) return unknown(path, expected);
  return metadata(props, "enable-oslogin") === "true" ? pass(path, expected) : fail(path, expected);
};
const projectTypes = [token("gcp", "compute.ProjectMetadata")];
/** A machine's own word, else its project's. */
const loginByName: Judge = (view, { graph }) => {
  const { props } = view;
  const path = "metadata";
  const expected = "enable-oslogin or block-project-ssh-keys TRUE, no ssh-keys";
  const values = ["enable-oslogin", "block-project-ssh-keys", ...keys].map((key) => read(props, `${path}.${key}`));
  if (values.some(isUnknown)) return unknown(path, expected);
  if (keys.some((key) => read(props, `${path}.${key}`) !== undefined)) return fail(path, expected);
  const own = metadata(props, "enable-oslogin");
  if (own === "true" || metadata(props, "block-project-ssh-keys") === "true") return pass(path, expected);
  if (own === "false") return fail(path, expected);
  const item = graph
    .ofType(token("gcp", "compute.ProjectMetadataItem"))
    .some((one) => text(one.props, "key") === "enable-oslogin" && folded(one.props, "value") === "true");
  const project = graph.ofType(...projectTypes).some((one) => metadata(one.props, "enable-oslogin") === "true");
  return item || project ? pass(path, expected) : fail(path, expected);
};
const linux = (at: string): Judge =>
  when(
    isSet(`${at}.linuxConfiguration`),
    "no Linux, or a disk that brings its users",
    isTrue(`${at}.linuxConfiguration.disablePasswordAuthentication`),
  );

export const osLogin = rule(
  "identity-os-login-mfa",
  aws(
    "ec2.Instance, ec2.LaunchTemplate, ec2.SpotInstanceRequest",
    unset("keyName", "no key pair; Session Manager instead"),
  ),
  azure("compute.VirtualMachine", linux("osProfile")),
  azure("compute.VirtualMachineScaleSet", linux("virtualMachineProfile.osProfile")),
  gcp("compute.ProjectMetadata", noKeys),
  gcp("compute.ProjectMetadataItem", (view, context) => {
    const key = read(view.props, "key");
    if (isUnknown(key)) return unknown("key", "no ssh-keys");
    if (keys.includes(asText(key))) return fail("key", "no ssh-keys");
    return key === "enable-oslogin" ? isTrue("value")(view, context) : notApplicable("another key");
  }),
  gcpGraph("compute.Instance, compute.InstanceTemplate, compute.RegionInstanceTemplate", loginByName),
);

const of = (ending: RegExp) =>
  Object.entries(grantTypes)
    .flatMap(([module, names]) => names.split(" ").map((name) => `${module}.${name}`))
    .filter((name) => ending.test(name))
    .join(", ");
const anonymousText: Judge = ({ props }) => {
  const path = "policyData";
  const data = read(props, path);
  const expected = "no allUsers or allAuthenticatedUsers";
  if (isUnknown(data) || data === undefined) return unknown(path, expected);
  return /all(Authenticated)?Users/.test(JSON.stringify(data)) ? fail(path, expected) : pass(path, expected);
};
const anonymousGroup = (path: string) => noneOf(path, ["allUsers", "allAuthenticatedUsers"]);

/** Who asks is known by where the call comes from. */
const narrowed = ["sourceArn", "sourceAccount", "principalOrgId", "eventSourceToken"];
const anyone = (subject: unknown) =>
  ["system:anonymous", "system:unauthenticated"].includes(text(subject, "name")) ? "no anonymous user" : undefined;

const restricted: Judge = any(
  equals("publicNetworkAccess", "Disabled"),
  equals("siteConfig.ipSecurityRestrictionsDefaultAction", "Deny"),
);
const isFunction = ({ props }: View) =>
  isUnknown(read(props, "kind")) ? "unknown" : folded(props, "kind").includes("functionapp");
const signedIn = companion(
  [token("azure", "web.WebAppAuthSettingsV2")],
  "name",
  isTrue("globalValidation.requireAuthentication"),
);

export const notAnonymous = rule(
  "identity-public-iam-members",
  aws(
    "lambda.Permission",
    when(where("principal", ["*"]), "a named principal", (view) =>
      narrowed.some((path) => read(view.props, path) !== undefined)
        ? pass("principal")
        : fail("principal", "a named principal, or sourceArn"),
    ),
  ),
  aws("lambda.FunctionUrl", equals("authorizationType", "AWS_IAM")),
  azureGraph("web.WebApp, web.WebAppSlot", when(isFunction, "a site, not a function", any(restricted, signedIn))),
  gcp(of(/(Member|Binding)$/), publicMembers),
  gcp(of(/Policy$/), anonymousText),
  gcp(
    "storage.BucketAccessControl, storage.DefaultObjectAccessControl, storage.ObjectAccessControl",
    anonymousGroup("entity"),
  ),
  gcp("bigquery.DatasetAccess", all(anonymousGroup("specialGroup"), anonymousGroup("iamMember"))),
  gcp(
    "bigquery.Dataset",
    each("accesses", (one) => all(anonymousGroup(`${one}.specialGroup`), anonymousGroup(`${one}.iamMember`))),
  ),
  kubernetes(bindings, eachSubject(anyone)),
);
