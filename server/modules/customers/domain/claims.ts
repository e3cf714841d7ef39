import { speaksForOther } from "#shared/speaks-for-other";
import { OF_MANY, OWN_HANDLE, OWN_HANDLE_AFTER, REFERENCE, REFERENCE_BEFORE } from "./own-words.ts";

/** Something a person says or does that tells who else he is. Names that merely look alike are none. */
export interface Claims {
  /** Handles the writer says are his own: "I am @tentina". Bare, in small letters. */
  handles: string[];
  /** For each of them the network that is named beside it; empty where none is. */
  networks: string[];
  /** For each of them whether the words can mean nothing else; "my account was taken by @x" may be about another. */
  sure: boolean[];
  /** Addresses and telephone numbers the writer gives as his own. */
  contacts: string[];
  /** Order, booking and customer numbers the writer speaks of as his own. */
  references: string[];
  /** Speaks of what many have in common (a hotline, a flight, a code), so what is named tells nothing. */
  ofMany: boolean;
  /** Speaks for somebody else ("my wife wrote", "we act for"), so what is named is not the writer's. */
  forOther: boolean;
}

const READ_LIMIT = 4_000;
const MAIL = /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,6}/gu;
const PHONE = /(?<![\p{L}\p{N}])\+?\d(?:[ ()/.-]?\d){7,14}(?![\p{L}\p{N}])/gu;
const NETWORK =
  /\b(?:(?<x>twitter|x)|(?<instagram>insta(?:gram)?)|(?<facebook>facebook|fb|messenger)|(?<bluesky>bluesky|bsky)|(?<mastodon>mastodon|fediverse)|(?<telegram>telegram)|(?<whatsapp>whats ?app)|(?<reddit>reddit)|(?<threads>threads)|(?<tiktok>tik ?tok)|(?<youtube>youtube)|(?<linkedin>linkedin)|(?<playground>playground))\b/iu;
/** How far from a handle its network may be named, in UTF-16 units. */
const BESIDE = 24;
/** Words that say who one is and where, in the languages met most; anything else between them may turn the sense. */
const PLAIN = new Set(
  (
    "i am i'm this is it's it me my the name handle account nick nickname user username profile page aka alias known as here there online also now on in at " +
    "ich bin hier ist schreibt mein meine name konto profil auf bei dort auch je suis c'est mon pseudo compte nom est sur là soy yo mi usuario cuenta nombre perfil es en allí " +
    "sono il mio nome profilo utente è su lì ik ben mijn naam profiel op daar eu sou o meu perfil utilizador usuário é no jestem mój login jag är mitt namn det på jeg er mit navn " +
    "twitter x insta instagram facebook fb messenger bluesky bsky mastodon fediverse telegram whatsapp reddit threads tiktok youtube linkedin playground"
  ).split(" "),
);
/** Begins a sentence about oneself, or about another. */
const POINTS = /^(?:this is|c'est)\b/iu;
const GOES_ON = /^\s*(?:$|[,.;:!?)\n-]|(?:here|again|from|speaking|writing|and i|i|on)\b)/iu;

/** Reads what a text claims about its writer; looks at the first 4,000 UTF-16 units. */
export function claimsOf(text: string): Claims {
  const read = text.slice(0, READ_LIMIT).normalize("NFKC").replaceAll("’", "'");
  const ofMany = OF_MANY.test(read);
  const forOther = speaksForOther(read);
  const foreign = ofMany || forOther;
  const own = [...[...read.matchAll(OWN_HANDLE)].filter((m) => meansSelf(read, m)), ...read.matchAll(OWN_HANDLE_AFTER)];
  return {
    handles: own.map((m) => m[1]!.toLowerCase().replace(/[.-]+$/, "")),
    networks: own.map((m) => networkBeside(read, m)),
    sure: own.map((m) => isPlain(m[0])),
    contacts: foreign
      ? []
      : [
          ...[...read.matchAll(MAIL)].map((m) => m[0].toLowerCase()),
          ...[...read.matchAll(PHONE)].map((m) => phone(m[0])),
        ],
    references: foreign
      ? []
      : [...read.matchAll(REFERENCE), ...read.matchAll(REFERENCE_BEFORE)].map((m) =>
          m[1]!.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ""),
        ),
    ofMany,
    forOther,
  };
}

/** "This is @x" is a name when nothing follows that makes it a sentence about @x: "this is @x's fault". */
function meansSelf(read: string, m: RegExpExecArray): boolean {
  const after = read.slice(endOf(m), endOf(m) + BESIDE);
  // "I am @x's sister."
  if (/^'s\b/iu.test(after)) return false;
  return !POINTS.test(m[0].trimStart()) || GOES_ON.test(after);
}

function isPlain(phrase: string): boolean {
  return phrase
    .toLowerCase()
    .split(/[\s,:;()-]+/u)
    .every((word) => word === "" || word.includes("@") || PLAIN.has(word));
}

/** Where a handle ends: a full stop behind it is the sentence's. */
function endOf(m: RegExpExecArray): number {
  return m.index + m[0].replace(/[.-]+$/, "").length;
}

function networkBeside(read: string, m: RegExpExecArray): string {
  const end = endOf(m);
  const after = NETWORK.exec(read.slice(end, end + BESIDE).split(/[.!?\n]/u)[0]!);
  // What stands inside the phrase ("my Twitter is @x") or before it ("on Twitter I am @x").
  const found = after ?? NETWORK.exec(m[0]) ?? NETWORK.exec(read.slice(Math.max(0, m.index - BESIDE), m.index));
  return Object.entries(found?.groups ?? {}).find(([, text]) => text !== undefined)?.[0] ?? "";
}

/** The last nine digits of a telephone number: what is the same with and without the country's code. */
export function phone(text: string): string {
  return text.replace(/\D/gu, "").slice(-9);
}
