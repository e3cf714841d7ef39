import type { Random } from "../random.ts";

/** How a person types, on every network and in every mood. */
export type Manner = "plain" | "plain" | "lower" | "careless" | "emoji" | "loud" | "formal" | "short";
const all: readonly Manner[] = ["plain", "plain", "plain", "lower", "careless", "emoji", "loud", "formal", "short"];
export const mannerOf = (random: Random): Manner => random.pick(all);

const SMILES = { good: ["🙏", "😊", "👍", "❤️", "🎉", "😀"], bad: ["😤", "🙄", "😡", "🤦", "😭", "📵", "🐌"] } as const;
const SHORT: readonly [RegExp, string][] = [
  [/\bplease\b/gi, "pls"],
  [/\byou\b/gi, "u"],
  [/\byour\b/gi, "ur"],
  [/\btomorrow\b/gi, "tmrw"],
  [/\bbecause\b/gi, "cos"],
  [/\bthanks\b/gi, "thx"],
];
/** Words nobody's thumb may break: numbers, sums, handles, links. */
const SAFE = /[@#£\d./:]|^[A-Z]/u;

/** The same words as this person types them. `glad` chooses between smiles. */
export function typed(text: string, manner: Manner, language: string, glad: boolean, random: Random): string {
  switch (manner) {
    case "lower":
      return text
        .replace(/(^|[.!?]\s+)(\p{Lu})(?!\p{Lu})/gu, (_a, b: string, c: string) => b + c.toLowerCase())
        .replace(/\.$/, "");
    case "careless":
      return slips(text, random);
    case "emoji":
      return `${text} ${random.pick(SMILES[glad ? "good" : "bad"])}`;
    case "loud":
      return glad ? text.replace(/\.$/, "!!") : text.replace(/\.$/, random.pick(["!!", "!!!", "...", "?!"]));
    case "short":
      return language === "en" && random.chance(0.6)
        ? SHORT.reduce((t, [long, brief]) => t.replace(long, brief), text)
        : text;
    default:
      return text;
  }
}

/** One or two slips of the thumb in words that can bear it. */
function slips(text: string, random: Random): string {
  const parts = text.split(/(\s+)/);
  const words = parts.map((w, i) => [w, i] as const).filter(([w]) => /^\p{L}{5,}[,.]?$/u.test(w) && !SAFE.test(w));
  for (let n = 0; n < 1 + random.int(2) && words.length > 0; n++) {
    const [word, index] = random.pick(words);
    const at = 1 + random.int(word.length - 3);
    parts[index] = random.chance(0.5)
      ? word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2)
      : word.slice(0, at) + word.slice(at + 1);
  }
  return parts.join("");
}

const GREETING: Readonly<Record<string, readonly string[]>> = {
  en: [
    "Dear Northwind,",
    "Hello,",
    "Good morning,",
    "To whom it may concern,",
    "Hi there,",
    "Dear Sir or Madam,",
    "Hello again,",
  ],
  de: ["Guten Tag,", "Sehr geehrte Damen und Herren,", "Hallo,"],
  fr: ["Bonjour,", "Madame, Monsieur,"],
  es: ["Hola,", "Buenos días,"],
  pt: ["Bom dia,", "Olá,"],
  cy: ["Annwyl Northwind,", "Bore da,", "Helo,"],
};
const CLOSING: Readonly<Record<string, readonly string[]>> = {
  en: ["Kind regards,", "Regards,", "Yours sincerely,", "Many thanks,", "Best wishes,", "Yours in hope,"],
  de: ["Mit freundlichen Grüßen", "Viele Grüße", "Beste Grüße"],
  fr: ["Cordialement,", "Bien à vous,"],
  es: ["Un saludo,", "Atentamente,"],
  pt: ["Cumprimentos,", "Com os melhores cumprimentos,"],
  cy: ["Cofion,", "Yn gywir,"],
};

/** A letter around sentences, in paragraphs. */
export function letter(sentences: readonly string[], name: string, language: string, random: Random): string {
  const greeting = random.pick(GREETING[language] ?? GREETING.en!);
  const closing = random.pick(CLOSING[language] ?? CLOSING.en!);
  const [said = "", ...rest] = sentences;
  const bare = said.replace(
    /^(?:Hi|Hello|Good morning|Good evening|Hello again|Hi there|Hallo|Guten Tag|Bonjour|Hola|Olá|Helo)[,.] /,
    "",
  );
  const first = bare.charAt(0).toUpperCase() + bare.slice(1);
  const body = rest.length > 1 ? `${first}\n\n${rest.join(" ")}` : [first, ...rest].join(" ");
  return `${greeting}\n\n${body}\n\n${closing}\n${name}`;
}

/** Our answer with the name of who gives it, as the network's custom is. */
export function signed(
  text: string,
  network: string,
  agent: { name: string; initials: string; role: string },
  language: string,
  to: string,
): string {
  const brand = "Northwind Mobile";
  const first = agent.name.split(" ")[0]!;
  switch (network) {
    case "email": {
      const hello = { de: "Guten Tag", fr: "Bonjour", es: "Hola", pt: "Bom dia", cy: "Annwyl" }[language] ?? "Dear";
      const bye =
        { de: "Viele Grüße", fr: "Cordialement,", es: "Un saludo,", pt: "Cumprimentos,", cy: "Cofion," }[language] ??
        "Kind regards,";
      return `${hello} ${to},\n\n${unaddressed(text, to)}\n\n${bye}\n${agent.name}\n${brand}`;
    }
    case "x":
      return `${text} — ${agent.name}, ${brand}`;
    case "ig":
      return `${text} – ${first}, ${brand}`;
    case "fb":
    case "reddit":
      return `${text}\n${agent.name}, ${brand}`;
    case "forum":
    case "review":
      return `${text}\n\n${agent.name}\n${brand}`;
    default:
      return text;
  }
}

/** Whoever is greeted by name in a letter is not called by it in the next line. */
function unaddressed(text: string, to: string): string {
  const rest = text.replace(
    new RegExp(`^(?:\\p{L}+ )?${RegExp.escape(to)}[,.!]\\s+|^(\\p{L}[\\p{L} ]*), ${RegExp.escape(to)}(?=[.!:])`, "u"),
    "$1",
  );
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}
