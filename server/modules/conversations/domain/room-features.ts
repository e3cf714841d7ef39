import { MINUTE } from "#platform/clock";
import { type HeardLine, type RoomLog, speaker } from "./room-log.ts";

/** How far back a line may go on from: so many lines of all, and a few older ones of its author and of whom it calls. */
const BACK = 38;
const OWN_OLDER = 4;

/** Where each group of features begins; a group is one-hot, so a weight reads as "this many lines between", "calls its author". */
const GROUPS = {
  relation: 64,
  lines: 12,
  minutes: 10,
  laterOfTheirs: 4,
  ownBetween: 5,
  ownLast: 4,
  calledMe: 4,
  exchanged: 4,
  words: 6,
  rare: 4,
  questions: 8,
  shapes: 16,
  callKinds: 16,
  marks: 16,
  between: 5,
  groupHasMe: 4,
  groupHasCalled: 3,
  groupLast: 4,
  groupLines: 5,
} as const;
const OF_LINE = {
  heardBefore: 5,
  sinceOwn: 8,
  call: 8,
  form: 32,
  length: 6,
  calledSince: 5,
  crowd: 5,
} as const;

function offsets(groups: Record<string, number>, from: number): [Record<string, number>, number] {
  const at: Record<string, number> = {};
  let next = from;
  for (const [name, size] of Object.entries(groups)) {
    at[name] = next;
    next += size;
  }
  return [at, next];
}
const [PAIR, PAIR_END] = offsets(GROUPS, 0);
const [LINE, LINE_END] = offsets(OF_LINE, PAIR_END);
/** The feature of beginning anew stands instead of all features of a pair. */
export const ANEW = LINE_END;
export const FEATURES = LINE_END + 1;

/** What the lines so far have been grouped into; answers for one candidate line. */
export interface Groups {
  of(line: HeardLine): string;
  has(group: string, who: string): boolean;
  last(group: string): HeardLine | undefined;
  size(group: string): number;
}

/** The lines a new one may go on from, newest first; at most fifty. */
export function candidatesOf(room: RoomLog, line: HeardLine): HeardLine[] {
  const near = room.lines.slice(-BACK);
  const first = near[0]?.no ?? 0;
  const older: HeardLine[] = [];
  for (const who of [line.who, line.called])
    if (who !== null)
      older.push(...(room.speakers.get(who)?.lines ?? []).filter((l) => l.no < first).slice(-OWN_OLDER));
  return [...new Set([...near.reverse(), ...older.sort((a, b) => b.no - a.no)])];
}

const bin = (value: number, edges: readonly number[]): number => {
  let i = 0;
  while (i < edges.length && value > edges[i]!) i++;
  return i;
};
const LINES = [1, 2, 3, 4, 5, 7, 10, 14, 20, 30, 45];
const MINUTES = [0, 1, 2, 3, 5, 8, 15, 30, 60];

/** Features of the line alone: they weigh on beginning anew and, through the hidden layer, on every pair. */
export function lineFeatures(room: RoomLog, m: HeardLine): number[] {
  const me = room.speakers.get(m.who);
  const last = me?.lines.at(-1);
  const minutes = last ? (m.at - last.at) / MINUTE : Number.POSITIVE_INFINITY;
  const called = m.called === null ? undefined : room.speakers.get(m.called)?.lines.at(-1);
  const calledMe = me?.calledBy ?? undefined;
  const fresh = calledMe !== undefined && (last === undefined || calledMe.no > last.no);
  const crowd = new Set(room.lines.slice(-12).map((l) => l.who)).size;
  return [
    LINE.heardBefore! + bin(me?.spoken ?? 0, [0, 1, 3, 10]),
    LINE.sinceOwn! + (last ? bin(minutes, [0, 1, 3, 6, 12, 30]) : 7),
    LINE.call! + (m.called === null ? 0 : called ? 1 + bin(m.no - called.no, [3, 10, 40]) : 5),
    LINE.form! +
      (m.asks ? 1 : 0) +
      (m.opensAsQuestion ? 2 : 0) +
      (m.greets ? 4 : 0) +
      (m.agrees ? 8 : 0) +
      (m.command ? 16 : 0),
    LINE.length! + bin(m.length, [1, 3, 6, 10, 20]),
    LINE.calledSince! + (fresh ? 1 + bin(m.no - calledMe!.no, [3, 10, 30]) : 0),
    LINE.crowd! + bin(crowd, [2, 4, 6, 8]),
  ];
}

/** Features of going on from `c`. */
export function pairFeatures(room: RoomLog, m: HeardLine, c: HeardLine, groups: Groups): number[] {
  const me = room.speakers.get(m.who);
  const them = speaker(room, c.who);
  const own = me?.lines ?? [];
  const same = c.who === m.who;
  const last = own.at(-1);
  const calledMe = me?.calledBy ?? null;
  const group = groups.of(c);
  const groupLast = groups.last(group);
  const found: number[] = [];
  const add = (at: number, value = 0) => found.push(at + value);
  add(
    PAIR.relation!,
    (same ? 1 : 0) +
      (m.called === c.who ? 2 : 0) +
      (c.called === m.who ? 4 : 0) +
      (m.called !== null && m.called === c.called ? 8 : 0) +
      (m.called !== null ? 16 : 0) +
      (c.called !== null ? 32 : 0),
  );
  add(PAIR.lines!, bin(m.no - c.no, LINES));
  add(PAIR.minutes!, bin((m.at - c.at) / MINUTE, MINUTES));
  add(PAIR.laterOfTheirs!, Math.min(3, countAfter(them.lines, c.no)));
  add(PAIR.ownBetween!, bin(countAfter(own, c.no), [0, 1, 2, 4]));
  add(PAIR.ownLast!, last === undefined ? 0 : last.called === c.who ? 1 : last.called === null ? 2 : 3);
  add(PAIR.calledMe!, calledMe === null ? 0 : calledMe === c ? 1 : calledMe.no > c.no ? 2 : 3);
  add(PAIR.exchanged!, Math.min(3, exchanged(own, m.who, c.who, them.lines)));
  const [weight, rare] = sharedWeight(room, m, c);
  add(PAIR.words!, weight === 0 ? 0 : 1 + bin(weight, [2, 4, 6, 9]));
  add(PAIR.rare!, Math.min(3, rare));
  add(PAIR.questions!, (c.asks ? 1 : 0) + (m.asks ? 2 : 0) + (c.opensAsQuestion ? 4 : 0));
  add(PAIR.shapes!, (m.agrees ? 1 : 0) + (c.greets ? 2 : 0) + (m.length <= 3 ? 4 : 0) + (c.length <= 3 ? 8 : 0));
  add(PAIR.callKinds!, m.callKind * 4 + c.callKind);
  add(PAIR.marks!, (c.command ? 1 : 0) + (c.bot ? 2 : 0) + (m.bot ? 4 : 0) + (c.link ? 8 : 0));
  add(PAIR.between!, bin(speakersBetween(room, m, c), [0, 1, 2, 4]));
  add(PAIR.groupHasMe!, (groups.has(group, m.who) ? 1 : 0) + (last !== undefined && groups.of(last) === group ? 2 : 0));
  add(PAIR.groupHasCalled!, m.called === null ? 0 : groups.has(group, m.called) ? 1 : 2);
  add(PAIR.groupLast!, groupLast === c || groupLast === undefined ? 0 : 1 + bin(groupLast.no - c.no, [2, 8]));
  add(PAIR.groupLines!, bin(groups.size(group), [1, 2, 5, 15]));
  return found;
}

function countAfter(lines: readonly HeardLine[], no: number): number {
  let n = 0;
  for (let i = lines.length - 1; i >= 0 && lines[i]!.no > no; i--) n++;
  return n;
}

/** How often the two called one another lately. */
function exchanged(own: readonly HeardLine[], me: string, them: string, theirs: readonly HeardLine[]): number {
  let n = 0;
  for (const l of own) if (l.called === them) n++;
  for (const l of theirs) if (l.called === me) n++;
  return n;
}

/** Shared words, a rare one counting more; and how many of them are rare in this room. */
function sharedWeight(room: RoomLog, m: HeardLine, c: HeardLine): [number, number] {
  let weight = 0;
  let rare = 0;
  const [small, large] = m.words.size < c.words.size ? [m.words, c.words] : [c.words, m.words];
  for (const w of small) {
    if (!large.has(w)) continue;
    const times = room.frequency.get(w) ?? 1;
    weight += Math.log(1 + 1_000 / (times + 1)) / 1.5;
    if (times <= 4) rare++;
  }
  return [weight, rare];
}

function speakersBetween(room: RoomLog, m: HeardLine, c: HeardLine): number {
  const seen = new Set<string>();
  for (let i = room.lines.length - 1; i >= 0 && room.lines[i]!.no > c.no && seen.size < 6; i--) {
    const { who } = room.lines[i]!;
    if (who !== c.who && who !== m.who) seen.add(who);
  }
  return seen.size;
}
