import { expect, it } from "vitest";
import { sayings, saysOf } from "./text-checks.ts";

const POST = "My invoice is wrong, what now?";
it.each([
  ["Thank you for telling us. We look into it.", []],
  ["We will refund you the whole month.", ["money"]],
  ["You will get 25 € back.", ["money"]],
  ["I guarantee that it works again.", ["promise"]],
  ["", []],
])("%j says %j", (text, says) => {
  expect(saysOf(text, POST)).toEqual(says);
});
it("names what it can find", () => {
  expect(sayings()).toEqual(["promise", "money", "liability"]);
});
