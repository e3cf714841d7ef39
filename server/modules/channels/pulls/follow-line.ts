import { type Clock, type Instant, SECOND } from "#platform/clock";
import { type Kept, Sieve } from "../bluesky/stream/batch.ts";
import type { FrameReader } from "../bluesky/stream/reader.ts";
import { type Line, TOO_LARGE } from "../bluesky/stream/socket.ts";
import type { Cursor, Known, Page } from "../domain/adapter.ts";
import { NetworkFailure } from "../domain/errors.ts";

/** Frames are read in batches of what has come meanwhile. */
const PAUSE = SECOND;
/** A cursor that brought nothing is written down this often. */
const CURSOR_EVERY = 2 * SECOND;
/** A line whose newest frame is younger has been read to its end, and it is noted so often. */
const UP_TO_DATE = 5 * SECOND;
const END_EVERY = 30 * SECOND;

export interface Followed {
  readonly clock: Clock;
  readonly reader: FrameReader;
  readonly since: Cursor | undefined;
  readonly known: Known;
  open(address: string): Promise<Line>;
  /** The kept frames as the raw input that is stored; null: nothing of them. */
  body(kept: readonly Kept[]): Promise<Uint8Array | null>;
  /** Notes when it was read to its end, so that health tells when it falls behind. */
  readonly tellsEnd?: boolean;
}

/** Reads a line that stays open, keeps of it what belongs here, and yields that with its cursor; ends with the line. */
export async function* followLine(of: Followed): AsyncGenerator<Page> {
  const { clock, reader, since, known } = of;
  // An empty cursor is one that was thrown away: the present is where to begin.
  const from = since?.value === "" ? undefined : since?.value;
  const line = await of.open(reader.address(from));
  const sieve = new Sieve(known);
  let written = { next: from ?? "", at: clock.now() };
  let next = written.next;
  let endTold: Instant | null = null;
  try {
    for (;;) {
      const frames = await line.take(PAUSE).catch((error: unknown) => {
        if (error instanceof NetworkFailure && error.data.code === TOO_LARGE) return "too-large" as const;
        throw error;
      });
      if (frames === null) return;
      if (frames === "too-large") {
        const reason =
          "Something too large to be read came: what was said until the line was open again has not been heard.";
        yield { body: null, next: "", done: false, gap: { reason, from: next, refilling: false } };
        return;
      }
      const read = await reader.read(frames);
      next = read.next ?? next;
      const body = await of.body(await sieve.keep(read.candidates));
      if (read.end?.anew) {
        yield { body, next: "", done: false, gap: { reason: read.end.message, from: written.next, refilling: false } };
        return;
      }
      const now = clock.now();
      const isEnd =
        of.tellsEnd === true && (frames.length === 0 || (read.at !== undefined && now - read.at < UP_TO_DATE));
      const tells = isEnd && (endTold === null || now - endTold >= END_EVERY || now < endTold);
      if (body || read.gap || tells || isDue(written, next, now)) {
        yield { body, next, done: tells, ...(read.gap && { gap: { ...read.gap, refilling: false } }) };
        written = { next, at: clock.now() };
        if (tells) endTold = now;
      }
      if (read.end) return;
    }
  } finally {
    line.close();
  }
}

function isDue(written: { next: string; at: Instant }, next: string, now: Instant): boolean {
  return next !== written.next && (now - written.at >= CURSOR_EVERY || written.next === "");
}
