/** Labels of everything that the platform itself puts into a cluster. https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/ */
export const labelsOf = (app: string): Record<string, string> => ({
  "app.kubernetes.io/name": app,
  "app.kubernetes.io/part-of": "trifold",
  "app.kubernetes.io/managed-by": "pulumi",
});
