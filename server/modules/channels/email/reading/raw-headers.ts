const MAX_HEAD = 200_000;

/** The header lines of a raw mail, unfolded, names in lower case; of repeated ones the first. Values as they stand. */
export function headersOfRaw(raw: Uint8Array): Map<string, string> {
  const found = new Map<string, string>();
  for (const [name, value] of headerLines(raw)) if (!found.has(name)) found.set(name, value);
  return found;
}

/** All lines of one name, topmost (the last that was written) first. */
export function allOfRaw(raw: Uint8Array, name: string): string[] {
  return [...headerLines(raw)].flatMap(([named, value]) => (named === name ? [value] : []));
}

function* headerLines(raw: Uint8Array): Generator<[name: string, value: string]> {
  const head = Buffer.from(raw.buffer, raw.byteOffset, Math.min(raw.byteLength, MAX_HEAD)).toString("latin1");
  const end = /\r?\n\r?\n/.exec(head)?.index ?? head.length;
  for (const line of head
    .slice(0, end)
    .replace(/\r?\n[ \t]+/g, " ")
    .split(/\r?\n/)) {
    const colon = line.indexOf(":");
    const name = line.slice(0, colon).trim().toLowerCase();
    if (colon > 0 && /^[!-9;-~]+$/.test(name)) yield [name, line.slice(colon + 1).trim()];
  }
}

/** Addresses in a header, in lower case; names beside them are not read. */
export function addressesIn(value: string): string[] {
  const plain = value.slice(0, 8_000).replace(/"(?:[^"\\]|\\.)*"/g, " ");
  return (plain.match(/[^\s<>(),;:"@]{1,128}@[^\s<>(),;:"@]{1,255}/g) ?? []).map((a) => a.toLowerCase());
}

/** The address of the From line; undefined where there are several lines or addresses, of which every reader could take another one. */
export function soleSender(raw: Uint8Array): string | undefined {
  const lines = allOfRaw(raw, "from");
  const all = addressesIn(lines[0] ?? "");
  return lines.length === 1 && all.length === 1 ? all[0] : undefined;
}
