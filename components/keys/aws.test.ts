import assert from "node:assert/strict";
import { build, inside, the } from "../../test/contract";
import { type KeyPurpose, Keys, type KeysArgs, keyPurposes } from ".";

/** Text as it is, anything else as JSON. */
const plain = (value: unknown): string => (typeof value === "string" ? value : (JSON.stringify(value) ?? ""));

const token = "trifold:keys:Keys";

interface Statement {
  readonly Sid: string;
  readonly Principal: Readonly<Record<string, string>>;
  readonly Action: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const made = async (args: Partial<KeysArgs> = {}) => {
  const recording = await build("aws", ({ site }) => new Keys("own", { site, ...args }), false);
  const keyOf = (purpose: KeyPurpose) => the(recording, "aws:kms/key:Key", `own-${purpose}`);
  const statementsOf = (purpose: KeyPurpose) =>
    (JSON.parse(plain(keyOf(purpose).inputs["policy"])) as { Statement: Statement[] }).Statement;
  return { recording, keyOf, statementsOf };
};

describe("keys on AWS", () => {
  it("rotate as often as KMS can: never under 90 days (SEC-02, F1)", async () => {
    for (const [wanted, had] of [
      [30, 90],
      [120, 120],
    ] as const)
      assert.equal((await made({ rotationDays: wanted })).keyOf("storage").inputs["rotationPeriodInDays"], had);
  });

  it("let those who run them change them, but not read with them (SEC-01)", async () => {
    const { statementsOf } = await made();
    for (const purpose of keyPurposes) {
      const open = statementsOf(purpose)
        .filter((one) => !one.Condition)
        .flatMap((one) => one.Action);
      assert.ok(open.includes("kms:PutKeyPolicy"));
      assert.deepEqual(
        open.filter(
          (action) =>
            /\*$|Decrypt|Encrypt|GenerateDataKey|CreateGrant/.test(action) &&
            !/^kms:(Describe|Get|List|Update)\*$/.test(action),
        ),
        [],
      );
    }
  });

  it("are used through the one service that they are for", async () => {
    const { statementsOf } = await made();
    const via = (purpose: KeyPurpose) =>
      statementsOf(purpose).flatMap((one) => one.Condition?.["StringEquals"]?.["kms:ViaService"] ?? []);
    assert.deepEqual(new Set(via("database")), new Set(["rds.us-east-1.amazonaws.com"]));
    assert.deepEqual(via("storage"), ["s3.us-east-1.amazonaws.com"]);
    assert.deepEqual(via("secrets"), ["secretsmanager.us-east-1.amazonaws.com", "sqs.us-east-1.amazonaws.com"]);
    assert.deepEqual(via("logs"), ["s3.us-east-1.amazonaws.com"]);
    assert.deepEqual(new Set(via("cache")), new Set(["elasticache.us-east-1.amazonaws.com"]));
    assert.deepEqual(new Set(via("registry")), new Set(["ecr.us-east-1.amazonaws.com"]));
    assert.deepEqual(new Set(via("cluster")), new Set(["eks.us-east-1.amazonaws.com", "ec2.us-east-1.amazonaws.com"]));
  });

  it("let CloudWatch Logs in for log groups of this account and region only", async () => {
    const { statementsOf } = await made();
    const service = statementsOf("logs").find((one) => one.Principal["Service"] !== undefined);
    assert.equal(service?.Principal["Service"], "logs.us-east-1.amazonaws.com");
    assert.deepEqual(service?.Condition, {
      ArnLike: { "kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:us-east-1:123456789012:log-group:*" },
    });
  });

  it("are found by an alias each", async () => {
    const { recording } = await made({ purposes: ["backups"] });
    const alias = inside(recording, token).find(
      (one) => one.type === "aws:kms/alias:Alias" && one.name === "own-backups",
    );
    assert.equal(alias?.inputs["name"], "alias/goodies-prod-own-backups");
  });
});
