// Arguments that a program could well pass, by component: what differs from arguments that are fine, and how it is refused.
import type { ArgumentCase } from "./case";
import { clusterCases } from "./cluster";
import { dataCases } from "./data";
import { edgeCases } from "./edge";
import { foundationCases } from "./foundations";
import type { SubjectName } from "./ground";

export const cases: Readonly<Record<SubjectName, readonly ArgumentCase[]>> = {
  ...foundationCases,
  ...clusterCases,
  ...dataCases,
  ...edgeCases,
};
