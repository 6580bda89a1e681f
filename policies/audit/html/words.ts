import type { Platform } from "../../rule";
import type { ControlStatus } from "../evidence";
import { html, type Safe } from "./escape";

export const statusNames: Readonly<Record<ControlStatus, string>> = {
  fail: "failed",
  unknown: "unknown",
  waived: "waived",
  pass: "passed",
  "not-applicable": "not applicable",
  "nothing to judge": "nothing to judge",
  manual: "manual",
  inherited: "inherited",
};

export const platformNames: Readonly<Record<Platform, string>> = {
  aws: "AWS",
  azure: "Azure",
  gcp: "Google Cloud",
  kubernetes: "Kubernetes",
};

/** A status in words, coloured as well. */
export const tag = (status: ControlStatus): Safe =>
  html`<span class="tag ${status.split(" ")[0]}">${statusNames[status]}</span>`;
