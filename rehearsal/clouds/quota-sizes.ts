// Cores of a machine, by the name of its size; the clouds put the figure into the name.

/** EC2: `medium` of the burstable families has two, of the others one; `large` two, `xlarge` four and so on. */
export function coresOfInstance(type: string): number {
  const [family = "", size = ""] = type.replace(/^db\.|^cache\./, "").split(".");
  if (/^(nano|micro|small)$/.test(size)) return family === "t2" ? 1 : 2;
  if (size === "medium") return family.startsWith("t") ? 2 : 1;
  if (size === "large") return 2;
  const times = /^(\d*)xlarge$/.exec(size)?.[1];
  return times === undefined ? 0 : 4 * Number(times || 1);
}

/** Azure: the first figure of the size, the figure behind "-" where cores are constrained (`Standard_E8-4s_v5`). */
export function coresOfSize(size: string): number {
  const [, all, constrained] = /^(?:Standard_)?[A-Za-z]+(\d+)(?:-(\d+))?/.exec(size) ?? [];
  return Number(constrained ?? all ?? 0);
}

/** The family that Azure counts a size in: `Standard_D4ds_v5` is of standardDDSv5Family. */
export function familyOf(size: string): string {
  const [, letter = "", suffix = "", version = ""] =
    /^(?:Standard_)?([A-Za-z]+)\d+(?:-\d+)?([a-z]*)(?:_(v\d+))?$/.exec(size) ?? [];
  if (letter === "B") return version === "" ? "standardBSFamily" : `standardB${suffix}${version}Family`;
  return `standard${letter}${suffix.toUpperCase()}${version}Family`;
}

/** Compute Engine: the last figure of the type; shared-core types count as two, `f1-micro` and `g1-small` as one. */
export function coresOfMachine(type: string): number {
  const custom = /custom-(\d+)-\d+/.exec(type)?.[1];
  if (custom !== undefined) return Number(custom);
  if (/^(f1-micro|g1-small)$/.test(type)) return 1;
  if (/^e2-(micro|small|medium)$/.test(type)) return 2;
  return Number(/-(\d+)(?:-lssd|-metal)?$/.exec(type)?.[1] ?? 0);
}
