import { describe, expect, it } from "vitest";
import type { JournalEvent } from "./journal/event.ts";
import { newTrace, traceIn, traceparent, tracesOf } from "./trace.ts";

const NOW = Date.parse("2026-11-17T09:00:00.000Z");
const HEX = "0af7651916cd43dd8448eb211c80319c";

describe("a trace of others", () => {
  it("is taken over and passed on as it came", () => {
    const trace = traceIn(`00-${HEX}-b7ad6b7169203331-01`);
    expect(trace).toBe("0af76519-16cd-43dd-8448-eb211c80319c");
    expect(traceparent(trace!)).toMatch(new RegExp(`^00-${HEX}-[0-9a-f]{16}-01$`));
    expect(traceIn(traceparent(newTrace(NOW)))).not.toBeNull();
    // A later version may say more.
    expect(traceIn(`01-${HEX}-b7ad6b7169203331-01-what-comes`)).toBe(trace);
  });

  it.each([
    undefined,
    "",
    ["a", "b"],
    `00-${"0".repeat(32)}-b7ad6b7169203331-01`,
    `00-${HEX}-${"0".repeat(16)}-01`,
    `ff-${HEX}-b7ad6b7169203331-01`,
    `00-${HEX.toUpperCase()}-b7ad6b7169203331-01`,
    `00-${HEX}-b7ad6b7169203331-01-more`,
    `00-${HEX}-b7ad6b7169203331-01\nx: y`,
    `00-${HEX}-b7ad6b7169203331`,
    `01-${HEX}-b7ad6b7169203331-01-${"x".repeat(400)}`,
  ])("that cannot be read is as if it were not there: %j", (header) => {
    expect(traceIn(header)).toBeNull();
  });
});

describe("what is announced while a run of events is read", () => {
  const id = (n: number) => `00000000-0000-7000-8000-00000000000${n}`;
  const [brand, m1, m2, c1, c2, w1] = [0, 1, 2, 3, 4, 5].map(id) as [string, string, string, string, string, string];
  const event = (traceId: string | null, key: string, entityId: string, payload: object) =>
    ({ traceId, key, entityId, payload }) as JournalEvent;
  const made = (key: string, entityId: string, payload: object) => ({
    key,
    entityId,
    payload,
    entity: "x",
    entityVersion: 1,
  });
  const run = [
    event("t1", c1, m1, { messageId: m1, brandId: brand }),
    event("t2", c2, m2, { messageId: m2, brandId: brand }),
  ];

  it("belongs to the event whose thing, payload or key it names", () => {
    const of = tracesOf(run);
    expect(of(made(c2, m1, { brandId: brand }))).toBe("t1");
    expect(of(made(w1, w1, { messageId: m2, brandId: brand }))).toBe("t2");
    expect(of(made(c1, w1, { brandId: brand }))).toBe("t1");
  });

  it("belongs to none where all have in common what it names", () => {
    expect(tracesOf(run)(made(brand, brand, { brandId: brand }))).toBeNull();
    expect(tracesOf([])(made(c1, m1, {}))).toBeNull();
  });

  it("belongs to the only trace of the run, whatever it names", () => {
    expect(tracesOf([run[0]!])(made(w1, w1, {}))).toBe("t1");
  });

  it("belongs to the last, where two events of a conversation came in one run", () => {
    const of = tracesOf([...run, event("t3", c1, id(6), { messageId: id(6) })]);
    expect(of(made(c1, w1, {}))).toBe("t3");
    expect(of(made(c1, w1, { messageId: m1 }))).toBe("t1");
  });
});
