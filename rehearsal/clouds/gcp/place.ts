import { createHash } from "node:crypto";
import type { Place, Props, Refusal } from "../row";
import { text } from "../values";
import { regions } from "./regions";

/** Who a rehearsal without any project works as. */
const standIn = "trifold-rehearsal";

/** Variables that the provider reads after its own settings. https://registry.terraform.io/providers/hashicorp/google/latest/docs/guides/provider_reference */
const projectVariables = ["GOOGLE_PROJECT", "GOOGLE_CLOUD_PROJECT", "GCLOUD_PROJECT", "CLOUDSDK_CORE_PROJECT"];
const regionVariables = ["GOOGLE_REGION", "GCLOUD_REGION", "CLOUDSDK_COMPUTE_REGION"];

/** 6 to 30 characters; old projects may belong to a domain. https://cloud.google.com/resource-manager/docs/creating-managing-projects */
export const projectShape = /^([a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$/;

export function place(
  config: Props,
  environment: Readonly<Record<string, string | undefined>>,
): Place | readonly Refusal[] {
  const from = (variables: readonly string[]) => variables.map((name) => environment[name]).find(Boolean);
  const project = text(config["project"]) ?? from(projectVariables) ?? standIn;
  const region = text(config["region"]) ?? from(regionVariables) ?? "";
  const refusals = [
    ...(projectShape.test(project)
      ? []
      : [
          {
            property: "project",
            reason: `"${project}" is not a project id: 6 to 30 lower case letters, digits and "-"`,
          },
        ]),
    ...(region === "" || Object.hasOwn(regions, region)
      ? []
      : [{ property: "region", reason: `"${region}" is not a region of Google Cloud` }]),
  ];
  return refusals.length > 0 ? refusals : { cloud: "gcp", account: project, region, config };
}

/** A project's number: the same for the same id always. */
export function projectNumber(project: string): string {
  const digits = BigInt(`0x${createHash("sha256").update(project).digest("hex").slice(0, 16)}`) % 900_000_000_000n;
  return String(100_000_000_000n + digits);
}
