import { describe, expect, test } from "vitest";
import {
  daySaid,
  MOST_SEARCH,
  parseSearch,
  withoutSearchTerm,
  withSearchTerm,
  writeSearchTerm,
} from "./search-query.ts";

const read = (text: string) =>
  parseSearch(text).terms.map(({ key, value, not, how }) => `${not ? "-" : ""}${key}:${value}:${how}`);

describe("parseSearch", () => {
  test.each([
    ["router", ["text:router:whole"]],
    [
      '-"thank you" rout* *oute* *oute',
      ["-text:thank you:whole", "text:rout:begins", "text:oute:part", "text:oute:part"],
    ],
    ['from:"Anna Weber" FROM:bob', ["from:Anna Weber:whole", "from:bob:whole"]],
    ["https://x.com re:invoice", ["text:https://x.com:whole", "text:re:invoice:whole"]],
    ['"is:open"', ["text:is:open:whole"]],
    [
      "is:open -has:file lang:de-AT before:7d",
      ["is:open:whole", "-has:file:whole", "lang:de-AT:whole", "before:7d:whole"],
    ],
    ["  -  * ** ", []],
    ['"unclosed phrase', ["text:unclosed phrase:whole"]],
  ])("%j", (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  test.each([
    ["from:", "empty"],
    ["is:late", "value"],
    ["lang:deutsch!", "value"],
    ["after:someday", "value"],
    ["*ab*", "short"],
    ["-queue:care", "not"],
    ["x ".repeat(17), "many"],
  ])("%j tells what is wrong", (text, why) => {
    expect(parseSearch(text).faults.map((one) => one.why)).toEqual([why]);
  });

  test("a long text is read up to its limit", () => {
    expect(parseSearch("y".repeat(5_000)).terms[0]!.value).toHaveLength(MOST_SEARCH);
  });

  test("a term written is read as it was", () => {
    for (const text of ['-"thank you"', "rout*", "*oute*", "from:anna", 'brand:"North Wind"', "-medium:dm"])
      expect(writeSearchTerm(parseSearch(text).terms[0]!)).toBe(text);
  });

  test("terms are put in and taken out", () => {
    expect(withSearchTerm("router is:open", "is", "done")).toBe("router is:done");
    expect(withSearchTerm("router", "brand", "North Wind")).toBe('router brand:"North Wind"');
    expect(withSearchTerm("medium:dm", "medium", "email")).toBe("medium:dm medium:email");
    expect(withSearchTerm("medium:dm x", "medium", "DM")).toBe("x medium:DM");
    const [, second] = parseSearch("a b c").terms;
    expect(withoutSearchTerm("a b c", second!)).toBe("a c");
  });
});

test.each([
  ["today", { daysAgo: 0 }],
  ["7D", { daysAgo: 7 }],
  ["2026-11-03", { date: "2026-11-03" }],
  ["2026-02-31", null],
  ["2026-13-01", null],
  ["0001-01-01", null],
  ["", null],
])("day %j", (said, day) => {
  expect(daySaid(said)).toEqual(day);
});
