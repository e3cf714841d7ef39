import { createHash, createHmac, hkdfSync, randomBytes } from "node:crypto";
import { sameSecret } from "#platform/secrets";
import { isCode, makeCode } from "../domain/invite-code.ts";

/** Makes and reads the addresses that invites open. A link is signed, so that what nobody made never reaches the database. */
export interface InviteLinks {
  /** `https://desk.example/i/<code>.<signature>` */
  linkOf(code: string): string;
  /** The code behind the last part of an address, or null where we did not sign it. */
  codeOf(token: string): string | null;
}

const SIGNATURE = 12; // of six bits each

/** `publicUrl`: where customers reach this server. */
export function inviteLinks(master: Uint8Array, publicUrl: string): InviteLinks {
  const key = Buffer.from(hkdfSync("sha256", master, "", "hubbub invite links", 32));
  const sign = (code: string) => createHmac("sha256", key).update(code).digest("base64url").slice(0, SIGNATURE);
  const base = publicUrl.replace(/\/+$/, "");
  return {
    linkOf: (code) => `${base}/i/${code}.${sign(code)}`,
    codeOf(token) {
      const [code = "", signature = "", ...more] = token.split(".");
      if (more.length > 0 || !isCode(code) || signature.length !== SIGNATURE) return null;
      return sameSecret(signature, sign(code)) ? code : null;
    },
  };
}

/** A new code. */
export function freshCode(): string {
  return makeCode(randomBytes(12));
}

/** What is kept of a code: 60 bits of chance cannot be found from it. */
export function hashOfCode(code: string): string {
  return createHash("sha256").update(`hubbub invite ${code}`).digest("hex");
}
