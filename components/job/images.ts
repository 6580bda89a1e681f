import type { Cloud } from "../cloud";

/**
 * Images that the platform's own jobs run, by exact version: never looked up (SEC-17). All publishers' own, from registries
 * without a limit on anonymous pulls.
 */
export const cloudCli: Readonly<Record<Cloud, string>> = {
  aws: "public.ecr.aws/aws-cli/aws-cli:2.31.18",
  azure: "mcr.microsoft.com/azure-cli:2.78.0",
  gcp: "gcr.io/google.com/cloudsdktool/google-cloud-cli:545.0.0-slim",
};

/** Client tools of a PostgreSQL major: a dump is made, and read back, by the server's own. */
export const postgresClient = (major: string): string => `public.ecr.aws/docker/library/postgres:${major}-bookworm`;
