import { describe, expect, it } from "vitest";
import { MINUTE } from "#platform/clock";
import { type Heard, hear, type Place, type Standing, Tally, type Told } from "./count-moves.ts";

const NOON = Date.parse("2026-11-19T12:00:00.000Z");
const place = (): Place => ({
  ...{ episodeId: "e", workItemId: null, queueId: null, standing: "coming", owed: true, t0: NOON, dueAt: null },
  position: 0,
});
const stands = (standing: Standing, queueId = "care", dueIn: number | null = 15): Told => ({
  ...{ what: "stands", standing, workItemId: "w", queueId },
  dueAt: dueIn === null ? null : NOON + dueIn * MINUTE,
});
/** Hears each a minute after the last; what was counted, by queue, without the nothing. */
function counted(told: readonly Told[], twice = false) {
  const [tally, one] = [new Tally(), place()];
  const heard = told.map((what, n): Heard => ({ position: n + 1, at: NOON + n * MINUTE, told: what }));
  for (const entry of heard) {
    hear(one, entry, tally);
    if (twice) for (const again of heard.slice(0, entry.position)) hear(one, again, tally);
  }
  const sums = new Map<string, Record<string, number>>();
  for (const { queueId, minute: _, ...counts } of tally.rows()) {
    const sum = sums.get(queueId) ?? {};
    for (const [key, n] of Object.entries(counts)) if (n > 0) sum[key] = (sum[key] ?? 0) + n;
    sums.set(queueId, sum);
  }
  return { place: one, by: Object.fromEntries(sums), minutes: tally.rows().map((row) => row.minute) };
}

describe("what is counted of one piece of work", () => {
  it.each<[string, Told[], Record<string, Record<string, number>>]>([
    ["it comes", [stands("waiting")], { care: { came: 1 } }],
    ["held out and back: it waits all the time", [stands("waiting"), stands("waiting")], { care: { came: 1 } }],
    [
      "taken, answered, put aside, ended",
      [
        ...[stands("waiting"), stands("held"), { what: "answered", answeredAt: NOON + 5 * MINUTE } as const],
        ...[stands("aside"), stands("gone")],
      ],
      { care: { came: 1, went: 1, taken: 1, freed: 1, answered: 1, inTime: 1 } },
    ],
    [
      "answered too late",
      [stands("waiting"), stands("held"), { what: "answered", answeredAt: NOON + 16 * MINUTE }],
      { care: { came: 1, went: 1, taken: 1, answered: 1 } },
    ],
    [
      "a second reply to the same is no second answer",
      [
        ...[stands("held"), { what: "answered", answeredAt: NOON + MINUTE } as const],
        { what: "answered", answeredAt: NOON + 2 * MINUTE },
      ],
      { care: { taken: 1, answered: 1, inTime: 1 } },
    ],
    [
      "the customer spoke again after the answer had left: it is owed still",
      [
        ...[stands("held"), { what: "answered", answeredAt: NOON + MINUTE } as const],
        ...[
          { what: "waits", t0: NOON + 3 * MINUTE } as const,
          { what: "answered", answeredAt: NOON + 2 * MINUTE } as const,
        ],
      ],
      { care: { taken: 1, answered: 1, inTime: 1 } },
    ],
    [
      "moved to another queue while it waits",
      [stands("waiting"), stands("waiting", "press")],
      { care: { came: 1, went: 1 }, press: { came: 1 } },
    ],
    [
      "moved in hands",
      [stands("held"), stands("held", "press")],
      { care: { taken: 1, freed: 1 }, press: { taken: 1 } },
    ],
    ["withdrawn before it was in a queue", [{ what: "answered", answeredAt: NOON }], {}],
  ])("%s", (_, told, by) => {
    expect(counted(told).by).toEqual(by);
    expect(counted(told, true).by).toEqual(by);
  });
  it("each in its own minute; the due time stays known where an entry does not tell it", () => {
    const { minutes, place } = counted([
      stands("waiting"),
      stands("waiting", "care", null),
      stands("held", "care", null),
    ]);
    expect(minutes).toEqual([NOON, NOON + 2 * MINUTE]);
    expect(place).toMatchObject({ dueAt: NOON + 15 * MINUTE, standing: "held", position: 3 });
  });
});
