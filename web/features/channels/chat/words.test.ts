import { describe, expect, it } from "vitest";
import type { Settings } from "./chat-query.ts";
import { noticeChanged, sitesIn, tidied, withWords, wordsFor, wordsIn } from "./words.ts";

const consent = { required: true, version: "3", text: "We keep it.", texts: { de: "Wir behalten es." } };
const greeting = { id: "a", text: "Hello", texts: {}, afterMs: 0, onPath: "", onlyWhenOpen: false };
const settings = { greeting: [greeting], consent } as unknown as Settings;

describe("words in languages", () => {
  it("are those of the language, else those for everybody else", () => {
    expect(wordsFor(consent, "de")).toBe("Wir behalten es.");
    expect(wordsFor(consent, "fr")).toBe("We keep it.");
    expect(wordsIn(consent, "fr")).toBe("");
    expect(wordsIn(consent, "")).toBe("We keep it.");
  });
  it("are taken away where nothing is said", () => {
    expect(withWords(consent, "de", "  ").texts).toEqual({});
    expect(withWords(consent, "ar", "نحفظه").texts).toEqual({ de: "Wir behalten es.", ar: "نحفظه" });
    expect(withWords(consent, "", "x")).toMatchObject({ text: "x", texts: consent.texts });
  });
});

it("sites are read as people type them", () => {
  expect(sitesIn(" https://a.example/, https://b.example\nhttps://a.example ")).toEqual([
    "https://a.example",
    "https://b.example",
  ]);
});

describe("the version of the notice", () => {
  it("is another one when the words are, whatever the order in which they stand", () => {
    expect(noticeChanged(consent, { ...consent })).toBe(false);
    expect(noticeChanged({ ...consent, texts: { a: "1", b: "2" } }, { ...consent, texts: { b: "2", a: "1" } })).toBe(
      false,
    );
    expect(noticeChanged(consent, withWords(consent, "de", "Anders."))).toBe(true);
    expect(noticeChanged(consent, { ...consent, required: false, text: "x" })).toBe(false);
  });
  it("grows when it is asked for anew, stays when not, and is never without a name", () => {
    const changed = { ...settings, consent: { ...consent, text: "New." } };
    expect(tidied(changed, settings, true).consent.version).toBe("4");
    expect(tidied(changed, settings, false).consent.version).toBe("3");
    expect(tidied(settings, settings, true).consent.version).toBe("3");
    const first = { ...settings, consent: { ...consent, version: "" } };
    expect(tidied(first, first, false).consent.version).toBe("1");
    expect(tidied({ ...settings, greeting: [{ ...greeting, text: " " }, greeting] }, settings, false).greeting).toEqual(
      [greeting],
    );
  });
});
