import { describe, expect, it } from "vitest";
import { changeOf, draftOf, faultOf, withHelper } from "./queue-draft.ts";
import type { Queue } from "./queues-query.ts";

const queue = {
  ...{ id: "q", ringParts: [0.3, 0.6, 0.9], overflow: [[], ["surge"], []], choice: "least-loaded", autoServe: true },
  skills: [{ skillId: "billing", level: 60 }],
} as unknown as Queue;

describe("the form of a queue", () => {
  it("changes nothing that was not touched", () => {
    expect(changeOf(queue, draftOf(queue))).toEqual({});
    expect(changeOf(queue, { ...draftOf(queue), percents: [20, 60, 90] })).toEqual({ ringParts: [0.2, 0.6, 0.9] });
  });
  it.each([
    [[30, 60, 90], null],
    [[30, 30, 90], "order"],
    [[60, 30, 90], "order"],
    [[0, 60, 90], "percent"],
    [[30, 60, 100], "percent"],
    [[30, null, 90], "percent"],
    [[30, 60.5, 90], "percent"],
  ])("%j: %s", (percents, fault) => {
    expect(faultOf({ ...draftOf(queue), percents })).toBe(fault);
  });
  it("asks for levels from 1 to 100", () => {
    expect(faultOf({ ...draftOf(queue), skills: [{ skillId: "x", level: 0 }] })).toBe("level");
  });
  it("moves a team from ring to ring, and out", () => {
    expect(withHelper(queue.overflow, "surge", 0)).toEqual([["surge"], [], []]);
    expect(withHelper(queue.overflow, "other", 1)).toEqual([[], ["surge", "other"], []]);
    expect(withHelper(queue.overflow, "surge", null)).toEqual([[], [], []]);
  });
});
