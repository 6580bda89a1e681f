/**
 * What tells a program that it is rehearsed. Both are wanted: the first alone could be left over in a shell from which
 * somebody deploys for real, and the second means that no cloud is reached.
 */
export const rehearsalEnvironment = (ports: Readonly<Record<string, number>>): Record<string, string> => ({
  TRIFOLD_REHEARSAL: "1",
  PULUMI_DEBUG_PROVIDERS: Object.entries(ports)
    .map(([name, port]) => `${name}:${port}`)
    .join(","),
});
