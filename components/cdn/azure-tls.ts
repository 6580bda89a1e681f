import type { cdn } from "@pulumi/azure-native/types/input";
import type { CompleteCdnArgs } from ".";

/** F5. Nothing below 1.3 takes a set of ciphers of one's own, since Azure's sets all have some of 1.2 in them. */
const settings: Readonly<Record<CompleteCdnArgs["minTls"], Omit<cdn.AFDDomainHttpsParametersArgs, "certificateType">>> =
  {
    "1.2": { minimumTlsVersion: "TLS12", cipherSuiteSetType: "TLS12_2023" },
    "1.3": {
      minimumTlsVersion: "TLS13",
      cipherSuiteSetType: "Customized",
      customizedCipherSuiteSet: {
        cipherSuiteSetForTls13: ["TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384"],
      },
    },
  };

export const tlsSettings = (minTls: CompleteCdnArgs["minTls"]) => ({
  certificateType: "ManagedCertificate",
  ...settings[minTls],
});
