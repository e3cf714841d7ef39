import { expect, test } from "vitest";
import { mayDo, type Session } from "./session.ts";

const session = {
  grants: [
    { verb: "work.take", scope: "queue", scopeId: "q1" },
    { verb: "note.write", scope: "account", scopeId: null },
  ],
} as unknown as Session;

test.each([
  ["work.take", "q1", true],
  ["work.take", "q2", false],
  ["work.take", undefined, true],
  ["note.write", "q2", true],
  ["people.manage", undefined, false],
])("%s in %s: %s", (verb, place, may) => {
  expect(mayDo(session, verb, place)).toBe(may);
});
