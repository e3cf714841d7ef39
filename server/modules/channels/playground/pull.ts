import { type Clock, SECOND } from "#platform/clock";
import type { Cursor, Page, Puller, PullStream } from "../domain/adapter.ts";
import { NetworkFailure } from "../domain/errors.ts";
import { count, field, list, text } from "../domain/read-json.ts";
import { type Call, call } from "./call.ts";

const PAGE = 500;

/** The feed numbers a company's events without holes (API §4): the cursor is the network's name and that number. */
export function playgroundPuller(clock: Clock): Puller {
  const streams: readonly PullStream[] = [
    { name: "events", purpose: "reconcile", everyMs: 15 * SECOND },
    { name: "backfill", purpose: "backfill", everyMs: SECOND },
  ];
  return {
    streams,
    async pull(access, stream, since, budget, signal) {
      const read = (from: number, limit: number) =>
        call(
          access,
          { method: "GET", path: `/api/v1/events?since=${from}&limit=${limit}`, for: "listening" },
          budget,
          () => clock.now(),
          signal,
        );
      const cursor = readCursor(since);
      if (!cursor && stream.purpose !== "backfill") return presentHead(await read(0, 1));
      const done = await read(cursor?.seq ?? 0, PAGE);
      if (done.kind === "answer" && done.error?.code === "cursor-ahead")
        return anew(cursor?.network ?? "", text(done.body, "network"));
      const body = answered(done);
      const network = text(body, "network");
      if (cursor && cursor.network !== "" && network !== cursor.network) return anew(cursor.network, network);
      const events = list(body, "events");
      return {
        body: events.length === 0 ? null : new TextEncoder().encode(JSON.stringify({ network, events })),
        next: `${network} ${count(body, "next") ?? cursor?.seq ?? 0}`,
        done: field(body, "more") !== true,
      };
    },
  };
}

function readCursor(since: Cursor | undefined): { network: string; seq: number } | undefined {
  const parts = /^(\S*) (\d{1,15})$/.exec(since?.value ?? "");
  return parts ? { network: parts[1]!, seq: Number(parts[2]) } : undefined;
}

/** First run: what was before the connection is history, fetched only when somebody asks for it. */
function presentHead(done: Call): Page {
  const body = answered(done);
  return { body: null, next: `${text(body, "network")} ${count(body, "head") ?? 0}`, done: true };
}

/** The network was started with empty data: the old cursor means nothing, everything is read from the beginning. */
function anew(from: string, to: string): Page {
  return {
    body: null,
    next: `${to} 0`,
    done: false,
    gap: { reason: "The network was started anew; its feed is read from the beginning.", from, refilling: true },
  };
}

function answered(done: Call): unknown {
  if (done.kind === "wait")
    throw new NetworkFailure({
      class: "rate-limited",
      retryable: true,
      retryAfterMs: done.ms,
      message: "The budget of reads is used up for now.",
    });
  if (done.kind === "none")
    throw new NetworkFailure({
      class: "transient",
      retryable: true,
      message: `The network cannot be reached: ${done.message}`,
    });
  if (done.error) throw new NetworkFailure(done.error);
  if (!Array.isArray(field(done.body, "events")))
    throw new NetworkFailure({
      class: "unknown",
      retryable: true,
      message: "The network's answer is no page of its feed. Check the address of the channel.",
    });
  return done.body;
}
