/**
 * Ranges of a cluster's overlay (AKS with Azure CNI overlay): outside of 10.0.0.0/8, where networks of ours lie (NET-13), and of
 * what AKS keeps for itself (169.254.0.0/16, 172.30.0.0/16, 172.31.0.0/16, 192.0.2.0/24). They aren't routed outside of the
 * cluster, so every cluster may have the same. https://learn.microsoft.com/azure/aks/azure-cni-overlay
 */
export const overlayRanges = {
  /** A /24 a node: 1024 nodes. */
  pods: "172.24.0.0/14",
  services: "172.28.0.0/16",
  /** In `services`. */
  dns: "172.28.0.10",
} as const;
