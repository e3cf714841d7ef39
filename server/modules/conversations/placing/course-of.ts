import type { PolicyRule } from "#contracts/policy";
import { courseOf, labelsOfMessages, type Mood } from "#modules/listening";
import type { Tx } from "#platform/db";
import type { PolicyFacts } from "../domain/policy.ts";
import { lastOfConversations, type Placement } from "../store/placement-store.ts";

/** A customer's message where it stands. Instants are epoch milliseconds. */
export interface Spoken {
  messageId: string;
  conversationId: string | null;
  at: number;
}
/** What decides in each brand now. */
interface Policies {
  of(brandId: string): { version: number; rules: readonly PolicyRule[] };
}
/** The course of the customer's mood up to and with a message; null: nothing tells it, or no rule asks. */
export type CourseUpTo = (spoken: Spoken) => PolicyFacts["course"];

const NO_COURSE: CourseUpTo = () => null;
/** More than the course looks at (listening): our own words lie between. */
const LAST_READ = 40;
/** So many behind a late message are looked at again: further ones do not see it in their course. */
const LOOKED_AGAIN = 12;

export function asksForCourse(rules: readonly PolicyRule[]): boolean {
  return rules.some((rule) => rule.when.some((condition) => condition.on === "course"));
}

/** Reads what customers said before and what they say now. Two statements where a rule asks for the course, else none. */
export async function coursesOf(
  tx: Tx,
  rules: readonly (readonly PolicyRule[])[],
  now: readonly Spoken[],
): Promise<CourseUpTo> {
  if (now.length === 0 || !rules.some(asksForCourse)) return NO_COURSE;
  const ids = [...new Set(now.flatMap((s) => s.conversationId ?? []))];
  const before = await lastOfConversations(tx, ids, LAST_READ);
  const spoken = new Map<string, Spoken>(
    before.flatMap(({ messageId, conversationId, sentAt, role }) =>
      role === "customer" ? [[messageId, { messageId, conversationId, at: sentAt }]] : [],
    ),
  );
  // What is decided now stands where it is decided to stand.
  for (const one of now) spoken.set(one.messageId, one);
  const labels = await labelsOfMessages(tx, [...spoken.keys()]);
  const moods = new Map<string, Mood[]>();
  for (const { messageId, conversationId, at } of spoken.values()) {
    const label = labels.get(messageId);
    if (!label || conversationId === null) continue;
    const mood = { messageId, at, sentiment: { value: label.sentiment, score: label.sentimentSure } };
    moods.set(conversationId, [...(moods.get(conversationId) ?? []), mood]);
  }
  return ({ conversationId, at }) =>
    courseOf((moods.get(conversationId ?? "") ?? []).filter((m) => m.at <= at))?.course ?? null;
}

/**
 * What customers said after messages that came late, where a rule asks for the course: decided without them, it may be decided otherwise
 * now. What another policy decided stays, and history, which opens no work. One statement where a rule asks for the course and something was placed, else none.
 */
export async function saidAfter(tx: Tx, placed: readonly Placement[], policies: Policies): Promise<Placement[]> {
  const late = new Map<string, number>();
  for (const { conversationId, role, sentAt, brandId } of placed)
    if (conversationId !== null && role === "customer" && asksForCourse(policies.of(brandId).rules))
      late.set(conversationId, Math.min(sentAt, late.get(conversationId) ?? sentAt));
  const done = new Set(placed.map((p) => p.messageId));
  const after = (await lastOfConversations(tx, [...late.keys()], LAST_READ)).filter(
    (p) =>
      p.role === "customer" &&
      !p.backfilled &&
      p.sentAt > late.get(p.conversationId!)! &&
      !done.has(p.messageId) &&
      p.policyVersion === policies.of(p.brandId).version,
  );
  const each = Map.groupBy(after, (p) => p.conversationId);
  return [...each.values()].flatMap((all) => all.toSorted((a, b) => a.sentAt - b.sentAt).slice(0, LOOKED_AGAIN));
}
