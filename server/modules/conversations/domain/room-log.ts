import type { Instant } from "#platform/clock";
import { readWords } from "./said.ts";

/** A line of a room in which everybody speaks to everybody, without reply links. `notice`: the room's own word (joins, renames); it stands alone. */
export interface RoomLine {
  id: string;
  at: Instant;
  from: string;
  text: string;
  notice?: boolean;
}

/** How a line calls somebody: not at all, by a nick with a sign at its head, by a bare nick at its head, or inside of it. */
export type CallKind = 0 | 1 | 2 | 3;

/** A line as the features see it. `no` counts the spoken lines of the room. */
export interface HeardLine {
  id: string;
  at: Instant;
  no: number;
  who: string;
  called: string | null;
  callKind: CallKind;
  words: ReadonlySet<string>;
  length: number;
  asks: boolean;
  opensAsQuestion: boolean;
  greets: boolean;
  agrees: boolean;
  link: boolean;
  command: boolean;
  bot: boolean;
}

/** What is remembered of a speaker: his latest lines, newest last, and who spoke to him last. */
export interface Speaker {
  lines: HeardLine[];
  calledBy: HeardLine | null;
  spoken: number;
}

/** A room up to some line. It grows by `hear`; features only read it. */
export interface RoomLog {
  lines: HeardLine[];
  speakers: Map<string, Speaker>;
  known: Set<string>;
  /** New nicks and the first one of the same speaker. */
  names: Map<string, string>;
  frequency: Map<string, number>;
}

const REMEMBERED_LINES = 400;
const REMEMBERED_OF_ONE = 12;
const LINK = /\bhttps?:\/\/|\bwww\./iu;
const OPENS =
  /^(?:how|what|where|which|who|why|when|is|are|can|could|does|do|did|has|have|any(?:one|body)?|should|would|will|need|help|i need|i have|i've|i'm having)\b/iu;
const GREETS = /^(?:hi|hello|hey|hiya|good (?:morning|evening|day)|greetings|yo|evening|morning)\b/iu;
const AGREES =
  /^(?:yes|yeah|yep|yup|no|nope|nah|ok|okay|k|thanks|thank you|thx|ty|sure|right|ah+|oh+|hm+|lol|cool|great|true|exactly|well|so|but|and|or|then|it|that)\b/iu;
const HEAD = /^\s*@?([^\s,:;>]{2,40})\s*[,:;>]/u;
const BARE = /^\s*@?([^\s,:;>]{3,40})(?=\s|$)/u;
/** Nicks that are everyday words: calling them has to be unmistakable. */
const COMMON = new Set(
  "usual maybe just this that what there here then well yeah nope okay help linux ubuntu root user test guest anyone someone nobody hello thanks which with from have about work like need".split(
    " ",
  ),
);
/** A nick said inside a line more often than this by others is a word of the language. */
const EVERYDAY = 12;

export function emptyRoom(): RoomLog {
  return { lines: [], speakers: new Map(), known: new Set(), names: new Map(), frequency: new Map() };
}

/** Reads a line against what the room has heard. A notice only makes its nick known. */
export function listen(room: RoomLog, line: RoomLine): HeardLine {
  const who = nameOf(room, line.from);
  const text = line.text.slice(0, 1_000);
  const [called, callKind] = calledNick(room, text, who);
  const body = callKind === 1 || callKind === 2 ? text.replace(/^\s*\S+[\s,:;>]*/u, "") : text;
  const words = readWords(body);
  return {
    id: line.id,
    at: line.at,
    no: room.lines.length === 0 ? 0 : room.lines.at(-1)!.no + 1,
    who,
    called,
    callKind,
    words,
    length: body.split(/\s+/u).filter(Boolean).length,
    asks: /\?/u.test(text),
    opensAsQuestion: OPENS.test(body),
    greets: GREETS.test(text),
    agrees: AGREES.test(body),
    link: LINK.test(text),
    command: /^\s*[!/]/u.test(text),
    bot: /bot/u.test(who),
  };
}

export function hear(room: RoomLog, line: HeardLine): void {
  room.lines.push(line);
  if (room.lines.length > REMEMBERED_LINES) room.lines.splice(0, room.lines.length - REMEMBERED_LINES / 2);
  room.known.add(line.who);
  const me = speaker(room, line.who);
  me.spoken += 1;
  me.lines.push(line);
  if (me.lines.length > REMEMBERED_OF_ONE) me.lines.shift();
  if (line.called !== null) speaker(room, line.called).calledBy = line;
  for (const w of line.words) room.frequency.set(w, (room.frequency.get(w) ?? 0) + 1);
}

/** Makes a nick known without a word of its own: it joined, or took this name. */
export function notice(room: RoomLog, line: RoomLine): void {
  room.known.add(fold(line.from));
  const renamed = /is now known as (\S{1,40})/u.exec(line.text);
  if (!renamed) return;
  room.names.set(fold(renamed[1]!), nameOf(room, line.from));
  room.known.add(fold(renamed[1]!));
}

function nameOf(room: RoomLog, nick: string): string {
  return room.names.get(fold(nick)) ?? fold(nick);
}

export function speaker(room: RoomLog, who: string): Speaker {
  let s = room.speakers.get(who);
  if (!s) {
    s = { lines: [], calledBy: null, spoken: 0 };
    room.speakers.set(who, s);
  }
  return s;
}

function calledNick(room: RoomLog, text: string, me: string): [string | null, CallKind] {
  const [nick, kind] = saidNick(room, text, me);
  const who = nick === null ? null : nameOf(room, nick);
  return who === me ? [null, 0] : [who, kind];
}

function saidNick(room: RoomLog, text: string, me: string): [string | null, CallKind] {
  const is = (nick: string) => nick !== me && room.known.has(nick);
  const head = HEAD.exec(text);
  if (head && is(fold(head[1]!))) return [fold(head[1]!), 1];
  const everyday = (nick: string) => COMMON.has(nick) || (room.frequency.get(nick) ?? 0) > EVERYDAY;
  const bare = BARE.exec(text);
  if (bare && is(fold(bare[1]!)) && !everyday(fold(bare[1]!))) return [fold(bare[1]!), 2];
  for (const [word] of text.matchAll(/[^\s,:;!?()]{3,40}/gu)) {
    const nick = fold(word.replace(/[.]+$/, ""));
    if (is(nick) && !everyday(nick)) return [nick, 3];
  }
  return [null, 0];
}

function fold(nick: string): string {
  return nick
    .toLowerCase()
    .replace(/^@/, "")
    .replace(/(?:[_`^]+|\|.*)$/u, "");
}
