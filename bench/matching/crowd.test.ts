import { expect, test } from "vitest";
import { Matcher } from "../../server/modules/listening/domain/matching/matcher.ts";
import { parseQuery } from "../../shared/query/parse.ts";
import { crowdOf } from "./crowd.ts";

/** So many queries are asked about a post for each that matches, whatever their number. */
const MOST_PER_HIT = 1.3;

test.each([1_000, 10_000])("of %i monitors only those are asked that have a reason", (monitors) => {
  const crowd = crowdOf({ monitors, posts: 400, hits: 5 });
  const matcher = new Matcher();
  for (const [n, query] of crowd.queries.entries()) {
    const parsed = parseQuery(query);
    if (!parsed.ok) throw new Error(parsed.fault.says);
    matcher.add(String(n), parsed.query);
  }
  let hits = 0;
  for (const text of crowd.texts) hits += matcher.match({ text }).length;
  // A bait put into another one parts it; the same one twice counts once.
  expect(hits).toBeGreaterThan(crowd.planted * 0.8);
  expect(hits).toBeLessThan(crowd.planted * 1.1);
  expect(matcher.counts.evaluations).toBeLessThanOrEqual(hits * MOST_PER_HIT);
});
