// What others saw real clouds take: lines "Creation complete after" and "Destruction complete after" in logs of Terraform that
// stand in public repositories, found by searching for them in November 2026; only lines with a true id or a run of
// "Still creating" before them. Pulumi's providers for AWS and Google Cloud run the same code; Azure's own API is the
// same behind azurerm. Seconds, sorted.

export interface Observed {
  readonly create?: readonly number[];
  readonly delete?: readonly number[];
  /** Why the row may be outside of them. */
  readonly note?: string;
}

const m = (minutes: number, seconds = 0): number => 60 * minutes + seconds;

export const observed: Readonly<Record<string, Observed>> = {
  "aws:eks/cluster:Cluster": {
    create: [
      m(8, 14),
      m(8, 23),
      m(8, 55),
      m(9, 6),
      m(9, 13),
      m(9, 24),
      m(10, 12),
      m(10, 22),
      m(10, 52),
      m(11, 3),
      m(11, 23),
      m(12, 15),
    ],
    delete: [m(2, 32), m(6, 22), m(8, 16)],
  },
  "aws:rds/instance:Instance": {
    create: [m(5, 15), m(7, 34), m(7, 59), m(10, 12), m(14, 2), m(17, 6)],
    delete: [m(4, 45)],
  },
  "aws:elasticache/replicationGroup:ReplicationGroup": { create: [m(5, 58), m(6, 59), m(9, 7), m(9, 15)] },
  "aws:cloudfront/distribution:Distribution": { create: [m(3), m(12, 34)] },
  "aws:eks/nodeGroup:NodeGroup": {
    create: [m(1, 52), m(1, 59), m(2, 18), m(4, 12)],
    delete: [m(2, 18), m(6, 23), m(8, 12)],
  },
  "aws:ec2/natGateway:NatGateway": {
    create: [m(1, 24), m(1, 27), m(1, 32), m(1, 36), m(1, 55), m(1, 56), m(1, 58), m(2, 1)],
    delete: [42, 50, m(1, 1), m(1, 1)],
  },
  "aws:acm/certificateValidation:CertificateValidation": {
    create: [2, m(1, 1)],
    note: "two lines, one of a certificate that was valid already",
  },
  "aws:route53/zone:Zone": { create: [36, 40, m(1, 12)] },
  "aws:route53/record:Record": { create: [35] },
  "aws:eks/addon:Addon": { create: [35] },
  "aws:ec2/vpc:Vpc": { create: [1, 2, 3, 8, 11, 15] },
  "aws:kms/key:Key": { create: [1, 16] },
  "aws:wafv2/webAcl:WebAcl": { create: [2], note: "the log may be of one with few rules" },
  "aws:s3/bucket:Bucket": { create: [1, 1, 1, 1, 2, 3, 5, 8, 12] },
  "azure-native:containerservice:ManagedCluster": { create: [m(3, 31), m(4, 18), m(7, 30), m(8, 24)] },
  "azure-native:dbforpostgresql:Server": { create: [m(5, 6), m(9, 23)] },
  "azure-native:storage:StorageAccount": { create: [23, 23, 31, m(1, 8), m(1, 9)] },
  "azure-native:containerregistry:Registry": { create: [8, 21, 23, 23, 25, 28, 28] },
  "azure-native:network:VirtualNetwork": { create: [4, 5, 6, 6, 7, 14, 17, 20] },
  "azure-native:network:NatGateway": { create: [13] },
  "azure-native:keyvault:Vault": {
    create: [m(2, 7), m(2, 27), m(2, 42)],
    note: "azurerm waits until the vault's own address answers; azure-native doesn't",
  },
  "azure-native:resources:ResourceGroup": { delete: [16, 18, 45, 46, 46, 47, 50, m(1, 22)] },
  "gcp:sql/databaseInstance:DatabaseInstance": { create: [m(5, 8), m(6, 23), m(11, 38), m(14, 52), m(18, 23)] },
  "gcp:container/cluster:Cluster": {
    create: [m(3, 33), m(3, 34), m(3, 44), m(5, 25), m(6, 43), m(9, 22)],
    delete: [m(2, 44), m(3, 9), m(3, 40), m(8, 15)],
  },
  "gcp:redis/instance:Instance": { create: [m(4, 23)] },
  "gcp:container/nodePool:NodePool": { create: [m(1, 4), m(1, 22), m(1, 46), m(1, 56)] },
  "gcp:compute/network:Network": { create: [12, 12, 12, 15, 22, 22, 23, 26] },
  "gcp:compute/subnetwork:Subnetwork": { create: [4, 12, 13, 21, 21, 21, 22, 23, 23] },
  "gcp:compute/routerNat:RouterNat": { create: [11, 12, 12, 12, 23] },
  "gcp:compute/firewall:Firewall": { create: [11, 22, 22] },
  "gcp:compute/uRLMap:URLMap": { create: [11, 12] },
  "gcp:artifactregistry/repository:Repository": { create: [5, 12, 14] },
};
