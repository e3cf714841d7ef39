import { type Figures, listOf, mean, type Row, rates } from "./rows.ts";

/** Pairs of a query and a post, each right or not. */
export function scoreQueries(truth: readonly Row[], found: readonly Row[]): Figures {
  const answers = new Map(found.map((f) => [f.id, new Set(listOf(f.queries))]));
  const hits = { right: 0, wrong: 0, missed: 0 };
  const each = new Map<unknown, boolean[]>();
  for (const { query, post, match } of truth) {
    const said = answers.get(post)?.has(String(query)) ?? false;
    if (said && match === true) hits.right++;
    else if (said) hits.wrong++;
    else if (match === true) hits.missed++;
    each.set(query, [...(each.get(query) ?? []), said === (match === true)]);
  }
  return {
    ...{ pairs: truth.length, queries: each.size, accuracy: mean([...each.values()].flat().map(Number)) },
    ...rates(hits),
    queries_wholly_right: mean([...each.values()].map((all) => Number(all.every(Boolean)))),
  };
}
