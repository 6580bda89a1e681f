// What a policy lets somebody do: actions with wildcards, exceptions, denials, and how wide the resources are.
import type { Statement } from "./iam";
import { isObject } from "./read";

const patterns = new Map<string, RegExp>();
/** Does a pattern (`iam:Put*`, `*`) cover an action? IAM and Azure compare without regard to case. */
export function covers(pattern: string, action: string): boolean {
  const made =
    patterns.get(pattern) ??
    new RegExp(
      `^${pattern
        .replace(/[.+^${}()|[\]\\]/g, "\\$&")
        .replaceAll("*", ".*")
        .replaceAll("?", ".")}$`,
      "i",
    );
  patterns.set(pattern, made);
  return made.test(action);
}

/** Everything, or everything of one kind: `*`, `arn:aws:*`, `arn:aws:iam::123456789012:role/*`. */
const isWide = (resource: unknown): boolean =>
  typeof resource === "string" && /^\*+$|^arn:[^/]*:(\*+|[a-z-]+\/\*+)$/i.test(resource);
const isAll = (resource: unknown): boolean =>
  typeof resource === "string" && /^\*+$|^arn:[^:]*:(\*:?)+$/.test(resource);
export const onWide = (one: Statement): boolean => one.resources.some(isWide);
export const onAll = (one: Statement): boolean => one.resources.some(isAll);

/** Every action there is, or all but some. */
export const allActions = (one: Statement): boolean => one.actions.some((action) => /^\*+(:\*+)?$/.test(action));

/** Conditions under which handing on rights is safe: to whom, up to which boundary, which policy. */
const bounding = /^(iam:(permissionsboundary|passedtoservice|policyarn|associatedresourcearn)|aws:resourcetag\/.*)$/i;
const isBounded = ({ conditions }: Statement) =>
  Object.values(conditions).some((keys) => isObject(keys) && Object.keys(keys).some((key) => bounding.test(key)));

/** Do the statements together grant an action on a wide resource, denials counted? */
export function grants(all: readonly Statement[], action: string): boolean {
  const named = (one: Statement) =>
    one.actions.some((pattern) => covers(pattern, action)) &&
    !one.butActions.some((pattern) => covers(pattern, action));
  const denied = all.some((one) => !one.allows && named(one) && onAll(one) && Object.keys(one.conditions).length === 0);
  return !denied && all.some((one) => one.allows && named(one) && onWide(one) && !isBounded(one));
}

/** Ways by which the holder of these actions becomes whoever it likes. Each list is a way. */
export const escalations: readonly (readonly string[])[] = [
  ...[
    ...[
      "CreatePolicyVersion",
      "SetDefaultPolicyVersion",
      "CreateAccessKey",
      "CreateLoginProfile",
      "UpdateLoginProfile",
    ],
    ...[
      "AttachUserPolicy",
      "AttachGroupPolicy",
      "AttachRolePolicy",
      "PutUserPolicy",
      "PutGroupPolicy",
      "PutRolePolicy",
    ],
    ...["AddUserToGroup", "UpdateAssumeRolePolicy"],
  ].map((action) => [`iam:${action}`]),
  ...[
    ...["lambda:CreateFunction", "lambda:UpdateFunctionConfiguration", "ec2:RunInstances", "ecs:RunTask"],
    ...[
      "ecs:RegisterTaskDefinition",
      "cloudformation:CreateStack",
      "codebuild:CreateProject",
      "glue:CreateDevEndpoint",
    ],
    ...[
      "glue:CreateJob",
      "sagemaker:CreateNotebookInstance",
      "datapipeline:CreatePipeline",
      "states:CreateStateMachine",
    ],
  ].map((action) => ["iam:PassRole", action]),
];
