import { createHmac, hkdfSync } from "node:crypto";
import { type AccountId, isUuid } from "#platform/ids";
import { sameSecret } from "#platform/secrets";

/** Which question a link opens. */
export interface SideLink {
  accountId: AccountId;
  questionId: string;
}
/** Links to side questions for people without sign-in. Signed, so that what nobody made never reaches the database, and kept nowhere. */
export interface SideLinks {
  linkOf(link: SideLink): string;
  /** Null for what we did not sign. Whether it still opens something is the question's to say. */
  read(token: string): SideLink | null;
}
const SIGNATURE = 32; // of six bits each

export function sideLinks(master: Uint8Array, publicUrl: string): SideLinks {
  const key = Buffer.from(hkdfSync("sha256", master, "", "hubbub side questions", 32));
  const sign = (text: string) => createHmac("sha256", key).update(text).digest("base64url").slice(0, SIGNATURE);
  const base = publicUrl.replace(/\/+$/, "");
  return {
    linkOf({ accountId, questionId }) {
      const text = `${accountId}~${questionId}`;
      return `${base}/ask/${text}~${sign(text)}`;
    },
    read(token) {
      const [accountId = "", questionId = "", signature = "", ...more] = token.split("~");
      if (more.length > 0 || !isUuid(accountId) || !isUuid(questionId) || signature.length !== SIGNATURE) return null;
      if (!sameSecret(signature, sign(`${accountId}~${questionId}`))) return null;
      return { accountId: accountId as AccountId, questionId };
    },
  };
}
