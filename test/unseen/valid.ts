// Stack files that nobody has seen and that somebody could well write: every setting at every value that it may have, in
// minimal files and in maximal ones. What contradicts the rest is left out, so that the settings accept every file.
import fc from "fast-check";
import { z } from "zod";
import { type Cloud, clouds } from "../../components/cloud";
import { regions } from "../../components/regions";
import { environments } from "../../components/site";
import { bare } from "../../stacks/fields";
import { settingsOf } from "../../stacks/json-schema";
import { type Configuration, resolve, type Settings } from "../../stacks/settings";
import { apps } from "../../stacks/vocabulary";
import { type Change, changed } from "../bad-input/scribble";
import { asPulumiReads } from "../stack-file";

export interface Unseen {
  readonly file: Readonly<Record<string, unknown>>;
  readonly settings: Settings;
}

const accounts = { aws: "123456789012", azure: "00000000-0000-4000-8000-000000000000", gcp: "goodies-prod" };
const letters = (length: number) => "a".repeat(length);
const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`tag-${n}`, `value ${n}`]));
const regionsOf = (cloud: Cloud) =>
  fc.constantFrom(
    ...Object.entries(regions[cloud])
      .filter(([, zones]) => zones !== "" && zones !== "?")
      .map(([region]) => region),
  );
const admins: Readonly<Record<Cloud, string[]>> = {
  aws: ["arn:aws:iam::123456789012:role/teams/Platform_Admins", "arn:aws:iam::123456789012:user/eve"],
  azure: ["11111111-2222-4333-8444-555555555555", "AAAAAAAA-2222-4333-8444-555555555555"],
  gcp: ["platform@example.com", "o.neill+ops@sub.example.co.uk"],
};
const pool = fc.constantFrom(
  {},
  { size: "xlarge", min: 0, max: 1, spot: true },
  { size: "tiny", min: 1, max: 1, diskGb: 30, surgePercent: 100, labels: { "example.com/team": "core", tier: "" } },
  { max: 1000, diskGb: 2048, upgrade: "blue-green", taints: [{ key: "dedicated", effect: "NoExecute" }] },
  {
    taints: [
      { key: "a", value: "b", effect: "NoSchedule" },
      { key: "a", effect: "PreferNoSchedule" },
    ],
  },
);

/** Values of settings that are text, by what a careful stranger would try at the edges of what is allowed. */
const texts: Readonly<Record<string, (cloud: Cloud) => fc.Arbitrary<unknown>>> = {
  name: () => fc.constantFrom("a", "x9", letters(30), "a-b-c-d-e-f-g-h-i-j-k-l-m-n-o", "trifold-customer-service-2026"),
  "tags.owner": () =>
    fc.constantFrom(
      "a@b.c",
      "o.neill+ops@sub.example.co.uk",
      "TEAM_X@Example.COM",
      `${letters(64)}@${letters(60)}.example`,
    ),
  "tags.costCentre": () => fc.constantFrom(1001, "0042", "A-1", letters(32), "0x1F", "1e5"),
  "tags.extra": () =>
    fc.constantFrom(
      {},
      { team: "core" },
      { "cost-unit": "", "data-owner": "Zoë Müller / R+D = 100" },
      { [letters(63)]: "v".repeat(256) },
      { "repo-url": "https://git.example/org/repo:main" },
      many(45),
      { team: "東京", "valid-until": "2026-12-31" },
    ),
  region: regionsOf,
  "dr.region": regionsOf,
  "dr.secondaryRegion": () => fc.constantFrom(...clouds).chain(regionsOf),
  "network.cidr": () =>
    fc.constantFrom("10.0.0.0/16", "10.255.0.0/16", "10.60.128.0/17", "10.7.192.0/18", "10.44.96.0/19", "10.9.16.0/20"),
  "dr.cidr": () => fc.constantFrom("10.200.0.0/16", "10.201.0.0/20", "10.254.128.0/18"),
  "network.zones": () => fc.integer({ min: 1, max: 5 }),
  "dr.zones": () => fc.integer({ min: 1, max: 4 }),
  "workload.healthPath": () => fc.constantFrom("/", "/health", "/api/v1/health-check.json", "/a_b/-/x"),
  "compute.nodes.labels": () => fc.constantFrom({}, { team: "core" }, { "example.com/a.b": "A_1.b-2" }),
  "compute.nodes.taints": () => fc.constantFrom([], [{ key: "a/b", value: "c", effect: "NoSchedule" }]),
  "compute.pools": () =>
    fc.dictionary(fc.constantFrom("a", "gpu", "batch", "extra", "abcdefghijkl", "p2", "memory"), pool, { maxKeys: 6 }),
  "compute.apiAllowList": () =>
    fc.constantFrom(
      ["203.0.113.0/24"],
      ["198.51.100.7/32", "203.0.113.0/25"],
      Array.from({ length: 40 }, (_, n) => `198.18.${n}.0/24`),
    ),
  "compute.admins": (cloud) => fc.subarray(admins[cloud], { minLength: 1 }),
  "database.name": () => fc.constantFrom("app", "a", "user", "order", "select_", `d${"0".repeat(62)}`, "main_db_2"),
  "database.user": () => fc.constantFrom("appadmin", "a", "owner", `u${"_".repeat(62)}`, "app"),
  "backup.schedule": () => fc.constantFrom("0 0 * * *", "0 23 * * *", "0 03 * * *", "0 7 * * *"),
  "registry.repositories": () =>
    fc.constantFrom(
      ["app"],
      ["ab", "a-b-c", letters(40)],
      Array.from({ length: 12 }, (_, n) => `service-${n}`),
    ),
  "secrets.generate": () =>
    fc.constantFrom(
      {},
      { token: {} },
      { [letters(60)]: { length: 128 } },
      { "a-b": { length: 16 }, "a-b-c": {}, x9: {} },
    ),
  "dns.domain": () =>
    fc.constantFrom(
      "prod.goodies.example",
      "a.io",
      "xn--bcher-kva.example",
      `${letters(63)}.${"b".repeat(63)}.example`,
      "1-2-3.very.deep.sub.domain.example.co",
    ),
  "dns.authorities": () => fc.constantFrom(["letsencrypt.org"], ["amazon.com", "digicert.com", "pki.goog"]),
  "cdn.host": () => fc.constantFrom("www", "a", "cdn-1", letters(63), "0"),
  "cdn.origins": () => fc.constantFrom(["assets"], ["api"], ["assets", "api"], ["api", "assets"]),
  "waf.blockedCountries": () => fc.constantFrom(["KP"], ["KP", "NO", "GB", "US"]),
};
const notHere = /<name>|^(app|environment|cloud|account|databasePassword)|existing|^compute\.nodes\.zones$/;

/** The ends of a range, and what lies between. */
function numbers(schema: z.ZodNumber): fc.Arbitrary<number> {
  const [min, max] = [schema.minValue ?? 0, Math.min(schema.maxValue ?? 0, 16_384)];
  return fc.oneof(fc.constantFrom(min, max), fc.integer({ min, max }));
}

function choiceOf(path: string, schema: z.core.$ZodType, cloud: Cloud): fc.Arbitrary<unknown> | undefined {
  const here = bare(schema);
  if (texts[path]) return texts[path](cloud);
  if (/logretentiondays$/i.test(path)) return fc.constantFrom(7, 30, 90, 120, 180, 365, 400, 545, 731, 3653);
  if (here instanceof z.ZodBoolean) return fc.boolean();
  if (here instanceof z.ZodEnum) return fc.constantFrom(...here.options);
  if (here instanceof z.ZodNumber) return numbers(here);
  if (here instanceof z.ZodUnion) {
    const [first] = here.options as readonly z.core.$ZodType[];
    if (first instanceof z.ZodEnum) return fc.constantFrom(...first.options);
  }
  return undefined;
}

const leaves = settingsOf().filter(([path]) => !notHere.test(path));

/** One setting at one value that it may have. */
export const changeOn = (cloud: Cloud): fc.Arbitrary<Change> =>
  fc.oneof(
    ...leaves.flatMap(([path, schema]) => {
      const value = choiceOf(path, schema, cloud);
      return value ? [value.map((one): Change => ({ path, value: one }))] : [];
    }),
  );

/** What makes whole parts of the platform stand: a domain, a place for recovery, a way to the API server. */
const openings: fc.Arbitrary<readonly Change[]> = fc
  .subarray([
    { path: "compute.deployFrom", value: "inside" },
    { path: "dns.domain", value: "prod.goodies.example" },
    { path: "tls.issuer", value: "letsencrypt" },
    { path: "cdn.enabled", value: true },
    { path: "cache.enabled", value: true },
    { path: "compute.spotPool.enabled", value: true },
  ] as readonly Change[] as Change[])
  .map((list): readonly Change[] => list);

const drOn = (cloud: Cloud): fc.Arbitrary<readonly Change[]> =>
  fc.oneof(
    { weight: 2, arbitrary: fc.constant([] as Change[]) },
    fc
      .tuple(regionsOf(cloud), fc.constantFrom("backup-restore", "pilot-light", "warm-standby"))
      .map(([region, mode]) => [
        { path: "dr.region", value: region },
        { path: "dr.mode", value: mode },
        { path: "dr.rpoMinutes", value: 1440 },
      ]),
    fc
      .tuple(
        fc.constantFrom(...clouds.filter((other) => other !== cloud)),
        fc.constantFrom("backup-restore", "pilot-light", "warm-standby"),
        fc.boolean(),
      )
      .map(([other, mode, active]) => [
        { path: "compute.deployFrom", value: "inside" },
        { path: "dr.secondaryCloud", value: other },
        { path: "dr.mode", value: mode },
        { path: "dr.rtoMinutes", value: 1440 },
        ...(active ? [{ path: "dr.active", value: true }] : []),
      ]),
  );

export const read = (file: object): Configuration =>
  asPulumiReads({ config: Object.fromEntries(Object.entries(file).map(([key, value]) => [`trifold:${key}`, value])) });

/** A valid file on this cloud, of so many settings beside what every file needs. */
export const unseenOn = (cloud: Cloud, most = 90): fc.Arbitrary<Unseen> =>
  fc
    .record({
      base: fc.record({ app: fc.constantFrom(...apps), environment: fc.constantFrom(...environments) }),
      open: openings,
      dr: drOn(cloud),
      changes: fc.oneof(
        fc.array(changeOn(cloud), { maxLength: 3 }),
        fc.array(changeOn(cloud), { minLength: 10, maxLength: most, size: "max" }),
      ),
    })
    .map(({ base, open, dr, changes }) => {
      const least = { ...base, cloud, account: accounts, tags: { owner: "team@example.com", costCentre: "1001" } };
      return accepted(least, [open, dr, ...changes.map((one) => [one])]);
    });

/** The file with every change that the settings still accept beside those before it. */
export function accepted(least: Readonly<Record<string, unknown>>, changes: readonly (readonly Change[])[]): Unseen {
  let file = least;
  let settings = resolve(read(file)).settings;
  for (const group of changes) {
    const next = group.reduce<Record<string, unknown>>(changed, file);
    const then = resolve(read(next)).settings;
    if (then) [file, settings] = [next, then];
  }
  if (!settings) throw new Error(`Not even this is accepted: ${JSON.stringify(file)}`);
  return { file, settings };
}
