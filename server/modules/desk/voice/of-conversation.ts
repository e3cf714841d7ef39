import type { VoiceOfConversation } from "#contracts/voice";
import { channelsOf, type Message, messagesById } from "#modules/channels";
import { brandsOf, settingOf } from "#modules/company";
import { conversationsById, placementsOf } from "#modules/conversations";
import { understandingOf } from "#modules/listening";
import type { Tx } from "#platform/db";
import { notFound } from "#platform/errors";
import type { Actor } from "#platform/http/actor";
import { notesOf } from "../store/desk-store.ts";
import { recentPublicReplies } from "../store/recent-replies.ts";
import { accessConversation } from "../work-acts.ts";
import { guideFor, voiceSetting } from "./settings.ts";

const LAST_MESSAGES = 60;
const LAST_REPLIES = 80;
const MOST_RECENT = 40;
const live = (m: Message) => m.state === "live";

/** What the composer's checks need to know besides the draft; asked once, when somebody begins to write. */
export async function voiceOfConversation(db: Tx, actor: Actor, conversationId: string): Promise<VoiceOfConversation> {
  return db.together(async (tx) => {
    const [standing, placements, notes, replies, channels, brands] = await Promise.all([
      accessConversation(tx, actor, conversationId),
      placementsOf(tx, conversationId, { limit: LAST_MESSAGES }),
      notesOf(tx, conversationId),
      recentPublicReplies(tx, LAST_REPLIES),
      channelsOf(tx),
      brandsOf(tx),
    ]);
    const { brandId } = standing.conversation;
    const brand = brands.find((b) => b.id === brandId);
    if (!brand) throw notFound("brand");
    const ids = placements.map((p) => p.messageId);
    const [messages, understood, spoken, { value: voice }] = await Promise.all([
      messagesById(tx, ids),
      understandingOf(tx, ids),
      conversationsById(tx, [...new Set(replies.map((r) => r.conversationId))]),
      settingOf(tx, voiceSetting, { brandId }),
    ]);
    const inbound = messages.filter((m) => m.direction === "in" && live(m)).sort((a, b) => a.sentAt - b.sentAt);
    const last = inbound.at(-1);
    const language = last ? (understood.get(last.id)?.language ?? "") : "";
    return {
      guide: guideFor(voice, language || brand.locale, brand.locale),
      pass: voice.pass,
      place: placeOf(
        last,
        channels.find((c) => c.id === last?.channelId),
        voice.places,
      ),
      post: inbound
        .filter((m) => m.visibility !== "private")
        .map((m) => m.text)
        .join("\n"),
      facts: [...notes.map((n) => n.text), ...inbound.filter((m) => m.visibility === "private").map((m) => m.text)],
      recent: replies
        .filter((r) => spoken.get(r.conversationId)?.brandId === brandId)
        .slice(0, MOST_RECENT)
        .map((r) => r.text)
        .reverse(),
    };
  });
}

/** The place of a post by its address, and what is written down about it. */
function placeOf(
  message: Message | undefined,
  channel: { network: string; name: string } | undefined,
  cards: readonly { network: string; place: string; text: string }[],
): VoiceOfConversation["place"] {
  if (!message || !channel) return null;
  const where = `${message.permalink ?? ""} ${channel.name}`.toLowerCase();
  const card = cards.find((c) => c.network === channel.network && where.includes(c.place.toLowerCase()));
  return { network: channel.network, name: card?.place ?? channel.name, text: card?.text ?? null };
}
