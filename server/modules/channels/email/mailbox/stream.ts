import type { ImapFlow } from "imapflow";
import { type Clock, MINUTE, SECOND } from "#platform/clock";
import type { Page, Streamer } from "../../domain/adapter.ts";
import { NetworkFailure } from "../../domain/errors.ts";
import { type EmailSettings, settingsOf } from "../settings.ts";
import { lineFailure } from "../sign-in/failure.ts";
import type { Tokens } from "../sign-in/tokens.ts";
import { type MailboxPlace, readPlace, writePlace } from "./cursor.ts";
import { type Folder, foldersOf } from "./folders.ts";
import { type Frame, writeFrames } from "./frames.ts";
import { closeLine, openLine } from "./line.ts";
import { createLoopWatch, noteOnFrame } from "./notes.ts";
import { readFolder } from "./read-folder.ts";
import { createStumbles, type Stumbles } from "./stumbles.ts";
import { waitForNews } from "./watch.ts";

export interface MailboxDeps {
  clock: Clock;
  tokens: Tokens;
  /** Other folders than the open one, and a server without IDLE, are asked this often. */
  pollMs?: number;
}

const POLL = 30 * SECOND;
const POLL_WITHOUT_IDLE = 10 * SECOND;

/** A mailbox as a line that stays open: IDLE in the first folder, a look at the others between, raw mail with its cursor in one commit. */
export function mailboxStreamer(deps: MailboxDeps): Streamer {
  const stumbles = createStumbles();
  return {
    name: "mailbox",
    // A place of the past, or one that only sends.
    isOn: ({ config }) => settingsOf(config).imap.host !== "",
    async *open(access, since, known, _budget, signal) {
      const settings = settingsOf(access.config);
      const client = await openLine(deps.tokens, access, signal);
      const isLoop = createLoopWatch();
      const note = (frame: Frame) =>
        noteOnFrame(frame, settings, access.secret.replyKey ?? "", isLoop, deps.clock.now());
      let place: MailboxPlace | undefined = readPlace(since);
      try {
        const folders = await foldersOf(client, settings);
        // What comes while we read elsewhere is told once, and not again.
        let news = false;
        client.on("exists", () => {
          news = true;
        });
        for (;;) {
          news = false;
          for (const folder of folders) {
            const pages = readOne(client, folder, folders, place, known, deps, stumbles.of(access.channelId), note);
            for await (const { page, place: next, uids } of pages) {
              yield page;
              place = next;
              // Committed now: only then may the mailbox change.
              await afterwards(client, settings, folder, uids);
            }
          }
          if (!place) throw noFolder(folders);
          yield { body: null, next: writePlace(place), done: true };
          const idle = client.capabilities.has("IDLE");
          news = (await openFirst(client, folders[0]!, place)) || news;
          if (!news) await waitForNews(client, deps.pollMs ?? (idle ? POLL : POLL_WITHOUT_IDLE), signal);
          if (signal.aborted) return;
        }
      } catch (error) {
        if (signal.aborted) return;
        throw lineFailure(error, "IMAP", settings.imap);
      } finally {
        await closeLine(client);
      }
    },
  };
}

interface Read {
  page: Page;
  place: MailboxPlace;
  uids: number[];
}

/** One folder's pages. A folder that cannot be opened is nobody else's trouble, unless it is the only one. */
async function* readOne(
  client: ImapFlow,
  folder: Folder,
  all: readonly Folder[],
  place: MailboxPlace | undefined,
  known: Parameters<Streamer["open"]>[2],
  deps: MailboxDeps,
  stumbles: Stumbles,
  note: (frame: Frame) => Frame,
): AsyncGenerator<Read> {
  const own = Object.hasOwn(place ?? {}, folder.path) ? place?.[folder.path] : undefined;
  let now = place ?? {};
  try {
    for await (const read of readFolder(client, folder, own, known, deps.clock.now(), stumbles)) {
      now = { ...now, [folder.path]: read.place };
      const frames = read.frames.map(note);
      yield {
        place: now,
        uids: frames.map((f) => f.uid),
        page: {
          body: frames.length > 0 ? writeFrames(frames) : null,
          next: writePlace(now),
          done: false,
          ...(read.startedOver && { gap: { reason: "uidvalidity-changed", refilling: true } }),
        },
      };
    }
  } catch (error) {
    if (!client.usable || all.length === 1 || folder === all[0]) throw error;
  }
}

async function afterwards(client: ImapFlow, settings: EmailSettings, folder: Folder, uids: number[]): Promise<void> {
  if (folder.role !== "in" || uids.length === 0 || settings.after.do === "nothing") return;
  const range = uids.join(",");
  try {
    if (settings.after.do === "seen") await client.messageFlagsAdd(range, ["\\Seen"], { uid: true });
    else await client.messageMove(range, settings.after.to, { uid: true });
  } catch (error) {
    // It is stored here; how it looks there is not worth the line.
    if (!client.usable) throw error;
  }
}

/** Opens the folder that IDLE listens to; true when something came into it while it was closed. */
async function openFirst(client: ImapFlow, { path }: Folder, place: MailboxPlace): Promise<boolean> {
  if (client.mailbox && client.mailbox.path === path) return false;
  const { uidNext } = await client.mailboxOpen(path);
  return uidNext > (place[path]?.next ?? uidNext);
}

function noFolder(folders: readonly Folder[]): NetworkFailure {
  return new NetworkFailure({
    ...{ class: "invalid", retryable: true, retryAfterMs: 5 * MINUTE, code: "no-folder" },
    message: `The mailbox has no folder ${folders.map((f) => f.path).join(" or ")}. Name one that it has.`,
  });
}
