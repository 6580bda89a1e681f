// A shop's platform, right as a whole: as plain resources, with the identifiers that a cloud would have answered.
import type { Made } from "../../fixtures/fixture";
import type { Platform } from "../../rule";
import { aws } from "./aws";
import { azure } from "./azure";
import { gcp } from "./gcp";
import { kubernetes } from "./kubernetes";

export const secure: Readonly<Record<Platform, readonly Made[]>> = { aws, azure, gcp, kubernetes };
