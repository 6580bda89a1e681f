// A small AWS account for tests of rows, and what many of them put in it.
import type { Row } from "../row";
import * as testing from "../testing/sample";
import { pkg } from ".";

export class Sample extends testing.Sample {
  constructor() {
    super(pkg, { cloud: "aws", account: "123456789012", region: "us-east-1", config: {} });
  }
}

export const rowOf = (type: string): Row => testing.rowOf(pkg, type);

/** A network with two private subnets in two zones. */
export function network(sample: Sample) {
  const vpc = sample.make("aws:ec2/vpc:Vpc", { cidrBlock: "10.20.0.0/16", enableDnsHostnames: true });
  const subnet = (zone: string, third: number) =>
    sample.make("aws:ec2/subnet:Subnet", {
      vpcId: vpc.id,
      cidrBlock: `10.20.${third}.0/24`,
      availabilityZone: `us-east-1${zone}`,
    });
  return { vpc, a: subnet("a", 1), b: subnet("b", 2) };
}

export const trust = (service: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
  });
