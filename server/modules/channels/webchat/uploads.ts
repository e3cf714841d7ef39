import { fileTypeFromBuffer } from "file-type";
import type { ChatFile } from "#contracts/webchat";
import { DAY } from "#platform/clock";
import { AppError } from "#platform/errors";
import { uuidv7 } from "#platform/ids";
import { insertUpload, takeUnusedUploads } from "../store/webchat-line-store.ts";
import { lockVisitor } from "../store/webchat-visitor-store.ts";
import type { ChatDoor } from "./door.ts";
import type { ChatHouse, Visiting } from "./house.ts";
import { presentFile } from "./present.ts";
import { isOver, needConsent } from "./session.ts";

/** What the bytes are, whatever their sender calls them; text is what can be read as such. */
export async function sniffed(content: Uint8Array): Promise<string> {
  const found = await fileTypeFromBuffer(content).catch(() => undefined);
  if (found) return found.mime;
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(content);
    // Markup is text, too, but nobody is to open a stranger's page or drawing.
    return /(?![\t\n\f\r])\p{Cc}/u.test(text) || /^\s*(?:<|%!|#!)/.test(text)
      ? "application/octet-stream"
      : "text/plain";
  } catch {
    return "application/octet-stream";
  }
}

/** A name that can stand in any list: one line, no path, no end of its own. */
export function fileName(given: string): string {
  const last = given.normalize("NFC").toWellFormed().split(/[/\\]/).at(-1) ?? "";
  const plain = last
    .replace(/[\p{Cc}\p{Cf}<>:"|?*]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim()
    .replace(/^\.+/, "");
  return plain.slice(0, 120).toWellFormed() || "file";
}

/** Takes a file in: its size and true type are looked at, its bytes lie sealed in the blob store before this answers. */
export async function takeUpload(
  house: ChatHouse,
  door: ChatDoor,
  { visitorId, signedIn }: Visiting,
  given: { name: string; content: Uint8Array },
): Promise<ChatFile> {
  const { files } = door.settings;
  const { content } = given;
  if (files.maxCount === 0 || files.maxBytes === 0) throw new AppError("invalid-request", "This chat takes no files.");
  if (content.length === 0) throw new AppError("invalid-request", "The file is empty.");
  if (content.length > files.maxBytes)
    throw new AppError("too-large", `A file may have ${files.maxBytes} bytes at most. Send a smaller one.`);
  const mime = await sniffed(content);
  if (!files.mime.includes(mime))
    throw new AppError(
      "invalid-request",
      `Files of this kind (${mime}) are not taken. Send one of: ${files.mime.join(", ")}.`,
    );
  return house.db.withAccount(door.accountId, async (tx) => {
    const visitor = await lockVisitor(tx, door.channelId, visitorId);
    if (isOver(visitor) || (visitor.subject !== null && !signedIn))
      throw new AppError("chat-token-refused", "This visit has ended. Ask for a session again.");
    needConsent(door, visitor);
    // What nobody sent within a day goes.
    for (const { hash } of await takeUnusedUploads(tx, door.channelId, tx.now - DAY)) await house.blobs.drop(tx, hash);
    const { hash, bytes } = await house.blobs.put(tx, content, mime);
    const file = { id: uuidv7(tx.now), hash, bytes, mime, name: fileName(given.name) };
    await insertUpload(tx, door.channelId, visitorId, file);
    return presentFile(house, door.accountId, file);
  });
}
