/** A statement cut at its parameters: `pieces[0] $places[0] pieces[1] …`. */
export interface PureRead {
  readonly pieces: readonly string[];
  /** Which parameter, from 1, stands after each piece but the last. */
  readonly places: readonly number[];
}

/** Quoted text and names (a doubled quote is one inside), else a parameter, else what may not stand in a part. */
const TOKEN = /'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\d+)|(--|\/\*|;|\$|'|")/g;
/** An escape string may hold a quote behind a backslash: such text is not taken apart. */
const ESCAPES = /\b(?:e|u&)'/i;
/** Whatever writes, locks, or has an effect besides its rows. A column of such a name costs a statement of its own, no more. */
const EFFECTS =
  /\b(?:insert|update|delete|merge|into|lock|call|copy|nextval|setval|currval|set_config|pg_\w+|dblink\w*|lo_\w+|for\s+(?:no\s+key\s+)?(?:update|share|key\s+share))\b/i;

/**
 * The statement if it is nothing but a read that can stand as a part of another one, else null: no lock, no writing, no effect,
 * one statement, no comment. When in doubt it is none: what is refused is merely sent by itself.
 */
export function pureRead(sql: string): PureRead | null {
  if (!/^\s*(?:select|with)\b/i.test(sql) || ESCAPES.test(sql)) return null;
  const pieces: string[] = [];
  const places: number[] = [];
  let bare = "";
  let from = 0;
  let cut = 0;
  for (const token of sql.matchAll(TOKEN)) {
    const [text, place, strange] = token;
    if (strange) return null;
    bare += `${sql.slice(from, token.index)} `;
    from = token.index + text.length;
    if (!place) continue;
    pieces.push(sql.slice(cut, token.index));
    places.push(Number(place));
    cut = from;
  }
  bare += sql.slice(from);
  if (EFFECTS.test(bare)) return null;
  return { pieces: [...pieces, sql.slice(cut)], places };
}

/** The statement with its parameters numbered from `first`. */
export function numberedFrom(first: number, { pieces, places }: PureRead): string {
  return pieces.map((piece, n) => (n < places.length ? `${piece}$${places[n]! + first - 1}` : piece)).join("");
}
