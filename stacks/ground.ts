import { Keys } from "../components/keys";
import { Network } from "../components/network";
import { Site, type SiteArgs } from "../components/site";
import type { Settings } from "./settings";

/** What every site stands on. */
export interface Ground {
  readonly site: Site;
  readonly keys: Keys;
  readonly network: Network;
  /** Logical name of a part of this site: the first site's are bare, so that adding a second renames nothing. */
  readonly label: (part: string) => string;
}

export function lay(
  name: "primary" | "standby" | "secondary",
  args: {
    readonly site: SiteArgs;
    readonly network: Omit<Settings["network"], "existing"> & Pick<Settings["network"], "existing">;
    readonly keys: Settings["keys"];
  },
): Ground {
  const label = (part: string) => (name === "primary" ? part : `${name}-${part}`);
  const site = new Site(name, args.site);
  const keys = new Keys(label("keys"), { site, ...args.keys });
  const network = new Network(label("network"), { site, keys, ...args.network });
  return { site, keys, network, label };
}
