import { pkg as aws } from "./aws";
import { pkg as azure } from "./azure";
import { pkg as gcp } from "./gcp";
import { pkg as kubernetes } from "./kubernetes";
import { pkg as random } from "./random";
import type { Package } from "./row";
import { pkg as tls } from "./tls";

/** Every package that the stage knows. */
export const packages: readonly Package[] = [aws, azure, gcp, kubernetes, random, tls];
