// CERT: certificates that the cloud renews, strong and on public record.

import { strongKey } from "../cluster-inside";
import { isGovernment } from "../government";
import { all, always, any, each, equals, fail, filled, noneOf, notApplicable, oneOf, pass, unset } from "../judge";
import { asText, isUnknown, list, read } from "../read";
import { type Judge, rule } from "../rule";
import { aws, azure, gcp, kubernetes } from "../tokens";

/** One name a certificate where data of the US government is served. */
const noWildcard: Judge = (view) => {
  if (isGovernment(view) !== true) return pass("domainName");
  const more = list(view.props, "subjectAlternativeNames");
  const names = [read(view.props, "domainName"), ...(typeof more === "symbol" ? [] : more)];
  const wild = names.some((name) => !isUnknown(name) && asText(name).startsWith("*."));
  return wild ? fail("domainName", "no wildcard") : pass("domainName");
};

const acm: Judge = (view, context) => {
  if (["certificateBody", "privateKey", "privateKeyWo"].some((path) => read(view.props, path) !== undefined))
    return fail("certificateBody", "a certificate that ACM issues, and renews");
  const strong = noneOf("keyAlgorithm", ["RSA_1024"]);
  // A private authority has no public log, and asks for no proof of a domain.
  if (read(view.props, "certificateAuthorityArn") !== undefined) return all(strong, noWildcard)(view, context);
  return all(
    equals("validationMethod", "DNS"),
    strong,
    noneOf("options.certificateTransparencyLoggingPreference", ["DISABLED"]),
    noWildcard,
  )(view, context);
};

export const managed = rule(
  "cert-managed-and-strong",
  aws("acm.Certificate", acm),
  // Key Vault's issuance policies are beyond Azure's resource manager; what can be seen is where services take theirs from.
  azure("cdn.AFDCustomDomain", (view, context) =>
    read(view.props, "tlsSettings") === undefined
      ? pass("tlsSettings", "a managed certificate")
      : any(
          oneOf("tlsSettings.certificateType", ["ManagedCertificate", "AzureFirstPartyManagedCertificate"]),
          filled("tlsSettings.secret", "a secret of Key Vault"),
        )(view, context),
  ),
  azure(
    "network.ApplicationGateway",
    each(
      "sslCertificates",
      (at) =>
        all(
          unset(`${at}.data`, "no certificate in the program"),
          filled(`${at}.keyVaultSecretId`, "a certificate of Key Vault"),
        ),
      notApplicable("no certificate"),
    ),
  ),
  azure("web.Certificate", unset("pfxBlob", "a managed certificate, or one of Key Vault")),
  gcp("certificatemanager.Certificate", filled("managed", "a managed certificate")),
  gcp("compute.ManagedSslCertificate", always("Google issues and renews it")),
  gcp("compute.SSLCertificate, compute.RegionSslCertificate", () =>
    fail("", "a managed certificate (certificatemanager.Certificate)"),
  ),
  kubernetes("certManager.Certificate", strongKey),
);
