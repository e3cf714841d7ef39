import { webcrypto } from "node:crypto";
import { buildPushPayload } from "@block65/webcrypto-web-push";
import { seal, unseal } from "#modules/company";
import type { Tx } from "#platform/db";
import { outsideRequest } from "#platform/outside";
import { findPushKey, insertPushKey, type PushBrowser } from "./store/reach-store.ts";

export interface PushKeys {
  publicKey: string;
  privateKey: string;
}

/** The account's pair, made when it is asked for first. */
export async function pushKeys(tx: Tx): Promise<PushKeys> {
  const known = await findPushKey(tx);
  if (known) return { publicKey: known.publicKey, privateKey: (await unseal(tx, known.privateKey)).toString() };
  const pair = (await webcrypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, [
    "sign",
    "verify",
  ])) as webcrypto.CryptoKeyPair;
  const [raw, jwk] = await Promise.all([
    webcrypto.subtle.exportKey("raw", pair.publicKey),
    webcrypto.subtle.exportKey("jwk", pair.privateKey),
  ]);
  const publicKey = Buffer.from(raw).toString("base64url");
  await insertPushKey(tx, publicKey, await seal(tx, Buffer.from(jwk.d ?? "")));
  // Two at once: the first one's stands.
  return pushKeys(tx);
}

export type PushOutcome = "sent" | "gone" | { error: string; again: boolean };

/** One notice to one browser. `subject`: who runs this server, for the push service. */
export async function push(
  keys: PushKeys,
  subject: string,
  browser: PushBrowser,
  data: Record<string, string | number | boolean>,
  options: { signal: AbortSignal; mayBeInside: boolean; request?: typeof outsideRequest },
): Promise<PushOutcome> {
  const { endpoint, p256dh, auth } = browser;
  let built: Awaited<ReturnType<typeof buildPushPayload>>;
  try {
    built = await buildPushPayload(
      { data, options: { ttl: 3_600, urgency: "high" } },
      { endpoint, expirationTime: null, keys: { p256dh, auth } },
      { subject, ...keys },
    );
  } catch {
    return { error: "The browser's keys cannot be used. Let it ask for notices again.", again: false };
  }
  const { headers, body } = built;
  const named = Object.fromEntries(Object.entries(headers).filter(([, v]) => v !== undefined)) as Record<
    string,
    string
  >;
  const { request = outsideRequest, ...rest } = options;
  const answer = await request(endpoint, { method: "POST", headers: named, body, ...rest, maxBytes: 65_536 });
  if (answer.status >= 200 && answer.status < 300) return "sent";
  if (answer.status === 404 || answer.status === 410) return "gone";
  const again = answer.status === 429 || answer.status >= 500;
  return { error: `The push service answered ${answer.status}.`, again };
}
