import { describe, expect, test } from "vitest";
import type { NoticeKind, Notices } from "#contracts/preferences";
import { type Here, isQuiet, rings, usualNotices } from "./rings.ts";

// A Wednesday; London is on winter time.
const NOW = Date.parse("2026-11-18T14:30:00.000Z");
const KINDS: readonly NoticeKind[] = ["offer", "page", "due", "mention", "answered", "approval"];
const here: Here = { now: NOW, presence: "available", hidden: true, leads: true, allowed: true };
const all = Object.fromEntries(KINDS.map((kind) => [kind, { sound: true, desktop: true }]));
const loud: Notices = { ...usualNotices, kinds: all };
const none: Notices = {
  ...loud,
  kinds: Object.fromEntries(KINDS.map((kind) => [kind, { sound: false, desktop: false }])),
};
const night: Notices = { ...loud, quiet: { days: [3], from: "14:00", to: "15:00", zone: "Europe/London" } };
const hushed: Notices = { ...loud, hushUntil: "2026-11-18T15:00:00.000Z" };

const BOTH = { sound: true, desktop: true, why: "rings" };
const quietly = (why: string) => ({ sound: false, desktop: false, why });

describe("does it ring?", () => {
  test.each(KINDS)("%s: as chosen, at first without sound", (kind) => {
    expect(rings({ kind }, usualNotices, here)).toEqual({ sound: false, desktop: true, why: "rings" });
    expect(rings({ kind }, loud, here)).toEqual(BOTH);
    expect(rings({ kind }, none, here)).toEqual(quietly("not-chosen"));
    expect(rings({ kind, severity: 2 }, night, here)).toEqual(quietly("quiet-hours"));
    expect(rings({ kind, severity: 2 }, hushed, here)).toEqual(quietly("hushed"));
    expect(rings({ kind, severity: 4 }, loud, { ...here, leads: false })).toEqual(quietly("another-tab"));
  });

  test.each<[string, NoticeKind, number | undefined, Notices, Partial<Here>, object]>([
    ["the desk is seen: the sound alone", "offer", undefined, loud, { hidden: false }, { ...BOTH, desktop: false }],
    ["the browser does not let us", "offer", undefined, loud, { allowed: false }, { ...BOTH, desktop: false }],
    ["seen, and no sound chosen", "offer", undefined, usualNotices, { hidden: false }, quietly("not-chosen")],
    ["volume nought is no sound", "offer", undefined, { ...loud, volume: 0 }, { hidden: false }, quietly("not-chosen")],
    ["on a break", "offer", undefined, loud, { presence: "break" }, quietly("not-here")],
    ["away", "mention", undefined, loud, { presence: "away" }, quietly("not-here")],
    ["in training", "due", undefined, loud, { presence: "training" }, quietly("not-here")],
    ["off duty", "mention", undefined, loud, { presence: "offline" }, quietly("not-here")],
    ["off duty and asked: on call", "page", 1, loud, { presence: "offline" }, BOTH],
    ["busy rings", "due", undefined, loud, { presence: "busy" }, BOTH],
    ["who does not respond is called", "offer", undefined, loud, { presence: "not-responding" }, BOTH],
    ["without a presence", "approval", undefined, loud, { presence: null }, BOTH],
    ["a page on a break", "page", 2, loud, { presence: "break" }, quietly("not-here")],
    ["a grave page on a break", "page", 3, loud, { presence: "break" }, BOTH],
    ["a grave page in quiet hours", "page", 3, night, {}, BOTH],
    ["a grave page while hushed", "page", 4, hushed, {}, BOTH],
    [
      "a grave page where even that is silenced",
      "page",
      4,
      { ...night, graveRings: false },
      {},
      quietly("quiet-hours"),
    ],
    ["a page without a severity", "page", undefined, night, {}, quietly("quiet-hours")],
    ["a grave page that is not chosen", "page", 4, none, {}, quietly("not-chosen")],
    ["the hush is over", "offer", undefined, hushed, { now: NOW + 1_800_000 }, BOTH],
    ["the last millisecond of the hush", "offer", undefined, hushed, { now: NOW + 1_799_999 }, quietly("hushed")],
    ["the quiet hours are over", "offer", undefined, night, { now: NOW + 1_800_000 }, BOTH],
  ])("%s", (_name, kind, severity, notices, more, expected) => {
    const event = severity === undefined ? { kind } : { kind, severity };
    expect(rings(event, notices, { ...here, ...more })).toEqual(expected);
  });
});

describe("quiet hours", () => {
  const over = { days: [3], from: "22:00", to: "07:00", zone: "Europe/London" };
  const weekend = { days: [6, 7], from: "00:00", to: "00:00", zone: "Asia/Kolkata" };
  const march = { days: [6], from: "22:00", to: "02:00", zone: "Europe/London" };
  test.each<[typeof over, string, boolean]>([
    [over, "2026-11-18T21:59:59.999Z", false],
    [over, "2026-11-18T22:00:00.000Z", true],
    [over, "2026-11-19T06:59:59.999Z", true],
    [over, "2026-11-19T07:00:00.000Z", false],
    // They began on Tuesday, which is not among the days.
    [over, "2026-11-18T03:00:00.000Z", false],
    [over, "2026-11-19T22:30:00.000Z", false],
    // The same time twice is the whole day, by its own clock: 18:30 UTC is midnight there.
    [weekend, "2026-11-20T18:29:59.000Z", false],
    [weekend, "2026-11-20T18:30:00.000Z", true],
    [weekend, "2026-11-22T18:29:59.000Z", true],
    [weekend, "2026-11-22T18:30:00.000Z", false],
    // From Sunday to Monday: the day before Monday is Sunday.
    [{ ...over, days: [7] }, "2026-11-23T05:00:00.000Z", true],
    // The night the clocks go forward: 01:30 UTC is 02:30 there.
    [march, "2027-03-28T00:59:00.000Z", true],
    [march, "2027-03-28T01:00:00.000Z", false],
  ])("%j at %s: %s", (quiet, at, expected) => {
    expect(isQuiet(quiet, Date.parse(at))).toBe(expected);
  });
});
