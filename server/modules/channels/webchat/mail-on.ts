import { brandOf } from "#modules/company";
import { HOUR, type Instant, iso, MINUTE } from "#platform/clock";
import type { Tx } from "#platform/db";
import { notNow } from "#platform/errors";
import { isUuid } from "#platform/ids";
import { setTimer, type TimerHandler } from "#platform/timers";
import type { Permit } from "../domain/permit.ts";
import { enqueueDelivery, withdrawDelivery } from "../outbox/deliveries.ts";
import { type ChannelRow, findChannel, findChannels } from "../store/channel-store.ts";
import { deliveriesOfThreads, findDeliveries, wipeDeliveries } from "../store/delivery-store.ts";
import { type Line, latestLines, linesAfter } from "../store/webchat-line-store.ts";
import { lockKnownVisitor, saveVisitor, type Visitor } from "../store/webchat-visitor-store.ts";
import { type MailWords, mailWords } from "./mail-words.ts";
import { type ChatSettings, chatSettings } from "./settings.ts";

/** Runs for a visitor some time after each answer: what nobody was there to read goes on by mail. */
export const CONTINUE_TIMER = "channels-webchat-continue";
const MOST_LINES = 500;
/** A mail that could not leave for so long says nothing any more. */
const KEEPS = 24 * HOUR;
const LOOK_AGAIN = 10 * MINUTE;

/** The mailbox by which a chat's words go out, or null: none is connected. */
export async function mailChannelOf(tx: Tx, chat: ChannelRow, settings: ChatSettings): Promise<ChannelRow | null> {
  const boxes = (await findChannels(tx)).filter(
    (c) => c.network === "email" && c.state === "on" && c.brandId === chat.brandId,
  );
  return boxes.find((c) => c.id === settings.mailChannelId) ?? boxes[0] ?? null;
}

/** Answers that nobody has read, when the visitor has gone and left an address: one mail for all of them, in the same conversation. */
export const continueByMail: TimerHandler = async (tx, timer) => {
  const channelId = String(timer.payload.channelId ?? "");
  const chat = isUuid(channelId) ? await findChannel(tx, channelId) : null;
  const visitor = chat && (await lockKnownVisitor(tx, channelId, timer.ref));
  if (!chat || !visitor || visitor.erasedAt !== null || visitor.continueTo === "") return;
  const settings = chatSettings(chat.config);
  if (!settings.emailContinuation) return;
  const unread = (
    await linesAfter(tx, channelId, visitor.id, Math.max(visitor.seenSeq, visitor.mailedSeq), MOST_LINES)
  ).filter((l) => l.sender === "agent");
  const last = unread.at(-1);
  if (!last) return;
  // Still at the window, or there a moment ago: look again when they may have gone.
  const goneAt = Math.max(visitor.seenAt, last.at) + settings.continueAfterMs;
  if (goneAt > tx.now) return setTimer(tx, CONTINUE_TIMER, visitor.id, goneAt, { channelId });
  const box = await mailChannelOf(tx, chat, settings);
  // The mailbox is away for now: the answer waits for it as long as it says anything.
  if (!box)
    return last.at + KEEPS > tx.now
      ? setTimer(tx, CONTINUE_TIMER, visitor.id, tx.now + LOOK_AGAIN, { channelId })
      : undefined;
  const brand = await brandOf(tx, chat.brandId);
  const w = mailWords(visitor.locale);
  const answered = last.deliveryId === null ? [] : await findDeliveries(tx, [last.deliveryId]);
  await mail(tx, box, visitor, {
    ...{ to: visitor.continueTo, subject: w.continued(brand.name), brandName: brand.name, automatic: false },
    text: [w.answered(brand.name), ...unread.map((l) => wordsOf(l, w)), `--\n${w.why}`].join("\n\n"),
    conversationId: answered[0]?.conversationId ?? null,
    permit: answered[0]?.permit ?? null,
  });
  visitor.mailedSeq = last.seq;
  await saveVisitor(tx, channelId, visitor);
};

/** Sends what was said in the present chat to an address. `notNow` where there is nothing to send, or nothing to send it by. */
export async function mailTranscript(tx: Tx, chat: ChannelRow, visitor: Visitor, to: string): Promise<void> {
  const settings = chatSettings(chat.config);
  const box = settings.transcript ? await mailChannelOf(tx, chat, settings) : null;
  if (!box) throw notNow("This chat cannot send mail now.");
  const lines = (await latestLines(tx, chat.id, visitor.id, MOST_LINES)).filter((l) => l.chat === visitor.chat);
  // Before somebody of ours has spoken, a stranger could have us mail his own words to anybody.
  if (!lines.some((l) => l.sender === "agent"))
    throw notNow("Nobody has answered in this chat yet. Ask again when somebody has.");
  const brand = await brandOf(tx, chat.brandId);
  const w = mailWords(visitor.locale);
  await mail(tx, box, visitor, {
    ...{ to, subject: w.transcript(brand.name), brandName: brand.name, automatic: true },
    text: [`${w.transcript(brand.name)}:`, ...lines.map((l) => spoken(l, w, brand.name)), `--\n${w.asked}`].join(
      "\n\n",
    ),
    ...{ conversationId: null, permit: null },
  });
}

const mailThread = ({ id }: Visitor, chat: number) => `chat-mail/${id}/${chat}`;

/** Mail of this visitor's chat that has not left does not, and what it said, and to whom, is overwritten. */
export async function forgetMail(tx: Tx, visitor: Visitor): Promise<void> {
  const boxes = (await findChannels(tx)).filter((c) => c.network === "email").map((c) => c.id);
  const threads = Array.from({ length: visitor.chat }, (_, i) => mailThread(visitor, i + 1));
  const mails = await deliveriesOfThreads(tx, boxes, threads);
  for (const { id, state } of mails) if (state === "pending" || state === "held") await withdrawDelivery(tx, id);
  await wipeDeliveries(
    tx,
    mails.map((one) => one.id),
  );
}

interface Mail {
  to: string;
  subject: string;
  text: string;
  brandName: string;
  conversationId: string | null;
  /** Of the answer that is passed on. */
  permit: Permit | null;
  automatic: boolean;
}

async function mail(tx: Tx, box: ChannelRow, visitor: Visitor, m: Mail): Promise<void> {
  const { to, subject, text, automatic } = m;
  await enqueueDelivery(tx, {
    ...{ channelId: box.id, brandId: box.brandId, threadKey: mailThread(visitor, visitor.chat) },
    intent: { op: "message", toHandle: to, toAuthorId: to, subject, ...(automatic && { automatic }) },
    ...{ text, agentId: null, conversationId: m.conversationId, notBefore: tx.now, notAfter: tx.now + KEEPS },
    permit: passedOn(m.permit, m.brandName),
  });
}

/** The words were permitted one by one when they were said; around them stands nothing that an agent wrote. */
function passedOn(permit: Permit | null, brandName: string): Permit {
  return {
    policyVersion: permit?.policyVersion ?? 0,
    disclosure: { text: "", style: "none", agentId: null, agentName: permit?.disclosure.agentName ?? "", brandName },
    approval: null,
    preflightVersion: permit?.preflightVersion ?? 1,
    audience: "private",
  };
}

function wordsOf(l: Line, w: MailWords): string {
  return [l.body, ...l.files.map((f) => w.file(f.name))].filter((words) => words !== "").join("\n");
}
const clock = (at: Instant): string => `${iso(at).slice(0, 16).replace("T", " ")} UTC`;
function spoken(l: Line, w: MailWords, brand: string): string {
  const who = l.sender === "visitor" ? w.you : l.name || brand;
  return `${who} (${clock(l.at)}):\n${wordsOf(l, w)}`;
}
