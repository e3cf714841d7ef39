import type { Reading } from "./reading.ts";

/** `en` is spoken in `en-GB`, not the other way round. A post whose language is not known speaks none. */
export function speaks(lang: string | undefined, asked: string): boolean {
  const own = lang?.toLowerCase();
  return own !== undefined && (own === asked || own.startsWith(`${asked}-`));
}

/** `has:` and `is:` of a post, by their names in `#shared/query/ast`. */
export function holdsTrait(reading: Reading, name: string, value: string): boolean {
  const { post } = reading;
  if (name === "has") {
    switch (value) {
      case "links":
        return reading.links.length > 0;
      case "hashtags":
        return reading.hashtags.length > 0;
      case "mentions":
        return reading.mentions.length > 0;
      case "cashtags":
        return reading.cashtags.length > 0;
      case "emoji":
        return reading.emoji.length > 0;
      case "media":
        return (post.has?.length ?? 0) > 0;
      default:
        return post.has?.includes(value as "images") ?? false;
    }
  }
  if (value === "original")
    return !(post.is?.some((one) => one === "reply" || one === "repost" || one === "quote") ?? false);
  if (value === "question") return /[?？؟⸮]/u.test(post.text);
  return post.is?.includes(value as "reply") ?? false;
}
