import type { ParseContext, ParseResult, RawInput } from "../domain/adapter.ts";
import { type Frame, readFrames } from "./mailbox/frames.ts";
import { readMail } from "./reading/read-mail.ts";

/** Raw mails as the mailbox gave them, or one mail by itself (RFC 5322). Each is read whatever it is; only what has no sender is broken. */
export async function parseEmail(input: RawInput, context: ParseContext): Promise<ParseResult> {
  const frames = readFrames(input.body) ?? [alone(input)];
  const all: ParseResult = { events: [], ignored: [], broken: 0 };
  const results: ParseResult[] = [];
  // One after the other: a page holds up to 25 MB.
  for (const frame of frames) results.push(await readOne(frame, input, context));
  return results.reduce(
    (sum, one) => ({
      events: [...sum.events, ...one.events],
      ignored: [...sum.ignored, ...one.ignored],
      broken: sum.broken + one.broken,
    }),
    all,
  );
}

/** A mail that makes a reader fail is put aside and holds no other up. */
async function readOne(frame: Frame, input: RawInput, context: ParseContext): Promise<ParseResult> {
  const broken: ParseResult = { events: [], ignored: [], broken: 1 };
  if (frame.missing) return broken;
  try {
    return (await readMail(frame, input.receivedAt, context)) ?? broken;
  } catch {
    return broken;
  }
}

function alone(input: RawInput): Frame {
  const { body } = input;
  return { folder: "", role: "in", uid: 0, at: null, size: body.length, raw: body };
}
