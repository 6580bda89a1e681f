import assert from "node:assert/strict";
import type { Cloud } from "../cloud";
import { type DatabaseChoice, databaseMistakes, replicaMistakes } from "./check";

const good: DatabaseChoice = {
  engineVersion: "16",
  size: "medium",
  ha: true,
  readReplicas: 1,
  pooling: true,
  storageGb: 32,
  maxStorageGb: 128,
  backupRetentionDays: 30,
  pitrDays: 7,
  backupHour: 0,
  databaseName: "app",
  user: "appadmin",
  slowQueryMs: 1000,
  maxConnections: 200,
  logRetentionDays: 90,
  dataClass: "sensitive",
};
const found = (choice: Partial<DatabaseChoice>, cloud: Cloud = "aws") =>
  databaseMistakes(cloud, { ...good, ...choice }).map(({ field, remedy }) => `${field}: ${remedy}`);

const refused: readonly (readonly [Partial<DatabaseChoice>, RegExp, Cloud?])[] = [
  [{ engineVersion: "13" }, /^engineVersion: use a PostgreSQL major in support, as text: "14"/],
  [{ readReplicas: 6 }, /^readReplicas: use a whole number from 0 to 5/],
  [{ backupRetentionDays: 36, pitrDays: 7 }, /^backupRetentionDays: use a whole number from 7 to 35/],
  [{ backupHour: 24 }, /^backupHour/],
  [{ maxConnections: 24 }, /^maxConnections: use a whole number from 25/],
  [{ storageGb: 100, maxStorageGb: 105 }, /^maxStorageGb: use 110 or more/],
  [{ pitrDays: 8, backupRetentionDays: 7 }, /^pitrDays: use backupRetentionDays \(7\) at most/],
  [{ pitrDays: 8 }, /^pitrDays: Cloud SQL .* 7 days at most \(F8\)/, "gcp"],
  [{ size: "tiny", readReplicas: 0, pooling: false }, /^ha: Azure's "tiny" class is burstable/, "azure"],
  [{ size: "tiny", ha: false, pooling: false }, /^readReplicas: Azure/, "azure"],
  [{ size: "tiny", ha: false, readReplicas: 0 }, /^pooling: Azure/, "azure"],
  [{ logRetentionDays: 10 }, /^logRetentionDays: .*14/],
  [{ databaseName: "My-App" }, /^databaseName: it has "M"/],
  [{ databaseName: "postgres" }, /^databaseName: it is reserved/],
  [{ user: "azure_admin" }, /^user: it is reserved/],
  [{ user: "9lives" }, /^user: it begins with "9"/],
];

describe("checkDatabase", () => {
  it("takes what every cloud offers", () => {
    for (const cloud of ["aws", "azure", "gcp"] as const) assert.deepEqual(found({}, cloud), []);
    assert.deepEqual(found({ size: "tiny" }), []);
    assert.deepEqual(found({ pitrDays: 30 }, "azure"), []);
  });

  for (const [choice, expected, cloud] of refused)
    it(`refuses ${JSON.stringify(choice)}${cloud ? ` on ${cloud}` : ""}`, () => {
      const mistakes = found(choice, cloud);
      assert.equal(mistakes.length, 1, mistakes.join("\n"));
      assert.match(mistakes[0] ?? "", expected);
    });

  it("counts a replica in another region among a server's own", () => {
    const elsewhere = (cloud: Cloud, choice: Partial<DatabaseChoice>) =>
      replicaMistakes(cloud, { ...good, ...choice }, "dr.mode warm-standby").map(({ field, remedy }) => [
        field,
        remedy,
      ]);
    assert.deepEqual(elsewhere("aws", { readReplicas: 5 }), []);
    assert.deepEqual(elsewhere("azure", { readReplicas: 4 }), []);
    assert.match(
      String(elsewhere("azure", { readReplicas: 5 })),
      /^readReplicas,.*dr\.mode warm-standby .*use 4 or fewer$/,
    );
    assert.match(
      String(elsewhere("azure", { size: "tiny", readReplicas: 0 })),
      /^size,.*dr\.mode warm-standby .*use "small" or larger$/,
    );
    assert.match(String(elsewhere("azure", { size: "tiny", readReplicas: 1 })), /^readReplicas,/);
  });
});
