/** How large a picture says it is, read from its first bytes without decoding anything: a bomb is refused before it goes off. */
export interface ImageSize {
  format: "png" | "jpeg" | "gif" | "webp";
  width: number;
  height: number;
}

/** Null for what is none of the four formats, or ends before it says its size. */
export function imageSize(bytes: Uint8Array): ImageSize | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const starts = (...sign: number[]) => sign.every((b, i) => bytes[i] === b);
  try {
    if (starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a))
      return named(view, 12) === "IHDR"
        ? { format: "png", width: view.getUint32(16), height: view.getUint32(20) }
        : null;
    if (starts(0x47, 0x49, 0x46, 0x38))
      return { format: "gif", width: view.getUint16(6, true), height: view.getUint16(8, true) };
    if (starts(0xff, 0xd8, 0xff)) return jpegSize(view);
    if (named(view, 0) === "RIFF" && named(view, 8) === "WEBP") return webpSize(view);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return null;
}

function named(view: DataView, at: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((i) => view.getUint8(at + i)));
}

function jpegSize(view: DataView): ImageSize | null {
  for (let at = 2; ; ) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    // Fill bytes, and markers without a length.
    if (marker === 0xff) at += 1;
    else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) at += 2;
    else if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return { format: "jpeg", width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    else if (marker === 0xd9 || marker === 0xda) return null;
    else at += 2 + Math.max(2, view.getUint16(at + 2));
  }
}

function webpSize(view: DataView): ImageSize | null {
  const kind = named(view, 12);
  if (kind === "VP8X")
    return {
      format: "webp",
      width: 1 + view.getUint16(24, true) + view.getUint8(26) * 65_536,
      height: 1 + view.getUint16(27, true) + view.getUint8(29) * 65_536,
    };
  if (kind === "VP8L") {
    const bits = view.getUint32(21, true);
    return { format: "webp", width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
  }
  if (kind === "VP8 ")
    return { format: "webp", width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  return null;
}
