import { SECOND } from "#platform/clock";
import type { Cursor, Page, Puller } from "../../domain/adapter.ts";
import { count, parseJson, text } from "../../domain/read-json.ts";
import { settingsOf } from "../settings.ts";
import { lineFailure } from "../sign-in/failure.ts";
import type { Tokens } from "../sign-in/tokens.ts";
import { fetchMails, listFrom, pagesOf } from "./fetch-mail.ts";
import { foldersOf } from "./folders.ts";
import { writeFrames } from "./frames.ts";
import { closeLine, openLine } from "./line.ts";
import { createStumbles } from "./stumbles.ts";

/** The mailbox's history, oldest first, one page of one folder at a time, when somebody asks for it. */
export function mailboxPuller(tokens: Tokens): Puller {
  const stumbles = createStumbles();
  return {
    streams: [{ name: "backfill", purpose: "backfill", everyMs: SECOND }],
    async pull(access, _stream, since, _budget, signal): Promise<Page> {
      const { imap } = settingsOf(access.config);
      const at = readPlace(since);
      const client = await openLine(tokens, access, signal);
      try {
        const folders = await foldersOf(client, settingsOf(access.config));
        const folder = folders[at.folder];
        if (!folder) return { body: null, next: since?.value ?? "", done: true };
        const { uidValidity } = await client.mailboxOpen(folder.path, { readOnly: true });
        const validity = String(uidValidity);
        // The UIDs were given out anew in the middle of it: the folder is read from its beginning, and what is known stays one.
        const from = at.validity === "" || at.validity === validity ? at.next : 1;
        const [page] = pagesOf(await listFrom(client, from));
        const next = page
          ? { folder: at.folder, validity, next: page.at(-1)!.uid + 1 }
          : { folder: at.folder + 1, validity: "", next: 1 };
        const name = (uid: number) => `${validity} ${uid}`;
        const frames = page ? await fetchMails(client, page, folder, name, stumbles.of(access.channelId)) : [];
        return {
          body: frames.length > 0 ? writeFrames(frames) : null,
          next: JSON.stringify(next),
          done: next.folder >= folders.length,
        };
      } catch (error) {
        throw lineFailure(error, "IMAP", imap);
      } finally {
        await closeLine(client);
      }
    },
  };
}

function readPlace(since: Cursor | undefined): { folder: number; validity: string; next: number } {
  const value = parseJson(Buffer.from(since?.value ?? ""));
  return {
    folder: count(value, "folder") ?? 0,
    validity: text(value, "validity"),
    next: Math.max(1, count(value, "next") ?? 1),
  };
}
