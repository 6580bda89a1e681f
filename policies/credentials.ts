// What looks like a credential, by the name that it is given and by its own form.
import { asText } from "./read";

const secretName =
  /(pass(word|wd|phrase)?|pwd|secret|token|credentials?|api_?-?key|access_?-?key|private_?-?key|connection_?-?string|auth_?-?key|sas)$/i;
/** Names of names, places and manners of secrets; and Application Insights' connection string, which is an address. */
const notSecret =
  /^(app(lication)?insights_|next|page|continuation)|(secret|token|password)_?(arn|name|id|path|file|url|uri|ttl|version)$/i;

/** Forms that issuers give to their credentials. */
const forms = [
  ...[
    /\b(AKIA|ASIA)[0-9A-Z]{16}\b/,
    /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
    /\bgh[pousr]_[0-9A-Za-z]{36}/,
    /\bgithub_pat_\w{22,}/,
  ],
  ...[
    /\bxox[abprs]-[0-9A-Za-z-]{10,}/,
    /\bAIza[0-9A-Za-z_-]{35}\b/,
    /\b[sr]k_live_[0-9A-Za-z]{16,}/,
    /\bglpat-[\w-]{20}/,
  ],
  ...[
    /\b(AccountKey|SharedAccessKey)=[0-9A-Za-z+/=]{20,}/i,
    /\b(Password|Pwd)=[^;\s${}<]+/i,
    /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]+/,
  ],
  ...[/\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@${}<]*:[^\s/@${}<]+@/i],
];
export const hasForm = (text: string): boolean => forms.some((form) => form.test(text));

/** Where a secret is kept, not the secret: an ARN, a path, a reference that the platform resolves, a switch. */
const reference =
  /^(arn:|projects\/|\/|https?:\/\/[^@]*$|@Microsoft\.KeyVault\(|\{\{resolve:|\$\{|\$\(|vault:|secretref:|ref\+|op:\/\/|true$|false$|\d{0,4}$|none$)/i;

export const namesSecret = (name: string): boolean => secretName.test(name) && !notSecret.test(name);
/** A value in clear that is a credential, as far as its name and its form tell. */
export const isCredential = (name: string, value: unknown): boolean => {
  const text = asText(value);
  return hasForm(text) || (namesSecret(name) && !reference.test(text));
};

/** Scripts: a form, or an assignment to a name of a secret. */
const assigned = /(?:^|[\s;])(?:export\s+|set\s+)?([A-Za-z_][\w-]*)\s*[=:]\s*["']?([^\s"';]+)/g;
export function scriptHasCredential(script: string): boolean {
  if (hasForm(script)) return true;
  return [...script.matchAll(assigned)].some(
    ([, name = "", value = ""]) => isCredential(name, value) && !/^[$`<]/.test(value),
  );
}

/** User data comes as text or in base64. */
export function decoded(text: string): string {
  if (text.length < 8 || !/^[0-9A-Za-z+/\s]+={0,2}$/.test(text)) return text;
  const plain = Buffer.from(text, "base64").toString("utf8");
  return plain.includes("\uFFFD") ? text : plain;
}
