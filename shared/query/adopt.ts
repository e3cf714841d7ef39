import { type Adopted, adoptField, adoptTerm, isLeftOut, isTheirField } from "./adopt-terms.ts";
import type { Spot } from "./ast.ts";

/** Whose query it is; `any`: nobody said. */
export type QueryTool = "any" | "x" | "brandwatch" | "meltwater" | "talkwalker";
/** `changed`: said in other words. `wider`, `narrower`: it finds more, or less, than it did there. Places are in the given query. */
export interface AdoptNote extends Spot {
  readonly code: "changed" | "wider" | "narrower";
  readonly text: string;
  readonly says: string;
}

interface Token {
  readonly kind: "open" | "close" | "and" | "or" | "not" | "near" | "term";
  /** Null: left out. */
  readonly text: string | null;
  readonly spot: Spot;
}
/** A part in our words (null: nothing is left of it), and what was left out below it where nobody has said yet what that means. */
interface Part {
  readonly text: string | null;
  readonly lost: Lost[];
  readonly joins: boolean;
}
interface Lost {
  readonly spot: Spot;
  readonly says: string;
  code: "wider" | "narrower";
  settled: boolean;
}

/** A query of another tool in our language, with a note for all that had to change. Never throws; what is wrong with it our parser says. */
export function adoptQuery(query: string, tool: QueryTool = "any"): { query: string; notes: AdoptNote[] } {
  const notes: AdoptNote[] = [];
  const lost = new Map<Token, Lost>();
  const note = (code: AdoptNote["code"], spot: Spot, says: string) =>
    notes.push({ ...spot, code, text: query.slice(spot.at, spot.at + spot.length), says });
  const tokens = cut(query, tool, note, (token, says) =>
    lost.set(token, { spot: token.spot, says, code: "wider", settled: false }),
  );
  const read = new Reader(tokens, lost);
  const whole = read.either();
  // Not in order (a parenthesis too many): handed on as it stands, for our parser to point at.
  if (!read.done)
    return {
      query: tokens
        .map((one) => one.text ?? "")
        .join(" ")
        .trim(),
      notes,
    };
  for (const { code, spot, says } of whole.lost) note(code, spot, says);
  return { query: whole.text ?? "", notes: notes.sort((a, b) => a.at - b.at) };
}

/** The field that everything in this parenthesis stands under. */
interface Group {
  readonly field: string | null;
}

const FIELD = /^([A-Za-z_]+):(?=[^\s)])/;
const NEAR = /^(o?near|w|pre)(?:[/~](\d{1,9})(f?))$/i;
const SMALL = /^(?:and|or|not)$/;
const MOST = 5_000;

function cut(
  query: string,
  tool: QueryTool,
  note: (code: AdoptNote["code"], spot: Spot, says: string) => void,
  lose: (token: Token, says: string) => void,
): Token[] {
  const tokens: Token[] = [];
  const groups: Group[] = [];
  let at = 0;
  const push = (kind: Token["kind"], text: string | null, from: number): Token => {
    const token = { kind, text, spot: { at: from, length: at - from } };
    tokens.push(token);
    return token;
  };
  const adopt = (from: number, adopted: Adopted) => {
    const token = push("term", adopted.text, from);
    if (adopted.text === null) lose(token, adopted.says ?? "Left out.");
    else if (adopted.says) note(adopted.wider ? "wider" : "changed", token.spot, adopted.says);
  };
  while (at < query.length && tokens.length < MOST) {
    const from = at;
    const char = query[at] as string;
    if (/\s/u.test(char)) at++;
    else if (query.startsWith("<<<", at)) {
      const end = query.indexOf(">>>", at);
      at = end < 0 ? query.length : end + 3;
      note("changed", { at: from, length: at - from }, "A remark: queries have none here.");
    } else if (char === "(") {
      at++;
      groups.push({ field: groups.at(-1)?.field ?? null });
      push("open", char, from);
    } else if (char === ")") {
      at++;
      groups.pop();
      push("close", char, from);
    } else if (char === "-" && /[^\s)-]/u.test(query[at + 1] ?? " ") && /^$|[\s(]/u.test(query[at - 1] ?? "")) {
      at++;
      push("not", "-", from);
    } else readTerm(from);
  }
  return tokens;

  function readTerm(from: number): void {
    const head = FIELD.exec(query.slice(at, at + 64));
    const name = head && isTheirField((head[1] as string).toLowerCase()) ? (head[1] as string).toLowerCase() : null;
    if (name === null) {
      const text = readValue();
      if (operator(text, from)) return;
      const field = groups.at(-1)?.field ?? null;
      if (field === null || /^[#@$]/.test(text)) adopt(from, adoptTerm(text));
      else {
        // What the field is called here was said at its parenthesis.
        const { text: ours, says } = adoptField(field, text);
        adopt(from, { text: ours, ...(ours === null && says && { says }) });
      }
      return;
    }
    at += (head as RegExpExecArray)[0].length;
    if (query[at] !== "(") {
      adopt(from, adoptField(name, readValue()));
      return;
    }
    if (isLeftOut(name)) {
      at = closing(at);
      adopt(from, adoptField(name, ""));
      return;
    }
    const spot = { at: from, length: at - from };
    const { says, wider } = adoptField(name, "x");
    if (says) note(wider ? "wider" : "changed", spot, says);
    at++;
    // Of one that means the whole text nothing is left; others are written before each word.
    groups.push({ field: wider ? null : name });
    push("open", "(", from);
  }

  function operator(text: string, from: number): boolean {
    const near = NEAR.exec(text);
    const lower = SMALL.test(text) && tool === "meltwater";
    if (text === "AND" || text === "OR" || text === "NOT" || lower) {
      const upper = text.toUpperCase();
      const token = push(text.toLowerCase() as "and" | "or" | "not", upper, from);
      if (lower) note("changed", token.spot, "Operators are capitals.");
      return true;
    }
    if (!near || (near[1] === "w" && tool === "x")) return false;
    const ordered = /^o|^pre/i.test(near[1] as string) || near[3] !== "";
    const token = push("near", `${ordered ? "ONEAR" : "NEAR"}/${near[2]}`, from);
    if (token.text !== text) note("changed", token.spot, `This distance is written ${token.text}.`);
    return true;
  }

  /** A word, a quotation with its distance, braces or brackets. */
  function readValue(): string {
    const from = at;
    while (query[at] === "+") at++;
    const close = { '"': '"', "“": "”", "{": "}", "[": "]" }[query[at] as string];
    if (close !== undefined) {
      const end = query.indexOf(close, at + 1);
      at = end < 0 ? query.length : end + 1;
      at += (/^\*?(?:~\d{1,9})?/.exec(query.slice(at, at + 12)) as RegExpExecArray)[0].length;
    } else while (at < query.length && !/[\s()"“{]/u.test(query[at] as string)) at++;
    if (at === from) at++;
    return query.slice(from, at);
  }

  function closing(open: number): number {
    let depth = 0;
    for (let i = open; i < query.length; i++) {
      if (query[i] === "(") depth++;
      else if (query[i] === ")" && --depth === 0) return i + 1;
    }
    return query.length;
  }
}

/** Reads the tokens by their binding (NOT, NEAR, AND, OR) and writes them again without what is left out. */
class Reader {
  readonly #tokens: readonly Token[];
  readonly #lost: ReadonlyMap<Token, Lost>;
  #next = 0;
  #depth = 0;
  constructor(tokens: readonly Token[], lost: ReadonlyMap<Token, Lost>) {
    this.#tokens = tokens;
    this.#lost = lost;
  }
  get done(): boolean {
    return this.#next === this.#tokens.length;
  }
  #is(kind: Token["kind"]): boolean {
    return this.#tokens[this.#next]?.kind === kind;
  }

  either(): Part {
    const parts = [this.#both()];
    while (this.#is("or")) {
      this.#next++;
      parts.push(this.#both());
    }
    return joined(
      parts,
      parts.map(() => " OR "),
      "narrower",
    );
  }

  #both(): Part {
    const parts: Part[] = [];
    const joints: string[] = [];
    for (let explicit = false; !this.done && !this.#is("or") && !this.#is("close"); ) {
      if (this.#is("and")) {
        this.#next++;
        explicit = true;
        continue;
      }
      const before = this.#next;
      parts.push(this.#near());
      joints.push(explicit ? " AND " : " ");
      explicit = false;
      if (this.#next === before) break;
    }
    return joined(parts, joints, "wider");
  }

  #near(): Part {
    let left = this.#not();
    while (this.#is("near")) {
      const { text } = this.#tokens[this.#next++] as Token;
      left = joined([left, this.#not()], [" ", ` ${text} `], "wider");
    }
    return left;
  }

  #not(): Part {
    if (!this.#is("not")) return this.#primary();
    const { text } = this.#tokens[this.#next++] as Token;
    const of = this.#not();
    for (const one of of.lost) if (one.settled) one.code = one.code === "wider" ? "narrower" : "wider";
    if (of.text === null) return of;
    return { text: `${text === "-" ? "-" : "NOT "}${of.text}`, lost: of.lost, joins: false };
  }

  #primary(): Part {
    const token = this.#tokens[this.#next];
    if (!token || (token.kind !== "open" && token.kind !== "term")) return { text: null, lost: [], joins: false };
    this.#next++;
    if (token.kind === "term") {
      const lost = this.#lost.get(token);
      return { text: token.text, lost: lost ? [lost] : [], joins: false };
    }
    if (++this.#depth > 200) return { text: null, lost: [], joins: false };
    const inner = this.either();
    this.#depth--;
    if (this.#is("close")) this.#next++;
    else this.#next = this.#tokens.length + 1;
    return inner.text === null ? inner : { ...inner, text: inner.joins ? `(${inner.text})` : inner.text, joins: false };
  }
}

function joined(parts: readonly Part[], joints: readonly string[], means: "wider" | "narrower"): Part {
  const lost = parts.flatMap((part) => part.lost);
  let text: string | null = null;
  let count = 0;
  for (const [n, part] of parts.entries()) {
    if (part.text === null) continue;
    text = text === null ? part.text : text + (joints[n] ?? " ") + part.text;
    count++;
  }
  if (count > 0)
    for (const one of lost)
      if (!one.settled) {
        one.code = means;
        one.settled = true;
      }
  return { text, lost, joins: count > 1 };
}
