import { expect, test } from "vitest";
import { listsOf } from "./lists.ts";

const ALL = ["A", "B", "C"];

test.each([
  ["en", "A, B, C", "A; B; C", "A, B, and C", "A, B, or C"],
  ["de", "A, B, C", "A; B; C", "A, B und C", "A, B oder C"],
  ["es", "A, B, C", "A; B; C", "A, B y C", "A, B o C"],
  ["ar", "A، B، C", "A؛ B؛ C", "A وB وC", "A أو B أو C"],
  ["ar-EG", "A، B، C", "A؛ B؛ C", "A وB وC", "A أو B أو C"],
])("%s says several things in its own signs", (locale, list, points, and, or) => {
  const say = listsOf(locale);
  expect([say.list(ALL), say.points(ALL), say.and(ALL), say.or(ALL)]).toEqual([list, points, and, or]);
});

test("one thing stands alone, none is nothing", () => {
  const { list, points, and, or } = listsOf("ar");
  for (const say of [list, points, and, or]) {
    expect(say(["A"])).toBe("A");
    expect(say([])).toBe("");
  }
});
