import assert from "node:assert/strict";
import * as fc from "fast-check";
import { build, inside } from "../../test/contract";
import { keyPurposes } from ".";
import { nameBasedUuid } from "./azure-role";
import { expiresAfter, rotation, rotationPolicy } from "./azure-rotation";

describe("keys on azure", () => {
  it("names a role assignment by a UUID of version 5, the same for the same text", () => {
    // uuid.uuid5(uuid.NAMESPACE_URL, "https://example.com/") of Python.
    assert.equal(nameBasedUuid("https://example.com/"), "dd2c1780-811a-5296-81c5-178a0ef488bc");
    fc.assert(
      fc.property(fc.string(), (text) =>
        assert.match(nameBasedUuid(text), /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      ),
    );
  });

  it("keeps a rotation within what a vault takes, whatever is asked (F1, SEC-02)", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2560 }), (asked) => {
        const { rotateDays, expiryDays } = rotation(asked);
        assert.ok(rotateDays >= 7 && rotateDays >= asked && expiryDays >= 28 && expiryDays - rotateDays >= 7);
      }),
    );
    assert.deepEqual(rotationPolicy(rotation(30)), {
      attributes: { expiryTime: "P90D" },
      lifetimeActions: [
        { action: { type: "rotate" }, trigger: { timeAfterCreate: "P30D" } },
        { action: { type: "notify" }, trigger: { timeBeforeExpiry: "P30D" } },
      ],
    });
  });

  it("counts an expiry in seconds from a moment", () => {
    assert.equal(expiresAfter("2026-01-01T00:00:00Z", 1), 1767312000);
  });

  it("gives each purpose an identity that may use its key and no other (SEC-01, SEC-11)", async () => {
    const recording = await build("azure", () => undefined, false);
    const made = inside(recording, "trifold:keys:Keys");
    const roles = made.filter((one) => one.type === "azure-native:authorization:RoleAssignment");
    const scopes = roles.map((one) => one.inputs["scope"] as string);
    assert.equal(new Set(scopes).size, keyPurposes.length);
    for (const scope of scopes) assert.match(scope, /\/vaults\/[^/]+\/keys\/[a-z]+-hsm$/);
    assert.equal(new Set(roles.map((one) => one.inputs["principalId"])).size, keyPurposes.length);
    for (const role of roles) {
      assert.equal(role.inputs["principalType"], "ServicePrincipal");
      assert.match(role.inputs["roleDefinitionId"] as string, /e147488a-f6f5-4113-8e2d-b22465e65bf6$/);
    }
  });

  it("leaves keys to their vault, whose own address a deployment can't reach", async () => {
    const recording = await build("azure", () => undefined, false);
    const keys = recording.registrations.filter((one) => one.type === "azure-native:keyvault:Key");
    for (const key of keys) assert.ok(key.retainOnDelete && key.deleteBeforeReplace === false, key.name);
  });
});
