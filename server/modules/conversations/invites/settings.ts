import { z } from "zod";
import { defineSetting } from "#modules/company";
import { destinations } from "../domain/invite-use.ts";

const line = z.string().max(400);

/** How a brand takes conversations private. Texts by BCP 47 language; `{link}`, `{code}` and `{agent}` in them are replaced. */
export const inviteSetting = defineSetting({
  key: "conversations.invites",
  schema: z.object({
    offered: z.array(z.enum(destinations)).max(5),
    hours: z.int().min(1).max(720),
    email: z.string().max(320),
    phone: z.string().max(40),
    chatUrl: z.string().max(400),
    elsewhere: z.enum(["join", "ask"]),
    words: z.record(z.string().max(35), line),
    callbackConsent: line,
    closingNote: z.object({ on: z.boolean(), words: z.record(z.string().max(35), line) }),
    guidelines: z.string().max(4_000),
    advise: z.object({ flaming: z.boolean(), personalData: z.boolean(), tooLong: z.boolean() }),
  }),
  fallback: {
    offered: ["dm", "email", "chat", "callback", "call"],
    hours: 72,
    email: "",
    phone: "",
    chatUrl: "",
    elsewhere: "join",
    words: {},
    callbackConsent: "I agree to be called back about this on the number above. It is used for nothing else.",
    closingNote: { on: true, words: {} },
    guidelines:
      "Go private when feelings run high, when personal data is needed or was given, and when the answer does not fit the medium. Say in public that you do.",
    advise: { flaming: true, personalData: true, tooLong: true },
  },
  perBrand: true,
  describe:
    "Taking a conversation private: where customers are invited to, how many hours an invite lasts, its words, whether a code said on another network joins at once, the closing note in public, and the written guideline.",
});

const WORDS: Readonly<Record<string, string>> = {
  en: "Let us go on in private: {link} (or send us the code {code}).",
  de: "Lassen Sie uns privat weiterreden: {link} (oder schicken Sie uns den Code {code}).",
  fr: "Continuons en privé : {link} (ou envoyez-nous le code {code}).",
  es: "Sigamos en privado: {link} (o envíenos el código {code}).",
  it: "Continuiamo in privato: {link} (o ci mandi il codice {code}).",
  pt: "Vamos continuar em privado: {link} (ou envie-nos o código {code}).",
  nl: "Laten we privé verdergaan: {link} (of stuur ons de code {code}).",
  ar: "لنكمل على انفراد: {link} (أو أرسل إلينا الرمز {code}).",
};
const CLOSING: Readonly<Record<string, string>> = {
  en: "We have sorted this out in private. Thank you for your patience.",
  de: "Wir haben das privat geklärt. Danke für Ihre Geduld.",
  fr: "Nous avons réglé cela en privé. Merci de votre patience.",
  es: "Lo hemos resuelto en privado. Gracias por su paciencia.",
  it: "Abbiamo risolto in privato. Grazie per la pazienza.",
  pt: "Resolvemos isto em privado. Obrigado pela sua paciência.",
  nl: "We hebben dit privé opgelost. Dank voor uw geduld.",
  ar: "لقد حللنا هذا على انفراد. شكرًا لصبرك.",
};

/** The words in the customer's language where there are any, else in the brand's, else in English. */
function chosen(
  own: Readonly<Record<string, string>>,
  ours: Readonly<Record<string, string>>,
  languages: readonly string[],
) {
  for (const language of [...languages, "en"]) {
    const short = language.toLowerCase().split("-")[0]!;
    const words = own[language] ?? own[short] ?? (Object.hasOwn(ours, short) ? ours[short] : undefined);
    if (words) return words;
  }
  return ours.en!;
}

/** What stands in the public reply. A text of the brand's without a link and without a code gets the link at its end. */
export function inviteWords(
  own: Readonly<Record<string, string>>,
  languages: readonly string[],
  put: { link: string; code: string; agent: string },
): string {
  const words = chosen(own, WORDS, languages);
  const whole = /\{(?:link|code)\}/.test(words) ? words : `${words} {link}`;
  return whole.replace(/\{(link|code|agent)\}/g, (_all, name: keyof typeof put) => put[name]);
}

export function closingWords(
  own: Readonly<Record<string, string>>,
  languages: readonly string[],
  agent: string,
): string {
  return chosen(own, CLOSING, languages).replaceAll("{agent}", agent);
}
