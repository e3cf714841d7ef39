import { describe, expect, test } from "vitest";
import { backOff } from "./back-off.ts";
import type { LiveEvent, LiveStatus } from "./protocol.ts";
import { openStream } from "./stream.ts";

/** A server and a clock in the test's hands. */
function build() {
  const opens: {
    after: number | null;
    say: (text: string) => void;
    end: () => void;
    answer: (status: number) => void;
  }[] = [];
  const timers: { at: number; run: () => void; live: boolean }[] = [];
  const events: LiveEvent[] = [];
  const statuses: LiveStatus[] = [];
  let resets = 0;
  let now = 1_000_000;

  const stream = openStream(
    {
      open(after, signal) {
        const waiting: ((piece: IteratorResult<string>) => void)[] = [];
        const ready: IteratorResult<string>[] = [];
        const give = (piece: IteratorResult<string>) => (waiting.shift() ?? ready.push.bind(ready))(piece);
        const over: IteratorResult<string> = { done: true, value: undefined };
        signal.addEventListener("abort", () => give(over));
        const pieces: AsyncIterable<string> = {
          [Symbol.asyncIterator]: () => ({
            next: () => {
              const next = ready.shift();
              return next ? Promise.resolve(next) : new Promise((done) => waiting.push(done));
            },
          }),
        };
        return new Promise((resolve, reject) => {
          signal.addEventListener("abort", () => reject(new Error("aborted")));
          opens.push({
            after,
            say: (value) => give({ done: false, value }),
            end: () => give(over),
            answer: (status) => resolve({ status, pieces }),
          });
        });
      },
      now: () => now,
      chance: () => 0,
      after(ms, run) {
        const timer = { at: now + ms, run, live: true };
        timers.push(timer);
        return () => {
          timer.live = false;
        };
      },
    },
    {
      onEvent: (event) => events.push(event),
      onReset: () => {
        resets += 1;
      },
      onStatus: (status) => statuses.push(status),
    },
  );

  return {
    opens,
    events,
    statuses,
    stream,
    resets: () => resets,
    settle: () => new Promise<void>((done) => setImmediate(done)),
    async pass(ms: number) {
      now += ms;
      for (const timer of timers.filter((one) => one.live && one.at <= now)) {
        timer.live = false;
        timer.run();
      }
      await this.settle();
    },
    async open(at: number) {
      opens[at]?.answer(200);
      await this.settle();
    },
    async say(at: number, text: string) {
      opens[at]?.say(text);
      await this.settle();
    },
  };
}

const message = (position: number) =>
  `id: ${position}\ndata: {"position":${position},"kind":"work-item","id":"w1","version":2}\n\n`;

describe("the live stream", () => {
  test("gives events on and, cut off, comes back after the last position", async () => {
    const live = build();
    await live.open(0);
    await live.say(0, message(7) + message(8));
    expect(live.events.map((event) => event.position)).toEqual([7, 8]);
    live.opens[0]?.end();
    await live.settle();
    await live.pass(500);
    expect(live.opens.map((one) => one.after)).toEqual([null, 8]);
    // The first opening asks for a fresh look; the resumed one knows what it missed.
    await live.open(1);
    expect(live.resets()).toBe(1);
    expect(live.statuses.at(-1)).toEqual({ state: "online" });
  });

  test("heartbeats keep it; 40 s of silence end it, and the screen is told since when", async () => {
    const live = build();
    await live.open(0);
    await live.pass(30_000);
    await live.say(0, ": hb\n\n");
    await live.pass(39_000);
    expect(live.statuses.at(-1)).toEqual({ state: "online" });
    await live.pass(1_000);
    expect(live.statuses.at(-1)).toMatchObject({ state: "offline", since: 1_030_000 });
    await live.pass(500);
    expect(live.opens).toHaveLength(2);
  });

  test("one quick return is no offline; a second failure is", async () => {
    const live = build();
    await live.open(0);
    live.opens[0]?.end();
    await live.settle();
    expect(live.statuses.at(-1)).toEqual({ state: "connecting" });
    await live.pass(500);
    live.opens[1]?.answer(503);
    await live.settle();
    expect(live.statuses.at(-1)).toMatchObject({ state: "offline", since: 1_000_500 });
  });

  test("reset means fetch everything anew, and go on from the named position", async () => {
    const live = build();
    await live.open(0);
    await live.say(0, "event: reset\nid: 90\ndata:\n\n");
    expect(live.resets()).toBe(2);
    live.opens[0]?.end();
    await live.settle();
    await live.pass(500);
    expect(live.opens[1]?.after).toBe(90);
  });

  test("a broken message is passed over, its position is kept", async () => {
    const live = build();
    await live.open(0);
    await live.say(0, "id: 4\ndata: {nonsense\n\n");
    await live.say(0, 'id: 5\ndata: {"position":"x","kind":1}\n\n');
    await live.say(0, message(6));
    expect(live.events).toHaveLength(1);
    live.opens[0]?.end();
    await live.settle();
    await live.pass(500);
    expect(live.opens[1]?.after).toBe(6);
  });

  test("signed out: it stops and does not knock again", async () => {
    const live = build();
    live.opens[0]?.answer(401);
    await live.settle();
    expect(live.statuses.at(-1)).toEqual({ state: "signed-out" });
    await live.pass(120_000);
    expect(live.opens).toHaveLength(1);
  });

  test("try now does not wait for the pause", async () => {
    const live = build();
    live.opens[0]?.answer(503);
    await live.settle();
    live.stream.tryNow();
    await live.settle();
    expect(live.opens).toHaveLength(2);
  });

  test("closed is closed", async () => {
    const live = build();
    await live.open(0);
    live.stream.close();
    await live.pass(120_000);
    expect(live.opens).toHaveLength(1);
  });
});

test("back-off doubles, is jittered within its upper half and has an end", () => {
  expect([1, 2, 3, 4].map((attempt) => backOff(attempt, 0))).toEqual([250, 500, 1_000, 2_000]);
  expect([1, 2, 3, 4].map((attempt) => backOff(attempt, 1))).toEqual([500, 1_000, 2_000, 4_000]);
  expect(backOff(50, 1)).toBe(20_000);
});
