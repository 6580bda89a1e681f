/** What browsers are told with every answer: HTTPS only for a year, no frames of others, no guessing of types (CDN-08). */
export const securityHeaders = {
  "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "SAMEORIGIN",
  "Referrer-Policy": "strict-origin-when-cross-origin",
} as const;

/** Where requests for the API begin, where assets are served beside it. */
export const apiPath = "/api/*";

/** What a request for the domain itself gets. */
export const rootObject = "index.html";
