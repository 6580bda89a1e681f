/** Labels of everything that the platform itself puts into a cluster; `instance` tells workloads of one app apart. https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/ */
export const labelsOf = (app: string, instance?: string): Record<string, string> => ({
  "app.kubernetes.io/name": app,
  ...(instance && { "app.kubernetes.io/instance": instance }),
  "app.kubernetes.io/part-of": "trifold",
  "app.kubernetes.io/managed-by": "pulumi",
});
