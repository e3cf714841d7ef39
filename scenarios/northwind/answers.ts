import type { Random } from "../random.ts";
import { Facts } from "./facts.ts";
import { topics } from "./topics/index.ts";
import type { House, Topic } from "./topics/topic.ts";
import { devices, places, plans, streets, words } from "./words.ts";

export type How = "public" | "invite" | "private" | "sorted";

/** When nothing else fits: still no promise that nobody keeps. */
const anyMatter: Readonly<Record<string, House>> = {
  en: {
    answer: [
      "Hello {first}, thank you for writing. I have read it and look into it now; news from me here {eta}.",
      "{first}, I have this open in front of me. Give me a moment to ask the people who know, I answer here {eta}.",
      "Thanks for telling us, {first}. I take it from here and come back to you {eta}.",
    ],
    invite: ["{first}, I would like to look at your account for this. Please write to us in a private message."],
    private: [
      "Thank you, {first}, I have it. I look at your account now and write {eta}.",
      "Got it, {first}. I am on it and write again {eta}.",
    ],
    sorted: ["That is done, {first}. If anything is left open, a word here is enough."],
  },
  de: {
    answer: ["Hallo {first}, danke für Ihre Nachricht. Ich sehe es mir an und melde mich {eta}."],
    invite: ["{first}, dafür muss ich in Ihr Konto sehen. Schreiben Sie uns bitte eine private Nachricht."],
    private: ["Danke, {first}. Ich habe es vor mir und schreibe {eta}."],
    sorted: ["Das ist erledigt, {first}."],
  },
  fr: {
    answer: ["Bonjour {first}, merci de votre message. Je regarde et je vous réponds ici {eta}."],
    invite: ["{first}, il me faut votre compte pour cela. Écrivez-nous en message privé, s'il vous plaît."],
    private: ["Merci, {first}. Je l'ai sous les yeux et je vous écris {eta}."],
    sorted: ["C'est réglé, {first}."],
  },
  es: {
    answer: ["Hola {first}, gracias por escribir. Lo miro ahora y le contesto por aquí {eta}."],
    invite: ["{first}, para esto necesito ver su cuenta. Escríbanos por mensaje privado, por favor."],
    private: ["Gracias, {first}. Lo tengo delante y le escribo {eta}."],
    sorted: ["Ya está resuelto, {first}."],
  },
  pt: {
    answer: ["Olá {first}, obrigada por escrever. Vou ver e respondo aqui {eta}."],
    invite: ["{first}, preciso de ver a sua conta. Escreva-nos por mensagem privada, por favor."],
    private: ["Obrigada, {first}. Já tenho tudo e escrevo {eta}."],
    sorted: ["Está resolvido, {first}."],
  },
  cy: {
    answer: ["Helo {first}, diolch am ysgrifennu. Rwy'n edrych ar hyn nawr ac yn ateb yma {eta}."],
    invite: ["{first}, mae angen gweld eich cyfrif. Ysgrifennwch atom yn breifat, os gwelwch yn dda."],
    private: ["Diolch, {first}. Mae gen i'r manylion ac ysgrifennaf {eta}."],
    sorted: ["Mae hynny wedi'i wneud, {first}."],
  },
};

/** Our answer to a matter whose topic and facts are known: the one that names most of it is likeliest. */
export function answerTo(topic: Topic | null, facts: Facts, how: How, random: Random): string {
  const common = anyMatter[facts.language] ?? anyMatter.en!;
  const key = how === "public" ? "answer" : how;
  const own = topic?.house?.[key] ?? [];
  // The best there is, as a rule: three in four looks at the very words.
  const lists = facts.fitting(own);
  const fits = lists[lists.length > 1 && random.chance(0.25) ? 1 : 0] ?? common[key] ?? common.answer;
  return facts.say(random.pick(fits));
}

/** What somebody's own words are about, and what they name. Reads like a colleague: by cues, not by knowing the script. */
export function readMatter(
  said: readonly string[],
  language: string,
  name: string,
  random: Random,
  now: number,
): { topic: Topic | null; facts: Facts } {
  const text = said.join("\n").slice(0, 4_000);
  const ours = topics.filter((t) => t.language === (language in anyMatter ? language : "en") && t.house);
  let topic: Topic | null = null;
  let best = 0;
  for (const t of ours) {
    const hits = text.match(new RegExp(t.cues.source, "gi"))?.length ?? 0;
    // Danger first, and the more telling of two.
    const weight = hits * (t.kind === "urgent" || t.kind === "bereavement" ? 3 : 1);
    if (weight > best) [topic, best] = [t, weight];
  }
  const facts = new Facts(random, language in anyMatter ? language : "en", now, { first: firstOf(name) });
  facts.hear(text);
  for (const [slot, value] of Object.entries(named(text, facts.language))) facts.set(slot, value);
  return { topic, facts };
}

function named(text: string, language: string): Record<string, string> {
  const found: Record<string, string> = {};
  const folded = text.toLowerCase();
  const look = (slot: string, among: readonly string[]) => {
    const hit = [...among]
      .sort((a, b) => b.length - a.length)
      .find((w) => new RegExp(`(?<![\\p{L}\\d])${RegExp.escape(w.toLowerCase())}(?![\\p{L}\\d])`, "u").test(folded));
    if (hit) found[slot] = hit;
  };
  look("place", places);
  look("street", streets);
  look("device", devices);
  look("plan", plans);
  for (const slot of ["country", "day", "slot"]) look(slot, words[language]?.[slot] ?? words.en![slot]!);
  const patterns: [string, RegExp][] = [
    ["money", /£\d+(?:[.,]\d\d)?/],
    ["order", /\bNW-\d{5}\b/i],
    ["mbps", /\b\d+(?:\.\d+)? ?mbps\b/i],
    ["last4", /\b(?:ends|ending|endet auf|finissant par|terminada en) (\d{4})\b/i],
    ["bill", /\b\d{4}-\d{3}\b/],
  ];
  for (const [slot, pattern] of patterns) {
    const hit = pattern.exec(text);
    if (hit) found[slot] = hit[1] ?? hit[0];
  }
  return found;
}

/** How somebody is spoken to: the first name, or a handle without its digits. */
export function firstOf(name: string): string {
  return name.trim().split(/\s+/)[0]?.slice(0, 40) || "there";
}
