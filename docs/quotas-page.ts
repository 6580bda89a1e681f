import { quotas } from "../rehearsal/clouds/quota";

const titles = { aws: "AWS", azure: "Azure", gcp: "Google Cloud" } as const;

/** docs/reference/quotas.md: limits of an account that rehearsals count. */
export function quotasPage(): string {
  return [
    "# Quotas",
    "",
    "Made from `rehearsal/clouds/quota-*.ts` by `npm run docs`. A rehearsal counts what exists in the simulated account and refuses",
    "what doesn't fit in the cloud's own words. *Fresh* is what an account has that never asked for more; *Rehearsed* is what the",
    "simulated account was granted, where stacks of this repository, or several in one account, need more: the run then says what to ask for.",
    "`--quota fresh` rehearses a fresh account, `--quota 'aws us-east-1 elastic-ips=2'` any other limit.",
    ...Object.entries(titles).flatMap(([cloud, title]) => [
      "",
      `## ${title}`,
      "",
      "| Quota | What it counts | Fresh | Rehearsed | Name at the cloud | Source |",
      "|---|---|---|---|---|---|",
      ...quotas
        .filter((quota) => quota.cloud === cloud)
        .map(
          ({ id, name, fresh, granted = fresh, known, standing, source }) =>
            `| \`${id}\` | ${name}${standing === undefined ? "" : `; ${standing} there from the start`} | ${fresh} | ${granted} | ${known} | ${source} |`,
        ),
    ]),
    "",
  ].join("\n");
}
