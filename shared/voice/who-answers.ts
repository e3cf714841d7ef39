import {
  type AutomaticWords,
  finding,
  type HouseVoice,
  type Signed,
  type Span,
  type VoiceDraft,
  type VoiceFinding,
} from "./finding.ts";
import { foldText, phrases, spansOf, wordsOf } from "./text.ts";

const automatic =
  /(?<![\p{L}])(?:automat\p{L}*|auto-?(?:reply|response|answer|antwort)\p{L}*|(?:digital|virtual|automated|ai) assistants?|digitale[rn]? assistent\p{L}*|asistente (?:digital|virtual)|assistant (?:numerique|virtuel)|assistente (?:digitale|virtuale|digital|virtual)|chat-?bots?|\p{L}{0,20}bots?|geautomatiseerd\p{L}*|robots?|respuesta autom\p{L}*|not (?:monitored|a person|a human))(?![\p{L}])|🤖|自動|自动|자동/u;
const iAmSomebody = phrases(`
  (?:i'm|i am|my name is|this is|it's|here is) (?!an?|the|so|very|sorry|not|auto|bot|our|your|here|happy|glad|afraid|sure|on|looking|checking|going|just|really|still)[a-z]{2,15}(?= from| here| at|[.!,]| and|$)
  ich bin (?!ein|eine|der|die|das|so)[a-z]{2,15}
  mein name ist
  me llamo [a-z]+
  je m'appelle
  mi chiamo
  mijn naam is
  o meu nome
  personally
  personlich
  personalmente
  personnellement
  i'll keep (?:looking|searching|an eye)
  i'm (?:on it|looking|checking|searching)
  i am (?:on it|looking|checking|searching)
  i've (?:looked|checked|asked|spoken)
  a real (?:person|human)
`);
const personMark = /(?:\^|\/|~|[–—-]\s?)(?!(?:auto|bot|b0t|ai|ki|ia)\b)\p{Lu}{2,3}[.!)]*\s*$/u;
const nameAtEnd =
  /(?:[–—-]\s?|[.!?…🎉🙂😊)]\s+|\n)(\p{Lu}\p{Ll}{1,14})(?:\s+\p{Lu}\p{Ll}{1,14})?(?:\s+(?:at|from|von|de|van|da|bei)\s+\p{Lu}[\p{L}\p{N}]*|,\s*\p{Lu}[\p{L}\p{N}]*)?[.!]?\s*$/u;

const bare = (s: string) => s.normalize("NFC").replaceAll(/\s+/gu, " ").trim();
const literal = (s: string) => s.replaceAll(/[.*+?^${}()|[\]\\/]/gu, String.raw`\$&`);
const dashes = "[-–—−]";
const anyMark = String.raw`[\^~|*_#:/\\(\[{<=+–—−-]|\p{Extended_Pictographic}\uFE0F?`;

function markPattern(mark: string): string {
  if (mark === "") return String.raw`(?:(?:${anyMark})\s?){0,2}`;
  if (/^[-–—−]+$/u.test(mark)) return String.raw`${dashes}{1,2}\s?`;
  // "([": either of them.
  if (mark === "([") return String.raw`[(\[]\s?`;
  return String.raw`${literal(mark)}\s?`;
}
const closePattern = (close: string | undefined) =>
  !close ? "" : close === ")]" ? String.raw`\s?[)\]]` : String.raw`\s?${literal(close)}`;

type Agent = NonNullable<VoiceDraft["agent"]>;
const initialsOf = ({ name, initials }: Agent) =>
  bare(initials) ||
  bare(name)
    .split(/[ -]/u)
    .map((part) => part[0] ?? "")
    .join("");

/** The patterns of the agent's name that a way of signing takes; empty where the agent has none. */
function namePattern(who: Signed["who"], agent: Agent): string {
  const full = bare(agent.name);
  const [first = "", ...rest] = full.split(" ");
  const spaced = literal(full).replaceAll(" ", String.raw`\s+`);
  if (who === "initials")
    return [...initialsOf(agent)].map((one) => String.raw`${literal(one)}\.?`).join(String.raw`\s?`);
  if (who === "first-name" || first === "") return literal(first);
  if (who === "first-initial") {
    const letter = rest.at(-1)?.[0];
    return letter ? String.raw`${literal(first)}\s+${literal(letter)}\.?` : literal(first);
  }
  return who === "name" ? `(?:${spaced}|${literal(first)})` : spaced;
}

function companyPattern(company: boolean | string): string {
  if (company === false)
    return String.raw`(?:\s*(?:,|\s(?:at|from|of|von|bei|de|da|van|@|[-–—|]))\s*\p{Lu}[^\n.!?]{0,40})?`;
  const name =
    company === true ? String.raw`[\p{L}\p{N}@][^\n!?]{0,50}` : literal(bare(company)).replaceAll(" ", String.raw`\s+`);
  return String.raw`(?:\s*(?:,|[-–—|(@])\s*|\s+(?:at|from|of|von|bei|de|da|van)\s+)${name}`;
}

/** Any trace of the agent: the first name, or the initials beside a mark at an end. */
function hasTrace(text: string, agent: Agent): boolean {
  const first = foldText(bare(agent.name).split(" ")[0] as string);
  if (first !== "" && wordsOf(foldText(text)).some((w) => w.text === first)) return true;
  const letters = namePattern("initials", agent);
  if (letters === "") return first === "";
  const said = text.normalize("NFC").trim();
  return (
    new RegExp(String.raw`(?:^|[^\p{L}\p{N}])${letters}[^\p{L}\p{N}]{0,4}$`, "iu").test(said.slice(-60)) ||
    new RegExp(String.raw`^(?:@\S+\s+)*[^\p{L}\p{N}]{0,4}${letters}(?:[^\p{L}\p{N}]|$)`, "iu").test(said.slice(0, 120))
  );
}

function signedAs(text: string, { who, mark, close, company, where, loose }: Signed, agent: Agent): boolean {
  if (who === "nobody") return true;
  if (loose) return hasTrace(text, agent);
  const name = namePattern(who, agent);
  if (name === "") return false;
  // "(Bryn) Larkmere", "(Bryn, Larkmere)": the company stands behind the closing sign or before it.
  const words = close
    ? `${markPattern(mark)}${name}(?:${closePattern(close)}${companyPattern(company)}|${companyPattern(company)}${closePattern(close)})`
    : `${markPattern(mark)}${name}${companyPattern(company)}`;
  const said = text.normalize("NFC").trim();
  const whole =
    where === "start"
      ? String.raw`^(?:@\S+\s+)*(?:\p{L}+[,!]?\s+){0,2}${words}(?![\p{L}\p{N}])`
      : where === "end"
        ? String.raw`(?:^|[^\p{L}\p{N}])${words}[\s.!)\]}>*_~|\p{Extended_Pictographic}\uFE0F]{0,4}$`
        : String.raw`(?:^|[^\p{L}\p{N}])${words}(?![\p{L}\p{N}])`;
  // Only the ends are looked at, however long a text is.
  const part = where === "start" ? said.slice(0, 200) : where === "end" ? said.slice(-200) : said.slice(0, 20_000);
  return new RegExp(whole, who === "initials" ? "iu" : "u").test(part);
}

/** Does the text name the agent as the rule asks? In any of the ways the rule gives. */
export function saysWho(text: string, voice: HouseVoice, agent: Agent): boolean {
  return [voice.disclosure, ...(voice.disclosure.or ?? [])].some((way) => signedAs(text, way, agent));
}

const lastWords = (text: string): Span => {
  const end = text.trimEnd().length;
  const start = Math.max(0, text.slice(0, end).search(/\S+\s*$/u));
  return { start, end };
};

/** Who writes is said: the agent as the brand asks, or that nobody wrote it. */
export function checkWhoAnswers(draft: VoiceDraft, voice: HouseVoice): VoiceFinding[] {
  const { text, agent } = draft;
  const at = lastWords(text);
  if (!agent) return checkAutomatic(text, at, voice.disclosure.automatic);
  if (!draft.public && voice.disclosure.firstInPrivate && draft.recent.length === 0) {
    const name = foldText(bare(agent.name).split(" ")[0] as string);
    if (name !== "" && !wordsOf(foldText(text)).some((w) => w.text === name))
      return [finding("disclosure", "not-disclosed", at)];
  }
  const later = draft.recent.length > 0;
  const closed = voice.disclosure.inPrivate;
  if (!draft.public && closed)
    return closed.some((way) => (way.firstOnly && later) || signedAs(text, way, agent))
      ? []
      : [finding("disclosure", "not-disclosed", at)];
  if (!draft.public && !voice.disclosure.alsoPrivate) return [];
  if (voice.disclosure.firstOnly && later) return [];
  if (saysWho(text, voice, agent)) return [];
  const other =
    voice.disclosure.who === "initials" &&
    new RegExp(String.raw`(?:${markPattern(voice.disclosure.mark || "^")})\p{Lu}{2,3}[.!)]{0,2}\s*$`, "u").test(
      text.slice(-40),
    );
  return [finding("disclosure", other ? "other-persons-mark" : "not-disclosed", at)];
}

const edge = String.raw`[\s.!:()\[\]*_–—-]`;
/** The text without the words that say it is automatic; null where they do not stand in their place. */
function withoutWords(text: string, { words, where }: AutomaticWords): string | null {
  // A picture is seen wherever it stands.
  if (/^\p{Extended_Pictographic}\uFE0F?$/u.test(words.trim()) && text.includes(words.trim()))
    return text.replace(words.trim(), " ");
  const folded = foldText(text);
  const bracketed = /^[[{<]/u.test(words.trim());
  const asked = bracketed
    ? foldText(words.trim())
    : foldText(words).replaceAll(new RegExp(`^${edge}+|${edge}+$`, "gu"), "");
  const skip = (where === "start" ? /^(?:@\S+\s+|[\s(*_–—-])*/u.exec(folded)?.[0] : "") ?? "";
  if (where === "start")
    return folded.slice(skip.length).startsWith(asked) ? text.slice(skip.length + asked.length) : null;
  const end = folded.replace(bracketed ? /[\s.!)]+$/u : new RegExp(`${edge}+$`, "u"), "");
  return end.endsWith(asked) ? text.slice(0, end.length - asked.length) : null;
}

function checkAutomatic(text: string, at: Span, asked: HouseVoice["disclosure"]["automatic"]): VoiceFinding[] {
  const folded = foldText(text);
  let said = text;
  if (asked) {
    const found = [asked, ...(asked.or ?? [])].map((one) => withoutWords(text, one)).find((rest) => rest !== null);
    if (found === undefined) return [finding("disclosure", "not-said-automatic", at)];
    said = found;
  }
  const person = spansOf(folded, iAmSomebody)[0];
  if (person) return [finding("disclosure", "pretends-human", person)];
  const name = nameAtEnd.exec(said.slice(-120))?.[1];
  if (
    personMark.test(said.slice(-40)) ||
    (name &&
      !/^(?:auto|bot|team|thanks|danke|gracias|merci|sorry|cheers|bye|enjoy|best|greetings|welcome|please|bitte|perdon|pardon|scusa|desculp)/iu.test(
        name,
      ))
  )
    return [finding("disclosure", "pretends-human", at)];
  return asked || automatic.test(folded) ? [] : [finding("disclosure", "not-said-automatic", at)];
}

/** The text without its closing signature, as what was really said. */
export function withoutMark(text: string): string {
  return text
    .replace(/(?:\s|^)[\^~/]\s?\p{L}{1,4}[.!)]*\s*$/u, "")
    .replace(
      /(?:\s[-–—]\s?|\n)\p{Lu}\p{L}{0,15}(?:\s+\p{Lu}[\p{L}]{0,15})?(?:(?:,|\s+(?:at|from|of|von|bei|de|van))\s*\p{Lu}[\p{L}\p{N} ]{0,30})?[.!]?\s*$/u,
      "",
    )
    .replace(
      /(?<=[.!?…]["')]?\s+)\p{Lu}\p{L}{0,15}(?:\s+\p{Lu}\p{L}{0,15})?\s+(?:at|from|of|von|bei|de|van)\s+\p{Lu}[\p{L}\p{N} ]{0,30}[.!]?\s*$/u,
      "",
    );
}
