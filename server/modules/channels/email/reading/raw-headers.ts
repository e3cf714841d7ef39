const MAX_HEAD = 200_000;

/** The header lines of a raw mail, unfolded, names in lower case; of repeated ones the first. Values as they stand. */
export function headersOfRaw(raw: Uint8Array): Map<string, string> {
  const head = Buffer.from(raw.buffer, raw.byteOffset, Math.min(raw.byteLength, MAX_HEAD)).toString("latin1");
  const end = /\r?\n\r?\n/.exec(head)?.index ?? head.length;
  const found = new Map<string, string>();
  for (const line of head
    .slice(0, end)
    .replace(/\r?\n[ \t]+/g, " ")
    .split(/\r?\n/)) {
    const colon = line.indexOf(":");
    const name = line.slice(0, colon).trim().toLowerCase();
    if (colon > 0 && /^[!-9;-~]+$/.test(name) && !found.has(name)) found.set(name, line.slice(colon + 1).trim());
  }
  return found;
}

/** Addresses in a header, in lower case; names beside them are not read. */
export function addressesIn(value: string): string[] {
  const plain = value.slice(0, 8_000).replace(/"(?:[^"\\]|\\.)*"/g, " ");
  return (plain.match(/[^\s<>(),;:"@]{1,128}@[^\s<>(),;:"@]{1,255}/g) ?? []).map((a) => a.toLowerCase());
}
