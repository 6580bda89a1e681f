import { type Mistake, refuse } from "../mistake";
import { ownTags, tagMistakes } from "../tags";
import { regionMistake } from "../zones";
import type { Account, Site, SiteArgs } from ".";

/** First part of every physical name: short enough for the shortest of them, with a hash (naming/). */
export const appForm = /^(?=.{1,30}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
export const appWords = "lower case letters, digits and single -, a letter first, 30 characters at most";

/** Ids of accounts, as each cloud writes them. */
export const accountForms: Readonly<Record<keyof Account, { readonly form: RegExp; readonly words: string }>> = {
  aws: { form: /^\d{12}$/, words: "an AWS account id of 12 digits" },
  azure: { form: /^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/, words: "an Azure subscription id (UUID)" },
  // https://cloud.google.com/resource-manager/docs/creating-managing-projects: an organisation's older ones begin with its domain.
  gcp: { form: /^([a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$/, words: "a Google Cloud project id" },
};

/** Refuses, with pulumi.RunError, what the clouds would refuse later: field, value, remedy. */
export function checkSite(name: string, { app, cloud, region, tags, account = {} }: SiteArgs): void {
  // Zones are the network's to judge, so a region may be younger than the list.
  const stray = regionMistake(cloud, region, true);
  refuse("Site", name, [
    ...(appForm.test(app) ? [] : [{ field: "app", value: app, remedy: `use ${appWords}` }]),
    ...(stray ? [{ field: "region", value: region, remedy: `it ${stray}` }] : []),
    ...tagMistakes(tags, ownTags).map(([key, wrong]) => ({
      field: key === "tags" ? key : `tags.${key}`,
      value: key === "tags" ? Object.keys(tags).length : tags[key],
      remedy: `it ${wrong}`,
    })),
    ...accountMistakes(account),
  ]);
}

/** What is wrong with a second site for copies: they stay on the cloud, and leave the region. */
export function elsewhereMistakes(field: string, site: Site, other: Site | undefined): Mistake[] {
  if (!other) return [];
  if (other.cloud !== site.cloud)
    return [{ field: `${field}.cloud`, value: other.cloud, remedy: `use a site on ${site.cloud}, in another region` }];
  if (other.region !== site.region) return [];
  return [{ field: `${field}.region`, value: other.region, remedy: "use another region: both would be lost together" }];
}

const accountMistakes = (account: Account): Mistake[] =>
  (Object.entries(account) as [keyof Account, string][])
    .filter(([cloud, id]) => !accountForms[cloud].form.test(id))
    .map(([cloud, value]) => ({ field: `account.${cloud}`, value, remedy: `use ${accountForms[cloud].words}` }));
