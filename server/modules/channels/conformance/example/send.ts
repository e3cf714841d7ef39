import type { Clock } from "#platform/clock";
import type { ChannelAccess, PartOutcome, Sender } from "../../domain/adapter.ts";
import { NetworkFailure } from "../../domain/errors.ts";
import { count, list, optionalText } from "../../domain/read-json.ts";
import { call } from "./call.ts";
import { readEntry } from "./parse.ts";

/** Answers carry our key, which the book keeps for ever: a second try is the same entry. */
export function guestbookSender(clock: Clock): Sender {
  return {
    async sendPart(access, { threadKey, intent }, part, budget, signal): Promise<PartOutcome> {
      if (intent.op !== "reply")
        return {
          state: "failed",
          error: { class: "permission", retryable: false, message: "A guestbook has no private messages." },
        };
      const body = { words: part.text, under: Number(threadKey.replace("entry:", "")), key: part.clientId };
      const done = await call(access, { path: "/entries", body, for: "reply" }, budget, clock, signal);
      if (done.ok) return sent(done.body, access, clock) ?? { state: "unknown", why: "unreadable-answer" };
      if (done.lost) return { state: "unknown", why: signal.aborted ? "timeout" : "connection-reset" };
      return { state: "failed", error: done.error };
    },
    async reconcile(access, _delivery, part, budget, signal) {
      const done = await call(
        access,
        { path: `/entries?key=${encodeURIComponent(part.clientId)}`, for: "reply" },
        budget,
        clock,
        signal,
      );
      if (!done.ok) throw new NetworkFailure(done.error);
      const found = sent(list(done.body, "entries")[0], access, clock);
      // The key is kept for ever, so an empty page is sure.
      return found?.state === "sent" ? { ...found, found: true } : { found: false, sure: true };
    },
  };
}

function sent(entry: unknown, access: ChannelAccess, clock: Clock): Extract<PartOutcome, { state: "sent" }> | null {
  const number = count(entry, "n");
  if (number === undefined) return null;
  const context = { channelId: access.channelId, selfIds: [access.externalId] };
  const item = readEntry(entry, String(access.config.book ?? ""), context, clock.now());
  return {
    ...{ state: "sent", externalId: String(number), permalink: optionalText(entry, "url") ?? null },
    ...(item && { item }),
  };
}
