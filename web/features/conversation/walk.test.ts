import { expect, test } from "vitest";
import type { ConversationView } from "#contracts/desk";
import { AT_THE_END, askOf, isAtEnd, MOST_PAGES, walkDown, walkUp, wholeOf } from "./walk.ts";

const SIZE = 120;
const ALL = 50_000;
const idOf = (n: number) => String(n).padStart(6, "0");
/** The server's page: messages [from, to). */
function page(from: number, to: number): ConversationView {
  const ids = Array.from({ length: to - from }, (_, i) => idOf(from + i));
  return {
    timeline: ids.map((id) => ({ type: "message", id, at: "2026-11-19T10:00:00.000Z" })),
    bursts: [{ ordinal: 1, entryIds: ids, messages: ids.length }],
    earlier: from > 0 ? idOf(from) : null,
    later: to < ALL ? idOf(to - 1) : null,
  } as unknown as ConversationView;
}
function pageAt(place: (typeof AT_THE_END)[number]): ConversationView {
  if (place.kind === "newest") return page(ALL - SIZE, ALL);
  if (place.kind === "from") return page(0, SIZE);
  const n = Number(place.id);
  return place.kind === "before" ? page(Math.max(0, n - SIZE), n) : page(n + 1, Math.min(ALL, n + 1 + SIZE));
}
const shown = (walk: typeof AT_THE_END) => wholeOf(pageAt({ kind: "newest" }), walk.map(pageAt));

test("up through 50,000 messages and down again: never more than five pages, no message left out, none twice", () => {
  let walk = AT_THE_END;
  const seen = new Set<string>();
  let most = 0;
  for (let steps = 0; ; steps++) {
    const view = shown(walk);
    const ids = view.timeline.map((entry) => entry.id);
    expect(ids).toEqual([...new Set(ids)].sort());
    expect(Number(ids.at(-1)) - Number(ids[0]) + 1).toBe(ids.length);
    for (const id of ids) seen.add(id);
    most = Math.max(most, ids.length);
    if (view.earlier === null) break;
    walk = walkUp(walk, view.earlier);
    if (steps > 1_000) throw new Error("it does not end");
  }
  expect([seen.size, most, walk.length]).toEqual([ALL, SIZE * MOST_PAGES, MOST_PAGES]);
  expect(isAtEnd(walk)).toBe(false);
  for (let steps = 0; !isAtEnd(walk) && steps < 1_000; steps++) walk = walkDown(walk, shown(walk).later ?? null);
  const end = shown(walk).timeline.map((entry) => entry.id);
  expect([end.at(-1), end.length === new Set(end).size]).toEqual([idOf(ALL - 1), true]);
});

test("a day is gone to, and the way goes on from there in both directions", () => {
  const walk = [{ kind: "from" as const, at: "2026-01-01T00:00:00.000Z" }];
  expect(askOf(walk[0]!)).toEqual({ from: "2026-01-01T00:00:00.000Z" });
  const further = walkDown(walk, shown(walk).later ?? null);
  expect(further[1]).toEqual({ kind: "after", id: idOf(SIZE - 1) });
  expect(shown(further).timeline).toHaveLength(2 * SIZE);
});

test("bursts that two pages share are counted once", () => {
  const [a, b] = [page(0, 100), page(50, 150)];
  const view = wholeOf(b, [a, b]);
  expect(view.bursts.map((burst) => [burst.ordinal, burst.messages])).toEqual([
    [1, 100],
    [2, 50],
  ]);
});
