import { expect, test } from "vitest";
import { isolated, quoted } from "./plain.ts";

test.each([
  ["a name", "Ines Rocha", "\u2068Ines Rocha\u2069"],
  ["a name from the right", "ليلى", "\u2068ليلى\u2069"],
  ["marks that leave the isolation", "Ines\u2069\u202E moc.live\u202C", "\u2068Ines moc.live\u2069"],
  ["line breaks and NUL", "Ines\r\nRocha\0", "\u2068Ines Rocha\u2069"],
  ["half a sign", "Ines\uD83D", "\u2068Ines\uFFFD\u2069"],
  ["nobody", "", ""],
  ["nothing that can be seen", " \u2066\u2069\n", ""],
])("%s is isolated", (_name, given, shown) => {
  expect(isolated(given)).toBe(shown);
});

test.each([
  ["as it is", "It blinks red.", "It blinks red."],
  ["on one line", "It blinks\n\nred.\u2028Help!", "It blinks red. Help!"],
  ["without marks that turn it", "\u202Eder sknilb", "der sknilb"],
  ["just short enough", "x".repeat(160), "x".repeat(160)],
  ["cut", "x".repeat(161), `${"x".repeat(159)}…`],
  ["cut between signs, never inside one", "😀".repeat(200), `${"😀".repeat(159)}…`],
])("what was said is quoted %s", (_name, given, shown) => {
  expect(quoted(given)).toBe(shown);
});
