/** The clouds that every capability is built for. A missing one is a compile error wherever `PerCloud` is used. */
export const clouds = ["aws", "azure", "gcp"] as const;
export type Cloud = (typeof clouds)[number];
export type PerCloud<T> = { readonly [C in Cloud]: T };
