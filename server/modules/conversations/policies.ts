import type { PolicyRule } from "#contracts/policy";
import { PolicyChanged } from "#events/conversations";
import { messagesById } from "#modules/channels";
import { customersById } from "#modules/customers";
import { labelsOfMessages } from "#modules/listening";
import type { Tx } from "#platform/db";
import { conflict } from "#platform/errors";
import { DEFAULT_POLICY_TEXT, DEFAULT_RULES } from "./domain/default-policy.ts";
import { judge } from "./domain/policy.ts";
import { coursesOf } from "./placing/course-of.ts";
import { labelsOf, policyFacts } from "./placing/draft.ts";
import { stoodThen } from "./placing/verdict.ts";
import { findEpisodes } from "./store/episode-store.ts";
import { lastOfBrand } from "./store/placement-store.ts";
import { findPolicies, insertPolicy, type StoredPolicy } from "./store/policy-store.ts";

/** The policies of a run's brands, loaded once. */
export interface Policies {
  of(brandId: string): StoredPolicy;
}

/** A brand that has written nothing yet works by the default policy, version 0. */
function fallback(brandId: string): StoredPolicy {
  return { brandId, version: 0, text: DEFAULT_POLICY_TEXT, rules: [...DEFAULT_RULES], validFrom: 0 };
}

export async function policiesOf(tx: Tx, brandIds: readonly string[]): Promise<Policies> {
  const found = new Map((await findPolicies(tx, brandIds)).map((p) => [p.brandId, p]));
  return { of: (brandId) => found.get(brandId) ?? fallback(brandId) };
}

export async function policyOf(tx: Tx, brandId: string): Promise<StoredPolicy> {
  return (await policiesOf(tx, [brandId])).of(brandId);
}

/** Writes the next version. It counts for messages that come from now on; nothing that was decided is decided again. */
export async function setPolicy(
  tx: Tx,
  brandId: string,
  written: { text: string; rules: PolicyRule[]; expectedVersion: number },
  by: string | null,
): Promise<StoredPolicy> {
  const present = await policyOf(tx, brandId);
  const next = { brandId, version: present.version + 1, text: written.text, rules: written.rules, validFrom: tx.now };
  if (present.version !== written.expectedVersion || !(await insertPolicy(tx, next, by)))
    throw conflict("policy", { version: (await policyOf(tx, brandId)).version });
  tx.announce(PolicyChanged, {
    key: brandId,
    entity: "policy",
    entityId: brandId,
    entityVersion: next.version,
    payload: { brandId, version: next.version },
  });
  return next;
}

export interface DryRun {
  looked: number;
  work: number;
  leave: number;
  /** Where the draft decides otherwise than was decided, newest first. */
  changed: { messageId: string; text: string; was: boolean | null; would: boolean; says: string }[];
}

const CHANGED_SHOWN = 200;

/** Runs draft rules over the last messages of a brand. Reads only: nothing is decided, opened or announced. */
export async function dryRun(tx: Tx, brandId: string, rules: readonly PolicyRule[], last: number): Promise<DryRun> {
  const placed = await lastOfBrand(tx, brandId, last);
  const ids = placed.map((p) => p.messageId);
  const messages = new Map((await messagesById(tx, ids)).map((m) => [m.id, m]));
  const understandings = await labelsOfMessages(tx, ids);
  const customers = await customersById(
    tx,
    placed.flatMap((p) => p.customerId ?? []),
  );
  const episodes = new Map(
    (
      await findEpisodes(
        tx,
        "id",
        placed.flatMap((p) => p.episodeId ?? []),
      )
    ).map((e) => [e.id, e]),
  );
  const spoken = (p: (typeof placed)[number]) => ({
    ...{ messageId: p.messageId, conversationId: p.conversationId, at: p.sentAt },
  });
  const course = await coursesOf(tx, [rules], placed.filter((p) => p.role === "customer").map(spoken));
  const result: DryRun = { looked: 0, work: 0, leave: 0, changed: [] };
  for (const p of placed) {
    const message = messages.get(p.messageId);
    const row = understandings.get(p.messageId);
    if (!message || !row) continue;
    const customer = p.customerId === null ? undefined : customers.get(p.customerId);
    const facts = policyFacts(
      {
        message,
        labels: labelsOf(row),
        known: customer !== undefined && customer.firstSeenAt < message.sentAt,
        course: course(spoken(p)),
      },
      stoodThen(p, p.episodeId === null ? undefined : episodes.get(p.episodeId)),
    );
    const verdict = judge(rules, facts);
    result.looked++;
    if (verdict.actionable) result.work++;
    else result.leave++;
    if (verdict.actionable !== p.actionable && result.changed.length < CHANGED_SHOWN)
      result.changed.push({
        messageId: p.messageId,
        text: message.text.slice(0, 300),
        was: p.actionable,
        would: verdict.actionable,
        says: verdict.says,
      });
  }
  return result;
}
