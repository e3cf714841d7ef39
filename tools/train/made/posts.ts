import { readFileSync } from "node:fs";
import { join } from "node:path";
import { seeded } from "../../../server/modules/listening/domain/learn.ts";
import { NEGATIVE, NEUTRAL } from "./bodies.ts";
import { MOCK, POSITIVE, THANKS_NOT } from "./bodies-glad.ts";
import { OTHER_LANGUAGES } from "./other-languages.ts";
import { GLAD, OPENINGS, TRADES, VENTS, WAITS } from "./things.ts";

export type MadePost = {
  text: string;
  sentiment: "negative" | "neutral" | "positive";
  /** Genuine thanks for something done; mock praise or thanks. */
  gratitude: boolean;
  sarcasm: boolean;
  /** Which of our frames it came from, so that folds can keep a frame together. */
  frame: string;
};

const THANKED =
  /\b(?:thank|thanks|thx|cheers|appreciate|kudos|props|shout ?out)|danke|dank\b|merci|gracias|grazie|obrigad|valeu|bedankt/iu;

/**
 * Posts to companies of seven trades, put together from frames and words written by hand: `each` of every frame, half as many of each trade's
 * mock praise. The same seed gives the same posts.
 */
export function madePosts(each: number, seed = 11): MadePost[] {
  const chance = seeded(seed);
  const one = <T>(list: readonly T[]): T => list[Math.floor(chance() * list.length)]!;
  const split = (list: string) => list.split("|");
  const trades = Object.values(TRADES);
  const filled = (frame: string): string => {
    const trade = one(trades);
    const from: Record<string, string> = {
      thing: trade.things,
      staff: trade.people,
      woe: trade.woes,
      ask: trade.asks,
      wait: WAITS,
    };
    return frame.replace(/\{(\w+)\}/g, (_, slot: string) => one(split(from[slot]!))).replace(/\ba (?=[aeio])/g, "an ");
  };
  const posts: MadePost[] = [];
  const add = (frame: string, sentiment: MadePost["sentiment"], tails: string, kinds: Partial<MadePost> = {}) => {
    const opening = one(split(OPENINGS));
    const tail = one(split(tails));
    const body = loudly(filled(frame), chance);
    const text = `${opening}${body}${tail ? (/^[\p{L}#]/u.test(tail) ? one([". ", " ", "! ", ", "]) : " ") + tail : ""}${one(["", "", "", "", "!", "."])}`;
    posts.push({ text, sentiment, gratitude: false, sarcasm: false, frame, ...kinds });
  };
  for (let round = 0; round < each; round++) {
    for (const frame of NEGATIVE.split("\n")) add(frame, "negative", VENTS);
    for (const frame of NEUTRAL.split("\n")) add(frame, "neutral", "|||||||thx|thanks|please|:)|?|🤔");
    for (const frame of POSITIVE.split("\n")) add(frame, "positive", GLAD, { gratitude: THANKED.test(frame) });
    if (round % 2 === 0) {
      for (const frame of split(MOCK))
        add(frame, "negative", "|||||👏|🙄|#sarcasm|not|👍|really|as always|/s|😒|🙃", { sarcasm: true });
      for (const frame of split(THANKS_NOT))
        add(frame, /no thanks|holding|recording|had come/.test(frame) ? "negative" : "neutral", "|||", {});
    }
  }
  for (const [lang, lines] of Object.entries(OTHER_LANGUAGES)) {
    (["negative", "neutral", "positive"] as const).forEach((sentiment, i) => {
      for (const body of lines[i]!.split("\n"))
        posts.push({
          text: `${one(split(OPENINGS))
            .replace(/hey|hi|Hello|so|yo|Dear/g, "")
            .trim()} ${body}`.trim(),
          sentiment,
          gratitude: sentiment === "positive" && THANKED.test(body),
          sarcasm: false,
          frame: `${lang} ${body}`,
        });
    });
  }
  return posts;
}

/** People shout a word or the whole post, leave capitals out, or stretch a mark. */
function loudly(body: string, chance: () => number): string {
  const roll = chance();
  if (roll < 0.04) return body.toUpperCase();
  if (roll < 0.12) return body.replace(/\b(\w{4,})\b/, (w) => w.toUpperCase());
  if (roll < 0.2) return body.replace(/\?$/, "???");
  return roll < 0.6 ? body.charAt(0).toUpperCase() + body.slice(1) : body;
}

const TOLD: Record<string, Pick<MadePost, "sentiment" | "gratitude" | "sarcasm">> = {
  n: { sentiment: "negative", gratitude: false, sarcasm: false },
  u: { sentiment: "neutral", gratitude: false, sarcasm: false },
  p: { sentiment: "positive", gratitude: false, sarcasm: false },
  g: { sentiment: "positive", gratitude: true, sarcasm: false },
  s: { sentiment: "negative", gratitude: false, sarcasm: true },
  o: { sentiment: "neutral", gratitude: false, sarcasm: false },
};

/**
 * Thanks and what only looks like them, in eight languages (`thanks.txt`): genuine thanks with the word and without it (g), mock thanks and
 * mock praise (s), thanks in advance, polite ends, thanks to others, quoted and refused ones (o).
 */
export function thanksPosts(): MadePost[] {
  return readFileSync(join(import.meta.dirname, "thanks.txt"), "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => {
      const text = line.slice(line.indexOf("|", 2) + 1);
      return { text, ...TOLD[line[0]!]!, frame: text };
    });
}

/**
 * Posts each written out by hand (`told.txt`): negative, neutral, positive, genuine thanks, mockery, other uses of the same words, by the
 * letter before the bar.
 */
export function toldPosts(): MadePost[] {
  return readFileSync(join(import.meta.dirname, "told.txt"), "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => {
      const text = line.slice(2);
      const thanked = line[0] === "p" && THANKED.test(text);
      const kind = TOLD[line[0]!]!;
      return { text, ...kind, gratitude: kind.gratitude || thanked, frame: text };
    });
}
