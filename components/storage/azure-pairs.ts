// https://learn.microsoft.com/azure/reliability/regions-list: a list of exceptions, so that a name that isn't here is
// taken to have a partner; Azure's own refusal tells otherwise.
const withoutPair = new Set([
  "austriaeast",
  "belgiumcentral",
  "chilecentral",
  "denmarkeast",
  "indonesiacentral",
  "israelcentral",
  "italynorth",
  "malaysiawest",
  "mexicocentral",
  "newzealandnorth",
  "polandcentral",
  "qatarcentral",
  "spaincentral",
]);

/** Whether the region has a partner region that geo-redundant storage is copied to. */
export const hasPair = (region: string): boolean => !withoutPair.has(region);
