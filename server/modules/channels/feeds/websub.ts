import { createHmac, timingSafeEqual } from "node:crypto";
import { DAY, SECOND } from "#platform/clock";
import { outsideRequest } from "#platform/outside";
import type { ChannelAccess, WebhookReceiver } from "../domain/adapter.ts";
import { type FeedSettings, insideHostOf, settingsOf } from "./settings.ts";

const LEASE = (10 * DAY) / SECOND;
/** WebSub §7: the method in front says which; sha1 is what many hubs still send. */
const HEADER = /^(sha1|sha256|sha384|sha512)=([0-9a-f]{40,128})$/;
const LENGTHS: Readonly<Record<string, number>> = { sha1: 40, sha256: 64, sha384: 96, sha512: 128 };

/** Asks the hub to tell us of what is new (WebSub §5.1). True when it took the request; it proves the address by a call of its own. */
export async function askHub(
  access: ChannelAccess,
  at: { hub: { url: string; topic: string }; callback: string },
  signal: AbortSignal,
  mode: "subscribe" | "unsubscribe" = "subscribe",
): Promise<boolean> {
  const secret = access.secret.hubSecret;
  if (!secret) return false;
  const body = new URLSearchParams({
    ...{ "hub.callback": at.callback, "hub.mode": mode, "hub.topic": at.hub.topic },
    ...{ "hub.lease_seconds": String(LEASE), "hub.secret": secret },
  }).toString();
  const answer = await outsideRequest(at.hub.url, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body,
    ...{ signal, mayBeInside: isOwnHost(at.hub.url, settingsOf(access.config)), maxBytes: 100_000 },
  }).catch(() => null);
  return answer !== null && answer.status >= 200 && answer.status < 300;
}

const isOwnHost = (url: string, settings: FeedSettings): boolean =>
  URL.canParse(url) && new URL(url).host === insideHostOf(settings);

/** What a hub sends: the proof of the address, and the feed with what is new in it. */
export const feedWebhook: WebhookReceiver = {
  deadlineMs: 10 * SECOND,
  handshake(request, access) {
    if (request.method !== "GET") return undefined;
    const { hub } = settingsOf(access.config);
    const mode = request.query["hub.mode"];
    const challenge = request.query["hub.challenge"] ?? "";
    const plain = { "content-type": "text/plain; charset=utf-8", "x-content-type-options": "nosniff" };
    // The hub tells that it will not: nothing to prove, and the look goes on.
    if (mode === "denied") return { status: 200, headers: plain, body: "" };
    const ours = hub !== null && request.query["hub.topic"] === hub.topic;
    if (!ours || mode !== "subscribe" || challenge === "" || challenge.length > 1_000 || !access.secret.hubSecret)
      return { status: 404, headers: plain, body: "Nobody here asked for that." };
    return { status: 200, headers: plain, body: challenge };
  },
  verify(request, access) {
    const secret = access.secret.hubSecret;
    if (!secret) return { ok: false, status: 401, reason: "no-secret" };
    const header = request.headers["x-hub-signature"];
    if (header === undefined) return { ok: false, status: 401, reason: "no-signature" };
    const [, method = "", given = ""] = HEADER.exec(header) ?? [];
    if (given.length !== LENGTHS[method]) return { ok: false, status: 401, reason: "signature-form" };
    const expected = createHmac(method, secret).update(request.body).digest();
    if (!timingSafeEqual(expected, Buffer.from(given, "hex"))) return { ok: false, status: 401, reason: "signature" };
    return { ok: true, replayKey: given };
  },
  head(request) {
    return { contentType: (request.headers["content-type"] ?? "").slice(0, 200) };
  },
};
