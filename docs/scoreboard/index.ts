import { databaseRows, storageRows } from "./data";
import { network } from "./network";
import type { Row } from "./row";

/** Every property, in the order of the page. */
export const scoreboard: readonly Row[] = [...network, ...databaseRows, ...storageRows];
