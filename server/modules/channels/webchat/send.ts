import type { Database, Tx } from "#platform/db";
import { type AccountId, uuidv7 } from "#platform/ids";
import { setTimer } from "#platform/timers";
import type { ChannelAccess, OutboundDelivery, PartOutcome, Reconciled, Sender } from "../domain/adapter.ts";
import type { ErrorClass } from "../domain/errors.ts";
import type { Item } from "../domain/item.ts";
import { blobs } from "../files/blob-port.ts";
import { findAccountOfChannel } from "../store/channel-store.ts";
import { type Line, type LineFile, lineByKey } from "../store/webchat-line-store.ts";
import { lockListener } from "../store/webchat-visitor-store.ts";
import { visitorOfThread } from "./envelope.ts";
import { appendLine } from "./lines.ts";
import { CONTINUE_TIMER } from "./mail-on.ts";
import { chatSettings } from "./settings.ts";

/** What web chat needs of the house: it is a network inside of it. */
export interface ChatParts {
  db: Database;
}

/** An answer is a line in the visitor's log under the part's own name: sent twice it is one line. */
export function webchatSender({ db }: ChatParts): Sender {
  const accountOf = async (access: ChannelAccess): Promise<AccountId | null> =>
    findAccountOfChannel(db, access.channelId);

  return {
    async sendPart(access, delivery, part, _budget, signal) {
      const where = visitorOfThread(delivery.threadKey);
      const accountId = await accountOf(access);
      if (!where || !accountId) return refused("invalid", "no-thread", "This is no thread of a web chat.");
      signal.throwIfAborted();
      const contents = await Promise.all(
        (part.files ?? []).map(async (file) => ({ file, content: await file.read() })),
      );
      const run = async (tx: Tx): Promise<PartOutcome> => {
        const visitor = await lockListener(tx, access.channelId, where.visitorId);
        if (!visitor) return refused("not-found", "no-visitor", "This visitor has never written.");
        if (visitor.erasedAt !== null)
          return refused("recipient-unreachable", "erased", "This visitor has had everything erased.");
        const there =
          (await lineByKey(tx, access.channelId, visitor.id, part.clientId)) ??
          (await lineByKey(tx, access.channelId, where.visitorId, part.clientId));
        if (there) return sent(there, access, delivery);
        const files: LineFile[] = [];
        for (const { file, content } of contents) {
          const { hash, bytes } = await blobs().put(tx, content, file.mime);
          files.push({ id: uuidv7(tx.now), hash, bytes, name: file.name.slice(0, 200), mime: file.mime });
        }
        // Who answers has read; what stands in another thread by now is another matter.
        if (visitor.id === where.visitorId) visitor.deliveredSeq = visitor.readSeq = visitor.lastSeq;
        const { line } = await appendLine(tx, access.channelId, visitor, {
          ...{ sender: "agent", clientKey: part.clientId, name: delivery.speaker ?? "", body: part.text, files },
          deliveryId: delivery.id,
        });
        const after = chatSettings(access.config).continueAfterMs;
        await setTimer(tx, CONTINUE_TIMER, visitor.id, tx.now + after, { channelId: access.channelId });
        return sent(line, access, delivery);
      };
      return db.withAccount(accountId, run, { traceId: delivery.traceId ?? undefined });
    },

    async reconcile(access, delivery, part): Promise<Reconciled> {
      const where = visitorOfThread(delivery.threadKey);
      const accountId = await accountOf(access);
      if (!where || !accountId) return { found: false, sure: true };
      return db.withAccount(accountId, async (tx) => {
        // Waits for a call that is still writing: what is not there afterwards was not written.
        const listener = await lockListener(tx, access.channelId, where.visitorId);
        const line =
          (await lineByKey(tx, access.channelId, where.visitorId, part.clientId)) ??
          (listener && (await lineByKey(tx, access.channelId, listener.id, part.clientId)));
        if (!line) return { found: false, sure: true };
        return { found: true, externalId: line.id, permalink: null, item: itemOf(line, access, delivery) };
      });
    },
  };
}

function sent(line: Line, access: ChannelAccess, delivery: OutboundDelivery): PartOutcome {
  return { state: "sent", externalId: line.id, permalink: null, item: itemOf(line, access, delivery) };
}

function refused(errorClass: ErrorClass, code: string, message: string): PartOutcome {
  return { state: "failed", error: { class: errorClass, retryable: false, code, message } };
}

/** Our own line as any message. */
function itemOf(line: Line, access: ChannelAccess, { threadKey, intent }: OutboundDelivery): Item {
  return {
    externalId: line.id,
    revision: "1",
    kind: "chat",
    visibility: "private",
    thread: { key: threadKey, ...(intent.op !== "message" && { parentId: intent.toExternalId }) },
    author: { id: access.externalId, scope: access.channelId, handle: access.handle, name: line.name, isSelf: true },
    addressedTo: [intent.toAuthorId],
    text: line.body,
    entities: [],
    attachments: line.files.map((f) => ({
      externalId: f.id,
      blob: f.hash,
      name: f.name,
      mime: f.mime,
      bytes: f.bytes,
    })),
    createdAt: line.at,
    why: [],
  };
}
