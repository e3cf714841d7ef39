import { createHmac, hkdfSync } from "node:crypto";
import type { Instant } from "#platform/clock";
import { type AccountId, isUuid } from "#platform/ids";
import { sameSecret } from "#platform/secrets";

/** Whom a link lets acknowledge which step, until when. */
export interface AckLink {
  accountId: AccountId;
  escalationId: string;
  agentId: string;
  pages: number;
  until: Instant;
}
/** Links that acknowledge a page without sign-in. Signed, so that what nobody made never reaches the database. */
export interface AckLinks {
  linkOf(link: AckLink): string;
  /** Null for what we did not sign. Its time is the caller's to ask. */
  read(token: string): AckLink | null;
}

export function ackLinks(master: Uint8Array, publicUrl: string): AckLinks {
  const key = Buffer.from(hkdfSync("sha256", master, "", "hubbub page links", 32));
  const sign = (text: string) => createHmac("sha256", key).update(text).digest("base64url").slice(0, 32);
  const base = publicUrl.replace(/\/+$/, "");
  return {
    linkOf({ accountId, escalationId, agentId, pages, until }) {
      const text = [accountId, escalationId, agentId, pages, until].join("~");
      return `${base}/page/${text}~${sign(text)}`;
    },
    read(token) {
      const [accountId = "", escalationId = "", agentId = "", pages = "", until = "", signature = "", ...more] =
        token.split("~");
      const text = [accountId, escalationId, agentId, pages, until].join("~");
      if (more.length > 0 || ![accountId, escalationId, agentId].every(isUuid) || !/^\d{1,9}$/.test(pages)) return null;
      if (!/^\d{1,15}$/.test(until) || signature.length !== 32 || !sameSecret(signature, sign(text))) return null;
      return { accountId: accountId as AccountId, escalationId, agentId, pages: Number(pages), until: Number(until) };
    },
  };
}
