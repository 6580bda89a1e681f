import { Instance } from "@pulumi/gcp/redis";
import * as pulumi from "@pulumi/pulumi";
import { gcpNames } from "../naming/gcp";
import { nativeOf } from "../site";
import { keepLogs } from "../site/gcp-logs";
import { freshName, labelsOf } from "../site/gcp-names";
import { keepSecret, placesOf, rotationCalls } from "../site/gcp-secret";
import type { Size } from "../size";
import type { BuildCache } from ".";

/** GiB. 5 and more is a capacity tier with more network; 1 is the least. https://cloud.google.com/memorystore/docs/redis/redis-tiers */
const memory: Readonly<Record<Size, number>> = { tiny: 1, small: 2, medium: 5, large: 16, xlarge: 36 };
/** Newest that Memorystore for Redis has. https://cloud.google.com/memorystore/docs/redis/supported-versions */
const version = "REDIS_7_2";

/** Memorystore for Redis: private address, password, TLS, our key (CACHE-01, CACHE-04 to CACHE-10). */
export const replicated: BuildCache = (context) => {
  const { name, site, args, child } = context;
  const { project, services } = nativeOf(site, "gcp", `Cache "${name}"`);
  const { privateServices } = nativeOf(args.network, "gcp", `Cache "${name}"`);
  const key = args.keys.for("cache");
  const { grants } = nativeOf(key, "gcp", `Cache "${name}"`);
  const { deletionProtection } = site.safeguards;
  const tier = args.ha ? "STANDARD_HA" : "BASIC";
  // What is fixed at birth asks for another instance, beside which the old one stands until it goes.
  const keepers = { region: site.region, key: key.id, tier };
  const label = `${site.prefix}-${name}`;
  const instance = new Instance(
    name,
    {
      project,
      region: site.region,
      name: freshName(`${name}-suffix`, gcpNames.redisInstance, [site.prefix, name], keepers, child),
      displayName: label,
      tier,
      memorySizeGb: memory[args.size],
      redisVersion: version,
      connectMode: "PRIVATE_SERVICE_ACCESS",
      authorizedNetwork: args.network.id,
      authEnabled: true,
      transitEncryptionMode: "SERVER_AUTHENTICATION",
      customerManagedKey: key.id,
      redisConfigs: { "maxmemory-policy": args.eviction },
      persistenceConfig: args.snapshots
        ? { persistenceMode: "RDB", rdbSnapshotPeriod: "TWENTY_FOUR_HOURS" }
        : { persistenceMode: "DISABLED" },
      maintenancePolicy: {
        weeklyMaintenanceWindows: [
          {
            day: args.maintenanceDay.toUpperCase(),
            startTime: { hours: args.maintenanceHour, minutes: 0, seconds: 0, nanos: 0 },
          },
        ],
      },
      deletionProtection,
      labels: labelsOf(site, label, args.dataClass),
    },
    {
      ...child,
      protect: deletionProtection,
      dependsOn: [...services, privateServices, ...grants],
      additionalSecretOutputs: ["authString"],
    },
  );
  const places = placesOf([{ site, keys: args.keys }]);
  // Memorystore makes a new one when authentication is switched off and on again: whoever follows the call does that.
  const calls = rotationCalls(context, places[0].key);
  const secret = keepSecret(context, { what: "password", value: pulumi.secret(instance.authString), places, calls });
  keepLogs(context, {
    what: "logs",
    description: `Logs of the cache of ${site.prefix}`,
    filter: pulumi.interpolate`resource.type="redis_instance" AND resource.labels.instance_id="${instance.id}"`,
    retentionDays: args.logRetentionDays,
    key: args.keys.for("logs"),
  });
  return {
    host: instance.host,
    port: instance.port,
    tls: pulumi.output(true),
    ca: instance.serverCaCerts.apply((certificates) => certificates.map(({ cert }) => cert ?? "").join("\n")),
    auth: pulumi.output("password"),
    user: pulumi.output("default"),
    secretRef: secret.id,
    native: { cloud: "gcp", instanceId: instance.id, login: "password" },
  };
};
