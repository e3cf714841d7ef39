import type { ImapFlow } from "imapflow";
import type { EmailSettings } from "../settings.ts";

export interface Folder {
  path: string;
  role: "in" | "sent";
}

/** The folders a channel reads: those the operator named, and where our own mail is filed, so that answers written elsewhere are seen. */
export async function foldersOf(client: ImapFlow, settings: EmailSettings): Promise<Folder[]> {
  const sent = settings.sentFolder ?? (await sentFolderOf(client));
  const incoming = settings.folders.filter((path) => path !== sent).map((path) => ({ path, role: "in" as const }));
  return [...incoming, ...(sent === null ? [] : [{ path: sent, role: "sent" as const }])];
}

/** By the server's own word (RFC 6154) or a usual name. */
export async function sentFolderOf(client: ImapFlow): Promise<string | null> {
  return (await client.list()).find((folder) => folder.specialUse === "\\Sent")?.path ?? null;
}
