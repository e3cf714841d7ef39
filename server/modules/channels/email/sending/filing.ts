import type { ImapFlow } from "imapflow";
import type { ChannelAccess } from "../../domain/adapter.ts";
import { sentFolderOf } from "../mailbox/folders.ts";
import { closeLine, openLine } from "../mailbox/line.ts";
import { settingsOf } from "../settings.ts";
import type { Tokens } from "../sign-in/tokens.ts";

/** Copies of what was sent: put where the mailbox's owner looks for them, and looked for when nobody knows whether a mail went out. */
export interface Filing {
  /** Does nothing where the server files by itself, or there is no folder for it. Throws what the mailbox answers. */
  file(access: ChannelAccess, raw: Uint8Array, signal: AbortSignal): Promise<void>;
  /** Whether a mail of this name is among what was sent. Throws `NetworkFailure`. */
  find(access: ChannelAccess, messageId: string, signal: AbortSignal): Promise<boolean>;
}

export function createFiling(tokens: Tokens): Filing {
  async function withLine<T>(
    access: ChannelAccess,
    signal: AbortSignal,
    run: (client: ImapFlow) => Promise<T>,
  ): Promise<T> {
    const client = await openLine(tokens, access, signal, { timeoutMs: 5_000 });
    try {
      return await run(client);
    } finally {
      void closeLine(client);
    }
  }

  return {
    async file(access, raw, signal) {
      const settings = settingsOf(access.config);
      if (settings.sentCopy === "server") return;
      await withLine(access, signal, async (client) => {
        const folder = settings.sentFolder ?? (await sentFolderOf(client));
        if (folder !== null) await client.append(folder, Buffer.from(raw), ["\\Seen"]);
      });
    },
    find: (access, messageId, signal) =>
      withLine(access, signal, async (client) => {
        const settings = settingsOf(access.config);
        const folders = (await client.list()).filter((f) => f.specialUse === "\\Sent" || f.specialUse === "\\All");
        const paths = new Set([...(settings.sentFolder ? [settings.sentFolder] : []), ...folders.map((f) => f.path)]);
        for (const path of paths) {
          await client.mailboxOpen(path, { readOnly: true });
          const found = await client.search({ header: { "message-id": messageId } }, { uid: true });
          if (found && found.length > 0) return true;
        }
        return false;
      }),
  };
}
