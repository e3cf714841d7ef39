import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY, HOUR } from "#platform/clock";
import { REOPEN_WINDOWS } from "./medium.ts";
import { type PastEnd, type PastWord, pastEpisodes } from "./past.ts";

type Said = Partial<PastWord> & { at: number; asks?: boolean };
let next = 0;
function word(said: Said): PastWord {
  const { asks = true, ...more } = said;
  const who = more.who ?? "customer";
  const verdict = { actionable: asks, ruleId: "r", says: "", priority: "normal" as const, reasons: [] };
  return {
    ...{ id: `w${String(next++).padStart(4, "0")}`, who, medium: "public", private: false, agentId: null },
    ...{ channelId: "c", deleted: false, thanksOnly: false, judge: who === "customer" ? () => verdict : null, ...more },
  };
}
const us = (at: number, more: Partial<PastWord> = {}) => word({ at, who: "us", ...more });
const ends = (at: number, outcome = "resolved"): PastEnd => ({ at, outcome, agentId: "priya" });
const shape = (words: PastWord[], outcomes: PastEnd[] = []) =>
  pastEpisodes(words, outcomes, () => REOPEN_WINDOWS).episodes.map((e) => [
    e.openedAt,
    e.firstReplyAt,
    e.doneAt,
    e.outcome,
  ]);

describe("episodes of the past", () => {
  it.each<[string, PastWord[], PastEnd[], unknown[]]>([
    ["nothing was said", [], [ends(5)], []],
    ["asked, answered, ended", [word({ at: 1 }), us(2)], [ends(3)], [[1, 2, 3, "resolved"]]],
    ["asked and never ended", [word({ at: 1 }), us(2), word({ at: 4 })], [], [[1, 2, 4, "imported"]]],
    [
      "thanks after the end belong to none",
      [word({ at: 1 }), us(2), word({ at: 9, thanksOnly: true })],
      [ends(3)],
      [[1, 2, 3, "resolved"]],
    ],
    ["nothing asked", [word({ at: 1, asks: false }), us(2)], [ends(3)], []],
    ["only we spoke", [us(1), us(2)], [ends(3)], []],
    ["what was deleted asks nothing", [word({ at: 1, deleted: true })], [], []],
    ["an end with nothing open is passed over", [word({ at: 5 })], [ends(1)], [[5, null, 5, "imported"]]],
    [
      "two stretches",
      [word({ at: 1 }), us(2), word({ at: 6 }), us(7)],
      [ends(3), ends(8, "refund")],
      [
        [1, 2, 3, "resolved"],
        [6, 7, 8, "refund"],
      ],
    ],
    [
      "a machine does not answer",
      [word({ at: 1 }), word({ at: 2, who: "other" })],
      [ends(3)],
      [[1, null, 3, "resolved"]],
    ],
  ])("%s", (_, words, outcomes, expected) => {
    expect(shape(words, outcomes)).toEqual(expected);
  });

  it("ends an answered one by itself when the customer is silent for longer than the window", () => {
    const [asked, answered] = [word({ at: 0 }), us(HOUR)];
    const inside = word({ at: HOUR + 7 * DAY });
    const outside = word({ at: HOUR + 7 * DAY + 1 });
    expect(shape([asked, answered, inside])).toEqual([[0, HOUR, inside.at, "imported"]]);
    expect(shape([asked, answered, outside])).toEqual([
      [0, HOUR, HOUR, "imported"],
      [outside.at, null, outside.at, "imported"],
    ]);
    // While the customer waits it goes on, however long that is.
    expect(shape([asked, outside])).toEqual([[0, null, outside.at, "imported"]]);
  });

  it("names what a return inside the window reopens, and the policy hears how things stood", () => {
    const stood: string[] = [];
    const ask = (at: number) => {
      const one = word({ at });
      const { judge } = one;
      return {
        ...one,
        judge: (episode: "open" | "in-window" | "none") => {
          stood.push(episode);
          return judge!(episode);
        },
      };
    };
    const words = [ask(0), ask(1), ask(DAY), ask(30 * DAY)];
    const { episodes } = pastEpisodes(words, [ends(2), ends(DAY + 1)], () => REOPEN_WINDOWS);
    expect(stood).toEqual(["none", "open", "in-window", "none"]);
    expect(episodes.map((e) => e.reopens)).toEqual([null, words[0]!.id, null]);
  });

  it("counts each answer from the first message that waited, and the first public one", () => {
    const words = [
      word({ at: 1 }),
      word({ at: 2 }),
      us(5, { private: true, agentId: "priya" }),
      us(6),
      word({ at: 7 }),
      us(9, { agentId: "lena" }),
    ];
    const [episode] = pastEpisodes(words, [], () => REOPEN_WINDOWS).episodes;
    expect(episode).toMatchObject({ firstReplyAt: 5, firstReplyBy: "priya", firstPublicReplyAt: 6, lastReplyAt: 9 });
    expect(episode!.responses.map((r) => [r.askedAt, r.answeredAt, r.answeredBy])).toEqual([
      [1, 5, "priya"],
      [7, 9, "lena"],
    ]);
  });

  it("does not depend on the order in which it is told", () => {
    const said = fc.record({
      at: fc.integer({ min: 0, max: 40 }).map((d) => d * DAY),
      who: fc.constantFrom("customer" as const, "us" as const, "other" as const),
      asks: fc.boolean(),
      thanksOnly: fc.boolean(),
      deleted: fc.boolean(),
    });
    const end = fc.record({
      at: fc.integer({ min: 0, max: 40 }).map((d) => d * DAY),
      outcome: fc.constantFrom("a", "b"),
    });
    fc.assert(
      fc.property(
        fc.array(said, { maxLength: 12 }),
        fc.array(end, { maxLength: 4 }),
        fc.integer(),
        (all, outcomes, seed) => {
          const words = all.map(word);
          const marks = outcomes.map((o) => ({ ...o, agentId: null }));
          const mix = <T>(list: T[]) =>
            list
              .map((v, i) => [Math.sin(seed + i * 7.1), v] as const)
              .sort((a, b) => a[0] - b[0])
              .map(([, v]) => v);
          const straight = pastEpisodes(words, marks, () => REOPEN_WINDOWS);
          expect(pastEpisodes(mix(words), mix(marks), () => REOPEN_WINDOWS).episodes).toEqual(straight.episodes);
          for (const [i, e] of straight.episodes.entries()) {
            expect(e.doneAt).toBeGreaterThanOrEqual(e.openedAt);
            if (i > 0) expect(e.openedAt).toBeGreaterThanOrEqual(straight.episodes[i - 1]!.doneAt);
          }
        },
      ),
    );
  });
});
