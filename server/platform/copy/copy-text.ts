/** One row of COPY text as its columns, still escaped. */
export type CopyRow = string[];

/** Rows of a small table: COPY text as PostgreSQL writes it. */
export function rowsOfCopyText(text: string): CopyRow[] {
  return text
    .split("\n")
    .slice(0, -1)
    .map((line) => line.split("\t"));
}

export function copyTextOf(rows: readonly CopyRow[]): string {
  return rows.map((row) => `${row.join("\t")}\n`).join("");
}

/** A bytea column: `\\x` and hex digits. */
export function bytesOfColumn(column: string): Buffer {
  const hex = /^\\\\x((?:[0-9a-f]{2})*)$/.exec(column)?.[1];
  if (hex === undefined) throw new Error("this is no column of bytes");
  return Buffer.from(hex, "hex");
}

export function columnOfBytes(bytes: Uint8Array): string {
  return `\\\\x${Buffer.from(bytes).toString("hex")}`;
}
