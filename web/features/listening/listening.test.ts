import { describe, expect, it } from "vitest";
import { completionsAt } from "./complete.ts";
import { bodyOf, draftOf, isSame, type MonitorDraft, newDraft } from "./monitor-draft.ts";
import { piecesOf } from "./query-pieces.ts";

const kinds = (query: string) =>
  piecesOf(query)
    .filter((p) => query.slice(p.at, p.at + p.length).trim() !== "")
    .map((p) => `${p.kind} ${query.slice(p.at, p.at + p.length).trim()}`);

describe("the colours of a query", () => {
  it.each([
    [
      '(lamp OR "no signal"~3) AND NOT weather',
      [
        "paren (",
        "plain lamp",
        "operator OR",
        'phrase "no signal"~3',
        "paren )",
        "operator AND",
        "operator NOT",
        "plain weather",
      ],
    ],
    [
      "from:@north lang:de #lamp @north $NW",
      ["field from:@north", "field lang:de", "tag #lamp", "tag @north", "tag $NW"],
    ],
    [
      "mast NEAR/6 down -cheap e-mail",
      ["plain mast", "operator NEAR/6", "plain down", "operator -", "plain cheap e-mail"],
    ],
    ['half "written', ["plain half", 'phrase "written']],
    ["ANDY or NOTE", ["plain ANDY or NOTE"]],
    ["東京 🔥", ["plain 東京 🔥"]],
  ])("%s", (query, expected) => {
    expect(kinds(query)).toEqual(expected);
  });

  it("cover the query wholly, whatever stands in it", () => {
    for (const query of ["", "()", '"', "{", "a  b", "NEAR/", "\u0000\ud800", "-", "((((a:b"])
      expect(
        piecesOf(query)
          .map((p) => query.slice(p.at, p.at + p.length))
          .join(""),
      ).toBe(query);
  });
});

describe("what could stand at the caret", () => {
  const offered = (query: string) => completionsAt(query, query.length).map((c) => c.write);
  it.each([
    ["lamp N", ["NOT", "NEAR/5"]],
    ["lamp O", ["OR", "ONEAR/5"]],
    ["f", ["from:", "followers:"]],
    ["has:im", ["has:images"]],
    ["lang:p", ["lang:pt", "lang:pl"]],
    ["lamp ", []],
    ['"has:im', []],
    ["http", []],
  ])("%s", (query, expected) => {
    expect(offered(query)).toEqual(expected);
  });

  it("replaces the whole word the caret stands in", () => {
    const [first] = completionsAt("lamp haXX more", 7);
    expect(first).toMatchObject({ from: 5, to: 9, write: "has:" });
  });
});

describe("the draft of a monitor", () => {
  it("is the same until something is changed, and says what is sent", () => {
    const draft: MonitorDraft = { ...newDraft(null), name: " Lamps ", query: "lamp", languages: "en,  de" };
    expect(bodyOf(draft)).toMatchObject({ name: "Lamps", query: "lamp", languages: ["en", "de"], on: true });
    const there = draftOf({
      name: "Lamps",
      query: "lamp",
      brandId: null,
      accents: "fold",
      languages: ["en", "de"],
      colour: "blue",
      tag: "",
      on: true,
    });
    expect(isSame(there, { ...draft, name: "Lamps" })).toBe(true);
    expect(isSame(there, { ...draft, name: "Lamps", tag: "x" })).toBe(false);
  });
});
