import { describe, expect, it } from "vitest";
import { influenceOf, languagesOf } from "./influence.ts";

const handle = (name: string, followers: number | null, verified = false) => ({
  ...{ network: "playground", handle: name, followers, followersAt: followers === null ? null : 5, verified },
});

describe("influence", () => {
  it("is told part by part with its time, the widest reach first, and never summed", () => {
    const parts = influenceOf([handle("@small", 12), handle("@quiet", null, true), handle("@big", 41_000)], 3, 9);
    expect(parts.map((p) => [p.part, p.handle, p.value, p.at])).toEqual([
      ["reach", "@big", 41_000, 5],
      ["reach", "@small", 12, 5],
      ["verified", "@quiet", null, null],
      ["spoke-public", null, 3, 9],
    ]);
  });
  it("says nothing of what may not be known", () => {
    expect(influenceOf([handle("@a", null)], null, 9)).toEqual([]);
  });
  it("counts no followers where there are none, and tells so", () => {
    expect(influenceOf([handle("@a", 0)], null, 9)).toMatchObject([{ part: "reach", value: 0 }]);
  });
});

it("languages are those the customer wrote in, most used first", () => {
  expect(languagesOf(["en", "pt", "und", "en", "cy", ""])).toEqual([
    { language: "en", messages: 2 },
    { language: "cy", messages: 1 },
    { language: "pt", messages: 1 },
  ]);
});
