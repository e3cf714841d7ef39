import { expect, it } from "vitest";
import { stageTimes } from "./stage-times.ts";

it("gives each stage its time, also to the first one before it has said anything", () => {
  let now = 1_000;
  const times = stageTimes(() => now);
  now += 400;
  times.heard({ phase: "reading" });
  now += 1_100;
  times.heard({ phase: "reading" });
  times.heard({ phase: "labelling" });
  now += 2_000;
  times.heard({ phase: "done" });
  now += 300;
  expect(times.words()).toBe("reading 1.5 s, labels and places 2.0 s, figures 0.3 s");
});

it("says nothing of an import in which nothing was done", () => {
  expect(stageTimes(() => 0).words()).toBe("");
});
