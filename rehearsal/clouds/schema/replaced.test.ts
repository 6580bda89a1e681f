// What the SDKs' own texts say forces a replacement, held against the rows of the bridged providers.
import assert from "node:assert/strict";
import { packages } from "../packages";
import { typeText } from "./derive";
import { type Member, Typings } from "./typings";

const says =
  /forc(es|ing|e) (the )?(a )?(new|replac|re-?creat|destroy|creation of a new)|force terraform to create|(triggers?|requires?|causes?) (a |the |resource )?(destroy and )?(replac|re-?creat|creating a new)|cannot be (changed|modified)|(changing|modifying) .{0,60}(recreat|new resource|replac)|It's immutable/i;

/** Texts that speak of something else, or of a change that a row's `replaces` tells by its values. */
const otherwise: Readonly<Record<string, string>> = {
  "aws:ec2/subnet:Subnet ipv6CidrBlock": "only of a subnet that hands out IPv6 addresses by itself",
  "aws:ec2/vpcEndpoint:VpcEndpoint privateDnsEnabled": "by values",
  "aws:eks/cluster:Cluster vpcConfig.controlPlaneEgressMode": "by values",
  "aws:eks/cluster:Cluster computeConfig.nodeRoleArn": "EKS refuses the change",
  "aws:elasticache/replicationGroup:ReplicationGroup transitEncryptionEnabled": "by values",
  "aws:dynamodb/table:Table replicas.*.kmsKeyArn": "the replica, not the table",
  "aws:guardduty/detector:Detector findingPublishingFrequency": "of a member account",
  "aws:s3/bucket:Bucket forceDestroy": "what happens in a replacement",
  "aws:s3/bucketV2:BucketV2 forceDestroy": "what happens in a replacement",
  "gcp:certificatemanager/certificate:Certificate selfManaged": "instead of a replacement",
  "gcp:container/cluster:Cluster nodeConfig.imageType": "the nodes of a pool, not the cluster",
  "gcp:container/cluster:Cluster nodePools.*.nodeConfig.imageType": "the nodes of a pool, not the cluster",
  "gcp:container/cluster:Cluster nodePools": "adding and removing, which the row tells by its elements",
  "gcp:compute/subnetwork:Subnetwork ipv6AccessType": "Compute refuses the change",
  "gcp:logging/projectBucketConfig:ProjectBucketConfig locked": "Logging refuses the change",
  "gcp:sql/databaseInstance:DatabaseInstance enforceNewSqlNetworkArchitecture": "of the network behind it",
  "gcp:storage/bucketObject:BucketObject sourceMd5hash": "the object's content, written anew in place",
};

/** One names the other, or something in it. */
const touches = (a: string, b: string): boolean => {
  const [one, other] = [a.split("."), b.split(".")];
  return one.every((step, at) => other[at] === undefined || step === other[at] || step === "*" || other[at] === "*");
};

for (const pkg of packages.filter(({ name }) => name === "aws" || name === "gcp")) {
  describe(`replacements of ${pkg.name}`, () => {
    it("are at least those that the SDK's texts tell", () => {
      const typings = new Typings(pkg.npm);
      const untold = pkg.rows.flatMap((row) => {
        const seen = new Set<string>();
        const walk = (members: readonly Member[], path: string): readonly string[] =>
          members.flatMap((member) => {
            const at = path === "" ? member.name : `${path}.${member.name}`;
            if (row.immutable?.some((one) => touches(one, at))) return [];
            const text = typeText(member.type);
            const shapes = [...text.matchAll(/\w+\.\w+/g)].map(([name]) => name).filter((name) => !seen.has(name));
            for (const name of shapes) seen.add(name);
            return [
              ...(says.test(member.doc.replace(/\s*\n\s*\*?\s*/g, " ")) ? [`${row.type} ${at}`] : []),
              ...shapes.flatMap((name) =>
                walk(typings.shape("input", name) ?? [], text.endsWith("[]") ? `${at}.*` : at),
              ),
            ];
          });
        return walk(typings.input(row.type) ?? [], "");
      });
      assert.deepEqual(
        untold.filter((one) => otherwise[one] === undefined),
        [],
      );
    });
  });
}
