import { chatLimits } from "#contracts/webchat";
import { iso } from "#platform/clock";
import { storable, type Tx } from "#platform/db";
import { AppError } from "#platform/errors";
import { uuidv7 } from "#platform/ids";
import { clearTimer, setTimer } from "#platform/timers";
import { redactCards } from "#shared/redact";
import { findChannel } from "../store/channel-store.ts";
import {
  dropUploads,
  filesFromUs,
  type Line,
  type LineFile,
  lineByKey,
  uploadsOf,
  useUploads,
  wipeLines,
} from "../store/webchat-line-store.ts";
import { findVisitors, lockVisitor, saveVisitor, type Visitor } from "../store/webchat-visitor-store.ts";
import type { ChatDoor } from "./door.ts";
import type { SaidEnvelope } from "./envelope.ts";
import type { ChatHouse, Visiting } from "./house.ts";
import { appendLine, tellWindows } from "./lines.ts";
import { CONTINUE_TIMER, forgetMail, mailTranscript } from "./mail-on.ts";
import { putRaw } from "./raw.ts";
import { consent, isOver, needConsent } from "./session.ts";

export interface Saying {
  clientMsgId: string;
  text: string;
  files: readonly string[];
}

/** What a visitor does, each in one commit: when it is answered it is durable, in the log and in the raw inbox. */
export function chatActs(house: ChatHouse, door: ChatDoor, { visitorId, signedIn }: Visiting, traceId?: string) {
  const { channelId, accountId } = door;
  const run = <T>(act: (tx: Tx, visitor: Visitor) => Promise<T>): Promise<T> =>
    house.db.withAccount(
      accountId,
      async (tx) => {
        const visitor = await lockVisitor(tx, channelId, visitorId);
        if (isOver(visitor) || (visitor.subject !== null && !signedIn))
          throw new AppError("chat-token-refused", "This visit has ended. Ask for a session again.");
        visitor.seenAt = Math.max(visitor.seenAt, tx.now);
        return act(tx, visitor);
      },
      { traceId },
    );

  return {
    async say(said: Saying): Promise<Line> {
      const line = await run(async (tx, visitor) => {
        const there = await lineByKey(tx, channelId, visitorId, said.clientMsgId);
        if (there) return there;
        needConsent(door, visitor);
        const files = await attached(tx, channelId, visitor, said.files, door.settings.files.maxCount);
        begin(visitor);
        return written(tx, door, visitor, { ...said, text: storable(said.text), files });
      });
      house.stored(accountId, channelId);
      return line;
    },

    /** Where answers go on by mail; the desk is told, because it is asked for. */
    async leaveAddress(address: string): Promise<void> {
      if (!door.settings.emailContinuation || !door.canMail)
        throw new AppError("not-now", "This chat cannot go on by mail.");
      await run(async (tx, visitor) => {
        needConsent(door, visitor);
        if (visitor.continueTo === address) return;
        visitor.continueTo = address;
        begin(visitor);
        const text = `Please answer me by e-mail when I am gone: ${address}`;
        await written(tx, door, visitor, { clientMsgId: uuidv7(tx.now), text, files: [] });
        await setTimer(tx, CONTINUE_TIMER, visitorId, tx.now + door.settings.continueAfterMs, { channelId });
      });
      house.stored(accountId, channelId);
    },

    async transcript(address: string): Promise<void> {
      await run(async (tx, visitor) => {
        needConsent(door, visitor);
        const chat = await findChannel(tx, channelId);
        if (chat) await mailTranscript(tx, chat, visitor, address);
      });
    },

    async consent(given: { version: string; given: boolean; locale?: string | undefined }): Promise<void> {
      await run(async (tx, visitor) => {
        await consent(tx, door, visitor, given);
        await saveVisitor(tx, channelId, visitor);
      });
    },

    async end(): Promise<void> {
      await run(async (tx, visitor) => {
        if (visitor.endedAt !== null || visitor.lastSeq === 0) return;
        Object.assign(visitor, { endedAt: tx.now, endedBy: "visitor" });
        await saveVisitor(tx, channelId, visitor);
        await tellWindows(tx, channelId, visitorId);
      });
    },

    /** Everything of this visitor goes: what was said, here and on the desk, names, addresses, files. */
    async erase(): Promise<void> {
      await run(async (tx, visitor) => {
        // What this visitor said before it was known who it is, too.
        const former = [...(await findVisitors(tx, channelId, visitor.former)).values()].filter(
          (one) => one.became === visitorId,
        );
        for (const one of [...former, visitor]) await forget(tx, house, channelId, one);
      });
      house.stored(accountId, channelId);
    },
  };
}
export type ChatActs = ReturnType<typeof chatActs>;

/** The visitor is locked, or nobody speaks as it any more. */
async function forget(tx: Tx, house: ChatHouse, channelId: string, visitor: Visitor): Promise<void> {
  const { id } = visitor;
  const files = [...(await uploadsOf(tx, channelId, id)), ...(await filesFromUs(tx, channelId, id))];
  for (const hash of files.map((f) => f.hash).sort()) await house.blobs.drop(tx, hash);
  await dropUploads(tx, channelId, id);
  await wipeLines(tx, channelId, id);
  await clearTimer(tx, CONTINUE_TIMER, id);
  await forgetMail(tx, visitor);
  Object.assign(visitor, {
    ...{ name: "", email: "", subject: null, continueTo: "", invite: "", erasedAt: tx.now, endedAt: tx.now },
    ...{ page: { url: "", title: "", referrer: "" }, visit: [], visitAt: null, endedBy: "visitor" },
  });
  await saveVisitor(tx, channelId, visitor);
  await putRaw(tx, channelId, { event: "erased", visitorId: id, at: iso(tx.now) });
  await tellWindows(tx, channelId, id);
}

/** What is read from the raw inbox of a line that the visitor wrote: `text` as it was said, before anything was taken out. */
export function saidEnvelope(visitor: Visitor, line: Line, text: string, invite = ""): SaidEnvelope {
  const { id, name, email, subject, former } = visitor;
  return {
    ...{ event: "said", id: line.id, at: iso(line.at), chat: line.chat, text, invite, locale: visitor.locale },
    visitor: { id, name, email, subject: subject ?? "", former },
    files: line.files,
  };
}

/** After an end the next words begin another chat, in a thread of its own. */
function begin(visitor: Visitor): void {
  if (visitor.endedAt === null) return;
  Object.assign(visitor, { endedAt: null, endedBy: null, chat: visitor.chat + 1 });
}

/** The line in the log, without card numbers, and the input as it was said, sealed: one commit. */
async function written(
  tx: Tx,
  door: ChatDoor,
  visitor: Visitor,
  said: { clientMsgId: string; text: string; files: LineFile[] },
): Promise<Line> {
  const { text, files } = said;
  const invite = visitor.invite;
  visitor.invite = "";
  const { line } = await appendLine(tx, door.channelId, visitor, {
    ...{ sender: "visitor", clientKey: said.clientMsgId, name: "", body: redactCards([text]).texts[0]!, files },
    deliveryId: null,
  });
  if (files.length > 0)
    await useUploads(
      tx,
      door.channelId,
      visitor.id,
      files.map((f) => f.id),
      line.seq,
    );
  await putRaw(tx, door.channelId, saidEnvelope(visitor, line, text, invite));
  return line;
}

async function attached(
  tx: Tx,
  channelId: string,
  visitor: Visitor,
  ids: readonly string[],
  most: number,
): Promise<LineFile[]> {
  if (ids.length === 0) return [];
  if (ids.length > Math.min(most, chatLimits.filesPerMessage))
    throw new AppError("invalid-request", `A message takes ${most} files at most.`);
  const found = new Map((await uploadsOf(tx, channelId, visitor.id, ids)).map((f) => [f.id, f]));
  const files = [...new Set(ids)].map((id) => found.get(id));
  if (files.some((f) => !f || f.usedSeq !== null))
    throw new AppError("invalid-request", "A file of this message is not here, or was sent already. Upload it again.");
  return files.flatMap((f) => (f ? [{ id: f.id, hash: f.hash, name: f.name, mime: f.mime, bytes: f.bytes }] : []));
}
