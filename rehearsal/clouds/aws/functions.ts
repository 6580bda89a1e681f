import type { CloudFunction, Place, Props } from "../row";
import { arn, partition } from "../shapes";
import { list, object, text } from "../values";
import { zoneId, zonesIn } from "./regions";
import { plain } from "./row";
import { T } from "./types";

const regionOf = (args: Props, place: Place): string => text(args["region"]) ?? text(args["name"]) ?? place.region;

const getCallerIdentity: CloudFunction = {
  token: "aws:index/getCallerIdentity:getCallerIdentity",
  call: (_, { place }) => ({
    id: place.account,
    accountId: place.account,
    arn: arn({
      service: "iam",
      resource: "user/rehearsal",
      account: place.account,
      partition: partition(place.region),
    }),
    userId: "AIDAREHEARSAL00000000",
  }),
};

/** The role behind a session, and any other principal as itself. */
const getSessionContext: CloudFunction = {
  token: "aws:iam/getSessionContext:getSessionContext",
  call: (args, { place }) => {
    const given = text(args["arn"]) ?? "";
    const session = /^arn:([\w-]+):sts::(\d{12}):assumed-role\/([^/]+)\/(.+)$/.exec(given);
    const [, , account = place.account, role = "", name = ""] = session ?? [];
    const found = arn({ service: "iam", resource: `role/${role}`, account, partition: partition(place.region) });
    return {
      arn: given,
      id: given,
      issuerArn: session ? found : given,
      issuerId: session ? "AROAREHEARSAL00000000" : "",
      issuerName: role,
      sessionName: name,
    };
  },
};

/** A cluster as its data source tells it: blocks are lists there. */
const getCluster: CloudFunction = {
  token: "aws:eks/getCluster:getCluster",
  call: (args, { account, place }) => {
    const found = account.find([T.cluster], "name", args["name"] ?? null);
    if (!found)
      return [
        { property: "name", reason: `ResourceNotFoundException: No cluster found for name: ${plain(args["name"])}` },
      ];
    const { certificateAuthority, accessConfig, ...rest } = found.outputs;
    return {
      ...rest,
      id: found.id,
      region: regionOf(args, place),
      accessConfigs: [accessConfig ?? {}],
      certificateAuthorities: [certificateAuthority ?? {}],
    };
  },
};

const suffixes: Readonly<Record<string, string>> = { "aws-cn": "amazonaws.com.cn" };

const getPartition: CloudFunction = {
  token: "aws:index/getPartition:getPartition",
  call: (_, { place }) => {
    const id = partition(place.region);
    const dnsSuffix = suffixes[id] ?? "amazonaws.com";
    return { id, partition: id, dnsSuffix, reverseDnsPrefix: dnsSuffix.split(".").reverse().join(".") };
  },
};

const getRegion: CloudFunction = {
  token: "aws:index/getRegion:getRegion",
  call: (args, { place }) => {
    const region = regionOf(args, place);
    return { id: region, name: region, region, description: region, endpoint: `ec2.${region}.amazonaws.com` };
  },
};

const getAvailabilityZones: CloudFunction = {
  token: "aws:index/getAvailabilityZones:getAvailabilityZones",
  call: (args, { place }) => {
    const excluded = [...list(args["excludeNames"]), ...list(args["excludeZoneIds"])];
    const zones = zonesIn(regionOf(args, place)).filter(
      (zone) => !excluded.includes(zone) && !excluded.includes(zoneId(zone)),
    );
    return {
      ...args,
      id: regionOf(args, place),
      region: regionOf(args, place),
      groupNames: [regionOf(args, place)],
      names: zones,
      zoneIds: zones.map(zoneId),
    };
  },
};

const capital = (name: string) => name.replace(/^./, (letter) => letter.toUpperCase());
const oneOrMany = (values: readonly unknown[]) => (values.length === 1 ? values[0] : [...values].sort());

/** The provider's own writer of policies: sorted lists, one value as a plain text. */
const getPolicyDocument: CloudFunction = {
  token: "aws:iam/getPolicyDocument:getPolicyDocument",
  call: (args) => {
    const statements = list(args["statements"]).map((raw) => {
      const statement = object(raw);
      const who = (key: string) => {
        const entries = list(statement[key]).map(object);
        if (entries.length === 0) return undefined;
        const all = entries.some((one) => one["type"] === "*");
        return all
          ? "*"
          : Object.fromEntries(entries.map((one) => [text(one["type"]) ?? "", oneOrMany(list(one["identifiers"]))]));
      };
      const conditions = list(statement["conditions"]).map(object);
      const some = (key: string) => (list(statement[key]).length > 0 ? oneOrMany(list(statement[key])) : undefined);
      const condition: Record<string, Record<string, unknown>> = {};
      for (const one of conditions) {
        const test = text(one["test"]) ?? "";
        condition[test] = { ...condition[test], [text(one["variable"]) ?? ""]: oneOrMany(list(one["values"])) };
      }
      return {
        ...(text(statement["sid"]) ? { Sid: text(statement["sid"]) } : {}),
        Effect: text(statement["effect"]) ?? "Allow",
        Action: some("actions"),
        NotAction: some("notActions"),
        Resource: some("resources"),
        NotResource: some("notResources"),
        Principal: who("principals"),
        NotPrincipal: who("notPrincipals"),
        ...(conditions.length > 0 ? { Condition: condition } : {}),
      };
    });
    const document = {
      Version: text(args["version"]) ?? "2012-10-17",
      ...(text(args["policyId"]) ? { Id: text(args["policyId"]) } : {}),
      Statement: statements,
    };
    const json = JSON.stringify(document, null, 2);
    return {
      ...args,
      id: plain(json.length),
      json,
      minifiedJson: JSON.stringify(document),
      version: document.Version,
    };
  },
};

/** Looks one thing up that the account holds, by its id or another property. */
const lookup = (token: string, type: string, by: readonly string[]): CloudFunction => ({
  token,
  call: (args, { account }) => {
    const property = by.find((name) => args[name] !== undefined) ?? by[0] ?? "id";
    const found = account.find(
      [type],
      property === "keyId" || property === by[0] ? "id" : property,
      args[property] ?? null,
    );
    return found
      ? { ...found.outputs, id: found.id }
      : [
          {
            property,
            reason: `no matching ${capital(type.split(":").at(-1) ?? "")} found for ${property} ${plain(args[property])}`,
          },
        ];
  },
});

export const functions: readonly CloudFunction[] = [
  getCallerIdentity,
  getSessionContext,
  getCluster,
  getPartition,
  getRegion,
  getAvailabilityZones,
  getPolicyDocument,
  lookup("aws:ec2/getVpc:getVpc", T.vpc, ["id"]),
  lookup("aws:ec2/getSubnet:getSubnet", T.subnet, ["id"]),
  lookup("aws:ec2/getSecurityGroup:getSecurityGroup", T.securityGroup, ["id", "name"]),
  lookup("aws:kms/getKey:getKey", T.key, ["keyId", "arn"]),
  lookup("aws:iam/getRole:getRole", T.role, ["name"]),
  lookup("aws:s3/getBucket:getBucket", T.bucket, ["bucket"]),
];
