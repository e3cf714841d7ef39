import type { ParseContext, ParseResult, RawInput } from "../domain/adapter.ts";
import { type Frame, readFrames } from "./mailbox/frames.ts";
import { LARGE, readLargeMail } from "./reading/large-mail.ts";
import type { MimePart } from "./reading/mime.ts";
import { type ReadMail, readMail } from "./reading/read-mail.ts";

/** A mail as it was read, for the redaction of its raw copy. `alone`: it came by itself, in no frame. */
export interface MailsRead {
  alone: boolean;
  mails: readonly { frame: Frame; tree: MimePart }[];
}

/** Raw mails as the mailbox gave them, or one mail by itself (RFC 5322). Each is read whatever it is; only what has no sender is broken. */
export async function parseEmail(input: RawInput, context: ParseContext): Promise<ParseResult> {
  const framed = readFrames(input.body);
  const all = { events: [] as ParseResult["events"][number][], broken: 0 };
  const mails: { frame: Frame; tree: MimePart }[] = [];
  // One after the other: a page holds up to 25 MB.
  for (const frame of framed ?? [alone(input)]) {
    const read = await readOne(frame, input, context);
    if (read) mails.push({ frame, tree: read.tree });
    if (read?.result) all.events.push(...read.result.events);
    else all.broken += 1;
  }
  const read: MailsRead = { alone: framed === null, mails };
  return { ...all, ignored: [], read };
}

/** A mail that makes a reader fail is put aside and holds no other up. */
async function readOne(frame: Frame, input: RawInput, context: ParseContext): Promise<ReadMail | null> {
  if (frame.missing) return null;
  const { receivedAt } = input;
  try {
    if (frame.raw.length < LARGE) return await readMail(frame, receivedAt, context);
    return await readLargeMail(context.channelId, { frame, receivedAt, selfIds: context.selfIds });
  } catch {
    return null;
  }
}

function alone(input: RawInput): Frame {
  const { body } = input;
  return { folder: "", role: "in", uid: 0, at: null, size: body.length, raw: body };
}
