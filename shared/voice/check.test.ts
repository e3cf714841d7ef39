import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkVoice, type HouseVoice, type VoiceDraft } from "./check.ts";
import { readHouseRules } from "./read-rules.ts";

const rules = {
  length: { x: 280, bluesky: 300, mastodon: 500, play: 350 },
  disclosure: "A public reply ends with ^ and the agent's initials.",
};
const voice = (network = "x"): HouseVoice => readHouseRules(rules, network, true);
const draft = (text: string, part: Partial<VoiceDraft> = {}): VoiceDraft => ({
  ...{
    text,
    public: true,
    agent: { name: "Mia Kern", initials: "MK" },
    post: "where is my parcel?",
    facts: [],
    recent: [],
  },
  ...part,
});
/** Which rules a draft breaks; the signature is added, so that a case is about its own matter. */
const broken = (text: string, part: Partial<VoiceDraft> = {}) => [
  ...new Set(checkVoice(draft(`${text} ^MK`, part), voice()).map((f) => f.rule)),
];
const codes = (text: string, part: Partial<VoiceDraft> = {}) =>
  checkVoice(draft(`${text} ^MK`, part), voice()).map((f) => f.code);

describe("canned", () => {
  test.each([
    ["Hi {{first_name}}, we found it at the depot.", "placeholder"],
    ["Hello [NAME], your parcel is at the depot.", "placeholder"],
    ["Dear %CUSTOMER%, the parcel is at the depot.", "placeholder"],
    ["The parcel XXX is at the depot.", "placeholder"],
    ["We apologise for any inconvenience this may have caused.", "stock-phrase"],
    ["Your satisfaction is our top priority.", "stock-phrase"],
    ["Vielen Dank für Ihre Nachricht. Wir bedauern die Unannehmlichkeiten.", "stock-phrase"],
    ["Lamentamos los inconvenientes. Agradecemos su comprensión.", "stock-phrase"],
    ["Nous vous prions de nous excuser pour la gêne occasionnée.", "stock-phrase"],
    ["Gentile cliente, ci scusiamo per il disagio.", "stock-phrase"],
    ["Excuses voor het ongemak, bedankt voor uw begrip.", "stock-phrase"],
  ])("%s", (text, code) => expect(codes(text)).toContain(code));
  test.each([
    ["See [the list](https://a.example) of depots, your parcel is at the depot."],
    ["The parcel is at the depot in Leith, and leaves it when the road is open."],
  ])("is not: %s", (text) => expect(broken(text, { facts: ["parcel at the depot in Leith"] })).toEqual([]));
  const nia = { name: "Nia Ruiz", initials: "NR" };
  test.each([
    ["It is at the depot. [Nia]", nia, false],
    ["[auto] It is at the depot.", null, false],
    ["It is at the depot. [Nia Ruiz]", nia, false],
    ["It is at the depot. [NR]", nia, false],
    ["It is at the depot. [Agent name]", nia, true],
    ["It is at the depot. [NAME]", nia, true],
    ["Follow your parcel here: [Link]", nia, true],
    ["{{customer}}, it is at the depot.", nia, true],
    ["It is at [Nia] now.", nia, true],
  ] as const)("a name before or after all else signs: %s", (text, agent, isField) =>
    expect(checkVoice(draft(text, { agent }), voice()).some((f) => f.code === "placeholder")).toBe(isField),
  );
  test("a letter as long as a book is read at once", () => {
    const facts = [`please help ${"a".repeat(400_000)}`];
    expect(checkVoice(draft("It is at the depot. ^MK", { facts }), voice())).toBeInstanceOf(Array);
  });
  const recent = ["The parcel lies in Leith because the road is closed. ^MK"];
  test("what was said before, in other words or order of small words", () =>
    expect(codes("The parcel is lying in Leith because the road is closed!", { recent })).toContain("repeated"));
  test("an earlier reply with news is none", () =>
    expect(codes("The road is open since 9, so the parcel leaves Leith now.", { recent })).not.toContain("repeated"));
  test("the name of the case", () => {
    const facts = ["customer: Ines Duarte"];
    expect(codes("Hi Tom, it is at the depot.", { facts })).toContain("wrong-name");
    expect(codes("Hi Ines, it is at the depot.", { facts, post: "Ines here, where is it?" })).not.toContain(
      "wrong-name",
    );
  });
});

describe("tone", () => {
  const angry = { post: "third day without a parcel, you are useless!!", facts: ["parcel at the depot"] };
  test.each([
    ["You should have read the mail. The parcel is at the depot.", "blame"],
    ["As we already told you, the parcel is at the depot.", "blame"],
    ["Calm down, the parcel is at the depot.", "command"],
    ["THE PARCEL IS AT THE DEPOT.", "shouting"],
    ["We doubt that. The parcel is at the depot.", "defensive"],
    ["Yay, the parcel is at the depot!", "too-cheerful"],
    ["The parcel is at the depot 😂", "too-cheerful"],
    ["Wie bereits erwähnt liegt das Paket im Depot.", "blame"],
    ["Como ya le dijimos, está en el depósito.", "blame"],
  ])("to anger: %s", (text, code) => expect(codes(text, angry)).toContain(code));
  test("a joke is fine where they joke", () =>
    expect(
      broken("Haha, the parcel is at the depot.", { post: "lol my parcel travels more than me", facts: angry.facts }),
    ).toEqual([]));
  const hurt = { post: "your heater burned my hand" };
  test("somebody is hurt", () => {
    expect(codes("The heater has a guard.", { ...hurt, facts: ["heater has a guard"] })).toContain("no-care");
    expect(codes("I'm so sorry. Please unplug the heater; how is your hand?", hurt)).not.toContain("no-care");
  });
  test("words the brand does not say, by their whole words", () => {
    const says = (text: string) =>
      checkVoice(draft(text), { ...voice(), avoid: [{ words: "Cheap", rule: "tone" }] }).filter(
        (f) => f.code === "word-to-avoid",
      );
    expect(says("A cheap parcel. ^MK")).toHaveLength(1);
    expect(says("It cheapens the parcel. ^MK")).toHaveLength(0);
  });
});

describe("privacy", () => {
  test.each([
    ["We have answered to ines@post.example about the parcel.", "contact-data"],
    ["We will ring you on +44 7700 900412.", "contact-data"],
    ["Your order 77120034 is at the depot.", "number-of-theirs"],
    ["Mrs Duarte, it is at the depot.", "name-of-theirs"],
    ["It was left at 14 Quay Street.", "address"],
    ["Your account has two unpaid bills.", "account-fact"],
    ["Please reply with your order number.", "asks-for-data"],
    ["Wie lautet Ihre Kundennummer?", "asks-for-data"],
  ])("%s", (text, code) => {
    expect(codes(text)).toContain(code);
    expect(checkVoice(draft(text, { public: false }), voice()).filter((f) => f.rule === "privacy")).toEqual([]);
  });
  test.each([
    ["Please send us your order number in a private message.", "where is my parcel?"],
    ["Call our helpline on 0800 5550, it's answered all night.", "where is my parcel?"],
    ["Mail help@northline.example with the day of the parcel.", "where is my parcel?"],
    ["Order 4471 is at the depot.", "where is order 4471?"],
  ])("is not: %s", (text, post) => expect(broken(text, { post })).not.toContain("privacy"));
  test("passwords are asked for nowhere", () =>
    expect(
      checkVoice(draft("Tell me your password, please.", { public: false }), voice()).map((f) => f.code),
    ).toContain("asks-for-data"));
});

describe("promise", () => {
  const facts = ["parcel at the depot, road closed, no time known"];
  test.each([
    ["It will be there tomorrow.", "time-not-known"],
    ["The parcel arrives at 18:00.", "time-not-known"],
    ["This will never happen again.", "guarantee"],
    ["We guarantee it.", "guarantee"],
    ["We will refund the parcel.", "compensation"],
    ["You get 20 euros from us.", "amount-not-known"],
    ["We accept full liability.", "liability"],
    ["Das kommt nicht wieder vor.", "guarantee"],
    ["Está garantizado.", "guarantee"],
    ["C'est promis.", "guarantee"],
  ])("%s", (text, code) => expect(codes(text, { facts })).toContain(code));
  test.each([
    ["I can't promise a time, the road to the depot is closed."],
    ["No time is known yet: the road to the depot is closed."],
    ["If the road opens tomorrow, the parcel leaves the depot."],
  ])("is not: %s", (text) => expect(broken(text, { facts })).not.toContain("promise"));
  test("what the facts carry, however it is written", () => {
    const known = { facts: ["delivery on Friday at 2pm, refund of 12.50 approved"] };
    expect(broken("It arrives on Friday at 14:00.", known)).not.toContain("promise");
    expect(broken("The refund of £12.50 will be paid out.", known)).not.toContain("promise");
  });
});

describe("length and signature", () => {
  test("as the network counts", () => {
    expect(broken(`${"word ".repeat(60)}`)).toContain("length");
    expect(checkVoice(draft(`${"漢".repeat(145)} ^MK`), voice()).map((f) => f.rule)).toContain("length");
    expect(checkVoice(draft(`${"漢".repeat(135)} ^MK`), voice()).map((f) => f.rule)).not.toContain("length");
  });
  test.each([
    ["It is at the depot.", true],
    ["It is at the depot. ^JP", true],
    ["^MK It is at the depot.", true],
    ["It is at the depot. ^MK", false],
    ["It is at the depot. ^mk", false],
  ])("%s", (text, missing) =>
    expect(checkVoice(draft(text), voice()).some((f) => f.rule === "disclosure")).toBe(missing),
  );
  test.each([
    ["This is an automatic reply: see a.example.", false],
    ["Automatische Antwort: siehe a.example.", false],
    ["Hello! See a.example.", true],
    ["I'm Lucy, this is an automatic reply.", true],
  ])("nobody: %s", (text, wrong) =>
    expect(checkVoice(draft(text, { agent: null }), voice()).some((f) => f.rule === "disclosure")).toBe(wrong),
  );
});

test("other languages raise nothing by accident", () => {
  for (const text of [
    "Paczka jest w magazynie. ^MK",
    "小包は倉庫にあります。 ^MK",
    "الطرد في المستودع. ^MK",
    "Paketi depoda. ^MK",
  ])
    expect(checkVoice(draft(text, { post: "gdzie jest paczka" }), voice())).toEqual([]);
});

const hostile = fc.oneof(
  fc.string({ unit: "binary", maxLength: 300 }),
  fc.string({ unit: "grapheme", maxLength: 120 }),
  fc
    .array(
      fc.constantFrom(
        "you ",
        "will ",
        "refund ",
        "at 5 ",
        "[NAME",
        "{{",
        "\ud83d",
        "\0",
        "__proto__ ",
        "!!! ",
        "Mr ",
        "12 ",
        "your ",
        "not ",
        ". ",
        "<b>",
      ),
      { maxLength: 60 },
    )
    .map((p) => p.join("")),
);
test("on any text places lie inside, and the same text gives the same", () => {
  fc.assert(
    fc.property(hostile, hostile, hostile, (text, post, fact) => {
      const one = draft(text, { post, facts: [fact], recent: [post] });
      const found = checkVoice(one, voice());
      for (const { start, end } of found) expect(start >= 0 && start <= end && end <= text.length).toBe(true);
      expect(checkVoice(one, voice())).toEqual(found);
    }),
    { numRuns: 150 },
  );
});

test("long and nasty texts end: the work grows with the length", () => {
  const nasty = [
    "you ",
    "send ",
    "a-",
    "12 Ab ",
    "Mr ",
    "within ",
    "!",
    "[A",
    "will not ",
    "(((",
    "sorry that you ",
    "Ab. ",
  ];
  for (const piece of nasty) {
    const steps = [5_000, 20_000].map((length) => {
      const text = piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
      const began = performance.now();
      checkVoice(
        draft(text, { post: text.slice(0, 2_000), facts: [text.slice(0, 500)], recent: [text.slice(0, 500)] }),
        voice(),
      );
      return performance.now() - began;
    });
    // A square would be sixteen times, and with a big constant; ten seconds only a runaway reaches.
    expect(steps[1]).toBeLessThan(10_000);
  }
});

test("names of two parts sign as they are written", () => {
  const of = readHouseRules({ disclosure: "A public reply ends with the agent's first name." }, "x", true);
  const signed = (text: string) =>
    checkVoice(draft(text, { agent: { name: "Anne-Marie Roux", initials: "AR" } }), of).map((f) => f.code);
  expect(signed("It is at the depot. Anne-Marie")).not.toContain("not-disclosed");
  expect(signed("It is at the depot.")).toContain("not-disclosed");
});
