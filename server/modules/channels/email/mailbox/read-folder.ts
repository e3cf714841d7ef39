import type { ImapFlow } from "imapflow";
import { DAY, type Instant } from "#platform/clock";
import type { Known } from "../../domain/adapter.ts";
import { messageIdOf } from "../reading/message-id.ts";
import type { FolderPlace } from "./cursor.ts";
import { fetchMails, type Listed, listFrom, pagesOf } from "./fetch-mail.ts";
import type { Folder } from "./folders.ts";
import type { Frame } from "./frames.ts";
import type { Stumbles } from "./stumbles.ts";

export interface FolderPage {
  frames: Frame[];
  place: FolderPlace;
  /** The UIDs were given out anew since we read last. */
  startedOver: boolean;
}

const AT_ONCE = 500;

/**
 * What has come into a folder since `place`, in pages; nothing when nothing has. After a new UIDVALIDITY everything since we began is
 * listed again, and what is known by its Message-ID is not read again.
 */
export async function* readFolder(
  client: ImapFlow,
  folder: Folder,
  place: FolderPlace | undefined,
  known: Pick<Known, "messages">,
  now: Instant,
  stumbles: Stumbles,
): AsyncGenerator<FolderPage> {
  const status = await client.status(folder.path, { uidNext: true, uidValidity: true, highestModseq: true });
  if (!status) return;
  const validity = String(status.uidValidity ?? "");
  const modseq = status.highestModseq === undefined ? {} : { modseq: String(status.highestModseq) };
  if (!place) {
    // What lay there before the connection is history.
    yield {
      frames: [],
      place: { validity, next: status.uidNext ?? (await nextOf(client, folder)), since: now, ...modseq },
      startedOver: false,
    };
    return;
  }
  const startedOver = place.validity !== validity;
  const at: FolderPlace = startedOver
    ? { validity, next: 1, since: place.since, rescan: true, ...modseq }
    : { ...place, ...modseq };
  if (startedOver) yield { frames: [], place: at, startedOver };
  if (!startedOver && status.uidNext !== undefined && status.uidNext <= at.next && !at.rescan) return;
  await client.mailboxOpen(folder.path);
  const listed = await listFrom(client, at.next);
  const wanted = at.rescan ? await unknownOf(listed, at.since, known) : listed;
  for (const page of pagesOf(wanted)) {
    const frames = await fetchMails(client, page, folder, (uid) => `${validity} ${uid}`, stumbles);
    yield { frames, place: { ...at, next: page.at(-1)!.uid + 1 }, startedOver: false };
  }
  const { rescan: _, ...read } = at;
  const end = Math.max(at.next, (listed.at(-1)?.uid ?? 0) + 1);
  if (at.rescan) yield { frames: [], place: { ...read, next: end }, startedOver: false };
}

async function nextOf(client: ImapFlow, folder: Folder): Promise<number> {
  return (await client.mailboxOpen(folder.path, { readOnly: true })).uidNext;
}

async function unknownOf(listed: readonly Listed[], since: Instant, known: Pick<Known, "messages">): Promise<Listed[]> {
  // The mailbox's clock may be another one than ours.
  const recent = listed.filter((mail) => mail.at === null || mail.at >= since - DAY);
  const ids = [...new Set(recent.flatMap((mail) => messageIdOf(mail.messageId) ?? []))];
  const here = new Set<string>();
  for (let i = 0; i < ids.length; i += AT_ONCE)
    for (const id of await known.messages(ids.slice(i, i + AT_ONCE))) here.add(id);
  return recent.filter((mail) => !here.has(messageIdOf(mail.messageId) ?? ""));
}
