import type * as standards from "../../policies/standards";
import type { Cloud } from "../cloud";

/**
 * Images that the platform's own jobs run, by exact version: never looked up (SEC-17). All publishers' own, from registries
 * without a limit on anonymous pulls. By tag and not by digest: a version is built anew when the system below it is mended, and
 * nodes that come later get that.
 */
export const cloudCli: Readonly<Record<Cloud, string>> = {
  aws: "public.ecr.aws/aws-cli/aws-cli:2.31.18",
  azure: "mcr.microsoft.com/azure-cli:2.78.0",
  gcp: "gcr.io/google.com/cloudsdktool/google-cloud-cli:545.0.0-slim",
};

/** Newest release of each major that was tried with this one. https://www.postgresql.org/docs/release/ */
const postgresReleases: Readonly<Record<string, string>> = {
  14: "14.24",
  15: "15.19",
  16: "16.15",
  17: "17.11",
  18: "18.4",
} satisfies Record<(typeof standards.postgresVersions)[number], string>;

/** Client tools of a PostgreSQL major: a dump is made, and read back, by the server's own. */
export const postgresClient = (major: string): string =>
  `public.ecr.aws/docker/library/postgres:${postgresReleases[major]}-bookworm`;
