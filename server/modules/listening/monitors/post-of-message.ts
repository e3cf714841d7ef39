import type { Message } from "#modules/channels";
import type { HeardPost } from "../domain/matching/books.ts";

/** Monitors listen to what everybody can read, and not to ourselves. */
export const isHeard = (m: Pick<Message, "direction" | "visibility" | "state">): boolean =>
  m.direction === "in" && m.visibility !== "private" && m.visibility !== "internal" && m.state === "live";

type Has = NonNullable<HeardPost["has"]>[number];

/** A message as a monitor is asked about it. `language`: as it was understood; `repliesTo`: the handle it answers. */
export function postOfMessage(
  m: Message,
  more: { brandId: string; language?: string | undefined; repliesTo?: string | undefined },
): HeardPost {
  const language = more.language ?? m.language ?? undefined;
  const is: NonNullable<HeardPost["is"]>[number][] = [];
  if (m.parentExternalId !== null) is.push("reply");
  if (m.why.includes("quote")) is.push("quote");
  if (m.author.verified) is.push("verified");
  const has = m.attachments.map(
    (a): Has => (a.mime?.startsWith("image/") ? "images" : a.mime?.startsWith("video/") ? "video" : "media"),
  );
  return {
    text: m.text,
    brandId: more.brandId,
    from: m.authorHandle,
    ...(more.repliesTo && { to: [more.repliesTo] }),
    ...(language && language !== "und" && { lang: language }),
    links: m.entities.flatMap((e) => (e.type === "url" ? [e.value] : [])),
    ...(m.author.followers !== undefined && { followers: m.author.followers }),
    ...{ has, is },
  };
}
