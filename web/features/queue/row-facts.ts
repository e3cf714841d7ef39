import type { OfferView, WorkRow } from "#contracts/desk";
import { awaitsApproval } from "./work-groups.ts";

/** What is said of a row, in the order in which it is read out: each a key of the words in use-row-words.ts. */
export type RowFact =
  | { say: "customer" | "snippet-us" | "snippet"; text: string }
  | { say: "mark"; network: string; audience: "public" | "private" }
  | { say: "unread" | "draft" | "failed" | "unknown" | "paused" }
  | { say: "ordinal"; ordinal: number }
  | { say: "left" | "late"; ms: number }
  | { say: "wakes"; at: string }
  | { say: "risk"; risks: readonly string[] }
  | { say: "language"; language: string }
  | { say: "owner"; name: string };

/** A row as a sentence: "Ines Rocha, Mastodon, public, 4th episode, 6 minutes left, risk: reach". */
export function rowFacts(row: WorkRow, now: number, pageLanguage: string): RowFact[] {
  const facts: RowFact[] = [{ say: "customer", text: row.customer.name || row.customer.handle }];
  facts.push({ say: "mark", network: row.mark.network, audience: row.mark.audience });
  if (row.unread) facts.push({ say: "unread" });
  if (row.episodeOrdinal > 1) facts.push({ say: "ordinal", ordinal: row.episodeOrdinal });
  facts.push(...clockFacts(row, now));
  if (row.risks.length > 0) facts.push({ say: "risk", risks: row.risks });
  if (showsLanguage(row, pageLanguage)) facts.push({ say: "language", language: row.language });
  if (row.trouble) facts.push({ say: row.trouble });
  if (row.draft) facts.push({ say: "draft" });
  if (row.owner) facts.push({ say: "owner", name: row.owner.name });
  if (row.snippet) facts.push({ say: row.snippetBy === "us" ? "snippet-us" : "snippet", text: row.snippet });
  return facts;
}

function clockFacts(row: WorkRow, now: number): RowFact[] {
  if (row.wakesAt !== null && row.state === "parked") return [{ say: "wakes", at: row.wakesAt }];
  if (row.clock.state === "paused" || (row.state === "parked" && !awaitsApproval(row))) return [{ say: "paused" }];
  if (row.clock.state === "stopped") return [];
  const left = Date.parse(row.clock.dueAt) - now;
  return [left < 0 ? { say: "late", ms: -left } : { say: "left", ms: left }];
}

/** Only a language other than the page's is worth a mark. */
export function showsLanguage(row: Pick<WorkRow, "language">, pageLanguage: string): boolean {
  const base = (tag: string) => tag.split("-")[0];
  return row.language !== "und" && row.language !== "" && base(row.language) !== base(pageLanguage);
}

/** Seconds an offer still stands, and how much of its ring is left (0…1). */
export function offerTime(offer: Pick<OfferView, "offeredAt" | "expiresAt">, now: number) {
  const ends = Date.parse(offer.expiresAt);
  const whole = Math.max(1, ends - Date.parse(offer.offeredAt));
  const left = Math.max(0, ends - now);
  return { seconds: Math.ceil(left / 1_000), part: Math.min(1, left / whole), over: left === 0 };
}
