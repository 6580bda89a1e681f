import assert from "node:assert/strict";
import { build, inside } from "../../test/contract";
import { Storage } from ".";
import { skuOf } from "./azure-account";
import { lifecycle } from "./azure-lifecycle";

const token = "trifold:storage:Storage";
const storage = (environment: "dev" | "prod", immutableDays?: number) =>
  build(
    "azure",
    (ground) => new Storage("storage", { ...ground, ...(immutableDays !== undefined && { immutableDays }) }),
    false,
    environment,
  );

describe("storage on azure", () => {
  it("keeps what is archived where there is an archive class, and copies it to the partner region if there is one", () => {
    assert.equal(skuOf("archive", "eastus", false), "Standard_GRS");
    assert.equal(skuOf("archive", "qatarcentral", false), "Standard_LRS");
    assert.equal(skuOf("zone", "eastus", false), "Standard_ZRS");
    assert.equal(skuOf("zone", "eastus", true), "Standard_LRS");
  });

  it("archives, expires and forgets by age (STO-09), versions no earlier than they may be deleted (STO-15)", () => {
    const rules = lifecycle({ softDeleteDays: 30, archiveAfterDays: 90, immutableDays: 60 });
    assert.deepEqual(
      rules.map(({ name }) => name),
      ["archive", "forget"],
    );
    assert.deepEqual(rules[1]?.definition.actions, {
      version: { delete: { daysAfterCreationGreaterThan: 60 } },
      snapshot: { delete: { daysAfterCreationGreaterThan: 60 } },
    });
    assert.deepEqual(
      lifecycle({ softDeleteDays: 7, expireAfterDays: 90 }).map(({ name }) => name),
      ["expire", "forget"],
    );
  });

  it("holds backups write-once by a policy whose days can change, on an account that can't lose the ability", async () => {
    const policies = async (environment: "dev" | "prod", days?: number) =>
      inside(await storage(environment, days), token)
        .filter((one) => one.type === "azure-native:storage:BlobContainerImmutabilityPolicy")
        .map((one) => one.inputs["immutabilityPeriodSinceCreationInDays"]);
    assert.deepEqual(await policies("prod"), [30]);
    assert.deepEqual(await policies("prod", 60), [60]);
    assert.deepEqual(await policies("dev"), []);
    for (const environment of ["dev", "prod"] as const)
      for (const one of inside(await storage(environment), token))
        if (one.type === "azure-native:storage:StorageAccount")
          assert.deepEqual(
            one.inputs["immutableStorageWithVersioning"],
            one.name === "storage-backups" ? { enabled: true } : undefined,
          );
  });

  it("locks what holds data against deletion in prod, the lock after all that lies under it (DB-18)", async () => {
    const made = inside(await storage("prod"), token);
    const locks = made.filter((one) => one.type === "azure-native:authorization:ManagementLockByScope");
    assert.equal(locks.length, 4);
    for (const lock of locks) {
      const below = made.filter(
        (one) => one.custom && one.name.startsWith(lock.name) && one !== lock && !one.type.endsWith(":StorageAccount"),
      );
      for (const one of below) assert.ok(lock.dependencies.includes(one.urn), `${lock.name} comes before ${one.urn}`);
    }
    const relaxed = inside(await storage("dev"), token);
    assert.ok(!relaxed.some((one) => one.type === "azure-native:authorization:ManagementLockByScope"));
  });

  it("lets nobody in by a shared key or from the internet (STO-05)", async () => {
    for (const { type, name, inputs } of inside(await storage("prod"), token)) {
      if (type !== "azure-native:storage:StorageAccount") continue;
      assert.equal(inputs["allowSharedKeyAccess"], false, name);
      assert.equal(inputs["allowBlobPublicAccess"], false, name);
      assert.deepEqual(inputs["networkRuleSet"], {
        defaultAction: "Deny",
        bypass: name === "storage-logs" ? "AzureServices" : "None",
      });
    }
  });
});
