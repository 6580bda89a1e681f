// Port ranges as the clouds write them: numbers, "8080", "1000-2000", "*", none at all.

export interface PortRange {
  readonly from: number;
  readonly to: number;
}
export const allPorts: PortRange = { from: 0, to: 65535 };

/** `"22"`, `22`, `"20-25"`, `"*"`, "" -> a range; undefined when it is none of these. */
export function portRange(value: unknown): PortRange | undefined {
  if (typeof value === "number") return { from: value, to: value };
  if (typeof value !== "string") return undefined;
  const text = value.trim();
  if (text === "*" || text === "") return allPorts;
  const [from = "", to = from] = text.split("-").map((part) => part.trim());
  return /^\d+$/.test(from) && /^\d+$/.test(to) ? { from: Number(from), to: Number(to) } : undefined;
}

export const contains = (range: PortRange, port: number): boolean => port >= range.from && port <= range.to;
export const isEverything = ({ from, to }: PortRange): boolean => from <= 1 && to >= 65535;
