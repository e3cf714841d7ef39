import { describe, expect, test } from "vitest";
import type { AttachedFile } from "#contracts/desk";
import { isEmpty, type LocalDraft, mergeDraft, readLocal, type ServerDraft } from "./draft-merge.ts";

const local = (text: string, base: number, dirty: boolean): LocalDraft => ({
  audience: "public",
  text,
  answersMessageId: null,
  base,
  dirty,
});
const server = (text: string, version: number): ServerDraft => ({
  audience: "private",
  text,
  answersMessageId: null,
  version,
  savedAt: "2026-11-19T12:00:00.000Z",
});

test.each([
  ["nothing anywhere", null, null, null, null],
  ["only the server's", null, server("theirs", 3), "theirs", null],
  ["only here, not yet saved", local("mine", 0, true), null, "mine", null],
  ["a clean copy of what the server dropped: it was sent elsewhere", local("mine", 3, false), null, null, null],
  ["a clean copy of an older version", local("old", 2, false), server("newer", 3), "newer", null],
  ["typed over the server's present version", local("mine", 3, true), server("theirs", 3), "mine", null],
  ["both typed anew: both are kept", local("mine", 2, true), server("theirs", 3), "mine", "theirs"],
  ["the same words, but for their end", local("same ", 0, true), server("same", 1), "same", null],
  ["emptied here, written there", local(" ", 2, true), server("theirs", 3), "theirs", null],
  ["written here, emptied there", local("mine", 2, true), server("", 3), "mine", null],
] as const)("%s", (_name, here, there, text, other) => {
  const merged = mergeDraft(here, there);
  expect([merged.draft?.text ?? null, merged.other?.text ?? null]).toEqual([text, other]);
});

test.each([null, "", "{", "null", "[]", "7", '{"text":5,"audience":"public"}', '{"text":"a","audience":"all"}'])(
  "storage that says %j holds no draft",
  (said) => {
    expect(readLocal(said)).toBeNull();
  },
);

test("a stored draft is read with what can be trusted of it", () => {
  const said = '{"text":"a","audience":"note","base":"x","dirty":1,"answersMessageId":4,"__proto__":{"z":1}}';
  expect(readLocal(said)).toEqual({ text: "a", audience: "note", base: 0, dirty: false, answersMessageId: null });
});

describe("files of a draft", () => {
  const file = (id: string, alt = ""): AttachedFile => ({
    ...{ id, alt, state: "here", why: null, name: `${id}.png`, mime: "image/png", kind: "image", picture: true },
    ...{ bytes: 10, url: `/api/desk/files/${id}/content`, thumbUrl: null, width: 1, height: 1 },
  });
  const here = (files: AttachedFile[], text = "") =>
    ({ audience: "public", text, answersMessageId: null, files, base: 1, dirty: true }) as const;
  const there = (files: AttachedFile[], text = "") =>
    ({ audience: "public", text, answersMessageId: null, files, version: 2, savedAt: "t" }) as const;

  test("are content: a draft of a picture alone is not empty", () => {
    expect(isEmpty({ text: " ", files: [] })).toBe(true);
    expect(isEmpty({ text: "", files: [file("a")] })).toBe(false);
    expect(mergeDraft(here([file("a")]), there([])).draft?.files).toHaveLength(1);
    expect(mergeDraft(here([]), there([file("a")])).draft?.files).toHaveLength(1);
  });
  test("with other words for a picture are two drafts, and neither is lost", () => {
    const merged = mergeDraft(here([file("a", "A box")]), there([file("a", "A parcel")]));
    expect(merged.draft?.files?.[0]?.alt).toBe("A box");
    expect(merged.other?.files?.[0]?.alt).toBe("A parcel");
  });
  test("of another shape in this machine's storage are none", () => {
    const said = JSON.stringify({ ...here([file("a")], "x"), files: [file("a"), null, { id: 7 }, "b"] });
    expect(readLocal(said)?.files).toEqual([file("a")]);
    expect(readLocal(JSON.stringify({ ...here([]), files: "many" }))?.files).toBeUndefined();
  });
});
