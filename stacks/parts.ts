import type { Cache } from "../components/cache";
import type { Cluster } from "../components/cluster";
import type { Database } from "../components/database";
import type { Replica } from "../components/database/replica";
import type { Ingress } from "../components/ingress";
import type { Registry } from "../components/registry";
import type { Secrets } from "../components/secrets";
import type { Storage } from "../components/storage";
import type { Ground } from "./ground";

/** A site that serves. */
export interface Primary extends Ground {
  readonly registry: Registry;
  readonly secrets: Secrets;
  readonly storage: Storage;
  readonly database: Database;
  readonly cache: Cache | undefined;
  readonly cluster: Cluster;
}

/** A site that waits: what there is of it depends on dr.mode. */
export interface Standby extends Ground {
  readonly storage: Storage;
  readonly replica: Replica | undefined;
  readonly cluster: Cluster | undefined;
  readonly cache: Cache | undefined;
  readonly ingress: Ingress | undefined;
}
