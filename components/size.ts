/** Size classes; each capability's cloud file maps them to real machine classes with a `Record<Size, ...>`. */
export const sizes = ["tiny", "small", "medium", "large", "xlarge"] as const;
export type Size = (typeof sizes)[number];
