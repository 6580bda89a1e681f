import assert from "node:assert/strict";
import fc from "fast-check";
import { decoded, hasForm, isCredential, namesSecret, scriptHasCredential } from "./credentials";

describe("credentials", () => {
  it("are told by their name", () => {
    for (const name of [
      "DB_PASSWORD",
      "password",
      "apiKey",
      "API-KEY",
      "clientSecret",
      "GITHUB_TOKEN",
      "CONNECTION_STRING",
    ])
      assert.ok(namesSecret(name), name);
    for (const name of [
      "DB_SECRET_ARN",
      "SECRET_NAME",
      "TOKEN_TTL",
      "PASSWORD_FILE",
      "nextToken",
      "KEYBOARD",
      "LOG_LEVEL",
    ])
      assert.ok(!namesSecret(name), name);
  });

  it("are told by their form, whatever their name", () => {
    for (const value of [
      `AKIA${"A".repeat(16)}`,
      `ghp_${"a".repeat(36)}`,
      "-----BEGIN EC PRIVATE KEY-----",
      "postgres://app:hunter2@db:5432/app",
      `DefaultEndpointsProtocol=https;AccountKey=${"a".repeat(44)}==;`,
      "Server=db;User Id=app;Password=hunter2;",
    ])
      assert.ok(hasForm(value), value);
    for (const value of ["postgres://db:5432/app", "https://example.com/a:b", "arn:aws:iam::1:role/x", "Password={0}"])
      assert.ok(!hasForm(value), value);
  });

  it("are no references to a place where a secret is kept", () => {
    for (const value of [
      "arn:aws:secretsmanager:x",
      "@Microsoft.KeyVault(SecretUri=u)",
      "/run/secrets/db",
      "projects/p/secrets/s",
      "true",
    ])
      assert.ok(!isCredential("DB_PASSWORD", value), value);
    assert.ok(isCredential("DB_PASSWORD", "correct horse"));
  });

  it("are found in scripts, but not where a script fetches them", () => {
    assert.ok(scriptHasCredential("#!/bin/sh\nexport DB_PASSWORD='hunter2'"));
    assert.ok(scriptHasCredential("password: hunter2"));
    assert.ok(!scriptHasCredential("DB_PASSWORD=$(fetch-it)\nTOKEN=$TOKEN\nMODE=fast"));
  });

  it("are found behind base64, and plain text stays as it is", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z #!/\n=]{12,60}$/), (script) => {
        assert.equal(decoded(Buffer.from(script).toString("base64")), script);
      }),
    );
    assert.equal(decoded("#!/bin/sh\necho"), "#!/bin/sh\necho");
  });
});
