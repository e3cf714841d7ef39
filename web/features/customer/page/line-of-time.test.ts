import { describe, expect, it } from "vitest";
import type { CustomerBurst, CustomerConversation } from "#contracts/customer-page";
import { lineOfTime, withPages } from "./line-of-time.ts";

const at = (minute: number) => new Date(Date.UTC(2026, 10, 17, 9, minute)).toISOString();
const burst = (id: string, from: number, to = from): CustomerBurst => ({
  conversationId: "c",
  mark: { channelId: "ch", network: "playground", audience: "public", name: "" },
  ...{ from: at(from), to: at(to), gapBeforeMs: null },
  messages: [
    {
      ...{
        id,
        at: at(from),
        role: "customer",
        name: "Ines",
        text: "…",
        state: "live",
        direction: "ltr",
        language: "en",
      },
      episodeId: null,
    },
  ],
});
const conversation = (...episodes: [string, number, number | null][]): CustomerConversation => ({
  ...{ id: "c", number: "C-20001", subject: "", brand: "", lastAt: at(59), state: "quiet" },
  episodes: episodes.map(([id, opened, done], i) => ({
    ...{ id, ordinal: i + 1, state: done === null ? "open" : "done", openedAt: at(opened), outcome: "Solved" },
    ...{ doneAt: done === null ? null : at(done), reopens: null, provisionalUntil: null },
  })),
});
const keys = (items: ReturnType<typeof lineOfTime>) => items.map((item) => item.key);

describe("the line of time", () => {
  it("goes from now backwards, work beside what was said", () => {
    const items = lineOfTime(
      [burst("m2", 30), burst("m1", 0, 5)],
      [conversation(["e1", 0, 10], ["e2", 30, null])],
      false,
    );
    expect(keys(items)).toEqual(["burst m2", "opened e2", "done e1", "burst m1", "opened e1"]);
  });
  it("keeps work back that was before what is shown, while there is more", () => {
    const of = [conversation(["e1", 0, 10], ["e2", 30, null])];
    expect(keys(lineOfTime([burst("m2", 30)], of, true))).toEqual(["burst m2", "opened e2"]);
    expect(keys(lineOfTime([burst("m2", 30)], of, false))).toContain("opened e1");
  });
  it("shows what was said where the conversation itself may not be read any more", () => {
    expect(lineOfTime([burst("m1", 0)], [], false)).toMatchObject([{ kind: "burst", conversation: null }]);
  });
});

it("pages follow one another without repeating a burst", () => {
  const page = (bursts: CustomerBurst[], earlier: string | null) => ({ bursts, earlier });
  const all = withPages(page([burst("c", 3), burst("b", 2)], "b"), [page([burst("b", 2), burst("a", 1)], null)]);
  expect(all.bursts.map((b) => b.messages[0]!.id)).toEqual(["c", "b", "a"]);
  expect(all.earlier).toBeNull();
});
