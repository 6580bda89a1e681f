import type { Cloud } from "../../components/cloud";
import type { Layer } from "../vocabulary";
import { custsvc } from "./custsvc";
import { dietgame } from "./dietgame";
import { fitness } from "./fitness";
import { generic } from "./generic";
import { goodies } from "./goodies";

/** What a system was designed with: settings that its stacks start from, and where it stands when a stack names no region. */
export interface Profile {
  readonly settings: Layer;
  readonly regions?: Readonly<Partial<Record<Cloud, string>>>;
}

export const profiles: Readonly<Record<string, Profile>> = {
  fitness,
  goodies,
  dietgame,
  custsvc,
  generic,
  custom: { settings: {} },
};
