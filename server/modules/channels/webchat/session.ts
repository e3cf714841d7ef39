import type { z } from "zod";
import type { ChatSession, chatSessionAsk } from "#contracts/webchat";
import { chatLimits } from "#contracts/webchat";
import type { Tx } from "#platform/db";
import { AppError } from "#platform/errors";
import { uuidv7 } from "#platform/ids";
import { latestLines } from "../store/webchat-line-store.ts";
import {
  findVisitors,
  insertConsent,
  lockKnownVisitor,
  lockVisitor,
  newVisitor,
  saveVisitor,
  type Visitor,
  visitorBySubject,
} from "../store/webchat-visitor-store.ts";
import type { ChatDoor } from "./door.ts";
import type { ChatHouse, Hours } from "./house.ts";
import { readIdentity, type SignedIdentity } from "./identity-token.ts";
import { tellWindows } from "./lines.ts";
import { hoursFrame, maskedAddress, presentLine } from "./present.ts";
import { wordsIn } from "./settings.ts";
import { visits } from "./visit.ts";

type Ask = z.output<typeof chatSessionAsk>;

/** Begins a visit or goes on with one. Of a visitor nobody knows and who has said nothing yet, nothing is written down. */
export async function openSession(house: ChatHouse, door: ChatDoor, ask: Ask, hours: Hours): Promise<ChatSession> {
  const { tokens, clock } = house;
  const now = clock.now();
  const identity = ask.identity === undefined ? null : needIdentity(door, ask.identity, now);
  const token = ask.visitorToken === undefined ? null : tokens.read(door.channelId, ask.visitorToken, now);
  const invite = inviteIn(ask.invite);
  return house.db.withAccount(door.accountId, async (tx) => {
    const visitor = identity
      ? await signedIn(tx, door, identity, token?.visitorId ?? null)
      : await anonymous(tx, door, token?.visitorId ?? null, token?.signedIn ?? false);
    const writes = identity !== null || invite !== "" || ask.consent !== undefined;
    const kept = writes ? await lockVisitor(tx, door.channelId, visitor.id) : visitor;
    if (writes) {
      Object.assign(kept, { locale: ask.locale, seenAt: Math.max(kept.seenAt, tx.now) });
      if (invite !== "") kept.invite = invite;
      if (ask.consent) await consent(tx, door, kept, { locale: ask.locale, ...ask.consent });
      visits(
        door,
        kept,
        ask.page,
        kept.visit.map((one) => ({ ...one, referrer: "" })),
        tx.now,
      );
      await saveVisitor(tx, door.channelId, kept);
    }
    const lines = await latestLines(tx, door.channelId, kept.id, chatLimits.latest);
    const isSigned = kept.subject !== null;
    return {
      visitorToken: tokens.make(door.channelId, kept.id, isSigned, now),
      resumed: kept.lastSeq > 0,
      config: configOf(door, hours, ask.locale),
      conversation: { lastSeq: kept.lastSeq, ended: kept.endedAt !== null },
      messages: lines.map((l) => presentLine(house, door.accountId, l)),
      receipts: { delivered: kept.deliveredSeq, read: kept.readSeq },
      readUpTo: kept.seenSeq,
      visitor: { name: kept.name, email: maskedAddress(kept.continueTo || kept.email), verified: isSigned },
      consent:
        kept.consentVersion === null ? null : { version: kept.consentVersion, given: kept.consentGiven === true },
      place: null,
    };
  });
}

function needIdentity(door: ChatDoor, given: string, now: number): SignedIdentity {
  const read = readIdentity(given, door.identitySecrets, door.key, now);
  if (!read.ok) throw new AppError("chat-identity-refused", read.why);
  return read.identity;
}

/**
 * The visitor whom the host site names, on whatever device. Who was nameless here becomes that visitor, or is remembered as a former
 * self of it: both are one person then.
 */
async function signedIn(tx: Tx, door: ChatDoor, who: SignedIdentity, tokenOf: string | null): Promise<Visitor> {
  const { channelId } = door;
  const here = tokenOf === null ? null : await lockKnownVisitor(tx, channelId, tokenOf);
  // Once it is somebody it is nobody else's: whoever signs in later at the same machine takes nothing over.
  const nameless = here && here.subject === null && here.erasedAt === null && here.became === null ? here : null;
  let visitor = await visitorBySubject(tx, channelId, who.subject);
  if (visitor && nameless) await becomes(tx, channelId, nameless, visitor);
  visitor ??= nameless ?? (await lockVisitor(tx, channelId, freshId(tx, tokenOf, here)));
  Object.assign(visitor, {
    ...{ subject: who.subject, name: who.name || visitor.name, email: who.email || visitor.email },
    continueTo: visitor.continueTo || who.email,
  });
  await saveVisitor(tx, channelId, visitor);
  return visitor;
}

/** The nameless one is somebody we know: what was asked by the one is answered to the other, and the old token opens nothing more. */
async function becomes(tx: Tx, channelId: string, nameless: Visitor, visitor: Visitor): Promise<void> {
  visitor.former = [...visitor.former.filter((id) => id !== nameless.id), nameless.id].slice(-20);
  visitor.continueTo ||= nameless.continueTo;
  Object.assign(nameless, { became: visitor.id, continueTo: "", visit: [], visitAt: null });
  nameless.page = { url: "", title: "", referrer: "" };
  await saveVisitor(tx, channelId, nameless);
  await tellWindows(tx, channelId, nameless.id);
}

/** An id given out with a token is used only while nobody else stands under it. */
const freshId = (tx: Tx, tokenOf: string | null, here: Visitor | null): string =>
  tokenOf !== null && here === null ? tokenOf : uuidv7(tx.now);

/** Who was signed in and is not any more is a stranger: a shared machine shows nobody what another wrote. */
async function anonymous(tx: Tx, door: ChatDoor, tokenOf: string | null, wasSigned: boolean): Promise<Visitor> {
  const fresh = () => newVisitor(uuidv7(tx.now), tx.now);
  if (tokenOf === null || wasSigned) return fresh();
  const known = (await findVisitors(tx, door.channelId, [tokenOf])).get(tokenOf);
  if (!known) return newVisitor(tokenOf, tx.now);
  return isOver(known) || known.subject !== null ? fresh() : known;
}

/** Nobody speaks as this one any more: it was erased, or turned out to be somebody else. */
export const isOver = (visitor: Visitor): boolean => visitor.erasedAt !== null || visitor.became !== null;

/** Keeps what a visitor agreed to, with the words that were shown. A version that is not the present one is no consent to it. */
export async function consent(
  tx: Tx,
  door: ChatDoor,
  visitor: Visitor,
  given: { version: string; given: boolean; locale?: string | undefined },
): Promise<void> {
  const { version, text, texts } = door.settings.consent;
  if (given.version !== version)
    throw new AppError("not-now", "The notice has changed meanwhile. Show the present one and ask again.", {
      present: { version },
    });
  if (visitor.consentVersion === version && visitor.consentGiven === given.given) return;
  Object.assign(visitor, { consentVersion: version, consentGiven: given.given, consentAt: tx.now });
  const words = wordsIn(given.locale ?? visitor.locale, text, texts);
  await insertConsent(tx, door.channelId, visitor.id, { version, given: given.given, words });
}

export function needConsent(door: ChatDoor, visitor: Visitor): void {
  const { required, version } = door.settings.consent;
  if (!required || (visitor.consentGiven === true && visitor.consentVersion === version)) return;
  throw new AppError("chat-consent-needed", "Agree to the notice first, then send again.", { present: { version } });
}

function configOf({ settings: s, brandName, canMail }: ChatDoor, hours: Hours, locale: string): ChatSession["config"] {
  const { required, version, text, texts } = s.consent;
  return {
    ...{ brandName, colours: { primary: s.primary, accent: s.accent }, position: s.position },
    greeting: s.greeting.map(({ texts, ...one }) => ({ ...one, text: wordsIn(locale, one.text, texts) })),
    consent: { required, version, text: wordsIn(locale, text, texts) },
    ...{ hours: hoursFrame(hours), files: s.files, pages: { shown: s.visit.show, query: s.visit.query } },
    ...{ emailContinuation: s.emailContinuation && canMail, transcript: s.transcript && canMail },
  };
}

/** The code of an invite in the form in which people say it; empty where there is none. */
function inviteIn(given: string | undefined): string {
  const signs = (given ?? "")
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, "")
    .replace(/^HB(?=[0-9A-Z]{12}$)/, "");
  return /^[0-9A-HJKMNP-TV-Z]{12}$/.test(signs) ? `HB-${signs.slice(0, 4)}-${signs.slice(4, 8)}-${signs.slice(8)}` : "";
}
