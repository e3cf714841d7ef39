import { expect, it } from "vitest";
import { withInvite } from "./with-invite.ts";

const link = "https://desk.example/i/7KPM3XQ9TD4E.abcdefghij_-";

it.each([
  ["", `Come: ${link}`],
  ["Sorry for that.  ", `Sorry for that.\nCome: ${link}`],
  [`Sorry.\nCome: https://desk.example/i/000000000000.AAAAAAAAAAAA (or HB-0000-0000-0000)`, `Sorry.\nCome: ${link}`],
  ["See https://example.com/i/short", `See https://example.com/i/short\nCome: ${link}`],
])("an invitation stands once at the end of %j", (text, whole) => {
  expect(withInvite(text, `Come: ${link}`)).toBe(whole);
});
