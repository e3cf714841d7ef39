import { createHmac } from "node:crypto";
import { HOUR, type Instant, MINUTE } from "#platform/clock";
import { sameSecret } from "#platform/secrets";

/** Who the host site says its visitor is. `email` empty: not told. */
export interface SignedIdentity {
  subject: string;
  name: string;
  email: string;
}
export type IdentityRead = { ok: true; identity: SignedIdentity } | { ok: false; why: string };

/** Clocks of two machines differ. */
const SKEW = 5 * MINUTE;
const LONGEST = 24 * HOUR;
const MAIL = /^[^\s@<>"(),:;\\[\]]{1,64}@[^\s@<>"(),:;\\[\]]{1,189}$/u;

/** Reads a JWT that the host site signed (RFC 7519, HS256 and nothing else) with one of `secrets`. `audience`: the chat's key. */
export function readIdentity(token: string, secrets: readonly string[], audience: string, now: Instant): IdentityRead {
  const no = (why: string): IdentityRead => ({ ok: false, why });
  const parts = token.split(".");
  const [head, body, signature] = parts as [string, string, string];
  if (parts.length !== 3) return no("It is no signed token: three parts with a point between them are needed.");
  const header = read(head);
  if (header === null || header.alg !== "HS256" || header.crit !== undefined)
    return no("It is not signed with HS256, the only way taken here.");
  const good = secrets
    .filter((secret) => secret.length >= 32)
    .some((secret) =>
      sameSecret(signature, createHmac("sha256", secret).update(`${head}.${body}`).digest("base64url")),
    );
  if (!good) return no("Its signature does not fit. Sign it on your server with the identity secret of this chat.");
  const claims = read(body);
  if (claims === null) return no("It holds no claims that can be read.");
  const { sub, exp, nbf, iat, aud } = claims;
  if (typeof sub !== "string" || sub.trim() === "" || sub.length > 200) return no("It names nobody: sub is missing.");
  // Made the same here, two people of that site would be one.
  if (tidy(sub) !== sub) return no("Its sub has spaces around it or signs that cannot be kept.");
  if (typeof exp !== "number" || !Number.isFinite(exp)) return no("It has no end: exp is missing.");
  if (exp * 1_000 + MINUTE <= now) return no("It has expired. Make a new one for each page.");
  if (exp * 1_000 > now + LONGEST + SKEW) return no("It ends too late: exp may be at most 24 hours ahead.");
  for (const from of [nbf, iat])
    if (from !== undefined && (typeof from !== "number" || from * 1_000 > now + SKEW))
      return no("It begins in the future. Set the clock of your server.");
  if (aud !== undefined && aud !== audience && !(Array.isArray(aud) && aud.includes(audience)))
    return no("It is for another chat: aud is not this chat's key.");
  const email = word(claims.email, 254).toLowerCase();
  return {
    ok: true,
    identity: { subject: sub, name: word(claims.name, 100), email: MAIL.test(email) ? email : "" },
  };
}

function read(part: string): Record<string, unknown> | null {
  if (!/^[A-Za-z0-9_-]+$/.test(part)) return null;
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}

const tidy = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\p{Cc}/gu, " ")
    .trim();
const word = (value: unknown, most: number): string =>
  typeof value === "string" ? tidy(value).slice(0, most).toWellFormed() : "";
