/** From a UTF-8 byte offset of a text to its UTF-16 offset; undefined inside of a character or beyond the end. */
export function utf16Offsets(text: string): (byteOffset: number | undefined) => number | undefined {
  const known = new Map<number, number>();
  let bytes = 0;
  for (let i = 0; i < text.length; ) {
    known.set(bytes, i);
    const code = text.codePointAt(i)!;
    bytes += utf8Length(code);
    i += code > 0xffff ? 2 : 1;
  }
  known.set(bytes, text.length);
  return (byteOffset) => (byteOffset === undefined ? undefined : known.get(byteOffset));
}

/** From a UTF-16 offset of a text to its UTF-8 byte offset. */
export function byteOffsets(text: string): (offset: number) => number {
  const offsets = new Uint32Array(text.length + 1);
  let bytes = 0;
  for (let i = 0; i < text.length; ) {
    const code = text.codePointAt(i)!;
    const units = code > 0xffff ? 2 : 1;
    offsets.fill(bytes, i, i + units);
    bytes += utf8Length(code);
    i += units;
  }
  offsets[text.length] = bytes;
  return (offset) => offsets[Math.min(Math.max(offset, 0), text.length)]!;
}

const utf8Length = (code: number) => (code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4);
