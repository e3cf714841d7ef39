import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Rota } from "#contracts/escalation";
import { DAY, HOUR, iso, MINUTE } from "#platform/clock";
import { dayOf, instantAt } from "./local-time.ts";
import { holes, nextOnCall, onCall, rotaFaults } from "./rota.ts";

const rota = (over: Partial<Rota> = {}): Rota => ({
  ...{ id: "019a8f00-0000-7000-8000-000000000001", name: "Nights", zone: "Europe/London", firstWeek: "2026-11-02" },
  ...{ shifts: [{ id: "n", days: [1, 2, 3, 4, 5, 6, 7], from: "18:00", to: "08:00", agentIds: ["alice", "bob"] }] },
  ...{ overrides: [], ...over },
});
const at = (text: string) => Date.parse(text);
const names = (r: Rota, when: string) => onCall(r, at(when)).map((d) => d.agentId);

describe("who is on call", () => {
  test("takes turns by week; the night belongs to the evening it begins in", () => {
    expect(names(rota(), "2026-11-02T18:00:00Z")).toEqual(["alice"]);
    expect(names(rota(), "2026-11-09T07:59:59Z")).toEqual(["alice"]);
    expect(names(rota(), "2026-11-09T18:00:00Z")).toEqual(["bob"]);
    expect(names(rota(), "2026-11-16T18:00:00Z")).toEqual(["alice"]);
    expect(names(rota(), "2026-10-26T18:00:00Z")).toEqual(["bob"]);
  });
  test("nobody outside of the hours", () => {
    expect(names(rota(), "2026-11-02T17:59:59Z")).toEqual([]);
    expect(names(rota(), "2026-11-03T08:00:00Z")).toEqual([]);
  });
  test("a stand-in takes the place of whoever's turn it is, and of nobody's", () => {
    const swapped = rota({
      overrides: [
        { id: "o", from: "2026-11-02T17:00:00.000Z", to: "2026-11-02T22:00:00.000Z", agentId: "carla", reason: "" },
      ],
    });
    expect(names(swapped, "2026-11-02T17:30:00Z")).toEqual(["carla"]);
    expect(names(swapped, "2026-11-02T21:59:59Z")).toEqual(["carla"]);
    expect(names(swapped, "2026-11-02T22:00:00Z")).toEqual(["alice"]);
  });
  test("who comes next is somebody else", () => {
    expect(nextOnCall(rota(), at("2026-11-08T20:00:00Z"))).toMatchObject({
      agentId: "bob",
      from: at("2026-11-09T18:00:00Z"),
    });
    expect(nextOnCall(rota({ shifts: [] }), at("2026-11-08T20:00:00Z"))).toBeNull();
  });
});

describe("when the clocks change", () => {
  // London: forward on 29 March 2026 at 01:00 UTC, back on 25 October 2026 at 01:00 UTC.
  test("the night is an hour shorter, and an hour longer", () => {
    const night = (when: string) => {
      const [d] = onCall(rota(), at(when));
      return (d!.to - d!.from) / HOUR;
    };
    expect(night("2026-03-28T20:00:00Z")).toBe(13);
    expect(night("2026-10-24T20:00:00Z")).toBe(15);
    expect(night("2026-10-26T20:00:00Z")).toBe(14);
  });
  test("shifts that meet at an hour that is left out, or comes twice, leave no hole and share no moment", () => {
    const two = (time: string) =>
      rota({
        shifts: [
          { id: "a", days: [1, 2, 3, 4, 5, 6, 7], from: "00:00", to: time, agentIds: ["alice"] },
          { id: "b", days: [1, 2, 3, 4, 5, 6, 7], from: time, to: "24:00", agentIds: ["bob"] },
        ],
      });
    for (const day of ["2026-03-29", "2026-10-25"])
      for (const time of ["01:00", "01:30", "02:00"]) {
        const from = at(`${day}T00:00:00Z`) - 3 * HOUR;
        expect(holes(two(time), from, from + DAY + 6 * HOUR)).toEqual([]);
        for (let t = from; t < from + DAY; t += 10 * MINUTE) expect(onCall(two(time), t)).toHaveLength(1);
      }
  });
  test("a time that the clocks leave out is the moment they jump", () => {
    expect(iso(instantAt("Europe/London", dayOf("2026-03-29"), 90))).toBe("2026-03-29T01:00:00.000Z");
    expect(iso(instantAt("Europe/London", dayOf("2026-10-25"), 90))).toBe("2026-10-25T00:30:00.000Z");
    expect(iso(instantAt("Pacific/Chatham", dayOf("2026-11-17"), 0))).toBe("2026-11-16T10:15:00.000Z");
  });
  test("in any zone and any week there is exactly one at each moment of a plan around the clock", () => {
    const zones = ["Europe/London", "America/St_Johns", "Pacific/Chatham", "Australia/Lord_Howe", "UTC"];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 23 }),
        fc.integer({ min: at("2026-01-01T00:00:00Z"), max: at("2027-12-31T00:00:00Z") }),
        (zone, hour, when) => {
          const time = `${String(hour).padStart(2, "0")}:30`;
          const plan = rota({
            zone,
            shifts: [
              { id: "a", days: [1, 2, 3, 4, 5, 6, 7], from: time, to: time, agentIds: ["alice", "bob", "carla"] },
            ],
          });
          expect(onCall(plan, when)).toHaveLength(1);
          expect(holes(plan, when, when + 3 * DAY)).toEqual([]);
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe("holes", () => {
  test("are the hours in which nobody is, put together", () => {
    const from = at("2026-11-02T00:00:00Z");
    expect(holes(rota(), from, from + 2 * DAY).map((h) => [iso(h.from).slice(8, 16), iso(h.to).slice(8, 16)])).toEqual([
      ["02T08:00", "02T18:00"],
      ["03T08:00", "03T18:00"],
    ]);
  });
  test("somebody who is not here any more is nobody", () => {
    const from = at("2026-11-02T18:00:00Z");
    expect(holes(rota(), from, from + 14 * HOUR, (id) => id !== "alice")).toHaveLength(1);
  });
});

test("what is wrong is said in sentences", () => {
  const wrong = rota({
    zone: "Mars/Olympus",
    overrides: [
      { id: "o", from: "2026-11-03T00:00:00.000Z", to: "2026-11-02T00:00:00.000Z", agentId: "x", reason: "" },
    ],
  });
  expect(rotaFaults(wrong, (id) => id !== "x")).toHaveLength(3);
  expect(rotaFaults(rota(), () => true)).toEqual([]);
});
