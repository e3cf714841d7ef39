import { expect, test } from "vitest";

test("the suite runs in an odd zone and an odd locale", () => {
  expect(new Date(Date.UTC(2026, 6, 1)).getTimezoneOffset()).toBe(-(12 * 60 + 45));
  expect(new Intl.DateTimeFormat().resolvedOptions()).toMatchObject({ locale: "tr-TR", timeZone: "Pacific/Chatham" });
});
