import { createHmac, hkdfSync } from "node:crypto";
import { DAY, HOUR, type Instant } from "#platform/clock";
import { isUuid } from "#platform/ids";
import { sameSecret } from "#platform/secrets";

/** A visitor without a name keeps the token for so long; who was signed in has to be signed in again. */
const LONG = 400 * DAY;
const SIGNED_IN = 24 * HOUR;

/** Makes and reads what a window proves itself with. It names a visitor of one channel, and nothing of it is kept here. */
export interface ChatTokens {
  make(channelId: string, visitorId: string, signedIn: boolean, now: Instant): string;
  /** The visitor, or null: not ours, of another channel, changed, or too old. */
  read(channelId: string, token: string, now: Instant): { visitorId: string; signedIn: boolean } | null;
}

export function chatTokens(master: Uint8Array): ChatTokens {
  const key = Buffer.from(hkdfSync("sha256", master, "", "hubbub web chat visitors", 32));
  const sign = (channelId: string, visitorId: string, kind: string, at: string) =>
    createHmac("sha256", key)
      .update(JSON.stringify(["chat", channelId, visitorId, kind, at]))
      .digest("base64url");
  return {
    make(channelId, visitorId, signedIn, now) {
      const [kind, at] = [signedIn ? "s" : "v", Math.floor(now / 1_000).toString(36)];
      return `${visitorId}.${kind}.${at}.${sign(channelId, visitorId, kind, at)}`;
    },
    read(channelId, token, now) {
      const [visitorId = "", kind = "", at = "", signature = "", ...more] = token.split(".");
      if (more.length > 0 || !isUuid(visitorId) || !/^[sv]$/.test(kind) || !/^[0-9a-z]{1,9}$/.test(at)) return null;
      if (!sameSecret(signature, sign(channelId, visitorId, kind, at))) return null;
      const age = now - Number.parseInt(at, 36) * 1_000;
      return age < (kind === "s" ? SIGNED_IN : LONG) ? { visitorId, signedIn: kind === "s" } : null;
    },
  };
}
