import { attachedFiles, type Channel, channelOf, type Message, messagesById } from "#modules/channels";
import { type Brand, brandOf, settingOf, stopOf } from "#modules/company";
import { checkCodes, partsOf, placementsOfMessages } from "#modules/conversations";
import { need } from "#modules/people";
import { type Crisis, crisesOfConversation, type Standing } from "#modules/routing";
import type { Tx } from "#platform/db";
import { AppError, conflict, notFound, notNow } from "#platform/errors";
import type { Actor } from "#platform/http/actor";
import type { PreflightFile } from "#shared/check-files";
import { usualCopies } from "#shared/copies";
import { appendDisclosure, disclosureLine } from "#shared/disclosure";
import { preflight } from "#shared/preflight";
import { channelShut } from "./domain/channel-shut.ts";
import { disclosureStyle, hasCopies, ownAddresses, preflightContext } from "./preflight-context.ts";
import { isPicture } from "./read/file-views.ts";
import type { FileNamed } from "./store/desk-store.ts";
import { needClosing } from "./together/closing.ts";
import { type SignatureStyle, signatureOf, voiceSetting } from "./voice/settings.ts";

export interface ReplyAsked {
  conversationId: string;
  audience: "public" | "private";
  text: string;
  answersMessageId: string;
  resolveWith: string | null;
  /** What the agent attached, in order. */
  files?: readonly FileNamed[];
  /** Who gets an open copy; left out: everybody whom the answered mail went to. */
  copies?: readonly string[] | null | undefined;
  /** The version of the work item (of the conversation, when no work is open) that the agent saw. */
  expectedVersion: number;
  /** Why it is to leave although the brand's voice holds it. */
  anyway?: string | null | undefined;
}
export type ReplyWords = Omit<ReplyAsked, "expectedVersion" | "conversationId">;

/** In whose name it leaves. */
export interface Author {
  id: string;
  name: string;
  kind: Actor["kind"];
}

/** A reply that may leave as it stands, with all that its way out needs. */
export interface Prepared {
  readonly author: Author;
  readonly standing: Standing;
  readonly words: ReplyWords;
  readonly target: Message;
  readonly channel: Channel;
  readonly brand: Brand;
  /** The conversation, and those that became part of it. */
  readonly matter: readonly string[];
  readonly crises: readonly Crisis[];
  readonly copies: readonly string[];
  readonly disclosure: string;
  /** Disclosure included. */
  readonly text: string;
  readonly signed: SignatureStyle;
  /** What the customer said where; of private replies nothing is held. */
  readonly said: { inPublic: readonly string[]; inPrivate: readonly string[] };
  /** May what the voice holds leave all the same? */
  readonly pass: "with-reason" | "never";
}

export const replyVerb = { public: "reply.public", private: "reply.private" } as const;

/** Who may write here now: whoever has the right and the work, and saw it as it is. */
export function needWriter(actor: Actor, { work, where, version }: Standing, asked: ReplyAsked): void {
  need(actor, replyVerb[asked.audience], where);
  if (work && work.ownerId !== actor.id)
    throw notNow(
      work.ownerId
        ? "Another agent has this work. Ask them, or let a supervisor assign it to you."
        : "Take the work first (T), then answer.",
      { ownerId: work.ownerId },
    );
  const seen = work ? work.version : version;
  if (seen !== asked.expectedVersion) throw conflict("conversation", { version: seen });
}

/** Looks whether these words may leave in the author's name, by everything that the desk knows. Refuses with what is wrong. */
export async function prepareReply(tx: Tx, author: Author, standing: Standing, words: ReplyWords): Promise<Prepared> {
  const { brandId, conversation } = standing;
  const placed = (await placementsOfMessages(tx, [words.answersMessageId])).get(words.answersMessageId);
  if (placed?.conversationId !== conversation.id) throw notFound("message in this conversation");
  if (words.resolveWith !== null)
    await needClosing(tx, { brandId, queueId: standing.work?.queueId ?? null }, words.resolveWith, null);
  await checkCodes(tx, conversation.id, words.text);
  const target = (await messagesById(tx, [words.answersMessageId]))[0];
  if (!target || target.direction === "out")
    throw new AppError(
      "invalid-request",
      "answersMessageId does not name a message of the customer in this conversation.",
    );
  const [channel, brand] = [await channelOf(tx, target.channelId), await brandOf(tx, brandId)];
  const shut = channelShut(channel);
  if (shut !== null) throw notNow(`${shut} Your text is kept.`);
  const privateReplyToPublic = words.audience === "private" && target.visibility !== "private";
  const { value: voice } = await settingOf(tx, voiceSetting, { brandId: brand.id });
  const signed = signatureOf(brand, voice, channel.network);
  const style = disclosureStyle(signed);
  const disclosure = words.audience === "public" ? disclosureLine(style, author.name, brand.name, brand.locale) : "";
  const text =
    words.audience === "public"
      ? appendDisclosure(words.text, style, author.name, brand.name, brand.locale)
      : words.text.trimEnd();

  // What was said about a conversation holds for the one that it became part of.
  const matter = [conversation.id, ...(await partsOf(tx, conversation.id))];
  const bound = await tx.together((t) => Promise.all(matter.map((id) => crisesOfConversation(t, id))));
  const crises = [...new Map(bound.flat().map((c) => [c.id, c])).values()];
  const context = await preflightContext(tx, {
    ...{ crises, agentId: author.id },
    conversationId: conversation.id,
    channel,
    target,
    brand,
    signed,
    agentName: author.name,
    stop: await stopOf(tx, brand.id),
  });
  const files = await namedFiles(tx, author.id, words.files ?? []);
  const copies =
    words.copies ?? (hasCopies(channel) ? usualCopies(target.mail, target.authorId, ownAddresses(channel)) : []);
  const verdict = preflight(
    { audience: words.audience, text, human: true, privateReplyToPublic, files, copies },
    { ...context, now: tx.now },
  );
  if (!verdict.ok)
    throw new AppError("preflight-refused", verdict.errors.map((e) => e.message).join(" "), {
      errors: verdict.errors.map((e) => ({
        path:
          e.copy !== undefined
            ? `copies[${e.copy}]`
            : e.file !== undefined
              ? `files[${e.file}]`
              : `text${e.span ? `[${e.span.start}..${e.span.end}]` : ""}`,
        message: e.message,
        code: e.code,
      })),
    });
  const said = { inPublic: [target.text, ...(context.publicTexts ?? [])], inPrivate: context.privateTexts ?? [] };
  return {
    ...{ author, standing, words, target, channel, brand, matter, crises, copies, disclosure, text, signed, said },
    pass: voice.pass,
  };
}

/** The files as preflight knows them; one of somebody else is not there. */
async function namedFiles(tx: Tx, agentId: string, named: readonly FileNamed[]): Promise<PreflightFile[]> {
  if (named.length === 0) return [];
  const found = new Map(
    (
      await attachedFiles(
        tx,
        named.map((f) => f.id),
      )
    ).map((f) => [f.id, f]),
  );
  return named.map(({ id, alt }) => {
    const file = found.get(id);
    if (file?.agentId !== agentId || file.deliveryId !== null) throw notFound("file of yours by this id");
    return { ...file, alt, picture: isPicture(file) };
  });
}
