import { headersOfRaw } from "./raw-headers.ts";

/** One part of a mail (RFC 2045) by the places of its bytes; whoever changes a part puts other bytes between them. */
export interface MimePart {
  headers: ReadonlyMap<string, string>;
  /** Lower case, `text/plain` where nothing is said. */
  type: string;
  params: ReadonlyMap<string, string>;
  encoding: string;
  headStart: number;
  bodyStart: number;
  end: number;
  children: MimePart[];
}

const MAX_DEPTH = 20;
const MAX_PARTS = 300;

/** How many mails were taken apart in this thread: a large one costs, so each is to be read once and what was read handed on. */
export const mimeReads = { count: 0 };

/** The parts of a raw mail; inside of an attached mail too. Damaged ones are read as far as they go, and never more than 300. */
export function readMime(raw: Buffer): MimePart {
  mimeReads.count += 1;
  return readPart(raw, 0, raw.length, 0, { left: MAX_PARTS }, "text/plain");
}

export function leavesOf(part: MimePart): MimePart[] {
  return part.children.length === 0 ? [part] : part.children.flatMap(leavesOf);
}

function readPart(
  raw: Buffer,
  start: number,
  end: number,
  depth: number,
  budget: { left: number },
  usual: string,
): MimePart {
  budget.left -= 1;
  const bodyStart = endOfHead(raw, start, end);
  const headers = headersOfRaw(raw.subarray(start, bodyStart));
  const { value, params } = parameters(headers.get("content-type") ?? "");
  const type = /^[\w.+-]+\/[\w.+-]+$/.test(value) ? value : usual;
  const part: MimePart = {
    ...{ headers, type, params, headStart: start, bodyStart, end, children: [] },
    encoding: (headers.get("content-transfer-encoding") ?? "").trim().toLowerCase(),
  };
  if (depth >= MAX_DEPTH) return part;
  if (type.startsWith("multipart/")) {
    const inner = type === "multipart/digest" ? "message/rfc822" : "text/plain";
    for (const [from, to] of between(raw, bodyStart, end, params.get("boundary") ?? "")) {
      if (budget.left <= 0) break;
      part.children.push(readPart(raw, from, to, depth + 1, budget, inner));
    }
  } else if (type === "message/rfc822" && !/^(base64|quoted-printable)$/.test(part.encoding) && budget.left > 0) {
    part.children.push(readPart(raw, bodyStart, end, depth + 1, budget, "text/plain"));
  }
  return part;
}

/** Behind the empty line that ends the head. */
function endOfHead(raw: Buffer, start: number, end: number): number {
  if (raw[start] === 0x0a) return start + 1;
  if (raw[start] === 0x0d && raw[start + 1] === 0x0a) return start + 2;
  for (let at = raw.indexOf(0x0a, start); at >= 0 && at < end; at = raw.indexOf(0x0a, at + 1)) {
    if (raw[at + 1] === 0x0a) return Math.min(at + 2, end);
    if (raw[at + 1] === 0x0d && raw[at + 2] === 0x0a) return Math.min(at + 3, end);
  }
  return end;
}

/** Where the parts between the boundary's lines begin and end; the line end before a boundary belongs to it. */
function between(mail: Buffer, start: number, end: number, boundary: string): [number, number][] {
  if (boundary === "" || boundary.length > 200) return [];
  // Nothing behind the part is looked at: 300 parts in a large mail would each search the rest of it.
  const raw = mail.subarray(0, end);
  const mark = Buffer.from(`--${boundary}`, "latin1");
  const found: [number, number][] = [];
  let from = -1;
  for (let at = raw.indexOf(mark, start); at >= 0 && at < end; at = raw.indexOf(mark, at + mark.length)) {
    const atLineStart = at === start || raw[at - 1] === 0x0a;
    const behind = at + mark.length;
    const last = raw[behind] === 0x2d && raw[behind + 1] === 0x2d;
    const next = raw[behind];
    const endsHere = last || next === 0x0a || next === 0x0d || next === 0x20 || next === 0x09 || behind >= end;
    if (!atLineStart || !endsHere) continue;
    if (from >= 0) found.push([from, Math.max(from, withoutLineEnd(raw, at))]);
    if (last || found.length >= MAX_PARTS) return found;
    const line = raw.indexOf(0x0a, behind);
    from = line < 0 || line >= end ? end : line + 1;
  }
  if (from >= 0 && from < end) found.push([from, end]);
  return found;
}

function withoutLineEnd(raw: Buffer, at: number): number {
  if (raw[at - 1] !== 0x0a) return at;
  return raw[at - 2] === 0x0d ? at - 2 : at - 1;
}

/** `text/plain; charset="utf-8"` taken apart. */
export function parameters(header: string): { value: string; params: Map<string, string> } {
  const bounded = header.slice(0, 5_000);
  const params = new Map<string, string>();
  for (const [, name, quoted, plain] of bounded.matchAll(/;\s*([\w*-]{1,60})\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]*))/g))
    if (!params.has(name!.toLowerCase()))
      params.set(name!.toLowerCase(), quoted?.replace(/\\(.)/g, "$1") ?? plain ?? "");
  return { value: bounded.split(";")[0]!.trim().toLowerCase(), params };
}

/** The body of a part without its transfer encoding. */
export function decodedBody(raw: Buffer, part: MimePart): Buffer {
  const body = raw.subarray(part.bodyStart, part.end);
  if (part.encoding === "base64") return Buffer.from(body.toString("latin1"), "base64");
  if (part.encoding === "quoted-printable") return fromQuotedPrintable(body);
  return body;
}

function fromQuotedPrintable(body: Buffer): Buffer {
  const out = Buffer.alloc(body.length);
  let length = 0;
  for (let i = 0; i < body.length; i++) {
    const byte = body[i]!;
    if (byte !== 0x3d) {
      out[length++] = byte;
      continue;
    }
    const pair = body.toString("latin1", i + 1, i + 3);
    if (/^[0-9A-Fa-f]{2}$/.test(pair)) {
      out[length++] = Number.parseInt(pair, 16);
      i += 2;
    } else if (pair.startsWith("\n")) i += 1;
    else if (pair === "\r\n") i += 2;
    else out[length++] = byte;
  }
  return out.subarray(0, length);
}
