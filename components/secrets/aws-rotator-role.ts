import type { LogGroup } from "@pulumi/aws/cloudwatch";
import { Role, RolePolicy, RolePolicyAttachment } from "@pulumi/aws/iam";
import type { Queue } from "@pulumi/aws/sqs";
import * as pulumi from "@pulumi/pulumi";
import { nativeOf } from "../site";
import { tagsOf } from "../site/aws-identity";
import { policyText } from "../site/aws-policy";
import type { Place, Rotated } from "./aws-rotation";

interface Around {
  readonly logs: LogGroup;
  readonly failures: Queue;
}

/** These secrets and no others; logs, traces and failures of its own. */
export function buildRotatorRole(context: Place, label: string, rotated: Rotated, { logs, failures }: Around) {
  const { name, site, child } = context;
  const { partition } = nativeOf(site, "aws", `Rotation of "${name}"`);
  const key = rotated.keys.for("secrets").id;
  const through = ["secretsmanager", "sqs"].map((service) => `${service}.${site.region}.amazonaws.com`);
  const role = new Role(
    label,
    {
      description: `Rotates secrets of ${site.prefix}-${name}`,
      assumeRolePolicy: policyText({
        Sid: "Functions",
        Effect: "Allow",
        Principal: { Service: "lambda.amazonaws.com" },
        Action: "sts:AssumeRole",
      }),
      tags: tagsOf(site, label),
    },
    child,
  );
  // Network interfaces: a role needs AWS's own policy for them, which knows no narrower resource.
  const network = new RolePolicyAttachment(
    label,
    {
      role: role.name,
      policyArn: pulumi.interpolate`arn:${partition}:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole`,
    },
    child,
  );
  const secrets = new RolePolicy(
    label,
    {
      role: role.name,
      policy: policyText(
        {
          Sid: "Rotate",
          Effect: "Allow",
          Action: [
            "secretsmanager:DescribeSecret",
            "secretsmanager:GetSecretValue",
            "secretsmanager:PutSecretValue",
            "secretsmanager:UpdateSecretVersionStage",
          ],
          Resource: Object.values(rotated.secrets).map(({ secret }) => secret.arn),
        },
        // Making a random text knows no resource, nor does sending a trace.
        { Sid: "Draw", Effect: "Allow", Action: "secretsmanager:GetRandomPassword", Resource: "*" },
        {
          Sid: "Trace",
          Effect: "Allow",
          Action: ["xray:PutTelemetryRecords", "xray:PutTraceSegments"],
          Resource: "*",
        },
        {
          Sid: "UseTheirKey",
          Effect: "Allow",
          Action: ["kms:Decrypt", "kms:GenerateDataKey"],
          Resource: key,
          Condition: { StringEquals: { "kms:ViaService": through } },
        },
        { Sid: "TellOfFailures", Effect: "Allow", Action: "sqs:SendMessage", Resource: failures.arn },
        {
          Sid: "WriteLogs",
          Effect: "Allow",
          Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
          Resource: pulumi.interpolate`${logs.arn}:*`,
        },
        ...(rotated.rights ?? []),
      ),
    },
    child,
  );
  return { role, grants: [network, secrets] as const };
}
