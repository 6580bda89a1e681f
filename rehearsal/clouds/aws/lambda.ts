// https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
import { between, fits, long, oneOf, refuse } from "../limits";
import type { Moment, Refusal, Row } from "../row";
import { HEX } from "../shapes";
import { isSet, number, object, pick, text, texts } from "../values";
import { allowsService, matches, statementsOf } from "./policy-document";
import { arnOf, arnPattern, arnRule, awsRow, regionOf, told } from "./row";
import { T } from "./types";

/** Those that a function may be made with on 2026-11-21. https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html */
const runtimes = [
  "nodejs22.x",
  "nodejs24.x",
  "python3.10",
  "python3.11",
  "python3.12",
  "python3.13",
  "python3.14",
  "java11",
  "java17",
  "java21",
  "java25",
  "dotnet8",
  "ruby3.3",
  "ruby3.4",
  "provided.al2",
  "provided.al2023",
];

const lambda = awsRow({
  type: T.function,
  autoName: { property: "name", max: 64 },
  immutable: ["name", "packageType", "tenancyConfig"],
  unique: { by: ["name"], scope: "region" },
  references: [
    { path: "role", to: [T.role], by: "arn", weak: true },
    { path: "kmsKeyArn", to: [T.key], by: "arn", weak: true },
    { path: "loggingConfig.logGroup", to: [T.logGroup], by: ["name", "id"], weak: true },
    { path: "vpcConfig.subnetIds.*", to: [T.subnet] },
    { path: "vpcConfig.securityGroupIds.*", to: [T.securityGroup] },
    { path: "codeSigningConfigArn", to: [T.codeSigning], by: ["arn", "id"] },
    { path: "deadLetterConfig.targetArn", to: [T.queue, "aws:sns/topic:Topic"], by: "arn", weak: true },
  ],
  unordered: ["vpcConfig.subnetIds", "vpcConfig.securityGroupIds"],
  inputDefaults: () => ({ memorySize: 128, packageType: "Zip", publish: false, skipDestroy: false, timeout: 3 }),
  check: ({ inputs }) => [
    ...fits(inputs, "name", /^[a-zA-Z0-9_-]{1,64}$/, "1 to 64 letters, digits, - and _"),
    ...oneOf(inputs, "runtime", runtimes),
    ...oneOf(inputs, "architectures.*", ["x86_64", "arm64"]),
    ...long(inputs, "architectures", 0, 1),
    ...between(inputs, "memorySize", 128, 10240),
    ...between(inputs, "timeout", 1, 900),
    ...fits(inputs, "role", arnPattern, arnRule),
    ...oneOf(inputs, "packageType", ["Zip", "Image"]),
    ...oneOf(inputs, "loggingConfig.logFormat", ["JSON", "Text"]),
    ...(inputs["packageType"] === "Zip" && !isSet(inputs["handler"])
      ? refuse("handler", "handler and runtime must be set when PackageType is Zip")
      : []),
    ...(inputs["packageType"] === "Zip" && !isSet(inputs["runtime"])
      ? refuse("runtime", "handler and runtime must be set when PackageType is Zip")
      : []),
  ],
  admit: roleRefusals,
  id: ({ inputs }) => text(inputs["name"]) ?? "",
  outputs: (moment) => {
    const arn = arnOf(moment, "lambda", `function:${moment.id}`);
    const invoke = (version: string) =>
      `arn:aws:apigateway:${regionOf(moment)}:lambda:path/${version}/functions/${arn}/invocations`;
    return {
      architectures: moment.inputs["architectures"] ?? ["x86_64"],
      arn,
      ephemeralStorage: moment.inputs["ephemeralStorage"] ?? { size: 512 },
      invokeArn: invoke("2015-03-31"),
      lastModified: moment.now,
      loggingConfig: moment.inputs["loggingConfig"] ?? { logFormat: "Text", logGroup: `/aws/lambda/${moment.id}` },
      qualifiedArn: `${arn}:$LATEST`,
      qualifiedInvokeArn: invoke("2015-03-31").replace("/invocations", ":$LATEST/invocations"),
      reservedConcurrentExecutions: number(moment.inputs["reservedConcurrentExecutions"]) ?? -1,
      signingJobArn: "",
      signingProfileVersionArn: "",
      sourceCodeHash: text(moment.inputs["sourceCodeHash"]) ?? moment.random("code", 44, HEX),
      sourceCodeSize: 1024,
      tracingConfig: moment.inputs["tracingConfig"] ?? { mode: "PassThrough" },
      version: "$LATEST",
    };
  },
  volatile: ["lastModified"],
  seconds: { create: 8, update: 5, delete: 1, source: "estimate" },
});

/** Lambda tries the role before it takes the function. */
function roleRefusals({ inputs, account }: Moment): readonly Refusal[] {
  const role = account.find([T.role], "arn", inputs["role"] ?? null);
  if (!role) return [];
  const given = account.all(T.rolePolicyAttachment).filter((one) => one.outputs["role"] === role.id);
  const own = account.all(T.rolePolicy).filter((one) => one.outputs["role"] === role.id);
  const may = (action: string, managed: RegExp) =>
    given.some((one) => managed.test(text(one.outputs["policyArn"]) ?? "")) ||
    own.some((one) =>
      statementsOf(one.outputs["policy"]).some(({ actions }) => actions.some((a) => matches(a, action))),
    );
  const wrong = (reason: string) => refuse("role", `InvalidParameterValueException: ${reason}`);
  const network = texts(pick(inputs, "vpcConfig.subnetIds")).length > 0;
  const queue = text(pick(inputs, "deadLetterConfig.targetArn"))?.includes(":sqs:");
  return [
    ...(allowsService(role.outputs["assumeRolePolicy"], "lambda.amazonaws.com", "sts:AssumeRole")
      ? []
      : wrong("the role defined for the function cannot be assumed by Lambda")),
    ...(network && !may("ec2:CreateNetworkInterface", /AWSLambdaVPCAccessExecutionRole$/)
      ? wrong("the provided execution role does not have permissions to call CreateNetworkInterface on EC2")
      : []),
    ...(queue === true && !may("sqs:SendMessage", /AmazonSQSFullAccess$/)
      ? wrong("the provided execution role does not have permissions to call SendMessage on SQS")
      : []),
  ];
}

const permission = awsRow({
  type: T.functionPermission,
  taggable: false,
  autoName: { property: "statementId", max: 100 },
  immutable: [
    "action",
    "eventSourceToken",
    "function",
    "functionUrlAuthType",
    "principal",
    "principalOrgId",
    "qualifier",
    "sourceAccount",
    "sourceArn",
    "statementId",
  ],
  references: [{ path: "function", to: [T.function], by: ["name", "arn"], inside: true }],
  check: ({ inputs }) => [
    ...fits(inputs, "action", /^lambda:(\*|[a-zA-Z]+)$/, "an action of Lambda: lambda:InvokeFunction"),
    ...fits(inputs, "sourceAccount", /^\d{12}$/, "an account id of 12 digits"),
    ...fits(inputs, "sourceArn", arnPattern, arnRule),
  ],
  id: ({ inputs }) => text(inputs["statementId"]) ?? "",
  outputs: () => ({ statementIdPrefix: "" }),
  seconds: { create: 1, delete: 1, source: "estimate" },
});

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotateSecret.html */
const rotation = awsRow({
  type: T.secretRotation,
  taggable: false,
  required: ["rotationRules"],
  immutable: ["secretId"],
  unique: { by: ["secretId"], scope: "region" },
  references: [
    { path: "secretId", to: [T.secret], by: ["id", "arn", "name"], inside: true },
    { path: "rotationLambdaArn", to: [T.function], by: "arn", weak: true },
  ],
  inputDefaults: () => ({ rotateImmediately: true }),
  check: ({ inputs }) => [
    ...between(inputs, "rotationRules.automaticallyAfterDays", 1, 1000),
    ...fits(inputs, "rotationRules.scheduleExpression", /^(cron|rate)\(.+\)$/, "cron(...) or rate(...)"),
    ...(isSet(object(inputs["rotationRules"])["automaticallyAfterDays"]) &&
    isSet(object(inputs["rotationRules"])["scheduleExpression"])
      ? refuse("rotationRules.scheduleExpression", "conflicts with rotationRules.automaticallyAfterDays")
      : []),
  ],
  admit: ({ inputs, account }) => {
    const called = account.find([T.function], "arn", inputs["rotationLambdaArn"] ?? null);
    const secret =
      told(account.find([T.secret], "name", inputs["secretId"] ?? null), "arn") ?? text(inputs["secretId"]);
    const lets = account
      .all(T.functionPermission)
      .some(
        (one) =>
          one.outputs["principal"] === "secretsmanager.amazonaws.com" &&
          [called?.id, told(called, "arn")].includes(text(one.outputs["function"])) &&
          (secret === undefined || matches(text(one.outputs["sourceArn"]) ?? "*", secret)),
      );
    const versions = account.all(T.secretVersion).some((one) => one.outputs["secretId"] === inputs["secretId"]);
    return [
      ...(called && !lets
        ? refuse(
            "rotationLambdaArn",
            "AccessDeniedException: Secrets Manager cannot invoke the specified Lambda function: its policy doesn't grant access to the principal secretsmanager.amazonaws.com",
          )
        : []),
      ...(versions || typeof inputs["secretId"] !== "string"
        ? []
        : refuse(
            "secretId",
            "InvalidRequestException: you tried to perform the operation on a secret that has no value",
          )),
    ];
  },
  id: ({ inputs }) => text(inputs["secretId"]) ?? "",
  outputs: () => ({ rotationEnabled: true }),
  seconds: { create: 2, update: 2, delete: 1, source: "estimate" },
});

export const rows: readonly Row[] = [lambda, permission, rotation];
