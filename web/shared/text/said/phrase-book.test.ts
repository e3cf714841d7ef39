import { compileMessage } from "@lingui/message-utils/compileMessage";
import { describe, expect, test } from "vitest";
import { makeBook, type Phrase, saidIn, type Wording } from "./phrase-book.ts";

const GERMAN: Readonly<Record<string, string>> = {
  "Offered to {name}": "{name} angeboten",
  "Taken by hand.": "Von Hand übernommen.",
  "an agent": "ein Agent",
  "{owner} asks {name} for advice; it stays with {owner}.": "{owner} fragt {name}; es bleibt bei {owner}.",
  "{skill} {level} needed, {name} has {has}.": "Nötig ist {skill} {level}; {name} hat {has}.",
  "{skill} {level} needed, relaxed to {asked} because it waits, {name} has {has}.":
    "Nötig war {skill} {level}, jetzt {asked}; {name} hat {has}.",
  "{queue} is closed: {other} takes what comes.": "{queue} ist zu: {other} nimmt an.",
  "{queue} is past due: {why}": "{queue} ist überfällig: {why}",
  "Speaks of {risks}.": "Spricht von {risks}.",
  "“{name}” of “{thing}” cannot be looked for: {why}": "„{name}“ von „{thing}“ geht nicht: {why}",
  safety: "Sicherheit",
  fraud: "Betrug",
  "It is {audience}.": "Es ist {audience}.",
};
const book = makeBook(
  Object.keys(GERMAN).map(
    (id): Phrase => ({
      id,
      message: compileMessage(id),
      ...(id.startsWith("It is") && { code: "visibility" }),
    }),
  ),
);
const wording: Wording = {
  say: ({ id }, values) => (GERMAN[id] ?? "").replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? ""),
  list: (all) => all.join(", "),
  and: (all) => all.join(" und "),
  apart: (value) => `[${value}]`,
};
const say = (text: string, code?: string) => saidIn(book, text, code, wording);

describe("what the server says", () => {
  test.each([
    ["a sentence", "Taken by hand.", "Von Hand übernommen."],
    [
      "a name with a full stop, between quotation marks",
      "“St. James” of “St. Pancras” cannot be looked for: Taken by hand.",
      "„[St. James]“ von „[St. Pancras]“ geht nicht: Von Hand übernommen.",
    ],
    ["a name in it", "Offered to Bea", "[Bea] angeboten"],
    ["words of the server in it", "Offered to an agent", "ein Agent angeboten"],
    ["the same name twice", "Bea asks Tom for advice; it stays with Bea.", "[Bea] fragt [Tom]; es bleibt bei [Bea]."],
    ["signs of a pattern in a name", "Offered to $& (a|b)* \\d", "[$& (a|b)* \\d] angeboten"],
    ["two lines in a name", "Offered to a\nb", "[a\nb] angeboten"],
    ["a list", "Speaks of safety and fraud.", "Spricht von Sicherheit und Betrug."],
    ["a list with something unknown", "Speaks of safety and bees.", "Spricht von [safety and bees]."],
    [
      "what says more before what says less",
      "Welsh 60 needed, relaxed to 40 because it waits, Bea has 50.",
      "Nötig war [Welsh] [60], jetzt [40]; [Bea] hat [50].",
    ],
    ["several sentences", "Taken by hand. Taken by hand.", "Von Hand übernommen. Von Hand übernommen."],
    [
      "a sentence that begins with a name after another one",
      "Taken by hand. Care is closed: Night takes what comes.",
      "Von Hand übernommen. [Care] ist zu: [Night] nimmt an.",
    ],
    ["sentences in the last hole", "Care is past due: Taken by hand.", "[Care] ist überfällig: Von Hand übernommen."],
    ["what is not known", "The moon is full.", null],
    ["known words before unknown ones", "Taken by hand. The moon is full.", null],
    ["more than anybody's sentence", `Offered to ${"a".repeat(2_000)}`, null],
  ])("%s", (_name, text, said) => {
    expect(say(text)).toBe(said);
  });

  test("words that are common stand for a reason of their code only", () => {
    expect([say("It is public.", "visibility"), say("It is a shame."), say("It is late.", "note")]).toEqual([
      "Es ist [public].",
      null,
      null,
    ]);
  });
});
