import { readFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";

export type Row = Record<string, unknown>;
/** Figures by name. Shares lie between 0 and 1, cluster figures between 0 and 100. */
export type Figures = Record<string, number>;

const MOST_BYTES = 1_000_000_000;

/** Rows of a JSONL file, gzipped or not. A faulty line is told with its place. */
export async function readRows(file: string): Promise<Row[]> {
  const bytes = await readFile(file);
  const packed = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const text = (packed ? gunzipSync(bytes, { maxOutputLength: MOST_BYTES }) : bytes).toString("utf8");
  return text.split("\n").flatMap((line, i) => {
    if (line.trim() === "") return [];
    try {
      return [JSON.parse(line) as Row];
    } catch {
      throw new Error(`${file}:${i + 1} is not JSON. Every line has to be one JSON object.`);
    }
  });
}

export function mean(values: readonly number[]): number {
  return values.length === 0 ? Number.NaN : values.reduce((a, b) => a + b, 0) / values.length;
}

export interface Hits {
  right: number;
  wrong: number;
  missed: number;
}

/** Precision, recall and F1 under the names a report uses. */
export function rates(h: Hits, of = ""): Figures {
  const precision = h.right / (h.right + h.wrong || 1);
  const recall = h.right / (h.right + h.missed || 1);
  const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
  const name = (what: string) => (of === "" ? what : `${what} ${of}`);
  return { [name("precision")]: precision, [name("recall")]: recall, [name("f1")]: f1 };
}

export const listOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
