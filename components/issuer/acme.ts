/** Let's Encrypt's two services. staging signs with a root that no browser trusts, and has far wider rate limits. */
export const acmeServers = {
  production: "https://acme-v02.api.letsencrypt.org/directory",
  staging: "https://acme-staging-v02.api.letsencrypt.org/directory",
} as const;

/** What Let's Encrypt signs for, and when cert-manager asks anew: 90 days, a third before the end (DNS-05). https://letsencrypt.org/docs/faq/ */
export const certificateHours = { duration: 2160, renewBefore: 720 } as const;
