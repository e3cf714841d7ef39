import type { IconName } from "./icon-shapes.tsx";

export type Audience = "public" | "private" | "note";

export type NetworkSign = { icon: IconName; name: string };

/** Names of networks are proper names: they are not translated. */
const SIGNS: Record<string, NetworkSign> = {
  playground: { icon: "playground", name: "Playground" },
  mastodon: { icon: "mastodon", name: "Mastodon" },
  activitypub: { icon: "mastodon", name: "Fediverse" },
  bluesky: { icon: "bluesky", name: "Bluesky" },
  "bluesky-network": { icon: "bluesky", name: "All of Bluesky" },
  "json-lines": { icon: "globe", name: "JSON stream" },
  x: { icon: "x-network", name: "X" },
  facebook: { icon: "facebook", name: "Facebook" },
  messenger: { icon: "facebook", name: "Messenger" },
  instagram: { icon: "instagram", name: "Instagram" },
  whatsapp: { icon: "whatsapp", name: "WhatsApp" },
  email: { icon: "email", name: "E-mail" },
  webchat: { icon: "chat", name: "Web chat" },
  sms: { icon: "sms", name: "SMS" },
  community: { icon: "forum", name: "Community" },
  youtube: { icon: "youtube", name: "YouTube" },
  feed: { icon: "rss", name: "Feed" },
  rss: { icon: "rss", name: "RSS" },
  reddit: { icon: "reddit", name: "Reddit" },
  telegram: { icon: "telegram", name: "Telegram" },
  call: { icon: "phone", name: "Call" },
  review: { icon: "star", name: "Review" },
  note: { icon: "note", name: "Note" },
  // As the files of an import call them.
  fb: { icon: "facebook", name: "Facebook" },
  ig: { icon: "instagram", name: "Instagram" },
  wa: { icon: "whatsapp", name: "WhatsApp" },
  chat: { icon: "chat", name: "Chat" },
  forum: { icon: "forum", name: "Forum" },
  phone: { icon: "phone", name: "Phone" },
};

/** A network we have no sign for is shown with a globe and the name it came with. */
export function networkSign(network: string): NetworkSign {
  return Object.hasOwn(SIGNS, network) ? SIGNS[network]! : { icon: "globe", name: network };
}
