import { gramsOf, type Token, tokensOf } from "./words.ts";

/** A message, as it is searched. */
export interface Said {
  subject: string;
  text: string;
  direction: "in" | "out";
  network: string;
  medium: string;
  brandId: string;
  language: string | null;
  hasFile: boolean;
  /** Names and handles of whoever said it, and of whom it was said to. */
  from: readonly string[];
  to: readonly string[];
  /** Who of us wrote it. */
  agentId: string | null;
}

export interface Doc {
  /** The literal of a tsvector; `~` stands where the mark of account and time belongs. */
  words: string;
  /** Words that can be looked for by a part of them. */
  vocabulary: string[];
}

/** Between the subject and the text no phrase goes through. */
const GAP = 10;
/** PostgreSQL keeps so many places of a word, and none beyond this one. */
const MOST_PLACES = 255;
const LAST_PLACE = 16_383;
/** It takes a tsvector of 1 MiB at most; the names and facts find room beside the words. Of the rest of such a text nothing is found. */
const MOST_BYTES = 800_000;
/** The mark before each word, at most. */
const MARK_BYTES = 16;
const PLACE_BYTES = 2;
const MOST_NAMES = 40;

export const uuidWord = (id: string): string => id.replaceAll("-", "");

export function docOf(said: Said): Doc {
  const places = new Map<string, number[]>();
  const subject = tokensOf(said.subject);
  const text = tokensOf(said.text);
  const room = { bytes: MOST_BYTES };
  put(places, subject, 0, room);
  put(places, text, subject.length === 0 ? 0 : subject.at(-1)!.at + GAP, room);
  const facts = new Set([
    `#d.${said.direction}`,
    `#n.${plain(said.network)}`,
    `#m.${plain(said.medium)}`,
    `#b.${uuidWord(said.brandId)}`,
    ...(said.language ? [`#l.${plain(said.language.split("-")[0]!.toLowerCase())}`] : []),
    ...(said.hasFile ? ["#f"] : []),
    ...(/https?:\/\//iu.test(said.text) ? ["#k"] : []),
    ...(said.agentId ? [`#g.${uuidWord(said.agentId)}`] : []),
    ...wordsIn(said.from).map((word) => `@${word}`),
    ...wordsIn(said.to).map((word) => `>${word}`),
  ]);
  const words = [...places].map(([word, at]) => `'~${word}':${at.join(",")}`);
  // Only what stands in the message, too: by that it goes again with the last message that has it.
  const vocabulary = [...subject, ...text].flatMap(({ word, run }) =>
    run || word.length < 4 || !places.has(word) ? [] : [word],
  );
  return { words: [...words, ...[...facts].map((one) => `'~${one}'`)].join(" "), vocabulary: [...new Set(vocabulary)] };
}

function put(places: Map<string, number[]>, tokens: readonly Token[], shift: number, room: { bytes: number }): void {
  for (const { word, at } of tokens) {
    const of = places.get(word) ?? [];
    if (of.length >= MOST_PLACES || at + shift > LAST_PLACE) continue;
    const bytes = PLACE_BYTES + (of.length === 0 ? MARK_BYTES + Buffer.byteLength(word) : 0);
    if (bytes > room.bytes) return;
    room.bytes -= bytes;
    of.push(at + shift);
    places.set(word, of);
  }
}

/** Names of networks and the like hold nothing that would end the literal; if one did, it is not found by it. */
const plain = (name: string): string => name.replace(/[^a-z0-9-]/giu, "").toLowerCase();

function wordsIn(names: readonly string[]): string[] {
  return [
    ...new Set(names.slice(0, MOST_NAMES).flatMap((name) => tokensOf(name.slice(0, 300)).map((one) => one.word))),
  ];
}

/** A customer by name and handles. */
export function personDoc(names: readonly string[]): string {
  return wordsIn(names)
    .map((word) => `'~${word}'`)
    .join(" ");
}

/** The runs of three letters of a word, as a literal. */
export const gramsDoc = (word: string): string =>
  gramsOf(word)
    .map((gram) => `'~${gram}'`)
    .join(" ");
