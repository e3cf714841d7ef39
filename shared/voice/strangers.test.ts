import { describe, expect, test } from "vitest";
import { asksInTheOpen } from "./asks.ts";
import { checkVoice, foundInWords, type VoiceDraft } from "./check.ts";
import { readHouseRules } from "./read-rules.ts";
import { foldText, sentencesOf } from "./text.ts";
import { checkThirdPersons } from "./third-persons.ts";

const voice = readHouseRules({ length: { facebook: 2000 }, disclosure: "none" }, "facebook", true);
const draft = (text: string, part: Partial<VoiceDraft> = {}): VoiceDraft => ({
  ...{ text, public: true, agent: { name: "Mia Kern", initials: "MK" }, post: "", facts: [], recent: [] },
  ...part,
});
const found = (text: string, part: Partial<VoiceDraft> = {}) => checkVoice(draft(text, part), voice);
const words = (text: string, code: string, part: Partial<VoiceDraft> = {}) =>
  found(text, part)
    .filter((f) => f.code === code)
    .map((f) => text.slice(f.start, f.end));

describe("asked for in the open", () => {
  const asked = (text: string) =>
    asksInTheOpen(sentencesOf(text), foldText(text)).map((f) => text.slice(f.start, f.end));
  test.each([
    ["What's the e-mail you log in with?", "the e-mail"],
    ["Account number and sort code, please, then it's quick.", "Account number"],
    ["Sure thing, reply with the company's registration number.", "registration number"],
    ["What's the answer to your security question?", "security question"],
    ["Unter welcher Adresse und Handynummer erreichen wir Sie?", "Adresse"],
    ["Déjenos por aquí su DNI y su fecha de nacimiento.", "DNI"],
    ["Il me faut votre numéro client, répondez sous cette publication.", "numéro client"],
    ["Mi lasci nome, cognome e cellulare nei commenti.", "cognome"],
    ["Wat is uw postcode en huisnummer?", "postcode"],
    ["Me passa seu CPF e o telefone do cadastro.", "CPF"],
    ["Prosimy podaj numer zamówienia.", "numer zamówienia"],
    ["يرجى إرسال رقم الطلب هنا", "رقم الطلب"],
  ])("%s", (text, thing) => expect(asked(text)).toContain(thing));
  test.each([
    ["Send me your order number in a private message, please."],
    ["Please don't post your account number here."],
    ["Schicken Sie mir die Bestellnummer bitte per Direktnachricht."],
    ["Stuur me uw bestelnummer in een privébericht."],
    ["Your order number stands on the label."],
    ["Enter your postcode on the map, please, and it shows the next shop."],
    ["Call our phone line any time."],
    ["Do you remember which tram it was?"],
  ])("is not: %s", (text) => expect(asked(text)).toEqual([]));
});

describe("third persons", () => {
  const named = (text: string, post: string, facts: string[], open = true) =>
    checkThirdPersons(draft(text, { post, facts, public: open }), text.length).map((f) => text.slice(f.start, f.end));
  test.each([
    [
      "It was your neighbour, Mrs Aldous.",
      "Who complained about my dog?",
      "complaint from no. 12 (Mrs Aldous)",
      true,
      "Aldous",
    ],
    ["She's called Mia Sandel.", "who was the stewardess in row 10", "crew: Mia Sandel", false, "Sandel"],
    [
      "That house belongs to K. Brandt.",
      "who owns the house next door",
      "owner K. Brandt, lives in Leeds",
      true,
      "Brandt",
    ],
    ["Yes, Leo boarded, he's in row 20.", "Did my son board?", "passenger Leo Marsh, 15, boarded", true, "Leo"],
    [
      "That would be Adil, he had the flat before you.",
      "who used to live here?",
      "previous customer Adil Shah",
      false,
      "Adil",
    ],
  ] as const)("%s", (text, post, fact, open, name) => expect(named(text, post, [fact], open)).toContain(name));
  test.each([
    ["Your adviser is Ana Cruz.", "who is my adviser?", "adviser: Ana Cruz", false],
    ["Hi Leo, you are on the list.", "am I on the list?", "passenger Leo Marsh", true],
    ["Leo's seat is kept.", "Leo here, is my seat kept?", "passenger Leo Marsh", true],
    ["It left the Hotel Sol today.", "where's my bag", "bag from Hotel Sol", true],
    ["Please ring Action Fraud.", "I was scammed", "bank first, then Action Fraud", true],
    ["Your seat is 14C, Ms Marsh.", "which seat do I have?", "passenger Leo Marsh", false],
  ] as const)("is not: %s", (text, post, fact, open) => expect(named(text, post, [fact], open)).toEqual([]));
});

describe("private life out of the file", () => {
  test.each([
    [
      "That's because you're three months behind.",
      "why a letter about court?",
      "council tax, 3 months behind",
      "months behind",
    ],
    [
      "With epilepsy the doctor has to clear it.",
      "why could I not fly",
      "medical form: epilepsy, not cleared",
      "epilepsy",
    ],
    ["It was the gambling that spoiled it.", "my loan??", "loan refused, gambling transactions", "gambling"],
    ["Da liegt seit Mai eine Pfändung drauf.", "Warum geht das nicht raus", "Pfändung seit 3. Mai", "Pfändung"],
    [
      "Fue por los dos recibos devueltos.",
      "me han cortado la luz",
      "corte por dos recibos devueltos",
      "recibos devueltos",
    ],
  ])("%s", (text, post, fact, said) => {
    expect(words(text, "account-fact", { post, facts: [fact] })).toContain(said);
    expect(words(text, "account-fact", { post, facts: [fact], public: false })).not.toContain(said);
  });
  test.each([
    [
      "I can't go into it here, but I've sent you a message.",
      "why a letter about court?",
      "council tax, 3 months behind",
    ],
    ["There is a hardship team that looks at such bills.", "I can't pay this", "hardship team exists"],
    ["I'm sorry, the crew was sick.", "why was it cancelled?", "flight cancelled, crew sick"],
    ["Your epilepsy form has arrived.", "did my epilepsy form arrive?", "epilepsy form received"],
    ["Please ring your bank first.", "someone took my money", "fraud: bank first"],
  ])("is not: %s", (text, post, fact) =>
    expect(foundInWords(draft(text, { post, facts: [fact] }), voice).filter((f) => f.code === "account-fact")).toEqual(
      [],
    ),
  );
});

describe("what does not fit how they feel or write", () => {
  test.each([
    [
      "makes-small",
      "Let it be, others manage. It's just a table, accounts happen. No harm done.",
      "My daughter fell, she is hurt and crying",
    ],
    ["makes-small", "Nine kilometres, a lovely bus ride.", "Branch closed. I can't walk to the next one, I'm 86."],
    ["makes-small", "I'm sorry, but photos can be printed again.", "The flood took all our photos. Thirty years."],
    ["runs-down", "I'm sorry. The lads from that depot don't care.", "parcel thrown over the gate, broken"],
    ["too-casual", "Hiya! Thx for the note, our legal peeps will ping you.", "We write as solicitors for Mrs Crane."],
    ["too-casual", "Noted, we'll look 😎", "I formally complain and refer this to the ombudsman."],
    ["too-cheerful", "Shocking! 🎉 Thanks for sharing!", "lamp gave me an electric shock"],
  ])("%s: %s", (code, text, post) => expect(words(text, code, { post })).not.toEqual([]));
  test.each([
    ["I'm so sorry. How is she? Please message me where it happened.", "My daughter fell, she is hurt and crying"],
    [
      "Nine kilometres is too far, I'm sorry. Shall I ask whether somebody can come to you?",
      "Branch closed. I can't walk to the next one, I'm 86.",
    ],
    ["I apologise. I'm asking the depot how that could happen.", "parcel thrown over the gate, broken"],
    [
      "Thank you for your letter. Our legal team will reply to you in writing.",
      "We write as solicitors for Mrs Crane.",
    ],
    ["Haha, no worries, mate.", "lol your sign is upside down"],
    ["What a lovely idea, enjoy the day!", "getting married on saturday, your flowers are wonderful"],
  ])("is not: %s", (text, post) =>
    expect(
      found(text, { post }).filter((f) => ["makes-small", "runs-down", "too-casual", "too-cheerful"].includes(f.code)),
    ).toEqual([]),
  );
});
