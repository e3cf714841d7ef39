import { describe, expect, it } from "vitest";
import { tokenise } from "../tokens.ts";
import { framedRisks } from "./danger-frames.ts";
import { framedSignals } from "./signal-frames.ts";
import { Tagger } from "./tag.ts";

const told = (text: string) => [...framedRisks(tokenise(text), () => false).told.keys()];

describe("words of danger that stand together", () => {
  it.each([
    ["safety", "the strap of the high chair gave way and she hit her head"],
    ["safety", "in der Suppe war ein Stück Draht"],
    ["security", "someone changed the email of my profile"],
    ["security", "on a vidé mon compte, des virements que je n'ai pas faits"],
    ["outage", "no water in the whole building"],
    ["outage", "seit heute morgen kein Internet"],
    ["legal_press", "mi abogado va a ponerse en contacto"],
    ["legal_press", "I am a reporter and need a statement on your layoffs"],
    ["vulnerable", "mia madre è in carrozzina e l'ascensore è fermo"],
    ["vulnerable", "we lost my dad, he died last week"],
    ["deadline", "mein Zug fährt in zehn Minuten und das Ticket ist weg"],
  ])("tell of %s: %s", (risk, text) => {
    expect(told(text)).toContain(risk);
  });

  it.each([
    "I was hit by a wave of nostalgia, my favourite song, love it",
    "power of habit",
    "internet shopping for my whole family",
    "my lawyer series, love it",
    "the flight to Rome tomorrow is with you, looking forward",
    "sale ends tonight, last flights not gone yet",
    "outage was fixed now, everyone online, thanks",
  ])("tell of nothing where one is missing or another reading stands there: %s", (text) => {
    expect(told(text)).toEqual([]);
  });

  it("show the words themselves, each once", () => {
    const text = "🙈 My card! Somebody bought phones in Porto with it";
    const words = framedRisks(tokenise(text), () => false).told.get("security")!;
    expect(words.map((w) => text.slice(w.start, w.end).toLowerCase())).toEqual(words.map((w) => w.text.toLowerCase()));
    expect(words.map((w) => w.text)).toEqual(expect.arrayContaining(["Somebody", "card", "bought"]));
    expect(new Set(words.map((w) => w.start)).size).toBe(words.length);
  });

  it("too far apart they do not belong together, and hostile text costs no more than its words", () => {
    const far = `someone ${"and so on ".repeat(40)} my account was changed`;
    expect(told(far)).not.toContain("security");
    const many = tokenise("account changed someone ".repeat(800));
    expect(framedRisks(many, () => true).told.size).toBe(0);
  });
});

describe("words that tell of buying, leaving and the product", () => {
  it.each([
    ["purchase_intent", "how much is the blue one?"],
    ["purchase_intent", "suche eine Jacke für den Winter"],
    ["churn_risk", "je résilie demain"],
    ["churn_risk", "cancel my contract today"],
    ["product_feedback", "the lid leaks in my bag"],
    ["product_feedback", "ojalá la app tuviera más colores"],
  ])("%s: %s", (signal, text) => {
    expect([...framedSignals(tokenise(text)).keys()]).toContain(signal);
  });

  it.each(["where is my parcel, how much longer?", "cancel my appointment and my booking", "what a lovely team"])(
    "nothing: %s",
    (text) => {
      expect([...framedSignals(tokenise(text)).keys()]).toEqual([]);
    },
  );
});

describe("the tagger", () => {
  const tagger = new Tagger({ a: "go*, two words, l'eau, straße", b: "words*" });
  it.each([
    ["GOING there", ["a"]],
    ["two   words", ["a", "b"]],
    ["two-words", ["a", "b"]],
    ["plus de l’eau", ["a"]],
    ["in der Strasse", ["a"]],
    ["two other words", ["b"]],
    ["ago", []],
    ["", []],
  ])("%s", (text, lists) => {
    expect([...tagger.tag(tokenise(text)).keys()].sort()).toEqual(lists);
  });
});
