import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DAY, HOUR } from "#platform/clock";
import { changedHandsAt, type NameSpan, type Sighting, withSightings } from "./name-spans.ts";

const lamp = { network: "x", externalId: "lamp", handle: "lamp" };
const on = (day: number, name: string): Sighting => ({ name, at: day * DAY + 9 * HOUR });
const since = (...seen: Sighting[]) => changedHandsAt(lamp, withSightings([], seen));

describe("a handle changed hands", () => {
  test.each([
    ["after half a year's silence, under another name", [on(0, "Ann Lee"), on(200, "Bob Ray")], 200 * DAY + 9 * HOUR],
    ["not when a word of the name is the same", [on(0, "Ann Lee"), on(200, "Ann L.")], null],
    ["not when it was never silent", [on(0, "Ann Lee"), on(20, "Bob Ray")], null],
    ["not when the first one is still heard", [on(0, "Ann Lee"), on(190, "Ann Lee"), on(200, "Bob Ray")], null],
    ["not by an empty name, which only breaks the silence", [on(0, "Ann Lee"), on(100, ""), on(200, "Bob Ray")], null],
    ["twice: the last time counts", [on(0, "Ann Lee"), on(200, "Bob Ray"), on(500, "Cy Doe")], 500 * DAY + 9 * HOUR],
  ])("%s", (_name, seen, at) => {
    expect(since(...seen)).toBe(at);
  });

  test("never where the network gives no id twice", () => {
    const seen = withSightings([], [on(0, "Ann Lee"), on(200, "Bob Ray")]);
    expect(changedHandsAt({ ...lamp, externalId: "did:plc:1" }, seen)).toBeNull();
    expect(changedHandsAt({ network: "email", externalId: "m1", handle: "lamp@post.example" }, seen)).not.toBeNull();
  });
});

test("whatever was seen, the order and the steps in which it comes change nothing", () => {
  const sighting = fc.record({
    name: fc.constantFrom("Ann Lee", "ANN LEE", "Bob Ray", "Lee Ray", "Cy Doe", "", "\u0000", "__proto__"),
    at: fc.integer({ min: 0, max: 900 * DAY }),
  });
  const cases = fc.array(sighting, { minLength: 1, maxLength: 9 }).chain((set) =>
    fc.record({
      set: fc.constant(set),
      order: fc.shuffledSubarray(set, { minLength: set.length }),
      step: fc.integer({ min: 1, max: 4 }),
    }),
  );
  fc.assert(
    fc.property(cases, ({ set, order, step }) => {
      let spans: NameSpan[] = [];
      for (let i = 0; i < order.length; i += step) spans = withSightings(spans, order.slice(i, i + step));
      expect(spans).toEqual(withSightings([], set));
      expect(changedHandsAt(lamp, spans)).toBe(changedHandsAt(lamp, withSightings([], set)));
      // What is told twice is told once.
      expect(withSightings(spans, set)).toEqual(spans);
    }),
    { numRuns: 300 },
  );
});

test("of more names than a handle can have the last ones are kept", () => {
  const many = Array.from({ length: 60 }, (_, i) => on(i, `Name ${i}x`));
  expect(withSightings([], many)).toHaveLength(24);
  expect(withSightings([], many)[0]!.name).toBe("name 59x");
});
