/** The words of a feed, by its byte order mark, the header's charset or its own XML declaration; UTF-8 where none is known. */
export function decodeFeed(body: Uint8Array, contentType = ""): string {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return new TextDecoder().decode(bytes);
  const header = /charset\s*=\s*"?([\w.:-]{1,40})/i.exec(contentType)?.[1];
  const declared = /^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']/i.exec(
    bytes.subarray(0, 300).toString("latin1"),
  )?.[1];
  for (const name of [header, declared])
    if (name !== undefined && isEncoding(name)) {
      const read = new TextDecoder(name).decode(bytes);
      // A server that says utf-8 of everything is wrong more often than the file itself.
      if (name === header && declared !== undefined && read.includes("\ufffd")) continue;
      return read;
    }
  return new TextDecoder().decode(bytes);
}

function isEncoding(name: string): boolean {
  try {
    new TextDecoder(name);
    return true;
  } catch {
    return false;
  }
}
