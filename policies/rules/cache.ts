// CACHE, BAK, HA: caches ask who is there, and come back after a failure.

import {
  all,
  any,
  atLeast,
  equals,
  fail,
  filled,
  holds,
  isTrue,
  matches,
  noneOf,
  notApplicable,
  oneOf,
  unset,
} from "../judge";
import { holdsMany } from "../lists";
import { lasting } from "../primaries";
import { asText, folded, read } from "../read";
import { type Judge, rule } from "../rule";
import { aws, azure, gcp } from "../tokens";

/** Memcached has neither logins nor snapshots, and no data that is meant to last. */
const unlessMemcached =
  (judge: Judge): Judge =>
  (view, context) =>
    folded(view.props, "engine") === "memcached" ? notApplicable("Memcached") : judge(view, context);

/** A node of a group has its group's settings; a Redis by itself can't have them. */
const single: Judge = (view) =>
  read(view.props, "replicationGroupId") === undefined
    ? fail("", "a ReplicationGroup, which has logins, snapshots and failover")
    : notApplicable("its group decides");

const unlessSecondary =
  (judge: Judge): Judge =>
  (view, context) =>
    read(view.props, "globalReplicationGroupId") === undefined
      ? judge(view, context)
      : notApplicable("the primary of its global group decides");

export const auth = rule(
  "identity-cache-auth",
  aws(
    "elasticache.ReplicationGroup",
    unlessSecondary(any(filled("userGroupIds", "a user group"), filled("authToken"), filled("authTokenWo"))),
  ),
  aws("elasticache.ServerlessCache", unlessMemcached(filled("userGroupId", "a user group"))),
  aws("elasticache.Cluster", unlessMemcached(single)),
  aws("memorydb.Cluster", noneOf("aclName", ["open-access"], "fail")),
  // A group doesn't help when one of its users needs no password; a user that is off can't come in.
  aws(
    "elasticache.User",
    any(
      all(noneOf("noPasswordRequired", ["true"]), noneOf("authenticationMode.type", ["no-password-required"])),
      matches("accessString", /(^|\s)off(\s|$)/i, "off"),
    ),
  ),
  azure(
    "redis.Redis",
    all(
      isTrue("disableAccessKeyAuthentication"),
      isTrue("redisConfiguration.aadEnabled"),
      noneOf("redisConfiguration.authnotrequired", ["true"]),
    ),
  ),
  // There is no way in without a key or an Entra token; a key in plain text is nobody's secret.
  azure(
    "redisenterprise.Database",
    any(equals("accessKeysAuthentication", "Disabled"), equals("clientProtocol", "Encrypted", "pass")),
  ),
  gcp("redis.Instance", isTrue("authEnabled")),
  gcp("redis.Cluster", equals("authorizationMode", "AUTH_MODE_IAM_AUTH")),
  gcp(
    "memorystore.Instance",
    holds("authorizationMode", "IAM_AUTH", (value) => !/DISABLED|UNSPECIFIED/.test(asText(value))),
  ),
);

const kept = atLeast("snapshotRetentionLimit", 1);
const stored = oneOf("persistenceConfig.mode", ["RDB", "AOF"]);
const manyZones = noneOf("zoneDistributionConfig.mode", ["SINGLE_ZONE"]);

export const snapshots = rule(
  "backup-cache-snapshots",
  aws(
    "elasticache.ReplicationGroup",
    lasting(unlessSecondary(all(kept, isTrue("automaticFailoverEnabled"), isTrue("multiAzEnabled")))),
  ),
  aws("elasticache.ServerlessCache", lasting(unlessMemcached(kept))),
  aws("elasticache.Cluster", lasting(unlessMemcached(single))),
  aws("memorydb.Cluster", lasting(all(kept, atLeast("numReplicasPerShard", 1, "pass")))),
  azure(
    "redis.Redis",
    lasting(
      all(
        any(holdsMany("zones", 2, "two zones or more"), equals("zonalAllocationPolicy", "Automatic")),
        any(isTrue("redisConfiguration.rdbBackupEnabled"), isTrue("redisConfiguration.aofBackupEnabled")),
      ),
    ),
  ),
  azure(
    "redisenterprise.RedisEnterprise",
    lasting(
      all(noneOf("highAvailability", ["Disabled"]), any(unset("zones"), holdsMany("zones", 2, "two zones or more"))),
    ),
  ),
  azure("redisenterprise.Database", (view, context) =>
    read(view.props, "geoReplication") === undefined
      ? lasting(any(isTrue("persistence.rdbEnabled"), isTrue("persistence.aofEnabled")))(view, context)
      : notApplicable("a geo-replicated database, which takes no snapshots"),
  ),
  gcp(
    "redis.Instance",
    lasting(all(equals("tier", "STANDARD_HA"), equals("persistenceConfig.persistenceMode", "RDB"))),
  ),
  gcp(
    "redis.Cluster, memorystore.Instance",
    lasting(all(atLeast("replicaCount", 1), manyZones, any(stored, filled("automatedBackupConfig", "backups")))),
  ),
);
