import { HOUR, type Instant } from "#platform/clock";
import { type Authentication, readAuthentication } from "../reading/authentication.ts";
import { ownMessageId } from "../reading/message-id.ts";
import { originOf } from "../reading/origin.ts";
import { addressesIn, allOfRaw, headersOfRaw, soleSender } from "../reading/raw-headers.ts";
import { readReplyAddress } from "../reading/reply-token.ts";
import { domainOf, type EmailSettings } from "../settings.ts";
import type { Frame } from "./frames.ts";

/** More mails than that from one address within an hour are not written by a person. */
export const LOOP_MAILS = 30;
const MOST_ADDRESSES = 10_000;

/** Counts the mails of each sender over the last hour, of one mailbox, while its line is open. */
export function createLoopWatch() {
  const seen = new Map<string, Instant[]>();
  return (sender: string, now: Instant): boolean => {
    const times = (seen.get(sender) ?? []).filter((at) => at > now - HOUR);
    times.push(now);
    seen.delete(sender);
    seen.set(sender, times.slice(-LOOP_MAILS - 1));
    if (seen.size > MOST_ADDRESSES) seen.delete(seen.keys().next().value!);
    return times.length > LOOP_MAILS;
  };
}

/** Adds what only we know of a mail: whose answer its address says it is, and whether its sender is a machine that runs wild. */
export function noteOnFrame(
  frame: Frame,
  settings: EmailSettings,
  replyKey: string,
  isLoop: (sender: string, now: Instant) => boolean,
  now: Instant,
): Frame {
  if (frame.role !== "in" || frame.missing) return frame;
  const headers = headersOfRaw(frame.raw);
  const to = ["to", "cc", "delivered-to", "envelope-to", "x-original-to"].flatMap((name) =>
    addressesIn(headers.get(name) ?? ""),
  );
  const part = to.map((address) => readReplyAddress(address, settings.address, replyKey)).find((p) => p !== null);
  const from = soleSender(frame.raw) ?? addressesIn(headers.get("from") ?? "")[0];
  const proof = readAuthentication(
    headers.get("authentication-results") ?? "",
    settings.authserv,
    domainOf(soleSender(frame.raw) ?? "@-"),
  );
  const sender = from === undefined ? null : countedSender(from, proof, frame.raw);
  return {
    ...frame,
    ...(part && { answers: ownMessageId(part, domainOf(settings.address)) }),
    ...(proof.verified && from !== undefined && domainOf(from) === domainOf(settings.address) && { vouched: true }),
    ...(proof.verified ? { sender: "verified" as const } : proof.failed ? { sender: "failed" as const } : {}),
    ...(sender !== null && isLoop(sender, now) && { loop: true }),
  };
}

/**
 * Whose count a mail is in. A From line is anybody's to write: only where the domain stands behind it does the address count by itself, so
 * that no stranger can make a customer look like a machine. Of the rest each address counts for each place it came from, and what tells
 * no place is not counted: rather a flood to work off than a customer who is not heard.
 */
function countedSender(from: string, proof: Authentication, raw: Uint8Array): string | null {
  if (proof.verified) return `verified ${from}`;
  const origin = originOf(allOfRaw(raw, "received"));
  return origin === null ? null : `${origin} ${from}`;
}
