import type { ChatMessage } from "#contracts/webchat";
import type { Outgoing } from "./outbox.ts";

/** What the visitor sees of the conversation, made of the server's log and of what has not left yet. */

export type Status = "sending" | "sent" | "delivered" | "read" | "refused";

export interface Entry {
  key: string;
  from: ChatMessage["from"];
  name: string;
  text: string;
  at: number;
  files: ChatMessage["files"];
  /** First of a run by one person without a long gap: it has the name over it. */
  first: boolean;
  /** Last of such a run: it has the time under it. */
  last: boolean;
  /** A new day begins with it. */
  day: boolean;
  /** The visitor's own only; shown under the last one, and under those that were refused. */
  status: Status | null;
  /** Why it was refused. */
  why: string;
}

export interface Receipts {
  delivered: number;
  read: number;
}

const RUN_MS = 5 * 60_000;

/** Lines by their number, each once. The same array when nothing is new. */
export function withLines(lines: readonly ChatMessage[], more: readonly ChatMessage[]): readonly ChatMessage[] {
  const known = new Set(lines.map((line) => line.seq));
  const fresh = more.filter((line) => !known.has(line.seq) && known.add(line.seq));
  if (fresh.length === 0) return lines;
  return [...lines, ...fresh].sort((a, b) => a.seq - b.seq);
}

/** Receipts never go back. */
export function withReceipt(receipts: Receipts, upTo: number, status: "delivered" | "read"): Receipts {
  const read = status === "read" ? Math.max(receipts.read, upTo) : receipts.read;
  return { read, delivered: Math.max(receipts.delivered, upTo, read) };
}

export function entriesOf(lines: readonly ChatMessage[], waiting: readonly Outgoing[], receipts: Receipts): Entry[] {
  const there = new Set(lines.map((line) => line.clientMsgId));
  const own = lines.findLast((line) => line.from === "visitor");
  const entries: Entry[] = lines.map((line) => ({
    ...{ key: line.clientMsgId ?? line.id, from: line.from, name: line.name ?? "", text: line.text },
    ...{ at: Date.parse(line.at), files: line.files, first: true, last: true, day: false, why: "" },
    status: line === own ? statusOf(line.seq, receipts) : null,
  }));
  for (const one of waiting) {
    if (there.has(one.clientMsgId)) continue;
    entries.push({
      ...{ key: one.clientMsgId, from: "visitor", name: "", text: one.text, at: one.at, files: one.files },
      ...{ first: true, last: true, day: false, status: one.why === "" ? "sending" : "refused", why: one.why },
    });
  }
  return entries.map((entry, i) => {
    const before = entries[i - 1];
    const after = entries[i + 1];
    const day = !before || dayNumber(before.at) !== dayNumber(entry.at);
    return { ...entry, day, first: day || !sameRun(before, entry), last: !after || !sameRun(entry, after) };
  });
}

/** How many lines of ours the visitor has not seen. */
export function unreadOf(lines: readonly ChatMessage[], readUpTo: number): number {
  return lines.filter((line) => line.from === "agent" && line.seq > readUpTo).length;
}

/** The visitor spoke last, and when; null when nothing of theirs waits for an answer. */
export function waitsSince(lines: readonly ChatMessage[]): number | null {
  const spoken = lines.filter((line) => line.from !== "system");
  const answered = spoken.findLastIndex((line) => line.from === "agent");
  const first = spoken[answered + 1];
  return first ? Date.parse(first.at) : null;
}

function statusOf(seq: number, receipts: Receipts): Status {
  if (seq <= receipts.read) return "read";
  return seq <= receipts.delivered ? "delivered" : "sent";
}

function sameRun(one: Entry | undefined, next: Entry): boolean {
  return one !== undefined && one.from === next.from && one.name === next.name && next.at - one.at < RUN_MS;
}

function dayNumber(at: number): string {
  return new Date(at).toDateString();
}
