import type { Spot } from "./ast.ts";
import { refuse } from "./query-error.ts";

export interface Piece {
  readonly kind: "open" | "close" | "and" | "or" | "not" | "near" | "quoted" | "exact" | "bare" | "field";
  /** What stands in it: without quotes and braces; of a field, its value. */
  readonly text: string;
  readonly spot: Spot;
  /** Of `field`: its name, in small letters. */
  readonly name?: string;
  /** Of NEAR and of `"…"~n`. */
  readonly within?: number;
  readonly ordered?: boolean;
}
/** Worth a word although it is no fault. */
export interface Notice {
  readonly code: "small-operator" | "no-word";
  readonly spot: Spot;
  readonly text: string;
}

const QUOTES: Readonly<Record<string, string>> = { '"': '"', "“": "”", "„": "“", "«": "»", "＂": "＂" };
const CLOSERS: Readonly<Record<string, string>> = { "“": '”"', "„": '“”"', "«": '»"', '"': '"', "＂": '＂"' };
const NEAR = /^(O?)NEAR(?:[/~](\d{1,9})(f?))?$/;
const FIELD = /^([A-Za-z][A-Za-z_]*):(?=\S)/;
const FIELD_EMPTY = /^([A-Za-z][A-Za-z_]*):$/;
const ENDS = /[\s()"“„«＂{]/u;
const SMALL = /^(?:and|or|not|o?near(?:[/~]\d+)?)$/;
export const MAX_DISTANCE = 100;

/** Cuts a query into its pieces. `fields`: the names that are followed by a value. */
export function lex(query: string, fields: ReadonlySet<string>): { pieces: Piece[]; notices: Notice[] } {
  const pieces: Piece[] = [];
  const notices: Notice[] = [];
  let at = 0;
  const push = (kind: Piece["kind"], text: string, from: number, to: number, more: Partial<Piece> = {}) => {
    pieces.push({ kind, text, spot: { at: from, length: to - from }, ...more });
    at = to;
  };
  while (at < query.length) {
    const char = query[at] as string;
    const here = at;
    if (/\s/u.test(char)) at++;
    else if (char === "(" || char === "（") push("open", char, at, at + 1);
    else if (char === ")" || char === "）") push("close", char, at, at + 1);
    else if (char in QUOTES) {
      const end = closing(query, at, CLOSERS[char] as string);
      const text = query.slice(at + 1, end);
      const after = /^(\*?)(?:~(\d{1,9}))?/.exec(query.slice(end + 1)) as RegExpExecArray;
      const within = after[2] === undefined ? {} : { within: Number(after[2]) };
      push("quoted", text + after[1], here, end + 1 + after[0].length, within);
    } else if (char === "{") {
      const end = query.indexOf("}", at);
      if (end < 0) refuse("brace-open", { at, length: 1 }, "This { is never closed.", "}");
      push("exact", query.slice(at + 1, end), here, end + 1);
    } else if (char === "-" && startsTerm(query, at)) push("not", "-", at, at + 1);
    else {
      const field = FIELD.exec(query.slice(at, at + 64));
      if (field && fields.has((field[1] as string).toLowerCase()))
        readField(field[0], (field[1] as string).toLowerCase());
      else readBare();
    }
  }
  return { pieces, notices };

  function readField(head: string, name: string): void {
    const from = at;
    const start = at + head.length;
    const quote = query[start] as string;
    if (quote in QUOTES) {
      const end = closing(query, start, CLOSERS[quote] as string);
      push("field", query.slice(start + 1, end), from, end + 1, { name });
      return;
    }
    let end = start;
    while (end < query.length && !/[\s()]/u.test(query[end] as string)) end++;
    push("field", query.slice(start, end), from, end, { name });
  }

  function readBare(): void {
    let end = at;
    while (end < query.length && !ENDS.test(query[end] as string)) end++;
    if (end === at) end++;
    const text = query.slice(at, end);
    const spot = { at, length: end - at };
    const near = NEAR.exec(text);
    const empty = FIELD_EMPTY.exec(text);
    if (text === "AND" || text === "OR" || text === "NOT")
      push(text.toLowerCase() as "and" | "or" | "not", text, at, end);
    else if (near) {
      if (near[2] === undefined)
        refuse("distance-wanted", spot, `${near[1]}NEAR needs a distance in words.`, `${near[1]}NEAR/5`);
      push("near", text, at, end, {
        within: distance(Number(near[2]), spot),
        ordered: near[1] !== "" || near[3] !== "",
      });
    } else if (empty && fields.has((empty[1] as string).toLowerCase()))
      refuse("value-wanted", spot, `After ${text} a value has to follow, without a space.`);
    else {
      if (SMALL.test(text)) notices.push({ code: "small-operator", spot, text });
      push("bare", text, at, end);
    }
  }
}

/** A distance as a person may ask for it. */
export function distance(n: number, spot: Spot): number {
  if (n < 1) refuse("distance-too-small", spot, "Neighbours are 1 apart: the distance is at least 1.", "1");
  if (n > MAX_DISTANCE)
    refuse("distance-too-great", spot, `At most ${MAX_DISTANCE} words apart can be asked for.`, String(MAX_DISTANCE));
  return n;
}

function closing(query: string, open: number, closers: string): number {
  for (let i = open + 1; i < query.length; i++) if (closers.includes(query[i] as string)) return i;
  return refuse("quote-open", { at: open, length: 1 }, "This quotation mark is never closed.", '"');
}

/** A minus in front of a term says NOT, as on X; inside a word (e-mail) it parts words. */
function startsTerm(query: string, at: number): boolean {
  const before = query[at - 1];
  const after = query[at + 1];
  return (before === undefined || /[\s(（]/u.test(before)) && after !== undefined && !/[\s)-]/u.test(after);
}
