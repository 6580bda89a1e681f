import { clusterRows, nodeRows } from "./cluster";
import { databaseRows, storageRows } from "./data";
import { edgeRows } from "./edge";
import { network } from "./network";
import type { Row } from "./row";
import { auditRows, cacheRows, keyRows, registryRows, secretRows } from "./services";

/** Every property, in the order of the page. */
export const scoreboard: readonly Row[] = [
  ...[...network, ...clusterRows, ...nodeRows, ...databaseRows, ...cacheRows, ...storageRows],
  ...[...edgeRows, ...keyRows, ...secretRows, ...registryRows, ...auditRows],
];
