import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ChatMessage } from "#contracts/webchat";
import { entriesOf, unreadOf, waitsSince, withLines, withReceipt } from "./log.ts";

const START = Date.parse("2026-11-22T09:00:00.000Z");
const line = (seq: number, from: ChatMessage["from"], minutes = seq, more: Partial<ChatMessage> = {}): ChatMessage => ({
  ...{ type: "message", seq, id: `id-${seq}`, from, text: `line ${seq}`, files: [] },
  ...(from === "agent" && { name: "Priya Nair" }),
  at: new Date(START + minutes * 60_000).toISOString(),
  ...more,
});
const waiting = (id: string, why = "") => ({ clientMsgId: id, text: id, files: [], at: START + 3_600_000, why });
const none = { delivered: 0, read: 0 };

describe("lines", () => {
  test("stand in the order of their numbers, each once, however they come", () => {
    const lines = [1, 2, 3, 4, 5].map((seq) => line(seq, "agent"));
    fc.assert(
      fc.property(fc.array(fc.array(fc.constantFrom(...lines)), { maxLength: 8 }), (batches) => {
        const got = batches.reduce<readonly ChatMessage[]>(withLines, []);
        const seen = [...new Set(batches.flat().map((one) => one.seq))].sort();
        expect(got.map((one) => one.seq)).toEqual(seen);
      }),
    );
  });

  test("nothing new is the same list", () => {
    const lines = [line(1, "agent")];
    expect(withLines(lines, [line(1, "agent")])).toBe(lines);
  });
});

test("receipts never go back", () => {
  const step = fc.tuple(fc.nat(9), fc.constantFrom("delivered" as const, "read" as const));
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      let now = none;
      for (const [upTo, status] of steps) {
        const next = withReceipt(now, upTo, status);
        expect(next.delivered).toBeGreaterThanOrEqual(now.delivered);
        expect(next.read).toBeGreaterThanOrEqual(now.read);
        expect(next.delivered).toBeGreaterThanOrEqual(next.read);
        now = next;
      }
    }),
  );
});

describe("entries", () => {
  test("runs: one person without a long gap is one run, a new day begins another", () => {
    const lines = [
      line(1, "agent", 0),
      line(2, "agent", 1),
      line(3, "agent", 30),
      line(4, "visitor", 31),
      line(5, "agent", 3_000),
    ];
    const got = entriesOf(lines, [], none);
    expect(got.map(({ first, last, day }) => [first, last, day])).toEqual([
      [true, false, true],
      [false, true, false],
      [true, true, false],
      [true, true, false],
      [true, true, true],
    ]);
  });

  test.each([
    [none, "sent"],
    [{ delivered: 3, read: 0 }, "delivered"],
    [{ delivered: 3, read: 3 }, "read"],
    [{ delivered: 2, read: 2 }, "sent"],
  ])("the last one of the visitor's says where it is: %j → %s", (receipts, status) => {
    const got = entriesOf([line(1, "visitor"), line(3, "visitor"), line(4, "agent")], [], receipts);
    expect(got.map((entry) => entry.status)).toEqual([null, status, null]);
  });

  test("what waits stands last, and once when the log has it already", () => {
    const lines = [line(1, "visitor", 1, { clientMsgId: "a" })];
    const got = entriesOf(lines, [waiting("a"), waiting("b"), waiting("c", "too-large")], none);
    expect(got.map(({ key, status }) => [key, status])).toEqual([
      ["a", "sent"],
      ["b", "sending"],
      ["c", "refused"],
    ]);
  });
});

test.each<[string, ChatMessage[], number | null]>([
  ["nothing said", [], null],
  ["one question", [line(1, "visitor", 4)], 4],
  ["asked twice: since the first", [line(1, "visitor", 4), line(2, "visitor", 9)], 4],
  ["answered", [line(1, "visitor", 4), line(2, "agent", 9)], null],
  ["asked again", [line(1, "visitor", 4), line(2, "agent", 9), line(3, "visitor", 12)], 12],
  ["our notices answer nothing", [line(1, "visitor", 4), line(2, "system", 9)], 4],
])("waits for an answer: %s", (_what, lines, minutes) => {
  expect(waitsSince(lines)).toBe(minutes === null ? null : START + minutes * 60_000);
});

test("unread are lines of agents behind what was read", () => {
  expect(unreadOf([line(1, "agent"), line(2, "visitor"), line(3, "agent"), line(4, "system")], 1)).toBe(1);
});
