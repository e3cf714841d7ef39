import { type Instant, MINUTE } from "#platform/clock";

/** A line of a room in which everybody speaks to everybody, without reply links. */
export interface RoomLine {
  id: string;
  at: Instant;
  from: string;
  text: string;
}

/** Measured best of 10 to 60 minutes on public rooms (reference text.md §6 C): an own thread is over sooner than one that is called back. */
const OWN_MS = 15 * MINUTE;
const CALLED_MS = 30 * MINUTE;

/**
 * Tells the threads of a room apart: a line that calls a nick belongs to what that person said last, any other to what its author
 * said last or was told last; after some silence it begins anew. Returns a thread for each line, named by its first line.
 */
export function roomThreads(lines: readonly RoomLine[]): Map<string, string> {
  const threadOf = new Map<string, string>();
  const spoke = new Map<string, { thread: string; at: Instant }>();
  const nicks = new Set(lines.map((l) => fold(l.from)));
  for (const line of lines.toSorted((a, b) => a.at - b.at)) {
    const me = fold(line.from);
    const called = calledNick(line.text, nicks, me);
    const fresh = (who: string | null, within: number) => {
      const last = who === null ? undefined : spoke.get(who);
      return last && line.at - last.at <= within ? last.thread : undefined;
    };
    const thread = fresh(called, CALLED_MS) ?? fresh(me, OWN_MS) ?? line.id;
    threadOf.set(line.id, thread);
    spoke.set(me, { thread, at: line.at });
    // Who was called goes on in this thread unless he is in the middle of another one.
    if (called !== null && fresh(called, OWN_MS) === undefined) spoke.set(called, { thread, at: line.at });
  }
  return threadOf;
}

function calledNick(text: string, nicks: ReadonlySet<string>, me: string): string | null {
  const head = /^\s*@?([^\s,:;>]{2,40})\s*[,:;>]/u.exec(text);
  if (head && nicks.has(fold(head[1]!)) && fold(head[1]!) !== me) return fold(head[1]!);
  for (const [word] of text.matchAll(/[^\s,:;!?()]{3,40}/gu)) {
    const nick = fold(word.replace(/^@/, "").replace(/[.]+$/, ""));
    if (nick !== me && nicks.has(nick) && !COMMON.has(nick)) return nick;
  }
  return null;
}

/** Nicks that are everyday words: calling them has to be unmistakable. */
const COMMON = new Set(
  "usual maybe just this that what there here then well yeah nope okay help linux ubuntu root user test guest anyone someone nobody".split(
    " ",
  ),
);

function fold(nick: string): string {
  return nick.toLowerCase();
}
