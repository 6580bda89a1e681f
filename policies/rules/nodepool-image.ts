// CLU, SEC: what nodes boot from, and what they write to.

import { azurePools, gcpPools, onLinux } from "../clusters";
import { isGovernment } from "../government";
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
  matches,
  notApplicable,
  oneOf,
  pass,
  when,
} from "../judge";
import { accountDefault, nodeTemplate, withoutTemplate } from "../node-templates";
import { asText, folded, join, text } from "../read";
import { type Context, type Judge, rule, type View } from "../rule";
import { aws, awsGraph, azure, gcp, token } from "../tokens";

const managedCluster = token("azure", "containerservice.ManagedCluster");

const isEncryptedAnyway = ({ graph }: Context) =>
  accountDefault(graph, "ebs.EncryptionByDefault", ({ props }) => text(props, "enabled") !== "false") &&
  accountDefault(graph, "ebs.DefaultKmsKey", () => true);
const accountEncrypts: Judge = (_, context) =>
  isEncryptedAnyway(context)
    ? pass("", "the account's default")
    : fail("blockDeviceMappings", "encrypted under a customer key, here or by EncryptionByDefault and DefaultKmsKey");

const encryptedVolumes = each(
  "blockDeviceMappings",
  (at) =>
    when(
      isSet(`${at}.ebs`),
      "no EBS volume",
      all(isTrue(`${at}.ebs.encrypted`), filled(`${at}.ebs.kmsKeyId`, "a customer key")),
    ),
  fail("blockDeviceMappings", "the root volume, encrypted under a customer key"),
);

export const diskEncryption = rule(
  "nodepool-disk-encryption",
  awsGraph(
    "ec2.LaunchTemplate",
    nodeTemplate((view, context) => (isEncryptedAnyway(context) ? accountEncrypts : encryptedVolumes)(view, context)),
  ),
  awsGraph("eks.NodeGroup", withoutTemplate(accountEncrypts)),
  azure("containerservice.ManagedCluster, containerservice.AgentPool", (view, context) => {
    const pools = azurePools((at) => isTrue(join(at, "enableEncryptionAtHost")));
    return view.type === managedCluster
      ? all(filled("diskEncryptionSetID", "a disk encryption set"), pools)(view, context)
      : pools(view, context);
  }),
  gcp(
    "container.Cluster, container.NodePool",
    gcpPools(
      (at) => filled(join(at, "nodeConfig.bootDiskKmsKey"), "a Cloud KMS key"),
      any(
        filled("clusterAutoscaling.autoProvisioningDefaults.bootDiskKmsKey", "a Cloud KMS key"),
        filled("nodeConfig.bootDiskKmsKey", "a Cloud KMS key"),
      ),
    ),
  ),
);

const ownImage: Judge = (view, context) => {
  const [image] = context.graph.targets(view, "imageId", [token("aws", "ec2.Ami"), token("aws", "ec2.AmiCopy")]).sure;
  return image?.type === token("aws", "ec2.Ami")
    ? all(oneOf("bootMode", ["uefi", "uefi-preferred"]), equals("tpmSupport", "v2.0"))(image, context)
    : notApplicable("AWS's own image, or one that is made elsewhere");
};

export const secureBoot = rule(
  "nodepool-shielded-secure-boot",
  awsGraph("ec2.LaunchTemplate", nodeTemplate(ownImage)),
  azure(
    "containerservice.ManagedCluster, containerservice.AgentPool",
    azurePools((at) =>
      onLinux(
        at,
        all(isTrue(join(at, "securityProfile.enableSecureBoot")), isTrue(join(at, "securityProfile.enableVTPM"))),
      ),
    ),
  ),
  gcp("container.Cluster, container.NodePool", (view, context) => {
    const pools = gcpPools((at) =>
      all(
        isTrue(join(at, "nodeConfig.shieldedInstanceConfig.enableSecureBoot")),
        isTrue(join(at, "nodeConfig.shieldedInstanceConfig.enableIntegrityMonitoring"), "pass"),
      ),
    );
    return all(isTrue("enableShieldedNodes", "pass"), pools)(view, context);
  }),
);

const windows = /windows/i;

export const hardenedOs = rule(
  "nodepool-hardened-os",
  aws("eks.NodeGroup", (view, context) => {
    const type = text(view.props, "amiType");
    if (windows.test(type)) return notApplicable("Windows nodes");
    if (type === "CUSTOM") return notApplicable("an image of one's own");
    // Unset is Amazon Linux 2023 since EKS ended images of its predecessor.
    return matches("amiType", /^(BOTTLEROCKET|AL2023)_/, "BOTTLEROCKET_... or AL2023_...", "pass")(view, context);
  }),
  azure(
    "containerservice.ManagedCluster, containerservice.AgentPool",
    azurePools((at) => onLinux(at, matches(join(at, "osSKU"), /^(AzureLinux|Mariner|CBLMariner)/, "AzureLinux"))),
  ),
  gcp(
    "container.Cluster, container.NodePool",
    gcpPools((at) => {
      const path = join(at, "nodeConfig.imageType");
      return (view, context) =>
        windows.test(text(view.props, path))
          ? notApplicable("Windows nodes")
          : matches(path, /^COS(_CONTAINERD)?$/i, "COS_CONTAINERD", "pass")(view, context);
    }),
  ),
);

/** Where the pack's user asks for validated cryptography, or the nodes' tags name data that does. */
const needsFips = (view: View, { settings }: Context) => settings.fips || isGovernment(view);
const whereFips = (judge: Judge) =>
  when(needsFips, "asked for by the setting fips, or a data class of the US government", judge);

export const fipsImages = rule(
  "nodepool-fips-images",
  aws("eks.NodeGroup", whereFips(matches("amiType", /_FIPS(_|$)/, "an image type ending in _FIPS"))),
  azure(
    "containerservice.ManagedCluster, containerservice.AgentPool",
    whereFips(azurePools((at) => isTrue(join(at, "enableFIPS")))),
  ),
  // Container-Optimized OS has the validated BoringCrypto; sandboxed pods have their own kernel, without it.
  gcp(
    "container.Cluster, container.NodePool",
    whereFips(
      gcpPools((at) =>
        all(
          holds(join(at, "nodeConfig.imageType"), "COS_CONTAINERD", (value) => /^cos/i.test(asText(value)), "pass"),
          (view) =>
            folded(view.props, join(at, "nodeConfig.sandboxConfig.sandboxType")) === "gvisor" ||
            folded(view.props, join(at, "nodeConfig.sandboxConfig.type")) === "gvisor"
              ? fail(join(at, "nodeConfig.sandboxConfig"), "not set")
              : pass(join(at, "nodeConfig.sandboxConfig")),
        ),
      ),
    ),
  ),
);
