import { HOUR, type Instant } from "#platform/clock";
import { ownMessageId } from "../reading/message-id.ts";
import { addressesIn, headersOfRaw } from "../reading/raw-headers.ts";
import { readReplyAddress } from "../reading/reply-token.ts";
import { domainOf, type EmailSettings } from "../settings.ts";
import type { Frame } from "./frames.ts";

/** More mails than that from one address within an hour are not written by a person. */
export const LOOP_MAILS = 30;
const MOST_ADDRESSES = 10_000;

/** Counts the mails of each address over the last hour, of one mailbox, while its line is open. */
export function createLoopWatch() {
  const seen = new Map<string, Instant[]>();
  return (address: string, now: Instant): boolean => {
    const times = (seen.get(address) ?? []).filter((at) => at > now - HOUR);
    times.push(now);
    seen.delete(address);
    seen.set(address, times.slice(-LOOP_MAILS - 1));
    if (seen.size > MOST_ADDRESSES) seen.delete(seen.keys().next().value!);
    return times.length > LOOP_MAILS;
  };
}

/** Adds what only we know of a mail: whose answer its address says it is, and whether its sender is a machine that runs wild. */
export function noteOnFrame(
  frame: Frame,
  settings: EmailSettings,
  replyKey: string,
  isLoop: (address: string, now: Instant) => boolean,
  now: Instant,
): Frame {
  if (frame.role !== "in" || frame.missing) return frame;
  const headers = headersOfRaw(frame.raw);
  const to = ["to", "cc", "delivered-to", "envelope-to", "x-original-to"].flatMap((name) =>
    addressesIn(headers.get(name) ?? ""),
  );
  const part = to.map((address) => readReplyAddress(address, settings.address, replyKey)).find((p) => p !== null);
  const from = addressesIn(headers.get("from") ?? "")[0];
  return {
    ...frame,
    ...(part && { answers: ownMessageId(part, domainOf(settings.address)) }),
    ...(isVouchedFor(headers.get("authentication-results") ?? "", settings) && { vouched: true }),
    ...(from !== undefined && isLoop(from, now) && { loop: true }),
  };
}

/**
 * Authentication-Results (RFC 8601) of a server whose name the operator has given: it takes forged ones of its name out. Without a name
 * nobody is believed, because anybody can write such a line.
 */
function isVouchedFor(header: string, { authserv, address }: EmailSettings): boolean {
  const results = header.slice(0, 5_000).toLowerCase();
  const by = /^\s*([\w.-]+)/.exec(results)?.[1];
  if (authserv === "" || by !== authserv) return false;
  const domain = domainOf(address);
  return results.split(";").some((one) => {
    const said = /^\s*(dmarc|dkim|spf)=pass\b/.exec(one)?.[1];
    const where = { dmarc: "header.from", dkim: "header.d", spf: "smtp.mailfrom" }[said ?? ""];
    const named = where && new RegExp(`\\b${where.replace(".", "\\.")}=(?:[^\\s@]{1,100}@)?([\\w.-]+)`).exec(one)?.[1];
    return named === domain;
  });
}
