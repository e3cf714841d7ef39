import type { Clock } from "#platform/clock";
import type {
  ChannelAccess,
  OutboundDelivery,
  OutboundPart,
  PartOutcome,
  Reconciled,
  Sender,
} from "../domain/adapter.ts";
import { type ChannelErrorData, NetworkFailure } from "../domain/errors.ts";
import type { Item } from "../domain/item.ts";
import type { RateBudget } from "../domain/rate-budget.ts";
import { list, optionalText, text } from "../domain/read-json.ts";
import { type Call, call } from "./call.ts";
import { PICTURE_BYTES } from "./capabilities.ts";
import { readDm, readPost } from "./parse.ts";

/** Public replies are posts, everything private is a DM; both take the part's id as their idempotency key, kept for ever (API §3.1). */
export function playgroundSender(clock: Clock): Sender {
  const now = () => clock.now();
  return {
    async sendPart(access, delivery, part, budget, signal) {
      const isDm = isPrivate(delivery);
      const media = await uploaded(access, part, budget, now, signal);
      if ("error" in media) return { state: "failed", error: media.error };
      const path = isDm ? "/api/v1/dms" : "/api/v1/posts";
      const done = await call(
        access,
        {
          ...{ method: "POST", path, body: bodyOf(delivery, part, media.ids), for: "reply" },
          ...{ idempotencyKey: part.clientId, traceId: delivery.traceId },
        },
        budget,
        now,
        signal,
      );
      return outcomeOf(done, (body) => itemOf(body, isDm, access, now()));
    },
    async reconcile(access, delivery, part, budget, signal) {
      return lookUp(access, delivery, part, budget, now, signal);
    },
  };
}

function isPrivate(delivery: OutboundDelivery): boolean {
  return delivery.intent.op !== "reply" || delivery.audience === "private";
}

/**
 * The files of the part, uploaded; what an earlier try has uploaded already is not uploaded again. Nothing is posted yet, so whatever
 * goes wrong here may be tried again.
 */
async function uploaded(
  access: ChannelAccess,
  part: OutboundPart,
  budget: RateBudget,
  now: () => number,
  signal: AbortSignal,
): Promise<{ ids: Media[] } | { error: ChannelErrorData }> {
  const ids: Media[] = [];
  for (const file of part.files ?? []) {
    const about = { ...(file.alt !== null && { alt: file.alt }), name: file.name };
    if (typeof file.known === "string") {
      ids.push({ id: file.known, ...about });
      continue;
    }
    const upload = { bytes: await file.read(PICTURE_BYTES), mime: file.mime };
    const done = await call(
      access,
      { method: "POST", path: "/api/v1/media", upload, for: "reply" },
      budget,
      now,
      signal,
    );
    const outcome = outcomeOf(done, () => undefined);
    if (outcome.state === "failed") return { error: outcome.error };
    if (outcome.state === "unknown")
      return {
        error: { class: "transient", retryable: true, message: "The network did not say whether it took the file." },
      };
    await file.remember?.(outcome.externalId);
    ids.push({ id: outcome.externalId, ...about });
  }
  return { ids };
}

interface Media {
  id: string;
  alt?: string;
  name: string;
}

function bodyOf(delivery: OutboundDelivery, part: OutboundPart, media: readonly Media[]): object {
  const { intent } = delivery;
  const said = { text: part.text, ...(media.length > 0 && { media }) };
  switch (intent.op) {
    case "private-reply":
      return { ...said, to: intent.toHandle, privateReplyTo: intent.toExternalId };
    case "message":
      return { ...said, to: intent.toHandle };
    // A second part hangs under the first, so that the tree reads in order.
    case "reply":
      return delivery.audience === "private"
        ? { ...said, to: intent.toHandle }
        : { ...said, parentId: part.previousExternalId ?? intent.toExternalId };
  }
}

function outcomeOf(done: Call, read: (body: unknown) => Item | undefined): PartOutcome {
  if (done.kind === "wait")
    return {
      state: "failed",
      error: {
        class: "rate-limited",
        retryable: true,
        retryAfterMs: done.ms,
        message: "The network's budget of calls is used up for now.",
      },
    };
  if (done.kind === "none") {
    if (done.why === "not-sent")
      return {
        state: "failed",
        error: { class: "transient", retryable: true, message: `The network cannot be reached: ${done.message}` },
      };
    return { state: "unknown", why: done.why };
  }
  // Of a 5xx nobody knows whether the write happened (API §2).
  if (done.status >= 500) return { state: "unknown", why: "5xx" };
  if (done.error) return { state: "failed", error: done.error };
  const externalId = text(done.body, "id");
  if (externalId === "") return { state: "unknown", why: "unreadable-answer" };
  const item = read(done.body);
  return { state: "sent", externalId, permalink: optionalText(done.body, "url") ?? null, ...(item && { item }) };
}

/** An empty list is sure: no write with this key has been accepted, and the second try carries the same key. */
async function lookUp(
  access: ChannelAccess,
  delivery: OutboundDelivery,
  part: OutboundPart,
  budget: RateBudget,
  now: () => number,
  signal: AbortSignal,
): Promise<Reconciled> {
  const [what, path] = isPrivate(delivery)
    ? (["dms", "/api/v1/me/dms"] as const)
    : (["posts", "/api/v1/me/posts"] as const);
  const done = await call(
    access,
    {
      ...{ method: "GET", path: `${path}?idempotencyKey=${encodeURIComponent(part.clientId)}`, for: "reply" },
      traceId: delivery.traceId,
    },
    budget,
    now,
    signal,
  );
  if (done.kind !== "answer" || done.error)
    throw new NetworkFailure(
      done.kind === "answer" && done.error
        ? done.error
        : { class: "transient", retryable: true, message: "The network could not be asked." },
    );
  const found = list(done.body, what)[0];
  const externalId = text(found, "id");
  if (externalId === "")
    return {
      found: false,
      sure: Array.isArray((done.body as Record<string, unknown> | undefined)?.[what]) && found === undefined,
    };
  const item = itemOf(found, what === "dms", access, now());
  return { found: true, externalId, permalink: optionalText(found, "url") ?? null, ...(item && { item }) };
}

/** Our own post as the network shows it. The scope of the ids is the network's name, which answers do not repeat. */
function itemOf(body: unknown, isDm: boolean, access: ChannelAccess, at: number): Item | undefined {
  const context = { channelId: access.channelId, selfIds: [access.externalId, access.handle] };
  const scope = String(access.config.network ?? "");
  return (isDm ? readDm(body, scope, context, at) : readPost(body, scope, context, at)) ?? undefined;
}
