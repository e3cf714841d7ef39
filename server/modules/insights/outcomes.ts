import { brandsOf, settingHistory, settingOf } from "#modules/company";
import { outcomesSetting } from "#modules/desk";
import type { Tx } from "#platform/db";
import { type Named, namesOf } from "./domain/outcome-names.ts";
import { type OutcomeTree, outcomeTree } from "./domain/outcome-tree.ts";
import { spanBefore, zoneOf } from "./insights.ts";
import { countMarks, countOutcomes } from "./store/closing-fact-store.ts";
import type { Filter } from "./store/fact-store.ts";

export interface Mark {
  count: number;
  before: number;
}
export interface Outcomes extends OutcomeTree {
  zone: string;
  feedback: Mark;
  leads: Mark;
}

/**
 * What came of the conversations that were resolved in a span, beside the span before. A conversation resolved more than once in a span
 * counts once, by its last resolution in it; what was noted of the product or marked as a lead counts with whichever it came.
 */
export async function outcomesOf(tx: Tx, f: Filter): Promise<Outcomes> {
  const earlier = spanBefore(f, tx.now);
  const tree = outcomeTree(await countOutcomes(tx, f), await countOutcomes(tx, earlier), await outcomeNames(tx, f));
  const [now, was] = [await countMarks(tx, f), await countMarks(tx, earlier)];
  return {
    ...tree,
    zone: await zoneOf(tx),
    feedback: { count: now.feedback, before: was.feedback },
    leads: { count: now.leads, before: was.leads },
  };
}

/** Names of outcomes and reasons in the lists of the brands asked for; what is gone from them keeps the last it had. */
export async function outcomeNames(tx: Tx, f: Filter): Promise<(path: readonly string[]) => Named> {
  const brandIds = f.brandId === null ? (await brandsOf(tx)).map((b) => b.id as string) : [f.brandId];
  const lists = [];
  for (const brandId of brandIds) lists.push((await settingOf(tx, outcomesSetting, { brandId })).value);
  return namesOf(lists, await settingHistory(tx, outcomesSetting));
}
