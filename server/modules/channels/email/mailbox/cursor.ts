import { type Instant, instantOf, iso } from "#platform/clock";
import type { Cursor } from "../../domain/adapter.ts";
import { count, field, isFields, parseJson, text } from "../../domain/read-json.ts";

/** Where reading of a folder stands. UIDs mean something only together with their UIDVALIDITY (RFC 9051 §2.3.1.1). */
export interface FolderPlace {
  validity: string;
  /** The first UID that has not been read. */
  next: number;
  /** HIGHESTMODSEQ when we looked last; only told, nothing hangs on it. */
  modseq?: string;
  /** When reading began: older mail is history, which nobody has asked for. */
  since: Instant;
  /** The UIDs were given out anew: until the end is reached, mail is told apart by Message-ID. */
  rescan?: boolean;
}

export type MailboxPlace = Readonly<Record<string, FolderPlace>>;

export function readPlace(cursor: Cursor | undefined): MailboxPlace | undefined {
  const value = parseJson(Buffer.from(cursor?.value ?? ""));
  const folders = field(value, "folders");
  if (!isFields(folders)) return undefined;
  const found: [string, FolderPlace][] = [];
  for (const [path, of] of Object.entries(folders)) {
    const next = count(of, "next");
    const since = instantOf(text(of, "since"));
    if (next === undefined || since === null) continue;
    const modseq = text(of, "modseq");
    found.push([
      path,
      {
        ...{ validity: text(of, "validity"), next, since },
        ...(modseq !== "" && { modseq }),
        ...(field(of, "rescan") === true && { rescan: true }),
      },
    ]);
  }
  return Object.fromEntries(found);
}

export function writePlace(place: MailboxPlace): string {
  const folders = Object.fromEntries(Object.entries(place).map(([path, p]) => [path, { ...p, since: iso(p.since) }]));
  return JSON.stringify({ folders });
}
