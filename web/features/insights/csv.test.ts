import { expect, test } from "vitest";
import { toCsv } from "./csv.ts";

test.each([
  [["C-1", 12, null], "C-1,12,"],
  [['say "hi", now'], '"say ""hi"", now"'],
  [["two\nlines"], '"two\nlines"'],
  [[-3.5, Number.NaN], "-3.5,"],
  [["=1+1"], "'=1+1"],
  [[" =HYPERLINK(1)"], "' =HYPERLINK(1)"],
  [["@sum", "+44", "-x"], "'@sum,'+44,'-x"],
  [["\tcmd"], "'\tcmd"],
  [["Müller", "日本"], "Müller,日本"],
])("%j", (cells, said) => {
  expect(toCsv(["a"], [cells])).toBe(`\uFEFFa\r\n${said}\r\n`);
});

test("the mark comes once, before the head", () => {
  expect(toCsv(["a", "b"], []).startsWith("\uFEFFa,b\r\n")).toBe(true);
  expect(toCsv(["a"], [["x"]]).lastIndexOf("\uFEFF")).toBe(0);
});
