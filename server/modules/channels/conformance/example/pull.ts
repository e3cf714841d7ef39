import { type Clock, SECOND } from "#platform/clock";
import type { Page, Puller, PullStream } from "../../domain/adapter.ts";
import { NetworkFailure } from "../../domain/errors.ts";
import { count, list, text } from "../../domain/read-json.ts";
import { call } from "./call.ts";

const PAGE = 100;
const streams: readonly PullStream[] = [
  { name: "entries", purpose: "primary", everyMs: 30 * SECOND },
  { name: "backfill", purpose: "backfill", everyMs: SECOND },
];

/** The entries are numbered: the cursor is the book's name and the last number that was read. */
export function guestbookPuller(clock: Clock): Puller {
  return {
    streams,
    async pull(access, stream, since, budget, signal): Promise<Page> {
      const known = /^(\S+) (\d{1,15})$/.exec(since?.value ?? "");
      const from = known ? Number(known[2]) : 0;
      const done = await call(
        access,
        { path: `/entries?after=${from}&limit=${PAGE}`, for: "listening" },
        budget,
        clock,
        signal,
      );
      if (!done.ok) throw new NetworkFailure(done.error);
      const [book, last] = [text(done.body, "book"), count(done.body, "last") ?? 0];
      // What was before we came is history, read when somebody asks for it.
      if (!since && stream.purpose === "primary") return { body: null, next: `${book} ${last}`, done: true };
      if (known && (known[1] !== book || from > last)) {
        const reason = "The guestbook was begun anew; it is read from its first entry.";
        return { body: null, next: `${book} 0`, done: false, gap: { reason, from: since!.value, refilling: true } };
      }
      const entries = list(done.body, "entries");
      const next = entries.reduce<number>((most, entry) => Math.max(most, count(entry, "n") ?? 0), from);
      return {
        body: entries.length === 0 ? null : new TextEncoder().encode(JSON.stringify({ book, entries })),
        next: `${book} ${next}`,
        done: entries.length < PAGE,
      };
    },
  };
}
