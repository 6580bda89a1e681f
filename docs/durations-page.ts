import { packages } from "../rehearsal/clouds/packages";
import type { Row } from "../rehearsal/clouds/row";
import { duration } from "../rehearsal/display/style";
import { observed } from "./durations";

const titles: Readonly<Record<string, string>> = {
  aws: "AWS",
  "azure-native": "Azure",
  gcp: "Google Cloud",
  kubernetes: "Kubernetes",
};

/** What takes less is summed up. */
const LEAST = 10;

const slowest = ({ seconds }: Row): number => Math.max(seconds.create, seconds.update ?? 0, seconds.delete ?? 0);

/** docs/reference/durations.md: how long the rehearsal takes the real thing to need, and where the figures come from. */
export function durationsPage(): string {
  return [
    "# How long the real thing takes",
    "",
    "Made from the rows of `rehearsal/clouds` and from `docs/durations.ts` by `npm run docs`. A rehearsal adds these figures up",
    'along the graph, under "For real". They are usual ones: a region, a size or a bad day can double them. *Seen* is what',
    "public logs of Terraform show: least and most, and in how many lines. What says *estimate* was not measured.",
    ...Object.entries(titles).flatMap(([name, title]) =>
      section(title, packages.find((pkg) => pkg.name === name)?.rows ?? []),
    ),
    "",
  ].join("\n");
}

function section(title: string, rows: readonly Row[]): readonly string[] {
  const sorted = [...rows].sort((a, b) => slowest(b) - slowest(a) || (a.type < b.type ? -1 : 1));
  const long = sorted.filter((row) => slowest(row) >= LEAST);
  const rest = sorted.length - long.length;
  return [
    "",
    `## ${title}`,
    "",
    "| Type | Create | Update | Delete | Seen | Source |",
    "|---|---|---|---|---|---|",
    ...long.map(line),
    "",
    `The other ${rest} types take less than ${LEAST} s for anything.`,
  ];
}

function line({ type, seconds }: Row): string {
  const { create, update = create, delete: remove = create, source = "" } = seconds;
  const { note } = observed[type] ?? {};
  const why = [source, note].filter((text) => text !== undefined && text !== "").join("; ");
  return `| \`${type}\` | ${[create, update, remove].map(duration).join(" | ")} | ${seen(type)} | ${why} |`;
}

function seen(type: string): string {
  const { create, delete: remove } = observed[type] ?? {};
  return [range("create", create), range("delete", remove)].filter((text) => text !== "").join("; ");
}

function range(act: string, seconds: readonly number[] | undefined): string {
  const [least, most] = [seconds?.[0], seconds?.at(-1)];
  if (seconds === undefined || least === undefined || most === undefined) return "";
  const span = least === most ? duration(least) : `${duration(least)} to ${duration(most)}`;
  return `${act} ${span} (${seconds.length})`;
}
