import { toCsv } from "./csv.ts";
import type { FigureRow, FigureRows } from "./figures-query.ts";

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
export async function allRows(
  page: (cursor: string | null) => Promise<FigureRows>,
  onCount: (rows: number) => void,
): Promise<FigureRow[]> {
  const rows: FigureRow[] = [];
  let cursor: string | null = null;
  for (;;) {
    const answer: FigureRows = await page(cursor);
    rows.push(...answer.items);
    onCount(rows.length);
    if (answer.next === null || answer.next === cursor) return rows;
    cursor = answer.next;
  }
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
