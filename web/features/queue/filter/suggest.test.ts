import { expect, test } from "vitest";
import { suggest } from "./suggest.ts";

const NAMES = { queue: ["Care", "Business care"], lang: ["en", "es"] };
const words = (text: string) => suggest(text, NAMES).map((one) => one.word);

test.each([
  ["", ["queue:", "medium:", "network:", "brand:", "lang:", "owner:"]],
  ["l", ["lang:", "label:"]],
  ["is:unread -q", ["-queue:"]],
  ["queue:", ["queue:Care", 'queue:"Business care"']],
  ["queue:b", ['queue:"Business care"']],
  ["queue:Care", []],
  ["is:s", ["is:snoozed"]],
  ["nothing:", []],
  ["brand:", []],
  ["router", []],
])("after %j", (text, expected) => {
  expect(words(text)).toEqual(expected);
});

test("a value is put in place of the last word, and the next may follow", () => {
  expect(suggest("is:unread lang:e", NAMES)[1]!.whole).toBe("is:unread lang:es ");
  expect(suggest("is:unread la", NAMES)[0]!.whole).toBe("is:unread lang:");
});
