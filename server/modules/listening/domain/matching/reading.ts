import type { Post } from "#shared/query/ast";
import { type Accents, bareEmoji, fold, keepCase } from "#shared/query/fold";
import { classOf, EMOJI, IN_WORD, IS_SIGN, SEPARATES } from "#shared/query/word-cuts";
import { type UnitFold, unitFold } from "./fold-units.ts";
import { grown, HASH_START, hashEnd, hashStep } from "./vocabulary.ts";

/** A post is read up to so many UTF-16 units, as the models read it. */
export const READ_LIMIT = 20_000;

export const WORD = 0;
export const SIGN = 1;
/** A whole `@handle`: has a place, and is no word. */
export const MENTION = 2;

/** `#tag`, `$CASH` or `@handle` without its sign: where it stands among the units, and the words it spans. */
export interface Tag {
  readonly start: number;
  readonly end: number;
  readonly from: number;
  readonly to: number;
}

export const LINK = /(?:https?:\/\/|www\.)[^\s<>"'\u3000]+/giu;
/** A letter with its marks; the parts of a Korean syllable stay together. */
const LETTER = /[\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]+|\P{M}\p{M}*|\p{M}+/gu;
const MAYBE_LINK = /:\/\/|www\./i;
/** Pictures lie in these places, key caps hold \u20e3. */
const MAYBE_EMOJI = /[\u00a9\u00ae\u203c-\u2bff\u3030\u303d\u3297\u3299\ud83c-\ud83f]/;
const AT = 64;
const HASH = 35;
const DOLLAR = 36;
const COLON = 58;
const SLASH = 47;
const DOT = 46;
const DASH = 45;
const W = 119;

/** Text of ASCII is as many bytes as units; three bytes are the most a unit becomes. */
const encoder = new TextEncoder();
const bytes = new Uint8Array(READ_LIMIT * 3);

/** Not a class: ask. A unit that was not met yet, or half of a pair. */
const ASK = 3;
/** Classes of the units, as they are met. */
const classes = new Uint8Array(0x10000).fill(ASK);
for (let i = 0; i < 128; i++) classes[i] = classOf(i);

function classAt(units: Uint16Array, at: number): number {
  const unit = units[at] as number;
  const kept = classes[unit] as number;
  if (kept !== ASK) return kept;
  const low = units[at + 1] as number;
  if (unit >= 0xd800 && unit < 0xdc00 && low >= 0xdc00 && low < 0xe000)
    return classOf((unit - 0xd800) * 1024 + (low - 0xdc00) + 0x10000);
  const found = classOf(unit);
  // The first half of a pair alone separates; with its other half it may not.
  if (unit < 0xd800 || unit >= 0xdc00) classes[unit] = found;
  return found;
}

/** Room for a short post at first. */
const FIRST = 320;

/** The words of one post with their places. One object reads post after post: its lists are kept. */
export class Reading {
  post: Post = { text: "" };
  /** The text as it is compared, without links and emoji; what stands behind `length` is of other posts. */
  units = new Uint16Array(FIRST);
  length = 0;
  count = 0;
  start = new Int32Array(FIRST);
  end = new Int32Array(FIRST);
  hash = new Int32Array(FIRST);
  kind = new Uint8Array(FIRST);
  /** Of signs: 1, where it stands right after a sign. */
  glued = new Uint8Array(FIRST);
  readonly hashtags: Tag[] = [];
  readonly cashtags: Tag[] = [];
  readonly mentions: Tag[] = [];
  readonly emoji: string[] = [];
  /** In small letters, those handed in with the post included. */
  readonly links: string[] = [];
  readonly #accents: Accents;
  readonly #fold: UnitFold;
  #exact: string[] | null = null;
  #written: Reading | null = null;

  constructor(accents: Accents) {
    this.#accents = accents;
    this.#fold = unitFold(accents);
  }

  read(post: Post): this {
    this.post = post;
    this.#exact = null;
    this.#forget();
    if (post.links) for (const link of post.links) this.links.push(link.toLowerCase());
    const text = post.text.length > READ_LIMIT ? post.text.slice(0, READ_LIMIT) : post.text;
    if (this.#readAscii(text)) return this;
    const words = this.#withoutOthers(text);
    // A unit becomes a few at most; what becomes more is folded as a whole.
    const length = this.#fold.write(words, this.#roomy(words.length * 2).units);
    if (length < 0) this.#readUnits(fold(words, this.#accents));
    else {
      this.#room(length);
      this.#cut(false);
    }
    return this;
  }

  #forget(): void {
    this.count = 0;
    if (this.hashtags.length > 0) this.hashtags.length = 0;
    if (this.cashtags.length > 0) this.cashtags.length = 0;
    if (this.mentions.length > 0) this.mentions.length = 0;
    if (this.emoji.length > 0) this.emoji.length = 0;
    if (this.links.length > 0) this.links.length = 0;
  }

  /** Most text is ASCII: nothing to fold but capitals, no emoji. False: it is not. */
  #readAscii(text: string): boolean {
    if (encoder.encodeInto(text, bytes).written !== text.length) return false;
    const length = this.#room(text.length);
    const units = this.units;
    const from = bytes;
    for (let i = 0; i < length; i++) {
      const byte = from[i] as number;
      // Capitals become small.
      units[i] = byte + (byte > 64 && byte < 91 ? 32 : 0);
    }
    if (this.#cut(true)) return true;
    // A link: it is taken out, and the words are cut again.
    const handed = this.post.links?.length ?? 0;
    this.count = 0;
    this.hashtags.length = this.cashtags.length = this.mentions.length = 0;
    this.links.length = handed;
    for (const { 0: link, index } of text.matchAll(LINK)) {
      this.links.push(link.toLowerCase());
      units.fill(32, index, index + link.length);
    }
    return this.#cut(false);
  }

  #roomy(length: number): this {
    this.#room(length);
    return this;
  }

  #readUnits(folded: string): void {
    const length = this.#room(folded.length);
    const units = this.units;
    for (let i = 0; i < length; i++) units[i] = folded.charCodeAt(i);
    this.#cut(false);
  }

  /** Room for so many units, and one more that ends the last word; each may be a word by itself. */
  #room(length: number): number {
    if (this.units.length <= length + 1) {
      this.units = grown(this.units, length + 2);
      const most = this.units.length;
      this.start = new Int32Array(most);
      this.end = new Int32Array(most);
      this.hash = new Int32Array(most);
      this.kind = new Uint8Array(most);
      this.glued = new Uint8Array(most);
    }
    this.units[length] = this.units[length + 1] = 0;
    this.length = length;
    return length;
  }

  /** Takes out what is no word: links and emoji. */
  #withoutOthers(whole: string): string {
    let text = whole;
    if (MAYBE_LINK.test(text))
      text = text.replace(LINK, (link) => {
        this.links.push(link.toLowerCase());
        return " ";
      });
    if (MAYBE_EMOJI.test(text))
      text = text.replace(EMOJI, (sign) => {
        this.emoji.push(bareEmoji(sign.normalize("NFKC")));
        return " ";
      });
    return text;
  }

  /** False: a link may be in it, and links were to be `watched` for. */
  #cut(watched: boolean): boolean {
    const { units, length, start, end, hash: hashes, kind: kinds } = this;
    const classOfUnit = classes;
    let before: number = SEPARATES;
    let lastSignEnd = -1;
    let at = 0;
    let tagFrom = -1;
    let tagStart = 0;
    while (at < length) {
      const unit = units[at] as number;
      let kind = classOfUnit[unit] as number;
      if (kind === ASK) kind = classAt(units, at);
      if (kind === IN_WORD) {
        let hash = HASH_START;
        const from = at;
        for (let one = unit; ; one = units[at] as number) {
          const is = classOfUnit[one] as number;
          if (is === IN_WORD) hash = hashStep(hash, one);
          else if (is === ASK && classAt(units, at) === IN_WORD) {
            hash = hashStep(hash, one);
            if (one >= 0xd800 && one < 0xdc00) hash = hashStep(hash, units[++at] as number);
          } else break;
          at++;
        }
        const n = this.count++;
        start[n] = from;
        end[n] = at;
        hashes[n] = hashEnd(hash);
        kinds[n] = WORD;
        before = IN_WORD;
        continue;
      }
      if (kind === IS_SIGN) {
        const next = unit >= 0xd800 && unit < 0xdc00 ? at + 2 : at + 1;
        let hash = HASH_START;
        for (let i = at; i < next; i++) hash = hashStep(hash, units[i] as number);
        const n = this.count++;
        start[n] = at;
        end[n] = next;
        hashes[n] = hashEnd(hash);
        kinds[n] = SIGN;
        this.glued[n] = lastSignEnd === at ? 1 : 0;
        lastSignEnd = next;
        at = next;
        before = IS_SIGN;
        continue;
      }
      // A tag is a run of word characters and signs; its words are cut as all others are.
      if (tagFrom >= 0) {
        this.hashtags.push({ start: tagStart, end: at, from: tagFrom, to: this.count - 1 });
        tagFrom = -1;
      }
      if (unit === AT) {
        if (before !== IN_WORD && classAt(units, at + 1) === IN_WORD) {
          at = this.#mention(at, watched);
          if (at < 0) return false;
          before = IN_WORD;
          continue;
        }
      } else if (unit === HASH || unit === DOLLAR) {
        if (before === SEPARATES && at + 1 < length && classAt(units, at + 1) !== SEPARATES) {
          if (unit === HASH) [tagFrom, tagStart] = [this.count, at + 1];
          else this.#cash(at + 1);
        }
      } else if (watched && this.#linkAt(unit, at)) return false;
      at++;
      before = SEPARATES;
    }
    if (tagFrom >= 0) this.hashtags.push({ start: tagStart, end: length, from: tagFrom, to: this.count - 1 });
    return true;
  }

  #linkAt(unit: number, at: number): boolean {
    const { units } = this;
    if (unit === COLON) return units[at + 1] === SLASH && units[at + 2] === SLASH;
    return unit === DOT && at > 2 && units[at - 1] === W && units[at - 2] === W && units[at - 3] === W;
  }

  /** Where it ends; -1: with a link inside. */
  #mention(at: number, watched: boolean): number {
    const { units, length } = this;
    let end = at + 1;
    for (;;) {
      while (end < length && classAt(units, end) === IN_WORD)
        end += (units[end] as number) >= 0xd800 && (units[end] as number) < 0xdc00 ? 2 : 1;
      const joint = units[end] as number;
      if (watched && this.#linkAt(joint, end)) return -1;
      if ((joint !== DOT && joint !== DASH && joint !== AT) || end + 1 >= length) break;
      if (classAt(units, end + 1) !== IN_WORD) break;
      end++;
    }
    this.mentions.push({ start: at + 1, end, from: this.count, to: this.count });
    const n = this.count++;
    this.start[n] = at;
    this.end[n] = end;
    this.hash[n] = 0;
    this.kind[n] = MENTION;
    return end;
  }

  #cash(at: number): void {
    const found = CASH.exec(this.textOf(at, Math.min(this.length, at + 64)));
    if (found) this.cashtags.push({ start: at, end: at + found[0].length, from: this.count, to: this.count });
  }

  /** The text between two units. */
  textOf(start: number, end: number): string {
    let text = "";
    for (let at = start; at < end; at += 4_096)
      text += String.fromCharCode(...this.units.subarray(at, Math.min(end, at + 4_096)));
    return text;
  }

  /** Is this what stands there? */
  says(tag: Tag, text: string): boolean {
    return text.length === tag.end - tag.start && beginsWith(this.units, tag.start, text);
  }

  /**
   * Where each word stands in the text as it was given, in UTF-16 units; null where that cannot be told (a text that composes
   * otherwise as a whole than letter by letter). Asked for hits only.
   */
  placesInText(): readonly (readonly [number, number])[] | null {
    const blank = (part: string) => " ".repeat(part.length);
    const text = this.post.text.slice(0, READ_LIMIT).replace(LINK, blank).replace(EMOJI, blank);
    const [starts, ends]: [number[], number[]] = [[], []];
    let folded = "";
    for (const { 0: letter, index } of text.matchAll(LETTER)) {
      const lower = fold(letter, this.#accents);
      for (let i = 0; i < lower.length; i++) {
        starts.push(index);
        ends.push(index + letter.length);
      }
      folded += lower;
    }
    const cut = new Reading(this.#accents);
    cut.#readUnits(folded);
    if (cut.count !== this.count) return null;
    return Array.from(
      { length: cut.count },
      (_, n) => [starts[cut.start[n] as number] as number, ends[(cut.end[n] as number) - 1] as number] as const,
    );
  }

  /** The same words as they were written, "" for a mention; made when a query asks for letter by letter. */
  exactWords(): readonly string[] {
    if (this.#exact) return this.#exact;
    const [links, emoji] = [this.links.length, this.emoji.length];
    const text = keepCase(this.#withoutOthers(this.post.text.slice(0, READ_LIMIT)));
    this.links.length = links;
    this.emoji.length = emoji;
    this.#written ??= new Reading("keep");
    const written = this.#written;
    written.#forget();
    written.#readUnits(text);
    this.#exact = Array.from({ length: written.count }, (_, n) =>
      written.kind[n] === MENTION ? "" : text.slice(written.start[n], written.end[n]),
    );
    return this.#exact;
  }
}

const CASH = /^[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*/;

/** Whether the units from `at` are those of the text. Behind the last word stands a unit that is in none. */
export function beginsWith(units: Uint16Array, at: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (units[at + i] !== text.charCodeAt(i)) return false;
  return true;
}
