import assert from "node:assert/strict";
import { createPrivateKey, createPublicKey, X509Certificate } from "node:crypto";
import { type Engine, resource, withStage } from "../testing/client";
import { isSecret, open, type Raw, type RawProps, secret } from "../wire";
import { pkg } from ".";

const of = (name: string, label = "x") =>
  resource(`tls:index/${name[0]!.toLowerCase()}${name.slice(1)}:${name}`, label);
const stage = (act: (engine: Engine) => Promise<void>) => withStage(({ engine }) => act(engine), { packages: [pkg] });
const clear = (raw: Raw | undefined): string => open(raw ?? null) as string;
const keys: readonly RawProps[] = [
  { algorithm: "RSA" },
  { algorithm: "ECDSA" },
  ...["P256", "P384", "P521"].map((ecdsaCurve) => ({ algorithm: "ECDSA", ecdsaCurve })),
  { algorithm: "ED25519" },
];

describe("the package tls", () => {
  it("makes real keys of every kind, their private halves secret", () =>
    stage(async (engine) => {
      for (const [at, asked] of keys.entries()) {
        const { id, outputs } = await engine.make(of("PrivateKey", `k${at}`), asked);
        assert.match(id, /^[0-9a-f]{40}$/);
        for (const name of ["privateKeyPem", "privateKeyPemPkcs8"]) {
          assert.ok(isSecret(outputs[name]));
          const key = createPrivateKey(clear(outputs[name]));
          assert.equal(createPublicKey(key).export({ type: "spki", format: "pem" }), outputs["publicKeyPem"]);
        }
        assert.ok(isSecret(outputs["privateKeyOpenssh"]));
        const p224 = asked["algorithm"] === "ECDSA" && asked["ecdsaCurve"] === undefined;
        assert.match(outputs["publicKeyOpenssh"] as string, p224 ? /^$/ : /^(ssh-|ecdsa-sha2-)\S+ AAAA[\w+/=]+\n$/);
      }
    }));

  it("makes the same key again when a create was never answered", () =>
    stage(async (engine) => {
      const once = () => engine.make(of("PrivateKey"), { algorithm: "RSA", rsaBits: 1024 });
      assert.deepEqual(await once(), await once());
    }));

  it("issues chains that verify, on every kind of key", () =>
    stage(async (engine) => {
      for (const [at, asked] of keys.entries()) {
        const key = (await engine.make(of("PrivateKey", `k${at}`), asked)).outputs["privateKeyPem"]!;
        const authority = { privateKeyPem: key, isCaCertificate: true, subject: { commonName: "root" } };
        const terms = { validityPeriodHours: 24, allowedUses: ["cert_signing", "digital_signature"] };
        const ca = await engine.make(of("SelfSignedCert", `ca${at}`), { ...authority, ...terms });
        const names = { dnsNames: ["house.example"], ipAddresses: ["10.0.0.1"], subject: { commonName: "house" } };
        const request = await engine.make(of("CertRequest", `r${at}`), { privateKeyPem: key, ...names });
        const leaf = await engine.make(of("LocallySignedCert", `l${at}`), {
          certRequestPem: request.outputs["certRequestPem"]!,
          caCertPem: ca.outputs["certPem"]!,
          caPrivateKeyPem: key,
          validityPeriodHours: 12,
          allowedUses: ["server_auth"],
        });
        const [root, end] = [ca, leaf].map((one) => new X509Certificate(clear(one.outputs["certPem"])));
        assert.ok(root!.ca && root!.verify(root!.publicKey) && end!.verify(root!.publicKey) && end!.checkIssued(root!));
        assert.equal(end!.subjectAltName, "DNS:house.example, IP Address:10.0.0.1");
        assert.equal(BigInt(leaf.id), BigInt(`0x${end!.serialNumber}`));
        assert.equal(Date.parse(end!.validTo), Date.parse(leaf.outputs["validityEndTime"] as string));
        assert.equal(ca.outputs["keyAlgorithm"], asked["algorithm"]);
        assert.ok(isSecret(ca.outputs["privateKeyPem"]));
      }
    }));

  it("refuses what is no key, without telling it", () =>
    stage(async (engine) => {
      const inputs = { privateKeyPem: secret("not a key at all"), validityPeriodHours: 1, allowedUses: ["flying"] };
      const { failures } = await engine.check(of("SelfSignedCert"), inputs);
      assert.equal(failures.length, 2);
      assert.match(
        failures.join(),
        /allowedUses\[0\]: expected one of .*got "flying".*privateKeyPem: is not a private key/,
      );
      assert.ok(!failures.join().includes("not a key at all"));
    }));

  it("moves a renewal in place and replaces for everything else", () =>
    stage(async (engine) => {
      const { outputs } = await engine.make(of("PrivateKey"), { algorithm: "ED25519" });
      const inputs = { privateKeyPem: outputs["privateKeyPem"]!, validityPeriodHours: 8, allowedUses: ["server_auth"] };
      const made = await engine.make(of("SelfSignedCert"), inputs);
      const later = { ...made.inputs, earlyRenewalHours: 2 };
      assert.deepEqual((await engine.diff(of("SelfSignedCert"), made.id, made.inputs, later)).replaces, []);
      const updated = await engine.update(of("SelfSignedCert"), made.id, made, later);
      assert.deepEqual({ ...updated, earlyRenewalHours: 0 }, made.outputs);
      const longer = { ...made.inputs, validityPeriodHours: 9 };
      assert.deepEqual((await engine.diff(of("SelfSignedCert"), made.id, made.inputs, longer)).replaces, [
        "validityPeriodHours",
      ]);
    }));

  it("tells the public half of a given key", () =>
    stage(async (engine) => {
      const made = await engine.make(of("PrivateKey"), { algorithm: "ED25519" });
      const { result } = await engine.invoke("tls:index/getPublicKey:getPublicKey", {
        privateKeyPem: clear(made.outputs["privateKeyPem"]),
      });
      assert.equal(result["publicKeyPem"], made.outputs["publicKeyPem"]);
      assert.equal(result["id"], made.id);
    }));
});
