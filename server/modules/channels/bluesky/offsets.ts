/** From a UTF-8 byte offset of a text to its UTF-16 offset; undefined inside of a character or beyond the end. */
export function utf16Offsets(text: string): (byteOffset: number | undefined) => number | undefined {
  const known = new Map<number, number>();
  let bytes = 0;
  for (let i = 0; i < text.length; ) {
    known.set(bytes, i);
    const code = text.codePointAt(i)!;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    i += code > 0xffff ? 2 : 1;
  }
  known.set(bytes, text.length);
  return (byteOffset) => (byteOffset === undefined ? undefined : known.get(byteOffset));
}
