import { expect, test } from "vitest";
import { type AddressedInput, bareHandle, readAddressed } from "./addressed.ts";
import { tokenise } from "./tokens.ts";

const brand = {
  names: ["Ringbus", "Ring Bus"],
  handles: ["@ringbus", "ringbus_help"],
  terms: ["#nightline", "line 7"],
};
const say = (text: string, more: Partial<AddressedInput> = {}) =>
  readAddressed(tokenise(text), { visibility: "public", kind: "post", mentions: [], why: [], brand, ...more });

test.each<[string, Partial<AddressedInput>, string, string[]]>([
  ["@RingBus where is the 7?", {}, "mention", ["@RingBus"]],
  ["hey @ringbus, and @other too", {}, "mention", ["@ringbus"]],
  ["no handle in the text", { mentions: ["ringbus"] }, "mention", []],
  ["Ringbus never comes", {}, "named", ["Ringbus"]],
  ["I love Ringbus's new seats", {}, "named", ["Ringbus's"]],
  ["the RING   BUS is late", {}, "named", ["RING   BUS"]],
  ["ringbusters is a film", {}, "none", []],
  ["late again #NightLine", {}, "about", ["#NightLine"]],
  ["stuck in line 7 again", {}, "about", ["line 7"]],
  ["#ringbus is late", {}, "about", ["#ringbus"]],
  ["my number", { visibility: "private", kind: "dm" }, "direct", []],
  ["my number", { why: ["email"] }, "direct", []],
  ["ok will do", { thread: { repliesTo: "@RingBus" } }, "reply", []],
  ["same here", { thread: { repliesTo: "anna", weSpoke: true } }, "bystander", []],
  [
    "@ringbus @anna same here",
    { thread: { repliesTo: "anna", weSpoke: true }, mentions: ["ringbus"] },
    "bystander",
    ["@ringbus"],
  ],
  ["same here @ringbus, fix it", { thread: { repliesTo: "anna", weSpoke: true } }, "mention", ["@ringbus"]],
  ["it is order 5", { thread: { repliesTo: "anna", weSpoke: true, authorIsCustomer: true } }, "reply", []],
  ["nice post", { kind: "comment", thread: { begunByUs: true } }, "reply", []],
  ["what a day", {}, "none", []],
  ["@ringbuster hello", {}, "none", []],
])("%j %j → %s", (text, more, value, words) => {
  const found = say(text, more);
  expect(found.value).toBe(value);
  expect(found.words.map((w) => w.text)).toEqual(words);
  for (const w of found.words) expect(text.slice(w.start, w.end)).toBe(w.text);
  expect(found.toUs).toBe(["direct", "reply", "mention"].includes(value));
});

test("an account without names or handles addresses nobody", () => {
  const nobody = { names: [""], handles: [""], terms: ["#"] };
  expect(say("hello @ there", { brand: nobody }).value).toBe("none");
});

test("handles are compared bare", () => {
  expect(bareHandle("@@Ringbus.")).toBe("ringbus");
  expect(bareHandle("@ringbus@social.example")).toBe("ringbus@social.example");
});
