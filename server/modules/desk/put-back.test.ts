import { expect, it } from "vitest";
import { together } from "./put-back.ts";

const words = (audience: "public" | "private" | "note", text: string, answersMessageId: string | null = null) => ({
  ...{ conversationId: "c", audience, answersMessageId, text, files: [], copies: null },
});

it.each([
  ["public", "public", "public", "new"],
  ["public", "private", "private", "new"],
  ["private", "private", "private", "new"],
  ["private", "public", "private", "back"],
  ["private", "note", "note", "new"],
] as const)("%s words that come back into a %s draft: one %s draft with both", (was, now, audience, answers) => {
  const both = together(words(was, "Your code is 4711.", "back"), words(now, "One moment", "new"));
  expect(both).toMatchObject({ audience, answersMessageId: answers, text: "Your code is 4711.\n\nOne moment" });
});

it("says nothing twice", () => {
  expect(together(words("public", "Hello"), words("public", "Hello you")).text).toBe("Hello you");
  expect(together(words("public", "Hello"), words("public", "Hello")).text).toBe("Hello");
});
