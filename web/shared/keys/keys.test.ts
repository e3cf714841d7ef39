import { describe, expect, test } from "vitest";
import { chordOf, isSingleKey, type KeyPress } from "./chord.ts";
import { isReadPast, refuseHeldKeys } from "./hold.ts";
import { clashes, type KeyBinding, keysOf, matchKey, type Place, usualKeys } from "./match.ts";
import { readKeySettings } from "./settings.ts";

const press = (key: string, over: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : "",
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...over,
});

describe("chordOf", () => {
  test.each([
    [press("t"), "t"],
    [press("T", { shiftKey: true }), "shift+t"],
    [press("?", { shiftKey: true, code: "Slash" }), "?"],
    [press("#", { shiftKey: true, code: "Digit3" }), "#"],
    [press("Enter", { ctrlKey: true }), "mod+enter"],
    [press("Enter", { ctrlKey: true, shiftKey: true }), "mod+shift+enter"],
    [press("k", { metaKey: true }), "mod+k"],
    [press("√", { altKey: true, code: "KeyV" }), "alt+v"],
    [press("е", { code: "KeyT" }), "t"],
    [press("ת", { code: "KeyR", shiftKey: true }), "shift+r"],
    [press(" "), "space"],
    [press("Escape"), "escape"],
    [press("Shift", { shiftKey: true }), null],
    [press("Dead"), null],
  ])("%j is %s", (event, chord) => {
    expect(chordOf(event)).toBe(chord);
  });

  test.each([
    ["t", true],
    ["shift+t", true],
    ["?", true],
    ["space", true],
    ["escape", false],
    ["enter", false],
    ["mod+k", false],
    ["alt+v", false],
  ])("single key: %s %s", (chord, single) => {
    expect(isSingleKey(chord)).toBe(single);
  });
});

const binding = (id: string, keys: string | string[], over: Partial<KeyBinding> = {}): KeyBinding => ({
  id,
  keys,
  label: id,
  group: "All",
  run: () => {},
  ...over,
});

const page: Place = { text: false, control: false, overlay: false };
const writing: Place = { ...page, text: true };
const onButton: Place = { ...page, control: true };
const inDialog: Place = { ...page, overlay: true };

const bindings = [
  binding("reply.send", "mod+enter"),
  binding("reply.private", ["p", "alt+p"]),
  binding("work.take", "t"),
  binding("work.open", "enter"),
  binding("work.next", ["j", "arrowdown"]),
  binding("text.leave", "escape"),
  binding("go.desk", "g d"),
  binding("go.insights", "g i"),
  binding("pane.customer", "i"),
];

function found(chord: string, place: Place, before: string | null = null, settings = usualKeys): string | null {
  const match = matchKey(chord, before, bindings, place, settings);
  if (match === null) return null;
  return "found" in match ? match.found.id : `${match.pending} …`;
}

describe("matchKey", () => {
  test.each([
    ["single key on the page", "t", page, "work.take"],
    ["single key in a text is a letter", "t", writing, null],
    ["Ctrl Enter in a text", "mod+enter", writing, "reply.send"],
    ["Alt and the same letter in a text", "alt+p", writing, "reply.private"],
    ["the letter itself in a text", "p", writing, null],
    ["Escape in a text", "escape", writing, "text.leave"],
    ["Enter on a button is the button's", "enter", onButton, null],
    ["an arrow on a tab is the tab's", "arrowdown", onButton, null],
    ["a letter on a button is ours", "t", onButton, "work.take"],
    ["nothing in a dialog", "t", inDialog, null],
    ["first of a pair", "g", page, "g …"],
    ["a key nobody has", "q", page, null],
  ])("%s", (_name, chord, place, id) => {
    expect(found(chord, place)).toBe(id);
  });

  test("a pair is completed, or falls back to the single key", () => {
    expect(found("d", page, "g")).toBe("go.desk");
    expect(found("i", page, "g")).toBe("go.insights");
    expect(found("i", page)).toBe("pane.customer");
    expect(found("t", page, "g")).toBe("work.take");
    expect(found("q", page, "g")).toBe(null);
  });

  test("single keys switched off: pairs too, but not chords, arrows and Escape", () => {
    const off = { ...usualKeys, singleKeys: false };
    expect(found("t", page, null, off)).toBe(null);
    expect(found("g", page, null, off)).toBe(null);
    expect(found("mod+enter", page, null, off)).toBe("reply.send");
    expect(found("arrowdown", page, null, off)).toBe("work.next");
    expect(found("escape", page, null, off)).toBe("text.leave");
  });

  test("a changed key acts, the usual one no longer; null switches off", () => {
    const changed = { singleKeys: true, changed: { "work.take": "x", "go.desk": null } };
    expect(found("x", page, null, changed)).toBe("work.take");
    expect(found("t", page, null, changed)).toBe(null);
    expect(keysOf({ id: "go.desk", keys: "g d" }, changed)).toEqual([]);
  });

  test("the nearer binding wins, unless it is disabled", () => {
    const near = binding("pane.take", "t");
    const match = (nearest: KeyBinding) => matchKey("t", null, [nearest, ...bindings], page, usualKeys);
    expect(match(near)).toEqual({ found: near });
    expect(match({ ...near, disabled: true })).toMatchObject({ found: { id: "work.take" } });
  });
});

test("clashes are told, also with the first key of a pair", () => {
  expect(clashes("x", "t", bindings, usualKeys).map((one) => one.id)).toEqual(["work.take"]);
  expect(clashes("x", "g", bindings, usualKeys).map((one) => one.id)).toEqual(["go.desk", "go.insights"]);
  expect(clashes("work.take", "t", bindings, usualKeys)).toEqual([]);
});

test.each([
  ["nothing kept", null, usualKeys],
  ["kept", '{"singleKeys":false,"changed":{"a":"x","b":null}}', { singleKeys: false, changed: { a: "x", b: null } }],
  ["nonsense", "{", usualKeys],
  ["wrong shapes", '{"singleKeys":"no","changed":{"a":5,"__proto__":"x"}}', usualKeys],
])("kept settings: %s", (_name, text, expected) => {
  expect(readKeySettings(text)).toEqual(expected);
});

describe("what is typed for something that was refused", () => {
  test("is read past until the hands rest", () => {
    refuseHeldKeys(1_000);
    for (const [chord, at] of [
      ["h", 1_100],
      ["e", 1_700],
      ["space", 2_300],
    ] as const)
      expect(isReadPast(chord, at)).toBe(true);
    expect(isReadPast("t", 3_100)).toBe(false);
    expect(isReadPast("t", 3_150)).toBe(false);
  });

  test("never for long, and never Escape", () => {
    refuseHeldKeys(0);
    let at = 0;
    while (isReadPast("a", at)) at += 600;
    expect(at).toBeLessThan(5_000);
    refuseHeldKeys(10_000);
    expect(isReadPast("escape", 10_100)).toBe(false);
    expect(isReadPast("h", 10_200)).toBe(false);
  });

  test("acts at once where nobody asked and nobody types: the next offer is taken by the first T", () => {
    refuseHeldKeys(20_000, false);
    expect(isReadPast("t", 20_100)).toBe(false);
    refuseHeldKeys(30_000, true);
    expect(isReadPast("t", 30_100)).toBe(true);
  });
});
