import { expect, test } from "vitest";
import { readLook } from "./look.ts";

const usual = { theme: "system", density: "regular", locale: null };

test.each([
  [null, usual],
  ["null", usual],
  ["{", usual],
  ['{"theme":"dark","density":"roomy","locale":"de"}', { theme: "dark", density: "roomy", locale: "de" }],
  ['{"theme":"pink","density":3,"locale":"\\"><script>"}', usual],
])("%s", (text, look) => {
  expect(readLook(text)).toEqual(look);
});
