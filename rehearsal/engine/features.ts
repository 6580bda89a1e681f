import { status } from "@grpc/grpc-js";

/** What the SDK asks for, and this engine does. It tells its user by name of what isn't here. */
export const features = new Set([
  "secrets",
  "resourceReferences",
  "outputValues",
  "aliasSpecs",
  "replacementTrigger",
  "deletedWith",
  "replaceWith",
  "transforms",
  "invokeTransforms",
  "resourceHooks",
  "errorHooks",
  "sendsOptionsToHooks",
]);

export const unsupported = (what: string): Error =>
  Object.assign(new Error(`${what} are not supported by the built-in engine; use the pulumi CLI`), {
    code: status.UNIMPLEMENTED,
  });

export const invalid = (message: string): Error => Object.assign(new Error(message), { code: status.INVALID_ARGUMENT });
