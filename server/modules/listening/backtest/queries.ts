import { matchesEverything } from "#shared/query/anchors";
import type { Post } from "#shared/query/ast";
import { parseQuery } from "#shared/query/parse";
import { Matcher } from "../domain/matching/matcher.ts";
import { type BacktestArgs, runSubject } from "./command.ts";
import { BadRow, type InRow, readQueries, readRows, writeRows } from "./rows.ts";

const USAGE = "backtest queries --queries queries.jsonl --in posts.jsonl --out answers.jsonl";

/** `backtest queries`: which listening queries match each post, by the matcher that listens to the live stream. */
export function run(argv: readonly string[]): Promise<number> {
  return runSubject(argv, USAGE, ["queries"], answer);
}

async function answer(args: BacktestArgs): Promise<number> {
  if (!args.queries) throw new BadRow(`Say which queries to ask: --queries is missing.\n${USAGE}`);
  const matcher = new Matcher();
  for await (const { id, query, where } of readQueries(args.queries)) {
    const parsed = parseQuery(query);
    if (!parsed.ok) throw new BadRow(`${where}: ${inWords(query, parsed.fault)}`);
    const all = matchesEverything(parsed.query);
    // Asked all the same: what is only tried on a file may cost what it likes.
    if (all) console.error(`${where}: ${inWords(query, all)}`);
    matcher.add(id, parsed.query);
  }
  return writeRows(args.out!, answers());

  async function* answers() {
    for await (const row of readRows(args.in!)) yield { id: row.id, queries: matcher.match(postOf(row)).sort() };
  }
}

/** The sentence, and the query with a mark below the place. */
function inWords(query: string, fault: { says: string; write?: string; at: number; length: number }): string {
  const from = Math.max(0, fault.at - 40);
  const shown = query.slice(from, fault.at + Math.max(40, fault.length)).replace(/\s/g, " ");
  const mark = `${" ".repeat(fault.at - from)}${"^".repeat(Math.max(1, Math.min(fault.length, 40)))}`;
  return `${fault.says}${fault.write ? ` Write ${fault.write}.` : ""}\n  ${shown}\n  ${mark}`;
}

/** What a row tells of its post; fields of another shape than asked for are left out. */
function postOf(row: InRow & Record<string, unknown>): Post {
  const text = (value: unknown) => (typeof value === "string" ? value : undefined);
  const list = (value: unknown) =>
    Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : undefined;
  return {
    ...{ text: row.text, from: text(row.from), to: list(row.to), lang: text(row.lang), links: list(row.links) },
    followers: typeof row.followers === "number" ? row.followers : undefined,
    ...{ has: list(row.has) as Post["has"], is: list(row.is) as Post["is"] },
  };
}
