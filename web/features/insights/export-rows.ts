import { toCsv } from "./csv.ts";
import type { FigureRow } from "./figures-query.ts";
import { dayOf } from "./spans.ts";

export type Page<Row> = { items: readonly Row[]; next: string | null };

/** Columns of the file; `value` is in the figure's unit: milliseconds for times, 1 or 0 for shares. */
export const COLUMNS = ["number", "at", "value", "agent", "network", "note", "episode_id", "conversation_id"] as const;

export function rowsToCsv(rows: readonly FigureRow[]): string {
  return toCsv(
    COLUMNS,
    rows.map((row) => [
      row.number,
      row.at,
      row.value,
      row.agent,
      row.network,
      row.note,
      row.episodeId,
      row.conversationId,
    ]),
  );
}

/** All rows, page by page, in the server's order; a page that names itself as the next one ends it. */
export async function allRows<Row>(
  page: (cursor: string | null) => Promise<Page<Row>>,
  onCount: (rows: number) => void,
): Promise<Row[]> {
  const rows: Row[] = [];
  let cursor: string | null = null;
  for (;;) {
    const answer: Page<Row> = await page(cursor);
    rows.push(...answer.items);
    onCount(rows.length);
    if (answer.next === null || answer.next === cursor) return rows;
    cursor = answer.next;
  }
}

/** "hubbub-backlog-2026-11-16-2026-11-22.csv": what it is of, its first and its last day. */
export function fileName(name: string, view: { from: string; to: string; zone: string }): string {
  const [first, last] = [Date.parse(view.from), Date.parse(view.to) - 1].map((at) => dayOf(at, view.zone));
  return `hubbub-${name}-${first}-${last}.csv`;
}

/** Hands the text to the browser as a file. */
export function saveFile(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
