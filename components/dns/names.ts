/** The whole name of a host of a zone: `www` -> `www.goodies.example`, `@` -> `goodies.example`. */
export const fullName = (host: string, domain: string): string => (host === "@" ? domain : `${host}.${domain}`);

/** A text in pieces of 255 characters, the most that one string of a TXT record holds (RFC 1035, 3.3.14). */
export const textStrings = (text: string): string[] => text.match(/.{1,255}/gs) ?? [""];

/** A text as a zone file writes it: quoted strings one after the other. */
export const quotedText = (text: string): string =>
  textStrings(text)
    .map((part) => `"${part.replace(/(["\\])/g, "\\$1")}"`)
    .join(" ");

/** A host name with the dot at its end that makes it whole. */
export const rooted = (name: string): string => (name.endsWith(".") ? name : `${name}.`);
