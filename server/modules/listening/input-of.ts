import type { Message } from "#modules/channels";
import type { UnderstandInput } from "./domain/understand.ts";
import type { Surroundings } from "./thread-facts.ts";

/** A message as `understand` reads it. */
export function inputOf(m: Message, around: Surroundings): UnderstandInput {
  const thread = around.threadOf(m);
  return {
    text: m.text || m.subject,
    network: m.network,
    visibility: m.visibility === "private" || m.visibility === "internal" ? "private" : "public",
    kind: m.kind,
    author: {
      handle: m.authorHandle,
      ...(m.author.followers !== undefined && { followers: m.author.followers }),
      isBot: m.author.isBot === true || m.automated !== null,
    },
    mentions: m.entities.flatMap((e) => (e.type === "mention" ? [e.value] : [])),
    why: m.why,
    brand: around.namesOf(m),
    ...(m.language !== null && { lang: m.language }),
    ...(thread && { thread }),
  };
}
