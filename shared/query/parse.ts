import type { Either, Near, Positional, Query, QueryOptions, Spot, WordPart } from "./ast.ts";
import { fieldNames, fieldOf } from "./fields.ts";
import { fold } from "./fold.ts";
import { distance, lex, type Notice, type Piece } from "./lex.ts";
import { BadQuery, type QueryFault, refuse } from "./query-error.ts";
import { cutTerm } from "./terms.ts";

/** The longest queries of listening suites have some thousand signs. */
export const MAX_QUERY_LENGTH = 20_000;
const MAX_TERMS = 2_000;
const MAX_DEPTH = 64;

export type Parsed =
  | { readonly ok: true; readonly query: Query; readonly notices: readonly Notice[] }
  | { readonly ok: false; readonly fault: QueryFault };

/**
 * A listening query as a tree. Operators are capitals; NOT binds strongest, then NEAR, AND (also unwritten), OR.
 * A fault names its place in the text and what to write there.
 */
export function parseQuery(text: string, options: QueryOptions = { accents: "fold" }): Parsed {
  try {
    if (text.length > MAX_QUERY_LENGTH)
      refuse(
        "too-long",
        { at: MAX_QUERY_LENGTH, length: text.length - MAX_QUERY_LENGTH },
        `A query may have ${MAX_QUERY_LENGTH} signs: make two monitors of it.`,
      );
    const { pieces, notices } = lex(text, fieldNames);
    const parser = new Parser(pieces, notices, text, options);
    return { ok: true, query: parser.whole(), notices };
  } catch (error) {
    if (error instanceof BadQuery) return { ok: false, fault: error.fault };
    throw error;
  }
}

const over = (a: Spot, b: Spot): Spot => {
  const at = Math.min(a.at, b.at);
  return { at, length: Math.max(a.at + a.length, b.at + b.length) - at };
};

class Parser {
  readonly #pieces: readonly Piece[];
  readonly #notices: Notice[];
  readonly #text: string;
  readonly #options: QueryOptions;
  #next = 0;
  #terms = 0;
  constructor(pieces: readonly Piece[], notices: Notice[], text: string, options: QueryOptions) {
    this.#pieces = pieces;
    this.#notices = notices;
    this.#text = text;
    this.#options = options;
  }

  whole(): Query {
    const nothing = { at: 0, length: this.#text.length };
    if (this.#pieces.length === 0)
      refuse("nothing-to-look-for", nothing, "There is nothing to look for yet.", "a name of yours, such as “lumo”");
    const query = this.#either(0);
    const left = this.#peek();
    if (left?.kind === "close") refuse("parenthesis-closed", left.spot, "This ) was never opened.", "(");
    return query ?? refuse("nothing-to-look-for", nothing, "There is no word in this to look for.", "a name of yours");
  }

  #peek(): Piece | undefined {
    return this.#pieces[this.#next];
  }
  #take(): Piece {
    return this.#pieces[this.#next++] as Piece;
  }

  /** Null: holds nothing that can be looked for. */
  #either(depth: number): Query | null {
    const of = this.#listOf("or", () => this.#both(depth));
    if (of.length < 2) return of[0] ?? null;
    return { kind: "any", of, spot: over((of[0] as Query).spot, (of.at(-1) as Query).spot) };
  }

  #listOf(joint: "or", one: () => Query | null): Query[] {
    const of: Query[] = [];
    const first = one();
    if (first) of.push(first);
    while (this.#peek()?.kind === joint) {
      const operator = this.#take();
      this.#wants(operator);
      const next = one();
      if (next) of.push(next);
    }
    return of;
  }

  /** After an operator something has to stand. */
  #wants(operator: Piece): void {
    const next = this.#peek();
    if (!next || next.kind === "close")
      refuse("operand-missing-after", operator.spot, `After ${operator.text} something has to follow.`);
    if (next.kind === "and" || next.kind === "or" || next.kind === "near")
      refuse("operand-missing-after", next.spot, `Between ${operator.text} and ${next.text} something is missing.`);
  }

  #both(depth: number): Query | null {
    const of: Query[] = [];
    for (let piece = this.#peek(); piece && piece.kind !== "or" && piece.kind !== "close"; piece = this.#peek()) {
      if (piece.kind === "and") {
        if (this.#next === 0 || this.#before()?.kind === "open" || this.#before()?.kind === "or")
          refuse("operand-missing-before", piece.spot, `Before ${piece.text} something has to stand.`);
        this.#wants(this.#take());
        continue;
      }
      const next = this.#nearby(depth);
      if (next) of.push(next);
    }
    const piece = this.#peek();
    if (of.length === 0 && piece?.kind === "or" && this.#isBare(piece))
      refuse("operand-missing-before", piece.spot, `Before ${piece.text} something has to stand.`);
    if (of.length < 2) return of[0] ?? null;
    return { kind: "all", of, spot: over((of[0] as Query).spot, (of.at(-1) as Query).spot) };
  }

  #before(): Piece | undefined {
    return this.#pieces[this.#next - 1];
  }
  /** Does nothing at all stand before this OR? (A term without a word does not count as nothing.) */
  #isBare(_piece: Piece): boolean {
    const before = this.#before();
    return before === undefined || before.kind === "open" || before.kind === "or";
  }

  #nearby(depth: number): Query | null {
    const first = this.#peek() as Piece;
    if (first.kind === "near")
      refuse("operand-missing-before", first.spot, `Before ${first.text} something has to stand.`);
    let left = this.#not(depth);
    while (this.#peek()?.kind === "near") {
      const operator = this.#take();
      this.#wants(operator);
      const right = this.#not(depth);
      const [a, b] = [positional(left, operator), positional(right, operator)];
      const near: Near = {
        ...{ kind: "near", left: a, right: b, within: operator.within as number },
        ...{ ordered: operator.ordered === true, spot: over(a.spot, b.spot) },
      };
      left = near;
    }
    return left;
  }

  #not(depth: number): Query | null {
    const piece = this.#peek() as Piece;
    if (piece.kind !== "not") return this.#primary(depth);
    this.#take();
    this.#wants(piece);
    if (depth >= MAX_DEPTH) tooDeep(piece.spot);
    const of = this.#peek()?.kind === "not" ? this.#not(depth + 1) : this.#primary(depth);
    return of && { kind: "not", of, spot: over(piece.spot, of.spot) };
  }

  #primary(depth: number): Query | null {
    const piece = this.#take();
    if (piece.kind !== "open") return this.#term(piece);
    if (depth >= MAX_DEPTH) tooDeep(piece.spot);
    if (this.#peek()?.kind === "close")
      refuse(
        "parentheses-empty",
        over(piece.spot, (this.#peek() as Piece).spot),
        "Nothing stands between these parentheses.",
      );
    const inner = this.#either(depth + 1);
    const close = this.#peek();
    if (close?.kind !== "close") refuse("parenthesis-open", piece.spot, "This ( is never closed.", ")");
    this.#take();
    return inner;
  }

  #term(piece: Piece): Query | null {
    const { spot } = piece;
    if (++this.#terms > MAX_TERMS)
      refuse("too-many-terms", spot, `A query may have ${MAX_TERMS} terms: make two monitors of it.`);
    if (piece.kind === "field") return fieldOf(piece.name as string, piece.text, spot);
    const tagged = piece.kind === "bare" ? taggedOf(piece.text, spot) : null;
    if (tagged) return tagged;
    const exact = piece.kind === "exact";
    const { words, emoji } = cutTerm(piece.text, spot, { accents: this.#options.accents, exact, wild: !exact });
    const of: Query[] = emoji.map((text) => ({ kind: "emoji", text, spot }));
    if (words.length > 0)
      of.unshift(
        piece.within === undefined ? { kind: "phrase", words, exact, spot } : loose(words, piece.within, spot),
      );
    if (of.length === 0) this.#notices.push({ code: "no-word", spot, text: piece.text });
    return of.length > 1 ? { kind: "all", of, spot } : (of[0] ?? null);
  }
}

function loose(words: readonly WordPart[], within: number, spot: Spot): Query {
  distance(within, spot);
  const groups: WordPart[][] = [];
  for (const word of words) {
    if (word.glued) groups.at(-1)?.push(word);
    else groups.push([word]);
  }
  if (groups.length === 1) return { kind: "phrase", words, exact: false, spot };
  if (within < words.length - 1)
    refuse(
      "distance-too-small",
      spot,
      `${words.length} words are at least ${words.length - 1} apart from the first to the last.`,
      `~${words.length - 1}`,
    );
  return { kind: "loose", groups, within, spot };
}

function tooDeep(spot: Spot): never {
  return refuse("too-deep", spot, `Parentheses may stand ${MAX_DEPTH} deep.`);
}

const TAG = /^[#＃]([\p{L}\p{N}\p{M}_]+)$/u;
const MENTION = /^[@＠]([\p{L}\p{N}\p{M}_]+(?:[.@-][\p{L}\p{N}\p{M}_]+)*)$/u;
const CASH = /^[$＄]([A-Za-z][A-Za-z0-9_.]*)$/;

function taggedOf(text: string, spot: Spot): Query | null {
  const tag = TAG.exec(text);
  if (tag) return { kind: "hashtag", text: fold(tag[1] as string), spot };
  const mention = MENTION.exec(text);
  if (mention) return { kind: "mention", text: fold(mention[1] as string), spot };
  const cash = CASH.exec(text);
  return cash && { kind: "cashtag", text: fold(cash[1] as string), spot };
}

/** What may stand beside NEAR: words, phrases, beginnings, tags, or parentheses with OR of them. */
function positional(query: Query | null, operator: Piece): Positional {
  if (!query) return wantsWords(operator.spot, operator);
  if (query.kind === "phrase" || query.kind === "near") return query;
  if (query.kind === "hashtag" || query.kind === "mention" || query.kind === "cashtag") return query;
  if (query.kind === "any")
    return { kind: "any", of: query.of.map((one) => positional(one, operator)), spot: query.spot } satisfies Either;
  return wantsWords(query.spot, operator);
}

function wantsWords(spot: Spot, operator: Piece): never {
  return refuse(
    "near-wants-words",
    spot,
    `${operator.text} measures between words: words, phrases or parentheses with OR may stand beside it.`,
    `(a OR b) ${operator.text} c`,
  );
}
