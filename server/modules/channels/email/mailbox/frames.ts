import { type Instant, instantOf, iso } from "#platform/clock";
import { count, field, optionalText, parseJson, text } from "../../domain/read-json.ts";

/** A mail as it stood in the mailbox, with what was known of it there and nowhere else. */
export interface Frame {
  folder: string;
  /** `sent`: our own mail is filed there. */
  role: "in" | "sent";
  uid: number;
  /** When the mailbox took it (INTERNALDATE). */
  at: Instant | null;
  /** Bytes in the mailbox; more than `raw` holds where only the head was taken. */
  size: number;
  /** Our mail that it answers, told by a reply address whose signature was checked. */
  answers?: string;
  /** It says that it is from us, and a server that we trust says so too. */
  vouched?: boolean;
  /** The server that we trust has looked at who sent it: its domain stands behind it, or disowns it. */
  sender?: "verified" | "failed";
  /** It came faster than people write: a machine talks to us. */
  loop?: boolean;
  /** The mailbox could not give it. */
  missing?: boolean;
  raw: Uint8Array;
}

/** Frames one behind the other: a line of JSON, the bytes as they came, a line end. */
export function writeFrames(frames: readonly Frame[]): Uint8Array {
  return Buffer.concat(
    frames.flatMap(({ raw, at, ...head }) => [
      Buffer.from(`${JSON.stringify({ bytes: raw.length, ...head, at: at === null ? null : iso(at) })}\n`),
      raw,
      Buffer.from("\n"),
    ]),
  );
}

const BEGIN = Buffer.from('{"bytes":');

/** Null: these are no frames (a mail by itself). */
export function readFrames(body: Uint8Array): Frame[] | null {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  if (!bytes.subarray(0, BEGIN.length).equals(BEGIN)) return null;
  const frames: Frame[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(0x0a, at);
    const head = end < 0 ? undefined : parseJson(bytes.subarray(at, end));
    const length = count(head, "bytes");
    if (end < 0 || length === undefined || end + 1 + length > bytes.length) return null;
    frames.push(frameOf(head, bytes.subarray(end + 1, end + 1 + length)));
    at = end + 1 + length + 1;
  }
  return frames;
}

function frameOf(head: unknown, raw: Buffer): Frame {
  const answers = optionalText(head, "answers");
  const sender = optionalText(head, "sender");
  return {
    folder: text(head, "folder"),
    role: text(head, "role") === "sent" ? "sent" : "in",
    uid: count(head, "uid") ?? 0,
    at: instantOf(text(head, "at")) ?? null,
    size: count(head, "size") ?? raw.length,
    ...(answers && { answers }),
    ...(field(head, "vouched") === true && { vouched: true }),
    ...(sender === "verified" || sender === "failed" ? { sender } : {}),
    ...(field(head, "loop") === true && { loop: true }),
    ...(field(head, "missing") === true && { missing: true }),
    raw,
  };
}
