import { expect, test } from "vitest";
import { twelveMonths } from "./month-strip.ts";

test("twelve months end with this one, empty ones count nothing", () => {
  const strip = twelveMonths(
    [
      { month: "2026-11", public: 2, private: 1 },
      { month: "2026-01", public: 1, private: 0 },
      { month: "2024-05", public: 9, private: 9 },
    ],
    Date.parse("2026-11-30T23:59:00.000Z"),
  );
  expect([strip.length, strip[0]?.month, strip.at(-1)]).toEqual([
    12,
    "2025-12",
    { month: "2026-11", public: 2, private: 1 },
  ]);
  expect(strip.reduce((sum, month) => sum + month.public + month.private, 0)).toBe(4);
});
