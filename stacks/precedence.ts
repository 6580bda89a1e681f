import type { Layer } from "./vocabulary";

/** Later layers win, key by key; a list is one value (ARC-08). */
export function merge(...layers: readonly Layer[]): Layer {
  return layers.reduce<Record<string, unknown>>((sum, layer) => over(sum, layer), {});
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function over(under: Record<string, unknown>, layer: object): Record<string, unknown> {
  const result = { ...under };
  for (const [key, value] of Object.entries(layer)) {
    const below = result[key];
    if (value !== undefined) result[key] = isMap(value) ? over(isMap(below) ? below : {}, value) : (value as unknown);
  }
  return result;
}
