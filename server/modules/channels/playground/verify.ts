import { createHmac, timingSafeEqual } from "node:crypto";
import { type Instant, MINUTE } from "#platform/clock";
import type { ChannelAccess, RawRequest, Verified } from "../domain/adapter.ts";

/** Accepted distance between their clock and ours, both ways (API §5). */
const NEAR = 5 * MINUTE;
const HEADER = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/;

const no = (reason: string): Verified => ({ ok: false, status: 401, reason });

/** `t=<unix seconds>,v1=<hex HMAC-SHA256(app secret, "<t>.<raw body>")>`, over the bytes as they came. */
export function verifyPlayground(request: RawRequest, access: Pick<ChannelAccess, "secret">, now: Instant): Verified {
  const { appSecret } = access.secret;
  if (!appSecret) return no("no-secret");
  const header = request.headers["x-playground-signature"];
  if (header === undefined) return no("no-signature");
  const parts = HEADER.exec(header);
  if (!parts) return no("signature-form");
  const [, t, given] = parts as unknown as [string, string, string];
  const expected = createHmac("sha256", appSecret).update(`${t}.`).update(request.body).digest();
  if (!timingSafeEqual(expected, Buffer.from(given, "hex"))) return no("signature");
  if (Math.abs(now - Number(t) * 1_000) > NEAR) return no("stale");
  return { ok: true, replayKey: given };
}
