// Functions and container services without machines.
import { all, any, equals, fail, filled, holds, isTrue, oneOf, pass, unknown, when } from "../judge";
import { asText, folded, isUnknown, read } from "../read";
import { type Judge, rule, type View } from "../rule";
import { aws, awsGraph, azure, gcp, token } from "../tokens";

/** Runtimes that AWS patches no more on 2026-11-21, those with a date that may still move left out. https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html */
const ended =
  /^(nodejs(|4\.3|4\.3-edge|6\.10|8\.10|1[02468]\.x|20\.x)|python(2\.7|3\.[6-9])|ruby(2\.\d|3\.2)|java8|go1\.x|dotnet(core[\d.]+|5\.0|6|7)|provided)$/;
const hasVariables = ({ props }: View) => read(props, "environment.variables") !== undefined;
const isFunction = ({ props }: View) =>
  isUnknown(read(props, "kind")) ? "unknown" : folded(props, "kind").includes("functionapp");
const isImage = ({ props }: View) => folded(props, "packageType") === "image";
const zipped = (judge: Judge): Judge =>
  when((view) => !isImage(view), "a container image: its registry signs and updates it", judge);

const letters: Judge = (view, { graph }) => {
  const path = "deadLetterConfig.targetArn";
  const expected = "a queue or topic for what fails";
  if (read(view.props, path) !== undefined || isUnknown(read(view.props, "deadLetterConfig")))
    return pass(path, expected);
  const { sure, maybe } = graph.companions(view, [token("aws", "lambda.FunctionEventInvokeConfig")], "functionName");
  if (sure.some((one) => read(one.props, "destinationConfig.onFailure.destination") !== undefined))
    return pass(path, expected);
  return maybe.length > 0 ? unknown(path, expected) : fail(path, expected);
};
const internal = ["INGRESS_TRAFFIC_INTERNAL_ONLY", "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER"];
const viaVpc = (at: string): Judge =>
  any(filled(`${at}.connector`, "a connector"), filled(`${at}.networkInterfaces`, "a subnet"));

export const functions = rule(
  "serverless-function-hardening",
  aws(
    "lambda.Function",
    all(
      when(hasVariables, "no variables", filled("kmsKeyArn", "a customer key")),
      filled("vpcConfig.subnetIds", "private subnets"),
      equals("tracingConfig.mode", "Active"),
      zipped(filled("codeSigningConfigArn", "a code signing configuration")),
      zipped(holds("runtime", "a runtime that is still patched", (value) => !ended.test(asText(value)))),
    ),
  ),
  awsGraph("lambda.Function", letters),
  azure(
    "web.WebApp, web.WebAppSlot",
    all(
      isTrue("httpsOnly"),
      holds("siteConfig.minTlsVersion", "1.2 or later", (value) => Number(value) >= 1.2, "pass"),
      oneOf("siteConfig.ftpsState", ["Disabled", "FtpsOnly"]),
      when(isFunction, "a site", any(isTrue("clientCertEnabled"), equals("publicNetworkAccess", "Disabled"))),
    ),
  ),
  gcp("cloudrunv2.Service", all(oneOf("ingress", internal), viaVpc("template.vpcAccess"))),
  gcp(
    "cloudfunctionsv2.Function",
    all(
      oneOf("serviceConfig.ingressSettings", ["ALLOW_INTERNAL_ONLY", "ALLOW_INTERNAL_AND_GCLB"]),
      any(
        filled("serviceConfig.vpcConnector", "a connector"),
        filled("serviceConfig.directVpcNetworkInterfaces", "a subnet"),
      ),
    ),
  ),
);
