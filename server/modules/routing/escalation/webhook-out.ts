import { createHmac, randomBytes } from "node:crypto";
import type { Instant } from "#platform/clock";
import { outsideRequest } from "#platform/outside";

/** A new secret in the form of Standard Webhooks: `whsec_` and base64. */
export const newWebhookSecret = (): string => `whsec_${randomBytes(32).toString("base64")}`;

/** The signature of Standard Webhooks: HMAC-SHA-256 of "id.timestamp.body". */
export function signWebhook(secret: string, id: string, at: Instant, body: string): Record<string, string> {
  const timestamp = String(Math.floor(at / 1_000));
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
  return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": `v1,${signature}` };
}

/** Null: it was taken. A redirect is a refusal: what is signed for one place goes to no other. */
export async function callWebhook(
  hook: { url: string; secret: string },
  id: string,
  at: Instant,
  body: string,
  options: { signal: AbortSignal; mayBeInside: boolean },
): Promise<{ error: string; again: boolean } | null> {
  const { status } = await outsideRequest(hook.url, {
    ...{ method: "POST", body, ...options, maxBytes: 65_536 },
    headers: { "content-type": "application/json", "user-agent": "Hubbub", ...signWebhook(hook.secret, id, at, body) },
  });
  if (status >= 200 && status < 300) return null;
  return { error: `It answered ${status}.`, again: status !== 410 };
}
