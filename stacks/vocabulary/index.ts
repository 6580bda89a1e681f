import { z } from "zod";
import { clouds } from "../../components/cloud";
import { networkRanges } from "../../components/network/check";
import { environments } from "../../components/site";
import { accountForms, appForm, appWords } from "../../components/site/check";
import { block, choice, days, digits, fields, flag, record, text, whole } from "../fields";
import { compute, registry, secrets } from "./compute";
import { backup, cache, database, storage } from "./data";
import { cdn, dns, tls, waf } from "./edge";
import { network } from "./network";
import { audit, dr } from "./recovery";

export { passwordSources } from "./data";

// The vocabulary of a stack file: every key, what it means, what it allows. settings.ts reads by it; schema.json, the
// reference page and the report of mistakes are made from it. A key that isn't here is refused.

export const apps = ["fitness", "goodies", "dietgame", "custsvc", "generic", "custom"] as const;

const tagsBlock = record("What every resource is tagged with (TAG-01), beside its name, application and environment.", {
  owner: text(
    /^[^@\s]+@[^@\s]+\.[^@\s]+$/,
    "an e-mail address",
    "team@example.com",
    "Who answers for the platform, as an address (TAG-02).",
  ),
  costCentre: digits(
    /^[A-Za-z0-9][A-Za-z0-9-]{0,31}$/,
    "letters, digits and -, a letter or digit first, 32 characters at most",
    "1001",
    "Who pays.",
  ),
  extra: z
    .record(z.string(), z.string())
    .register(fields, {
      description: "More tags: keys in kebab-case, which each cloud's own spelling is made from (F10).",
      allowed: "a map from kebab-case keys to text",
      example: "{ team: core }",
    })
    .optional(),
});

/** A stack file's settings as they are written; everything but what names the place and its owner has a default. */
export const stackSchema = z.strictObject({
  app: choice(
    apps,
    "Application profile: sets the defaults that the system was designed with; custom sets none (ARC-08).",
    "generic",
  ),
  name: text(
    appForm,
    appWords,
    "goodies",
    "First part of every physical name. Changing it makes everything anew.",
  ).optional(),
  environment: choice(environments, "Which environment the stack is (ENV-01); sets sizes and redundancy."),
  cloud: choice(clouds, "Cloud that the platform stands on (ARC-03)."),
  region: text(
    /^[a-z0-9-]+$/,
    "a region of the stack's cloud, by the cloud's own name",
    "us-east-1",
    "Region, by the cloud's own name.",
  ).optional(),
  account: block(
    "The account that the stack may touch: the provider refuses every other one. What is left out comes from your login.",
    {
      aws: digits(accountForms.aws.form, accountForms.aws.words, "123456789012", "AWS account id."),
      azure: text(
        accountForms.azure.form,
        accountForms.azure.words,
        "00000000-0000-0000-0000-000000000000",
        "Azure subscription id.",
      ),
      gcp: text(accountForms.gcp.form, accountForms.gcp.words, "my-project", "Google Cloud project id."),
    },
  ).optional(),
  tags: tagsBlock,
  safeguards: block("How hard it is to lose something by mistake.", {
    deletionProtection: flag("Pulumi's protect and the cloud's own deletion protection on what holds data (DB-18)."),
    disposable: flag("destroy may take buckets with their content and databases without a last snapshot."),
  }).optional(),
  network: network.optional(),
  workload: block("The application.", {
    port: whole(
      networkRanges.appPort,
      "",
      "Port that it listens on; opened from the public to the private tier (NET-06).",
      8080,
    ),
    healthPath: text(
      /^\/[\w./-]*$/,
      'a path such as "/health"',
      "/health",
      "Path that answers 200 while the application is healthy; health checks ask for it.",
    ),
  }).optional(),
  keys: block("Customer-managed keys, one a purpose (SEC-01).", {
    rotationDays: whole(
      days(1, 2560),
      "days",
      "Days between rotations (SEC-02); raised to the cloud's floor: AWS 90, Azure 7 (F1). Azure takes it when a key is made; of a key that exists it is changed in the vault.",
      30,
    ),
    deletionWindowDays: whole(days(7, 30), "days", "A deleted key can be saved for so long.", 30),
  }).optional(),
  compute: compute.optional(),
  database: database.optional(),
  cache: cache.optional(),
  storage: storage.optional(),
  backup: backup.optional(),
  registry: registry.optional(),
  secrets: secrets.optional(),
  dns: dns.optional(),
  tls: tls.optional(),
  cdn: cdn.optional(),
  waf: waf.optional(),
  audit: audit.optional(),
  dr: dr.optional(),
  databasePassword: z
    .string()
    .register(fields, {
      description:
        "Administrator's password where database.passwordSource is config. Secret: pulumi config set --secret.",
      allowed: "16 to 128 letters, digits and marks, three kinds of them, without space, quotes, / and @",
      example: "--secret",
    })
    .optional(),
});

export type StackFile = z.infer<typeof stackSchema>;
type Partly<T> = T extends readonly unknown[] ? T : T extends object ? { readonly [K in keyof T]?: Partly<T[K]> } : T;
/** One layer of settings: any part of a stack file. */
export type Layer = Partly<StackFile>;
