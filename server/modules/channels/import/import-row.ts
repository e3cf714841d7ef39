import { type Instant, instantOf } from "#platform/clock";

/** One line of an import as it is written: docs/formats/import.md. */
export type ImportRow = MessageRow | OutcomeRow;

export interface MessageRow {
  type?: "message";
  /** Unique within channel and set. */
  id: string;
  at: string;
  channel: string;
  by: "customer" | "company" | "system";
  from?: string;
  text: string;
  private?: boolean;
  name?: string;
  to?: string;
  reply_to?: string;
  set?: string;
  thread?: string;
  agent?: string;
  lang?: string;
  url?: string;
  followers?: number;
  kind?: string;
  stars?: number;
  brand?: string;
  received_at?: string;
  edits?: { at: string; text: string }[];
  files?: { url: string; name?: string; mime?: string; alt?: string }[];
  deleted_at?: string;
  /** How it came to us; `mention` where a network's kind says nothing else. */
  why?: string[];
  /** The network's own stable id of the author, where it is not the handle. */
  from_id?: string;
  scope?: string;
  root?: string;
  subject?: string;
  visibility?: string;
  automated?: string;
}

export interface OutcomeRow {
  type: "outcome";
  /** Any message of the conversation. */
  message: string;
  channel: string;
  at: string;
  outcome: string;
  agent?: string;
  set?: string;
  brand?: string;
}

/** A message line that was understood: names bounded, times as instants. */
export interface ReadMessage {
  type: "message";
  id: string;
  set: string | null;
  at: Instant;
  receivedAt: Instant;
  channel: string;
  by: MessageRow["by"];
  from: string;
  text: string;
  private: boolean | null;
  name: string;
  to: string | null;
  replyTo: string | null;
  thread: string | null;
  agent: string | null;
  lang: string | null;
  url: string | null;
  followers: number | null;
  kind: string | null;
  stars: number | null;
  brand: string | null;
  edits: { at: Instant; text: string }[];
  /** Fetched afterwards, as far as they are there still. */
  files?: ImportFile[];
  deletedAt: Instant | null;
  why: string[] | null;
  fromId: string | null;
  scope: string | null;
  root: string | null;
  subject: string;
  visibility: string | null;
  automated: string | null;
}

export interface ReadOutcome {
  type: "outcome";
  message: string;
  set: string | null;
  channel: string;
  at: Instant;
  outcome: string;
  agent: string | null;
  brand: string | null;
}

export type ReadRow = ReadMessage | ReadOutcome;

export interface ImportFile {
  url: string;
  name: string;
  mime: string;
  alt: string;
}

const NAME = 500;
const MOST_FILES = 100;
const MOST_EDITS = 200;
const MOST_TEXT = 1_000_000;
const VISIBILITIES = new Set(["public", "unlisted", "followers", "private"]);
const KINDS = new Set(["post", "comment", "dm", "mail", "email", "chat", "sms", "review", "call", "voicemail"]);
const WHYS = new Set(["mention", "reply", "quote", "keyword", "own-thread", "dm", "review", "subscription"]);
const ISO = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?)(Z|[+-]\d\d:?\d\d)?)?$/i;

class Fault extends Error {}

/**
 * Reads one line's value. A line that cannot be taken gives the reason as a sentence without its subject ("has no id.").
 * Hand-written: a schema library costs a third of the whole budget of a line.
 */
export function readImportRow(value: unknown, now: Instant): { ok: true; row: ReadRow } | { ok: false; why: string } {
  try {
    if (typeof value !== "object" || value === null || Array.isArray(value))
      throw new Fault("is no JSON object. Every line has to be one.");
    const fields = new Fields(value as Record<string, unknown>);
    const type = fields.text("type", 40) ?? "message";
    if (type === "message") return { ok: true, row: readMessage(fields, now) };
    if (type === "outcome") return { ok: true, row: readOutcome(fields, now) };
    throw new Fault(`has the type "${type.slice(0, 40)}". The types are message and outcome.`);
  } catch (error) {
    if (error instanceof Fault) return { ok: false, why: error.message };
    throw error;
  }
}

function readMessage(f: Fields, now: Instant): ReadMessage {
  const id = f.needed("id", NAME);
  const by = f.needed("by", 20);
  if (by !== "customer" && by !== "company" && by !== "system")
    throw new Fault('has a "by" that is none of customer, company and system.');
  const from = f.text("from", NAME);
  if (by === "customer" && (from === null || bareHandle(from) === ""))
    throw new Fault('has no "from": who of the customers spoke?');
  const at = f.instant("at", now);
  if (at === null) throw new Fault('has no "at".');
  const text = f.text("text", MOST_TEXT);
  if (text === null) throw new Fault('has no "text".');
  const visibility = f.oneOf("visibility", VISIBILITIES);
  return {
    type: "message",
    id,
    set: f.text("set", NAME),
    at,
    receivedAt: Math.max(at, f.instant("received_at", now) ?? at),
    channel: readChannel(f),
    by,
    from: bareHandle(from ?? ""),
    text,
    private: f.flag("private"),
    name: f.text("name", NAME) ?? "",
    to: f.text("to", NAME),
    replyTo: f.text("reply_to", NAME),
    thread: f.text("thread", NAME),
    agent: f.text("agent", NAME)?.trim().toLowerCase() ?? null,
    lang: f.text("lang", 35),
    url: readUrl(f),
    followers: f.count("followers"),
    kind: f.oneOf("kind", KINDS),
    stars: readStars(f),
    brand: f.text("brand", NAME),
    edits: readEdits(f, at, now),
    ...readFiles(f),
    deletedAt: f.instant("deleted_at", now),
    why: f.list("why", WHYS),
    fromId: f.text("from_id", NAME),
    scope: f.text("scope", NAME),
    root: f.text("root", NAME),
    subject: f.text("subject", 1_000) ?? "",
    visibility,
    automated: f.text("automated", 100),
  };
}

function readOutcome(f: Fields, now: Instant): ReadOutcome {
  const at = f.instant("at", now);
  if (at === null) throw new Fault('has no "at".');
  const outcome = f.needed("outcome", 80);
  return {
    type: "outcome",
    message: f.needed("message", NAME),
    set: f.text("set", NAME),
    channel: readChannel(f),
    at,
    outcome,
    agent: f.text("agent", NAME)?.trim().toLowerCase() ?? null,
    brand: f.text("brand", NAME),
  };
}

function readChannel(f: Fields): string {
  const channel = f.needed("channel", 40).toLowerCase();
  if (!/^[a-z0-9][a-z0-9_-]*$/.test(channel))
    throw new Fault('has a "channel" that is no name of a network, such as x, fb, email or forum.');
  return channel;
}

function readUrl(f: Fields): string | null {
  const url = f.text("url", 2_000);
  if (url === null) return null;
  if (!/^https?:\/\//i.test(url)) throw new Fault('has a "url" that is no web address.');
  return url;
}

function readStars(f: Fields): number | null {
  const stars = f.number("stars");
  if (stars === null) return null;
  if (!(stars >= 1 && stars <= 5)) throw new Fault('has "stars" outside of 1 to 5.');
  return stars;
}

function readFiles(f: Fields): { files?: ImportFile[] } {
  const given = f.raw("files");
  if (given === undefined || given === null) return {};
  if (!Array.isArray(given) || given.length > MOST_FILES)
    throw new Fault(`has "files" that are no list of at most ${MOST_FILES}.`);
  return {
    files: given.flatMap((one: unknown): ImportFile[] => {
      if (typeof one !== "object" || one === null) throw new Fault('has "files" that are not all objects.');
      const fields = new Fields(one as Record<string, unknown>);
      const url = fields.text("url", 8_000) ?? "";
      // As an export names what it wrote beside itself, or left out: read past.
      if (url === "" && ["path", "left"].some((name) => fields.text(name, 8_000) !== null)) return [];
      if (!/^https?:\/\//i.test(url)) throw new Fault('has "files" without the web address of each as "url".');
      const word = (name: string) => fields.text(name, 5_000) ?? "";
      return [{ url, name: word("name"), mime: word("mime"), alt: word("alt") }];
    }),
  };
}

function readEdits(f: Fields, said: Instant, now: Instant): { at: Instant; text: string }[] {
  const given = f.raw("edits");
  if (given === undefined || given === null) return [];
  if (!Array.isArray(given) || given.length > MOST_EDITS)
    throw new Fault(`has "edits" that are no list of at most ${MOST_EDITS}.`);
  const byTime = new Map<Instant, string>();
  for (const one of given) {
    if (typeof one !== "object" || one === null || Array.isArray(one))
      throw new Fault('has "edits" that are not all objects.');
    const edit = new Fields(one as Record<string, unknown>);
    const at = edit.instant("at", now);
    const text = edit.text("text", MOST_TEXT);
    if (at === null || text === null) throw new Fault('has an edit without "at" or "text".');
    // Two edits of one instant: the same one stays whatever their order.
    const other = byTime.get(Math.max(at, said));
    if (other === undefined || text < other) byTime.set(Math.max(at, said), text);
  }
  return [...byTime].map(([at, text]) => ({ at, text })).sort((a, b) => a.at - b.at);
}

/** A handle as its network compares it: without @, in small letters. */
export function bareHandle(handle: string): string {
  return handle.trim().replace(/^@+/, "").toLowerCase();
}

/** Reads own fields only, so that names such as `__proto__` reach nothing. */
class Fields {
  readonly #of: Record<string, unknown>;
  constructor(of: Record<string, unknown>) {
    if (Object.hasOwn(of, "__proto__")) throw new Fault('has a field called "__proto__".');
    this.#of = of;
  }
  raw(name: string): unknown {
    return Object.hasOwn(this.#of, name) ? this.#of[name] : undefined;
  }
  /** Null when it is missing or empty in the sense of null. */
  text(name: string, most: number): string | null {
    const value = this.raw(name);
    if (value === undefined || value === null) return null;
    if (typeof value !== "string") throw new Fault(`has a "${name}" that is no text.`);
    if (value.length > most) throw new Fault(`has a "${name}" longer than ${most} characters.`);
    if (value.includes("\u0000")) throw new Fault(`has a NUL character in "${name}".`);
    if (!value.isWellFormed()) throw new Fault(`has half a character (a lone surrogate) in "${name}".`);
    return value;
  }
  needed(name: string, most: number): string {
    const value = this.text(name, most);
    if (value === null || value.trim() === "") throw new Fault(`has no "${name}".`);
    return value;
  }
  number(name: string): number | null {
    const value = this.raw(name);
    if (value === undefined || value === null) return null;
    if (typeof value !== "number" || !Number.isFinite(value)) throw new Fault(`has a "${name}" that is no number.`);
    return value;
  }
  count(name: string): number | null {
    const value = this.number(name);
    if (value !== null && (!Number.isSafeInteger(value) || value < 0 || value > 2_147_483_647))
      throw new Fault(`has a "${name}" that is no count.`);
    return value;
  }
  flag(name: string): boolean | null {
    const value = this.raw(name);
    if (value === undefined || value === null) return null;
    if (typeof value !== "boolean") throw new Fault(`has a "${name}" that is neither true nor false.`);
    return value;
  }
  oneOf(name: string, words: ReadonlySet<string>): string | null {
    const value = this.text(name, 40);
    if (value !== null && !words.has(value))
      throw new Fault(`has a "${name}" that is none of ${[...words].join(", ")}.`);
    return value;
  }
  list(name: string, words: ReadonlySet<string>): string[] | null {
    const value = this.raw(name);
    if (value === undefined || value === null) return null;
    if (!Array.isArray(value) || value.length > 20 || !value.every((w) => typeof w === "string" && words.has(w)))
      throw new Fault(`has a "${name}" that is no list of ${[...words].join(", ")}.`);
    return [...new Set(value as string[])];
  }
  instant(name: string, now: Instant): Instant | null {
    const value = this.text(name, 60);
    if (value === null) return null;
    const parts = ISO.exec(value.trim());
    const at =
      parts === null ? null : instantOf(`${parts[1]}T${(parts[2] ?? "00:00").replace(",", ".")}${zone(parts[3])}`);
    if (at === null) throw new Fault(`has a "${name}" that is no ISO 8601 time since 1970.`);
    if (at > now + TOMORROW) throw new Fault(`has a "${name}" in the future.`);
    return at;
  }
}

/** Clocks and zones may be a day off; more is a mistake. */
const TOMORROW = 86_400_000;

/** A time without zone is UTC. */
function zone(given: string | undefined): string {
  if (given === undefined) return "Z";
  return given.length === 5 ? `${given.slice(0, 3)}:${given.slice(3)}` : given.toUpperCase();
}
