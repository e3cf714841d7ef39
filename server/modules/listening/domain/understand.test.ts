import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { loadModels } from "../models/load-models.ts";
import { learnFurther } from "./learn.ts";
import { type UnderstandInput, type Understanding, type UnderstandModels, understand } from "./understand.ts";

let models: UnderstandModels;
beforeAll(async () => {
  models = await loadModels();
});
const build = (text: string, more: Partial<UnderstandInput> = {}): UnderstandInput => ({
  text,
  network: "playground",
  visibility: "public",
  kind: "post",
  author: { handle: "anna" },
  mentions: [],
  why: [],
  brand: { names: ["Ringbus"], handles: ["ringbus"], terms: [] },
  ...more,
});
const read = (text: string, more: Partial<UnderstandInput> = {}) => understand(build(text, more), models);

describe("thanks", () => {
  test.each([
    "thank you so much, all sorted",
    "Thanks Priya, that fixed it!",
    "cheers, got it working",
    "vielen Dank, hat geklappt",
    "merci beaucoup, c'est réglé",
    "muchas gracias por la ayuda",
    "grazie mille, risolto",
    "obrigada, resolveu",
    "dank je wel, opgelost",
    "ありがとうございました",
    "спасибо, всё работает",
    "شكرا جزيلا",
  ])("%s is thanks and nothing else", (text) => {
    expect(read(text).gratitude).toMatchObject({ gratitude: true, thanksOnly: true });
  });

  test.each([
    "thanks for nothing",
    "Thank you for ruining my evening",
    "thanks for losing my suitcase 👏",
    "thanks in advance for your answer",
    "danke im Voraus",
    "merci d'avance",
    "gracias por nada",
    "could you send me the invoice please, thanks",
    "oh great, thanks 🙄",
    "no thanks",
    "thank god it's friday",
    "danke für nichts",
  ])("%s is no thanks", (text) => {
    expect(read(text).gratitude).toMatchObject({ gratitude: false, thanksOnly: false });
  });

  test.each([
    "thanks Priya! how long does the refund take?",
    "thank you, but it is still not working",
    "merci beaucoup mais le colis est toujours pas là",
    "danke, aber leider geht es immer noch nicht",
    "thanks for the quick reply. please send the invoice too",
    "well thanks a lot, now I missed my train",
    "thanks for the late parcel",
    "my parcel is lost, thanks",
    "danke, jetzt ist der Zug verpasst",
    "Thanks for getting back to me. Still no refund though",
    "thank you all, my charger caught fire",
  ])("%s is not thanks only", (text) => {
    expect(read(text).gratitude.thanksOnly).toBe(false);
  });

  test("a post without thanks has none", () => {
    expect(read("where is my parcel").gratitude).toMatchObject({ gratitude: false, thanksOnly: false });
  });
});

describe("noise", () => {
  test.each([
    ["RT @newsdesk: Ringbus orders new buses", "repost"],
    ["Follow us, like and tag 2 friends for a chance to win a scooter", "giveaway"],
    ["Airdrop is live, connect your wallet and claim free tokens", "crypto"],
    ["We're hiring! bus driver in Leeds, apply today", "job"],
    ["Use my code ANNA10 for 10% off your first order", "promo"],
    ["https://x.example/abc", "empty"],
  ])("%s is noise: %s", (text, kind) => {
    const { noise } = read(text);
    expect(noise).toMatchObject({ value: "noise", kind });
    expect(noise.words.length).toBeGreaterThan(0);
  });

  test.each([
    "my parcel has not arrived and nobody answers",
    "@ringbus the bus never came this morning",
    "meine Bestellung kam kaputt an",
    "vous m'avez débité deux fois",
    "how do I change my address?",
    "@ringbus https://x.example/photo.jpg",
  ])("%s is a signal", (text) => {
    expect(read(text).noise.value).toBe("signal");
  });

  test("what is written to us alone is not thrown away for its shape", () => {
    const text = "https://x.example/abc";
    expect(read(text, { visibility: "private", kind: "dm" }).noise.value).toBe("signal");
  });

  test("an author who says to be a machine is one", () => {
    const text = "Departures 14:20 platform 6 on time";
    expect(read(text, { author: { handle: "board", isBot: true } }).noise).toMatchObject({
      value: "noise",
      kind: "bot",
    });
  });
});

describe("danger", () => {
  test.each([
    ["my charger caught fire last night", "safety"],
    ["das Kabel brennt", "safety"],
    ["my account was hacked and the email changed", "security"],
    ["mon compte a été piraté", "security"],
    ["no internet in the whole street since this morning", "outage"],
    ["no hay luz en el barrio", "outage"],
    ["you will hear from my lawyer", "legal_press"],
    ["mein Anwalt meldet sich", "legal_press"],
    ["my husband passed away and you keep billing him", "vulnerable"],
    ["mi madre falleció y siguen cobrando", "vulnerable"],
    ["my flight leaves in 40 minutes and check-in is closed", "deadline"],
    ["der Zug fährt in 20 Minuten und das Ticket öffnet nicht", "deadline"],
  ])("%s: %s", (text, risk) => {
    const found = read(text).urgency.risks.find((r) => r.value === risk);
    expect(found).toBeDefined();
    expect(found!.words.length).toBeGreaterThan(0);
  });

  test.each([
    "this price is robbery",
    "your new colours are on fire 🔥",
    "I died laughing at your ad",
    "these kitchen hacks are great",
    "addicted to your iced coffee",
    "how do I get a new PIN?",
    "the food court upstairs was nice",
    "where is my parcel",
  ])("%s is none", (text) => {
    expect(read(text).urgency.risks).toEqual([]);
  });
});

test.each([
  ["how do I change my address?", "question"],
  ["worst service ever, I am so angry", "complaint"],
  ["I want to cancel my contract", "cancel"],
  ["ich möchte meinen Vertrag kündigen", "cancel"],
  ["great staff, lovely flight, love you guys", "praise"],
])("%s: %s", (text, intent) => {
  expect(read(text).intent.value).toBe(intent);
});

test.each([
  ["worst service ever, I am so angry", "negative"],
  ["love the new seats, great job", "positive"],
  ["the shop is next to the station", "neutral"],
  ["schlechtester Service, einfach furchtbar", "negative"],
])("%s feels %s", (text, value) => {
  expect(read(text).sentiment.value).toBe(value);
});

test("marks of an account's agents change what it decides, and nobody else's", () => {
  const text = "bus bunching on the ring again";
  const before = read(text);
  const intent = learnFurther(
    models.intent,
    Array.from({ length: 3 }, () => ({ text, labels: ["punctuality"] })),
  );
  const after = understand(build(text), { ...models, intent });
  expect(after.intent.value).toBe("punctuality");
  expect(read(text)).toEqual(before);
});

function allWords(u: Understanding) {
  const labels = [
    u.language,
    u.noise,
    u.addressed,
    u.intent,
    u.sentiment,
    u.gratitude,
    ...u.urgency.risks,
    ...u.signals,
  ];
  return [...labels.flatMap((l) => l.words), ...u.gratitude.against];
}

test("never throws, and every word stands where it is said to stand", () => {
  const pieces = fc.constantFrom(
    "thanks ",
    "@ringbus ",
    "🙄",
    "\ud83d",
    "\u0000",
    "RT @",
    "#",
    "http://",
    "</p>",
    "\u202e",
    "في",
    "荷物",
    "fire ",
    "!!!!",
    "&#x1F600;",
  );
  const text = fc.oneof(
    fc.string({ unit: "binary", maxLength: 400 }),
    fc.array(pieces, { maxLength: 30 }).map((p) => p.join("")),
  );
  fc.assert(
    fc.property(text, fc.boolean(), (raw, asHtml) => {
      const u = understand(asHtml ? build("", { html: raw }) : build(raw), models);
      const source = u.readAs ?? raw;
      for (const w of allWords(u)) expect(source.slice(w.start, w.end)).toBe(w.text);
      expect(JSON.parse(JSON.stringify(u)).modelVersion).toBe(models.version);
    }),
  );
});

test.each(["thanks ".repeat(8e5), "a".repeat(5e6), "!?".repeat(25e5), "\u0301".repeat(5e6), "RT @".repeat(12e5)])(
  "five megabytes are read in part (%#)",
  (text) => {
    const u = read(text);
    expect(u.clipped).toBe(true);
    expect(u.readAs!.length).toBeLessThan(text.length);
  },
);

test("a mail without a text part is read from its HTML", () => {
  const u = read("", {
    html: "<style>p{}</style><p>My <b>charger</b> caught&nbsp;fire</p><script>alert(1)</script>",
    kind: "email",
  });
  expect(u.readAs).toBe("My charger caught fire");
  expect(u.urgency.risks[0]!.value).toBe("safety");
});

test("the model's version names the files it came from", () => {
  expect(models.version).toMatch(/^shipped-[0-9a-f]{12}$/);
});
