import type { Capabilities } from "#shared/capabilities";
import type { Destination } from "./invite-use.ts";

/** What a brand says about inviting, as far as places go. */
export interface InvitePlaces {
  offered: readonly Destination[];
  email: string;
  phone: string;
  chatUrl: string;
}

/** A channel of the brand as the choice of places sees it. `externalId`: our account's own name on the network. */
export interface PlaceChannel {
  id: string;
  brandId: string;
  network: string;
  handle: string;
  externalId: string;
  state: string;
  capabilities: Pick<Capabilities, "private" | "canReplyPrivate">;
}

/** One place a customer can come to. `href`: an address that opens it, where there is one; `{code}` in it is replaced. */
export interface Place {
  destination: Destination;
  /** What people read: `@northwind on Playground`, `help@northwind.example`. */
  label: string;
  href: string | null;
}

/**
 * Where a brand can be reached in private: what its settings offer and its channels can do now. `post`: the public post's network and
 * its own address there, which tells the site of networks that have many.
 */
export function placesFor(
  brandId: string,
  settings: InvitePlaces,
  channels: readonly PlaceChannel[],
  post: { network: string; channelId: string; permalink: string | null },
): Place[] {
  const here = channels.filter((c) => c.brandId === brandId && c.state === "on" && c.capabilities.private);
  const found: Place[] = [];
  for (const destination of new Set(settings.offered)) {
    const place = placeOf(destination, settings, here, post);
    if (place) found.push(place);
  }
  return found;
}

function placeOf(
  destination: Destination,
  settings: InvitePlaces,
  channels: readonly PlaceChannel[],
  post: { network: string; channelId: string; permalink: string | null },
): Place | null {
  switch (destination) {
    case "dm": {
      const channel = channels.find((c) => c.id === post.channelId);
      if (!channel || channel.capabilities.canReplyPrivate.kind === "never") return null;
      const label = channel.handle === "" ? channel.network : `@${channel.handle.replace(/^@/, "")}`;
      return { destination, label, href: dmLink(channel, post.permalink) };
    }
    case "email": {
      const box = settings.email || channels.find((c) => c.network === "email")?.handle || "";
      if (!/^[^\s@<>"&?]{1,64}@[^\s@<>"&?]{1,250}$/u.test(box)) return null;
      return { destination, label: box, href: `mailto:${encodeURIComponent(box).replace("%40", "@")}?subject={code}` };
    }
    case "chat": {
      // Our own window on the way here, unless the brand names another place.
      const chat = channels.find((c) => c.network === "webchat");
      if (settings.chatUrl === "" && chat)
        return { destination, label: "Chat", href: `/chat/${chat.externalId}?invite={code}` };
      return /^https:\/\/\S+$/u.test(settings.chatUrl) ? { destination, label: "Chat", href: settings.chatUrl } : null;
    }
    case "callback":
      return { destination, label: "We call you", href: null };
    case "call": {
      const digits = settings.phone.replace(/[^\d+]/gu, "");
      return digits.length >= 5 ? { destination, label: settings.phone, href: `tel:${digits}` } : null;
    }
  }
}

/**
 * Opens the private messages of a network, with the code filled in where the network is known to have such links; only the playground's is
 * tested live. Null: it has none, or the channel lacks what names it there, and the page tells how to get there. X, WhatsApp and the
 * playground put the code into the message; a Telegram bot is sent "/start <code>"; Messenger and Instagram hand it over beside the first
 * message (`referral.ref`), so there the customer is asked to write it all the same.
 */
export function dmLink(
  channel: Pick<PlaceChannel, "network" | "handle" | "externalId">,
  permalink: string | null,
): string | null {
  const handle = encodeURIComponent(channel.handle.toWellFormed().replace(/^@/, ""));
  const named = (href: string) => (handle === "" ? null : href);
  switch (channel.network) {
    case "playground": {
      const site = siteOf(permalink);
      return site && named(`${site}/messages/${handle}?text={code}`);
    }
    case "x":
      return /^\d+$/.test(channel.externalId)
        ? `https://x.com/messages/compose?recipient_id=${channel.externalId}&text={code}`
        : null;
    case "telegram":
      return named(`https://t.me/${handle}?start={code}`);
    case "whatsapp":
    case "wa": {
      const digits = channel.handle.replace(/\D/g, "");
      return digits.length >= 7 && digits.length <= 15 ? `https://wa.me/${digits}?text={code}` : null;
    }
    case "messenger":
    case "facebook_page":
      return /^[\w.]{1,100}$/.test(channel.externalId) ? `https://m.me/${channel.externalId}?ref={code}` : null;
    case "instagram":
    case "instagram_dm":
      return named(`https://ig.me/m/${handle}?ref={code}`);
    case "bluesky":
      return "https://bsky.app/messages";
    default:
      return null;
  }
}

function siteOf(permalink: string | null): string | null {
  if (permalink === null || !URL.canParse(permalink)) return null;
  const { protocol, origin } = new URL(permalink);
  return protocol === "https:" || protocol === "http:" ? origin : null;
}
