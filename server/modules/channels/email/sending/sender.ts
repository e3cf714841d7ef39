import type { Clock } from "#platform/clock";
import { isAddress } from "#shared/mail-address";
import type { ChannelAccess, OutboundDelivery, OutboundPart, PartOutcome, Sender } from "../../domain/adapter.ts";
import { type ChannelErrorData, NetworkFailure } from "../../domain/errors.ts";
import type { Item } from "../../domain/item.ts";
import { settingsOf } from "../settings.ts";
import { composeLetter, type Letter, writeLetter } from "./compose.ts";
import type { Filing } from "./filing.ts";
import { outcomeOf } from "./outcome.ts";
import type { PostLines } from "./post-lines.ts";

export interface SendDeps {
  clock: Clock;
  lines: PostLines;
  filing: Filing;
}

/** 25 MB over a slow line, and a server that looks at it before it answers. Longer: it is looked for. */
const TIMEOUT = 30_000;
/** How long the copy may take before the outcome is told without it. */
const FILING = 4_000;
const READS = 40;

/**
 * A mail per part, under a Message-ID made of the part's own id. What the server has answered is certain; what it has not is looked for among
 * the copies of what was sent.
 */
export function emailSender(deps: SendDeps): Sender {
  return {
    readsThread: READS,
    timeoutMs: TIMEOUT,
    async sendPart(access, delivery, part, _budget, signal): Promise<PartOutcome> {
      const settings = settingsOf(access.config);
      const letter = composeLetter(settings, access.secret.replyKey ?? "", delivery, part, deps.clock.now());
      const to = letter.to;
      if (!isAddress(to)) return { state: "failed", error: noAddress(to) };
      const raw = await writeLetter({ ...letter, files: await read(part) });
      let posted: Awaited<ReturnType<PostLines["post"]>>;
      try {
        posted = await deps.lines.post(access, { from: letter.envelopeFrom, to: [to, ...letter.cc] }, raw, signal);
      } catch (error) {
        // Nothing of the mail was on its way.
        if (error instanceof NetworkFailure) return { state: "failed", error: error.data };
        throw error;
      }
      if (posted.state !== "accepted") return outcomeOf(posted, settings.smtp.host);
      const refused = new Set(posted.refused);
      if (refused.has(to)) return { state: "failed", error: onlyCopies(to) };
      const reached = { ...letter, cc: letter.cc.filter((address) => !refused.has(address)) };
      await deps.filing.file(access, raw, AbortSignal.any([signal, AbortSignal.timeout(FILING)])).catch(() => {});
      return { state: "sent", ...named(access, delivery, part, reached) };
    },
    async reconcile(access, delivery, part, _budget, signal) {
      const settings = settingsOf(access.config);
      const letter = composeLetter(settings, access.secret.replyKey ?? "", delivery, part, delivery.createdAt);
      const found = await deps.filing.find(access, letter.messageId, signal);
      // The copy is made after the server's word: that there is none says nothing.
      return found ? { found: true, ...named(access, delivery, part, letter) } : { found: false, sure: false };
    },
  };
}

async function read(part: OutboundPart): Promise<Letter["files"]> {
  const files: { name: string; mime: string; content: Uint8Array }[] = [];
  for (const file of part.files ?? []) files.push({ name: file.name, mime: file.mime, content: await file.read() });
  return files;
}

function named(access: ChannelAccess, delivery: OutboundDelivery, part: OutboundPart, letter: Letter) {
  const parentId = letter.answered?.externalId;
  const item: Item = {
    ...{ externalId: letter.messageId, revision: "1", kind: "email", visibility: "private", clientId: part.clientId },
    thread: {
      ...{ key: delivery.threadKey, subject: letter.subject, rootId: letter.references[0] ?? letter.messageId },
      ...(parentId !== undefined && { parentId }),
    },
    author: {
      ...{ id: access.externalId, scope: "email", handle: access.handle, isSelf: true },
      name: letter.from.name || access.handle,
    },
    mail: { to: [{ address: letter.to, name: "" }], cc: letter.cc.map((address) => ({ address, name: "" })) },
    ...{ addressedTo: [letter.to, ...letter.cc], text: part.text, entities: [], createdAt: letter.date, why: [] },
    attachments: (part.files ?? []).map(({ name, mime, bytes, alt }) => ({ name, mime, bytes, ...(alt && { alt }) })),
  };
  return { externalId: letter.messageId, permalink: null, item };
}

function onlyCopies(to: string): ChannelErrorData {
  return {
    ...{ class: "recipient-unreachable", retryable: false, code: "only-copies" },
    message: `The mail server refused ${to.slice(0, 100)}; those who get copies have the mail. Do not send it again to all.`,
  };
}

function noAddress(to: string): ChannelErrorData {
  return {
    ...{ class: "recipient-unreachable", retryable: false, code: "no-address" },
    message: `"${to.slice(0, 100)}" is no address that mail can be sent to.`,
  };
}
