// The package `tls` (pulumi-tls 5.x, terraform-provider-tls 4.x): real keys and certificates, kept in the stack's state alone.
import type { Package } from "../row";
import { certRequest, locallySignedCert, selfSignedCert } from "./certificate-rows";
import { getPublicKey, privateKey } from "./private-key";

export const pkg: Package = {
  name: "tls",
  npm: "@pulumi/tls",
  rows: [privateKey, selfSignedCert, certRequest, locallySignedCert],
  functions: [getPublicKey],
  place: (config) => ({ cloud: "tls", account: "", region: "", config }),
};
