import { fits, refuse } from "../limits";
import type { Row } from "../row";
import { HEX } from "../shapes";
import { text } from "../values";
import { deletionPolicy, kept, preventedBy, projectOf, since } from "./common";
import { instanceType } from "./sql-neighbours";

const days = 3650;
const pem = (what: string, body: string) => `-----BEGIN ${what}-----\n${body}\n-----END ${what}-----\n`;
const base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** A client's certificate for an instance that asks for one. */
export const sslCert: Row = {
  type: "gcp:sql/sslCert:SslCert",
  immutable: ["commonName", "instance", "project"],
  unique: { by: ["instance", "commonName"], scope: "account" },
  references: [{ path: "instance", to: [instanceType], by: ["name", "id"], inside: true }],
  secrets: ["cert", "privateKey", "serverCaCert"],
  check: ({ inputs }) => fits(inputs, "commonName", /^.{1,64}$/, "1 to 64 characters"),
  // https://cloud.google.com/sql/docs/postgres/manage-ssl-instance#manage-client-certs
  admit: ({ inputs, account }) =>
    account.all("gcp:sql/sslCert:SslCert").filter((item) => item.inputs["instance"] === inputs["instance"]).length < 10
      ? []
      : refuse("instance", "an instance has 10 client certificates at most"),
  release: preventedBy,
  id: (moment) =>
    `projects/${projectOf(moment)}/instances/${text(moment.inputs["instance"])}/sslCerts/${moment.random("fingerprint", 40, HEX)}`,
  outputs: (moment) => ({
    ...deletionPolicy(moment),
    ...since(moment, "createTime"),
    project: projectOf(moment),
    certSerialNumber: moment.random("serial", 9, "123456789"),
    cert: pem("CERTIFICATE", moment.random("certificate", 64, base64)),
    privateKey: pem("RSA PRIVATE KEY", moment.random("secret:privateKey", 64, base64)),
    serverCaCert: pem("CERTIFICATE", moment.random("serverCa", 64, base64)),
    sha1Fingerprint: moment.random("fingerprint", 40, HEX),
    ...kept(moment, "expirationTime", () => new Date(Date.parse(moment.now) + days * 86_400_000).toISOString()),
  }),
  seconds: { create: 8, delete: 8, source: "estimate: one operation of the instance" },
};
