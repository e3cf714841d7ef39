import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY, HOUR, MINUTE } from "#platform/clock";
import { type BurstEntry, bursts, mediaShifts } from "./bursts.ts";
import { clamp, type LastEpisode, standing, step } from "./episode.ts";
import { type Medium, REOPEN_WINDOWS } from "./medium.ts";
import { burstGapOn, reopenWindowsOn, WINDOWS } from "./windows.ts";

const MEDIA: Medium[] = ["public", "dm", "email", "chat", "phone"];
const medium = fc.constantFrom(...MEDIA);
const span = fc.integer({ min: 0, max: 60 * DAY });
const done = (doneAt: number): LastEpisode => ({ id: "e1", state: "done", doneAt });

describe("windows of a channel", () => {
  const windows = { ...WINDOWS, channels: { c1: { reopenMs: HOUR }, c2: { burstMs: MINUTE } } };
  it("stand before those of the medium, each for itself", () => {
    expect(reopenWindowsOn(windows, "c1")).toEqual({ public: HOUR, dm: HOUR, email: HOUR, chat: HOUR, phone: HOUR });
    expect(reopenWindowsOn(windows, "c2")).toEqual(REOPEN_WINDOWS);
    expect(reopenWindowsOn(windows, null)).toEqual(REOPEN_WINDOWS);
    expect([burstGapOn(windows, "dm", "c1"), burstGapOn(windows, "dm", "c2")]).toEqual([30 * MINUTE, MINUTE]);
  });
  it("are not found in what every object has", () => {
    for (const name of ["__proto__", "constructor", "toString"]) {
      expect(reopenWindowsOn(windows, name)).toEqual(REOPEN_WINDOWS);
      expect(burstGapOn(windows, "chat", name)).toBe(30 * MINUTE);
    }
  });
});

describe("laws of windows (operations reference §7)", () => {
  it("a return reopens exactly inside the window of the medium on which it comes, edges included", () => {
    fc.assert(
      fc.property(medium, span, span, (m, window, after) => {
        const windows = { ...REOPEN_WINDOWS, [m]: window };
        const { reopens } = standing(done(0), after, m, windows);
        expect(reopens).toBe(after <= window ? "e1" : null);
      }),
    );
  });
  it("a longer window takes no return away, a shorter one adds none", () => {
    fc.assert(
      fc.property(medium, span, span, span, (m, after, one, other) => {
        const reopens = (window: number) => standing(done(0), after, m, { ...REOPEN_WINDOWS, [m]: window }).reopens;
        if (reopens(Math.min(one, other)) !== null) expect(reopens(Math.max(one, other))).toBe("e1");
      }),
    );
  });
  it("thanks open nothing, whatever the window and whenever they come", () => {
    fc.assert(
      fc.property(medium, span, span, fc.boolean(), (m, window, after, actionable) => {
        const stood = standing(done(0), after, m, { ...REOPEN_WINDOWS, [m]: window });
        const thanks = { role: "customer", actionable, thanksOnly: true, backfilled: false } as const;
        expect(step(stood, thanks).do).toBe("nothing");
      }),
    );
  });
  it("a clock starts between seven days before we had the message and then, and clamping twice is clamping once", () => {
    fc.assert(
      fc.property(fc.integer({ min: -90 * DAY, max: 90 * DAY }), fc.nat(30 * DAY), (said, received) => {
        const at = clamp(said, received);
        expect(at).toBeGreaterThanOrEqual(received - 7 * DAY);
        expect(at).toBeLessThanOrEqual(received);
        expect(clamp(at, received)).toBe(at);
        if (said >= received - 7 * DAY && said <= received) expect(at).toBe(said);
      }),
    );
  });
});

describe("laws of bursts", () => {
  const entries = fc.uniqueArray(
    fc.record({
      id: fc.uuid(),
      at: fc.integer({ min: 0, max: 6 * HOUR }),
      medium: fc.constantFrom("x/public", "x/private", "call"),
      gapMs: fc.constantFrom(0, MINUTE, 30 * MINUTE, 2 * HOUR),
    }),
    { selector: (e) => e.id, maxLength: 20 },
  );
  it("each message lies in exactly one, in its order, and inside one there is one medium and no long gap", () => {
    fc.assert(
      fc.property(entries, (all) => {
        const found = bursts(all);
        const byId = new Map(all.map((e) => [e.id, e]));
        const sorted = all.toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1)).map((e) => e.id);
        expect(found.flatMap((b) => b.ids)).toEqual(sorted);
        for (const b of found) {
          const own = b.ids.map((id) => byId.get(id)!);
          expect(new Set(own.map((e) => e.medium))).toEqual(new Set([b.medium]));
          expect([b.from, b.to]).toEqual([own[0]!.at, own.at(-1)!.at]);
          for (const [i, e] of own.entries()) if (i > 0) expect(e.at - own[i - 1]!.at).toBeLessThanOrEqual(e.gapMs);
        }
        for (const [i, b] of found.entries()) {
          if (i === 0) continue;
          const first = byId.get(b.ids[0]!)!;
          expect(b.medium !== found[i - 1]!.medium || b.gapBeforeMs! > first.gapMs).toBe(true);
        }
      }),
    );
  });
  it("a longer gap never makes more bursts, and never changes how often the medium changed", () => {
    fc.assert(
      fc.property(entries, fc.nat(3 * HOUR), fc.nat(3 * HOUR), (all, one, other) => {
        const withGap = (gapMs: number) => bursts(all.map((e): BurstEntry => ({ ...e, gapMs })));
        const [short, long] = [withGap(Math.min(one, other)), withGap(Math.max(one, other))];
        expect(long.length).toBeLessThanOrEqual(short.length);
        expect(mediaShifts(long)).toBe(mediaShifts(short));
      }),
    );
  });
});
