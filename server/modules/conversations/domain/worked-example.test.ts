import { describe, expect, it } from "vitest";
import { DAY, HOUR, MINUTE } from "#platform/clock";
import { bursts, mediaShifts } from "./bursts.ts";
import { clockOf, type LastEpisode, type Moment, standing, step, windowUntil } from "./episode.ts";
import { type Medium, REOPEN_WINDOWS } from "./medium.ts";

/**
 * The example whose numbers every part of the house agrees on (operations reference §3.1), in a story of our own: a lamp that came
 * without its bulb. `worked-example.store.test.ts` tells the same to the whole pipeline.
 */
const MONDAY = Date.parse("2026-11-16T10:00:00.000Z");
const said = [
  { id: "post", who: "customer", at: 0, medium: "public" },
  { id: "answer", who: "us", at: 40 * MINUTE, medium: "public" },
  { id: "dm", who: "customer", at: HOUR, medium: "dm" },
  { id: "dm-answer", who: "us", at: HOUR + 5 * MINUTE, medium: "dm" },
  { id: "call", who: "customer", at: 23 * HOUR, medium: "phone" },
  { id: "thanks", who: "customer", at: 26 * HOUR, medium: "public", thanks: true },
  { id: "complaint", who: "customer", at: 5 * DAY, medium: "public" },
] satisfies { id: string; who: "customer" | "us"; at: number; medium: Medium; thanks?: boolean }[];
const DONE_AT = 23 * HOUR + 10 * MINUTE;

interface Stretch extends LastEpisode {
  reopens: string | null;
  words: typeof said;
}

function play(): { episodes: Stretch[]; outside: string[] } {
  const episodes: Stretch[] = [];
  const outside: string[] = [];
  for (const s of said) {
    const at = MONDAY + s.at;
    const last = episodes.at(-1) ?? null;
    if (last?.state === "open" && s.at > DONE_AT) Object.assign(last, { state: "done", doneAt: MONDAY + DONE_AT });
    const what = step(standing(last, at, s.medium, REOPEN_WINDOWS), {
      role: s.who,
      actionable: !s.thanks,
      thanksOnly: s.thanks === true,
      backfilled: false,
    });
    if (what.do === "open")
      episodes.push({
        ...{ id: `e${episodes.length + 1}`, state: "open", doneAt: null, reopens: what.reopens, words: [] },
      });
    if (what.do === "nothing") outside.push(s.id);
    else episodes.at(-1)!.words.push(s as (typeof said)[number]);
  }
  return { episodes, outside };
}

const clock = (e: Stretch) =>
  clockOf(
    e.words.map((w): Moment => {
      const at = MONDAY + w.at;
      return { id: w.id, who: w.who, at, receivedAt: at, waits: w.who === "customer", deleted: false };
    }),
  );

describe("post, answer, private message, answer, call, thanks, and a complaint on day five", () => {
  const { episodes, outside } = play();
  const [first, second] = episodes as [Stretch, Stretch];
  const burst = (words: typeof said) => bursts(words.map((w) => ({ id: w.id, at: w.at, medium: w.medium })));

  it("are five messages of the customer: the call is one", () => {
    expect(said.filter((s) => s.who === "customer")).toHaveLength(5);
  });
  it("are two episodes, the second of which reopens the first", () => {
    expect(episodes.map((e) => [e.id, e.reopens, e.words.length])).toEqual([
      ["e1", null, 5],
      ["e2", "e1", 1],
    ]);
  });
  it("had the first answer after 40 minutes and the next after 5", () => {
    expect(clock(first).answers.map((a) => [a.id, a.first, (a.at - a.askedAt!) / MINUTE])).toEqual([
      ["answer", true, 40],
      ["dm-answer", false, 5],
    ]);
  });
  it("changed the medium twice inside the first episode, in four bursts", () => {
    const found = burst(first.words);
    expect(found.map((b) => b.medium)).toEqual(["public", "public", "dm", "phone"]);
    expect(mediaShifts(found)).toBe(2);
  });
  it("are six bursts in all: 40 minutes are more than half an hour, and the thanks are one of their own", () => {
    expect(burst(said).map((b) => b.ids)).toEqual([
      ["post"],
      ["answer"],
      ["dm", "dm-answer"],
      ["call"],
      ["thanks"],
      ["complaint"],
    ]);
  });
  it("thank without opening anything", () => {
    expect(outside).toEqual(["thanks"]);
  });
  it("are not settled: the complaint came on a public post within its seven days", () => {
    expect(MONDAY + 5 * DAY - first.doneAt!).toBeLessThan(REOPEN_WINDOWS.public);
    expect(second.reopens).toBe(first.id);
    // The figures stay provisional for the longest window of what was used: the private message's thirty days.
    const used = first.words.map((w) => ({ medium: w.medium, channelId: "x" }));
    expect(windowUntil(first.doneAt!, used, () => REOPEN_WINDOWS)).toBe(first.doneAt! + 30 * DAY);
  });
  it("would not reopen on the telephone, whose window is 72 hours", () => {
    const done: LastEpisode = { id: "e1", state: "done", doneAt: first.doneAt };
    expect(standing(done, MONDAY + 5 * DAY, "phone", REOPEN_WINDOWS)).toEqual({ episode: "none", reopens: null });
  });
});
