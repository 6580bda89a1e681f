// Machines: their metadata service, boot, console and backup.
import { all, any, equals, fail, filled, isFalse, isTrue, notApplicable, oneOf, pass, unknown, when } from "../judge";
import { asText, isObject, isUnknown, join, list, read, text } from "../read";
import { type Context, type Judge, relaxed, rule, type View } from "../rule";
import { plainKey, tagsOf } from "../tags";
import { aws, awsGraph, azure, azureGraph, gcp, gcpGraph, kubernetes, kubernetesGraph, token } from "../tokens";

const metadata = (at: string): Judge =>
  any(equals(`${at}.httpTokens`, "required"), equals(`${at}.httpEndpoint`, "disabled"));

export const imdsv2 = rule(
  "compute-imdsv2",
  aws(
    "ec2.Instance, ec2.SpotInstanceRequest",
    when(
      ({ props }) => read(props, "launchTemplate") === undefined || read(props, "metadataOptions") !== undefined,
      "its launch template decides",
      metadata("metadataOptions"),
    ),
  ),
  aws("ec2.LaunchTemplate, ec2.LaunchConfiguration", metadata("metadataOptions")),
  aws("ec2.InstanceMetadataDefaults", equals("httpTokens", "required")),
);

const trusted = (at: string): Judge =>
  all(
    oneOf(join(at, "securityProfile.securityType"), ["TrustedLaunch", "ConfidentialVM"]),
    isTrue(join(at, "securityProfile.uefiSettings.secureBootEnabled")),
    isTrue(join(at, "securityProfile.uefiSettings.vTpmEnabled")),
  );

export const shielded = rule(
  "compute-shielded-confidential",
  azure("compute.VirtualMachine", trusted("")),
  azure("compute.VirtualMachineScaleSet", trusted("virtualMachineProfile")),
  gcp(
    "compute.Instance, compute.InstanceTemplate, compute.RegionInstanceTemplate",
    all(
      isTrue("shieldedInstanceConfig.enableSecureBoot"),
      isTrue("shieldedInstanceConfig.enableVtpm", "pass"),
      isTrue("shieldedInstanceConfig.enableIntegrityMonitoring", "pass"),
    ),
  ),
);

/** Compute Engine takes true in any case, and 1. */
const noSerialPort: Judge = ({ props }) => {
  const path = "metadata.serial-port-enable";
  const value = read(props, path);
  if (isUnknown(value)) return unknown(path, "not true");
  return ["true", "1", "y", "yes"].includes(asText(value).toLowerCase())
    ? fail(path, "not true")
    : pass(path, "not true");
};

export const serialConsole = rule(
  "compute-no-serial-console",
  aws("ec2.SerialConsoleAccess", isFalse("enabled")),
  azure("serialconsole.SerialPort", equals("state", "disabled")),
  // Azure's serial console works through boot diagnostics.
  azure("compute.VirtualMachine", isFalse("diagnosticsProfile.bootDiagnostics.enabled", "pass")),
  azure(
    "compute.VirtualMachineScaleSet",
    isFalse("virtualMachineProfile.diagnosticsProfile.bootDiagnostics.enabled", "pass"),
  ),
  gcp(
    "compute.Instance, compute.InstanceTemplate, compute.RegionInstanceTemplate, compute.ProjectMetadata",
    noSerialPort,
  ),
);

const selection = token("aws", "backup.Selection");
const lifecycle = token("aws", "dlm.LifecyclePolicy");
const expected = "in a backup plan";

/** A selection takes by name, by pattern or by tag. */
function isSelected(view: View, one: View, { graph }: Context): boolean | "unknown" {
  const path = one.type === lifecycle ? "policyDetails.targetTags" : "resources";
  if (one.type === selection) {
    const resources = list(one.props, path);
    if (typeof resources === "symbol") return graph.names(one, path, view) || "unknown";
    if (
      resources.some((each) => /^(\*|arn:[^:]*:ec2:.*\*)$/.test(asText(each))) ||
      graph.names(one, path, view) === true
    )
      return true;
  }
  const tags = tagsOf(view);
  const wanted = one.type === lifecycle ? read(one.props, path) : list(one.props, "selectionTags");
  if (typeof tags === "symbol" || isUnknown(wanted)) return "unknown";
  if (isObject(wanted)) return Object.entries(wanted).some(([key, value]) => tags.get(plainKey(key)) === value);
  return Array.isArray(wanted) && wanted.some((each) => tags.get(plainKey(text(each, "key"))) === read(each, "value"));
}
const selected: Judge = (view, context) => {
  const answers = context.graph.ofType(selection, lifecycle).map((one) => isSelected(view, one, context));
  if (answers.includes(true)) return pass("", expected);
  return answers.includes("unknown") ? unknown("", expected) : fail("", expected);
};
/** A machine may be one of many alike: it is asked only where the stack backs machines up. */
const whereBacked = (types: readonly string[], judge: Judge): Judge =>
  when((_view, { graph }) => graph.ofType(...types).length > 0, "the stack backs no machine up", judge);
const lasting =
  (judge: Judge): Judge =>
  (view, context) =>
    relaxed(context) ? notApplicable("a throw-away environment") : judge(view, context);

const named =
  (types: readonly string[], property: string, inline: string): Judge =>
  (view, { graph }) => {
    const own = read(view.props, inline);
    if (isUnknown(own) || (Array.isArray(own) && own.length > 0)) return pass(inline, expected);
    const { sure, maybe } = graph.companions(view, types, property);
    if (sure.length > 0) return pass("", expected);
    return maybe.length > 0 ? unknown("", expected) : fail("", expected);
  };
const protectedItem = token("azure", "recoveryservices.ProtectedItem");
const attachments = {
  disk: token("gcp", "compute.DiskResourcePolicyAttachment"),
  instance: token("gcp", "compute.ResourcePolicyAttachment"),
};
const associations = token("gcp", "backupdisasterrecovery.BackupPlanAssociation");
const velero = "velero.Schedule";

const locked: Judge = (view, { graph }) => {
  const { sure, maybe } = graph.companions(view, [token("aws", "backup.VaultLockConfiguration")], "backupVaultName");
  const wanted = "a VaultLockConfiguration with minRetentionDays";
  if (sure.some((one) => read(one.props, "minRetentionDays") !== undefined)) return pass("", wanted);
  return maybe.length > 0 ? unknown("", wanted) : fail("", wanted);
};

export const backupPlan = rule(
  "compute-backup-plan",
  awsGraph("ebs.Volume", lasting(selected)),
  awsGraph("ec2.Instance", lasting(whereBacked([selection, lifecycle], selected))),
  aws("backup.Vault", filled("kmsKeyArn", "a customer key")),
  awsGraph("backup.Vault", lasting(locked)),
  azure(
    "recoveryservices.Vault",
    lasting(oneOf("properties.securitySettings.immutabilitySettings.state", ["Unlocked", "Locked"])),
  ),
  azure(
    "dataprotection.BackupVault",
    lasting(oneOf("properties.securitySettings.immutabilitySettings.state", ["Unlocked", "Locked"])),
  ),
  azureGraph(
    "compute.VirtualMachine",
    lasting(
      whereBacked([protectedItem], (view, { graph }) => {
        const { sure, maybe } = graph.companions(view, [protectedItem], "properties.sourceResourceId");
        if (sure.length > 0) return pass("", expected);
        return maybe.length > 0 ? unknown("", expected) : fail("", expected);
      }),
    ),
  ),
  gcpGraph(
    "compute.Disk, compute.RegionDisk",
    lasting(
      any(named([attachments.disk], "disk", "resourcePolicies"), named([associations], "resource", "resourcePolicies")),
    ),
  ),
  gcpGraph(
    "compute.Instance",
    lasting(
      whereBacked(
        [attachments.instance, associations],
        any(
          named([attachments.instance], "instance", "resourcePolicies"),
          named([associations], "resource", "resourcePolicies"),
        ),
      ),
    ),
  ),
  kubernetes(velero, lasting(all(filled("spec.schedule", "a schedule"), isFalse("spec.paused", "pass")))),
  kubernetesGraph(
    "core.PersistentVolumeClaim",
    lasting(
      whereBacked([token("kubernetes", velero)], (view, { graph }) => {
        const namespace = read(view.props, "metadata.namespace") ?? "default";
        if (isUnknown(namespace)) return unknown("metadata.namespace", expected);
        const taken = graph.ofType(token("kubernetes", velero)).some((one) => {
          const [inside, outside] = ["includedNamespaces", "excludedNamespaces"].map((key) =>
            list(one.props, `spec.template.${key}`),
          );
          const all =
            typeof inside === "symbol" ||
            inside?.length === 0 ||
            inside?.includes("*") === true ||
            inside?.includes(namespace) === true;
          return all && !(typeof outside !== "symbol" && outside?.includes(namespace) === true);
        });
        return taken ? pass("metadata.namespace", expected) : fail("metadata.namespace", expected);
      }),
    ),
  ),
);
