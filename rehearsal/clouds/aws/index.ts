import type { Package, Place, Props, Refusal } from "../row";
import { isKnown, list, object, text, texts } from "../values";
import { rows as acm } from "./acm";
import { rows as bucket } from "./bucket";
import { rows as bucketLifecycle } from "./bucket-lifecycle";
import { rows as bucketSettings } from "./bucket-settings";
import { rows as bucketWeb } from "./bucket-web";
import { rows as cloudfront } from "./cloudfront";
import { rows as cloudfrontPolicies } from "./cloudfront-policies";
import { rows as commonServices } from "./common-services";
import { rows as copies } from "./copies";
import { rows as ecr } from "./ecr";
import { rows as eksAddons } from "./eks-addons";
import { rows as eksCluster } from "./eks-cluster";
import { rows as eksNodes } from "./eks-nodes";
import { rows as elasticache } from "./elasticache";
import { rows as elasticacheNeighbours } from "./elasticache-neighbours";
import { rows as endpoint } from "./endpoint";
import { rows as firewall } from "./firewall";
import { rows as flowLog } from "./flow-log";
import { functions } from "./functions";
import { rows as iam } from "./iam";
import { rows as iamFederation } from "./iam-federation";
import { rows as kms } from "./kms";
import { rows as lambda } from "./lambda";
import { rows as launchTemplate } from "./launch-template";
import { rows as logDelivery } from "./log-delivery";
import { rows as logs } from "./logs";
import { rows as nat } from "./nat";
import { rows as networkAcl } from "./network-acl";
import { rows as rds } from "./rds";
import { rows as rdsInstance } from "./rds-instance";
import { rows as rdsProxy } from "./rds-proxy";
import { zoneLetters } from "./regions";
import { rows as route53 } from "./route53";
import { rows as route53Records } from "./route53-records";
import { rows as routing } from "./routing";
import { rows as secrets } from "./secrets";
import { rows as signing } from "./signing";
import { rows as trail } from "./trail";
import { rows as vpc } from "./vpc";
import { rows as wafv2 } from "./wafv2";
import { rows as watchmen } from "./watchmen";

/** The account that stands in where nothing says which: Amazon's own example. */
const standIn = "123456789012";

export const pkg: Package = {
  name: "aws",
  npm: "@pulumi/aws",
  rows: [
    ...vpc,
    ...nat,
    ...routing,
    ...networkAcl,
    ...firewall,
    ...endpoint,
    ...flowLog,
    ...logs,
    ...iam,
    ...kms,
    ...secrets,
    ...rds,
    ...rdsInstance,
    ...rdsProxy,
    ...bucket,
    ...bucketSettings,
    ...bucketLifecycle,
    ...bucketWeb,
    ...commonServices,
    ...launchTemplate,
    ...iamFederation,
    ...eksCluster,
    ...eksAddons,
    ...eksNodes,
    ...elasticacheNeighbours,
    ...elasticache,
    ...ecr,
    ...lambda,
    ...signing,
    ...trail,
    ...watchmen,
    ...copies,
    ...wafv2,
    ...route53Records,
    ...route53,
    ...logDelivery,
    ...cloudfrontPolicies,
    ...cloudfront,
    ...acm,
  ],
  functions,
  place,
};

/** Region and account as the provider finds them: its configuration, then the environment. */
function place(
  config: Props,
  environment: Readonly<Record<string, string | undefined>> = {},
): Place | readonly Refusal[] {
  const given = config["region"];
  const region =
    text(given) ?? (given === undefined ? (environment["AWS_REGION"] ?? environment["AWS_DEFAULT_REGION"]) : "");
  const allowed = texts(config["allowedAccountIds"]);
  const forbidden = texts(config["forbiddenAccountIds"]);
  const role = text(object(list(config["assumeRoles"])[0])["roleArn"]);
  const account = role?.split(":")[4] ?? allowed[0] ?? standIn;
  const odd = [...allowed, ...forbidden].find((id) => !/^\d{12}$/.test(id));
  const refusals: Refusal[] = [];
  const refuse = (property: string, reason: string) => refusals.push({ property, reason });
  if (region === undefined)
    refuse("region", "missing region configuration: set aws:region, the provider's region or AWS_REGION");
  else if (region !== "" && !(region in zoneLetters) && config["skipRegionValidation"] !== true)
    refuse("region", `invalid AWS region: ${region}`);
  if (odd !== undefined) refuse("allowedAccountIds", `an AWS account id has 12 digits, got ${JSON.stringify(odd)}`);
  if (allowed.length > 0 && forbidden.length > 0) refuse("forbiddenAccountIds", "conflicts with allowedAccountIds");
  if (isKnown(config["allowedAccountIds"]) && allowed.length > 0 && !allowed.includes(account))
    refuse("allowedAccountIds", `AWS account ID not allowed: ${account}`);
  if (forbidden.includes(account)) refuse("forbiddenAccountIds", `AWS account ID not allowed: ${account}`);
  return refusals.length > 0 ? refusals : { cloud: "aws", account, region: region ?? "", config };
}
