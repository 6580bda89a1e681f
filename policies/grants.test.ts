import assert from "node:assert/strict";
import { covers, escalations, grants } from "./grants";
import { statements } from "./iam";

const all = (...Statement: readonly object[]) => {
  const found = statements({ Statement });
  assert.ok(typeof found !== "symbol");
  return found;
};
const allow = { Effect: "Allow", Resource: "*" };

describe("grants", () => {
  it("cover actions by wildcards, in any case", () => {
    assert.ok(covers("iam:Put*", "iam:PutRolePolicy"));
    assert.ok(covers("*", "iam:PutRolePolicy"));
    assert.ok(covers("IAM:putrolepolicy", "iam:PutRolePolicy"));
    assert.ok(covers("iam:PassRol?", "iam:PassRole"));
    assert.ok(!covers("iam:Get*", "iam:PutRolePolicy"));
    assert.ok(!covers("iam.PutRolePolicy", "iam:PutRolePolicy"));
  });

  it("end where a statement denies without conditions", () => {
    const wide = { ...allow, Action: "iam:*" };
    const deny = { Effect: "Deny", Resource: "*", Action: "iam:PassRole" };
    assert.ok(grants(all(wide), "iam:PassRole"));
    assert.ok(!grants(all(wide, deny), "iam:PassRole"));
    assert.ok(
      grants(all(wide, { ...deny, Condition: { Bool: { "aws:MultiFactorAuthPresent": "false" } } }), "iam:PassRole"),
    );
    assert.ok(grants(all(wide, { ...deny, Resource: "arn:aws:iam::1:role/x" }), "iam:PassRole"));
  });

  it("leave out what NotAction names", () => {
    const but = { Effect: "Allow", Resource: "*", NotAction: ["iam:*", "organizations:*"] };
    assert.ok(!grants(all(but), "iam:PassRole"));
    assert.ok(grants(all(but), "ec2:RunInstances"));
  });

  it("are none on one named resource", () => {
    assert.ok(
      !grants(
        all({ ...allow, Action: "iam:PassRole", Resource: "arn:aws:iam::123456789012:role/app" }),
        "iam:PassRole",
      ),
    );
    assert.ok(
      grants(all({ ...allow, Action: "iam:PassRole", Resource: "arn:aws:iam::123456789012:role/*" }), "iam:PassRole"),
    );
  });

  it("know ways up that all begin with IAM", () => {
    assert.ok(escalations.every((way) => way[0]?.startsWith("iam:")));
  });
});
