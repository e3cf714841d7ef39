import fc from "fast-check";
import { expect, test } from "vitest";
import { overlap, readSaid, type Said } from "./said.ts";

test.each<[string, Partial<Said>]>([
  ["@ringbus pass 5510 beeps red on every bus", { followsUp: false, newMatter: false }],
  ["nine days later: the lift at Mill is still broken", { followsUp: true }],
  ["Another thing: can my dog ride free?", { newMatter: true }],
  ["I've sent you a DM with the details", { wentPrivate: true }],
  ["DM'd you!", { wentPrivate: true, invitesPrivate: false }],
  ["Sorry! Please mail us the pass number. ^LO", { invitesPrivate: true, wentPrivate: false }],
  ["Könnten Sie uns bitte per Privatnachricht schreiben?", { invitesPrivate: true }],
  ["and then the driver left 2/2", { laterPart: true }],
  ["same here, since Monday", { ofOwn: true }],
  ["try the depot", { ofOwn: false }],
  ["open 24/7?", { laterPart: false }],
  ["Ich hätte noch eine andere Frage: haben Sie Lampen?", { newMatter: true }],
  ["別の質問ですが、領収書は出ますか", { newMatter: true }],
  ["другой вопрос: есть ли лампы?", { newMatter: true }],
  ["lampa nadal mruga", { followsUp: true }],
  ["灯还是不亮", { followsUp: true }],
  ["ランプがまだ点きません", { followsUp: true }],
  ["o candeeiro ainda pisca", { followsUp: true }],
  ["My wife wrote to you", { forOther: true }],
  ["we act for Ms Lee", { forOther: true }],
  ["mein Mann hat geschrieben", { forOther: true }],
  ["my lamp hums", { forOther: false }],
  ["see northwind.example/help/reset", { gives: true }],
  ["it hums.again", { gives: false }],
  ["the video worked, thanks", { citesHelp: true, worked: true }],
  ["der Artikel hat geholfen", { citesHelp: true, worked: true }],
])("%s", (text, expected) => {
  expect(readSaid(text)).toMatchObject(expected);
});

test("order numbers and addresses are references, years and full hours are not", () => {
  expect([...readSaid("Order A-55102 of 2026, at 1800, write tina@post.example").refs].sort()).toEqual([
    "a55102",
    "tina@post.example",
  ]);
});

test("a telephone number is one with and without its country's code; hotlines, flights and codes of promotions are none", () => {
  expect([...readSaid("call +44 20 7946 0018").refs]).toEqual([...readSaid("it is 020 7946 0018").refs]);
  for (const text of ["0800 555 0199", "LH4711", "ICE 1047", "PROMO2026", "code 55102"])
    expect([...readSaid(text).refs], text).toEqual([]);
});

test("the same matter in other words of the same stem overlaps", () => {
  const first = readSaid("@northwind my parcels never arrived in Leeds").words;
  expect(overlap(first, readSaid("where is the parcel?").words).shared).toEqual(["parcel"]);
  expect(overlap(first, readSaid("is the shop open on Sunday").words).shared).toEqual([]);
});

test("any text can be read, quickly", () => {
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 500 }), (text) => void readSaid(text)));
  readSaid("a".repeat(100_000));
  readSaid("1-".repeat(50_000));
  readSaid(`${"a.".repeat(3_000)}@`);
});
