import type { ImapFlow } from "imapflow";
import type { Instant } from "#platform/clock";
import type { Frame } from "./frames.ts";
import { MAX_MAIL } from "./line.ts";
import type { Stumbles } from "./stumbles.ts";

/** What a folder tells of a mail without giving it. */
export interface Listed {
  uid: number;
  size: number;
  at: Instant | null;
  messageId: string | undefined;
}

/** Mails of one page, and their bytes together; a larger one goes alone. */
const PAGE_MAILS = 20;
const PAGE_BYTES = 4_000_000;

/** Those at or behind a UID, oldest first. `n:*` names the newest mail even when it lies before n. */
export async function listFrom(client: ImapFlow, from: number): Promise<Listed[]> {
  const found: Listed[] = [];
  const asked = { uid: true, size: true, internalDate: true, envelope: true } as const;
  for await (const mail of client.fetch(`${from}:*`, asked, { uid: true }))
    if (mail.uid >= from)
      found.push({
        uid: mail.uid,
        size: mail.size ?? 0,
        at: timeOf(mail.internalDate),
        messageId: mail.envelope?.messageId,
      });
  return found.sort((a, b) => a.uid - b.uid);
}

function timeOf(date: Date | string | undefined): Instant | null {
  const at = date === undefined ? Number.NaN : new Date(date).getTime();
  return Number.isFinite(at) && at >= 0 ? at : null;
}

/** Cuts a list into pages that are committed one by one. */
export function pagesOf(listed: readonly Listed[]): Listed[][] {
  const pages: Listed[][] = [];
  let bytes = 0;
  for (const mail of listed) {
    const page = pages.at(-1);
    const weight = Math.min(mail.size, MAX_MAIL);
    if (!page || page.length >= PAGE_MAILS || bytes + weight > PAGE_BYTES) {
      pages.push([mail]);
      bytes = weight;
    } else {
      page.push(mail);
      bytes += weight;
    }
  }
  return pages;
}

/** The server says of itself that it cannot now (RFC 5530, Gmail's limits): no mail is passed over for that. */
function isPassing(error: unknown): boolean {
  // The library leaves the answer as it was taken apart: its code is the first word in the brackets.
  const said = (error as { response?: { attributes?: { section?: { value?: unknown }[] }[] } }).response;
  const code = String(said?.attributes?.[0]?.section?.[0]?.value ?? "");
  const throttled = (error as { code?: string }).code === "ETHROTTLE";
  return throttled || /^(UNAVAILABLE|INUSE|LIMIT|OVERQUOTA|THROTTLED)$/i.test(code);
}

/**
 * The mails with their bytes, as BODY.PEEK (nobody's \Seen is touched). Of one that is too large only the head. One that the server cannot
 * give is marked as missing and holds nothing up; one that is gone meanwhile is left out.
 */
export async function fetchMails(
  client: ImapFlow,
  listed: readonly Listed[],
  folder: { path: string; role: Frame["role"] },
  nameOf: (uid: number) => string,
  stumbles: Stumbles,
): Promise<Frame[]> {
  const frames: Frame[] = [];
  const frame = (of: Listed, raw: Uint8Array, more: Partial<Frame> = {}): Frame => ({
    ...{ folder: folder.path, role: folder.role, uid: of.uid, at: of.at, size: of.size, raw },
    ...more,
  });
  for (const of of listed) {
    const tooLarge = of.size > MAX_MAIL;
    const name = `${folder.path} ${nameOf(of.uid)}`;
    if (stumbles.isHopeless(name)) {
      frames.push(frame(of, new Uint8Array(), { missing: true }));
      continue;
    }
    stumbles.begin(name);
    try {
      const query = tooLarge ? { headers: true } : { source: { start: 0, maxLength: MAX_MAIL + 1 } };
      const mail = await client.fetchOne(String(of.uid), { uid: true, ...query }, { uid: true });
      stumbles.end(name);
      if (!mail) continue;
      const raw = tooLarge ? mail.headers : mail.source;
      frames.push(raw && raw.length <= MAX_MAIL ? frame(of, raw) : frame(of, new Uint8Array(), { missing: true }));
    } catch (error) {
      if (!client.usable) throw error;
      stumbles.end(name);
      if (isPassing(error)) throw error;
      frames.push(frame(of, new Uint8Array(), { missing: true }));
    }
  }
  return frames;
}
