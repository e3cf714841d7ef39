import type { z } from "zod";
import type { monitorThemes } from "#contracts/trends";
import { iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import { newPhrases } from "../domain/trends/new-phrases.ts";
import { shareOf } from "../domain/trends/shares.ts";
import { type Span, stepsOf } from "../domain/trends/spans.ts";
import { readTerms, type TrendPost } from "../domain/trends/terms.ts";
import { findThemes } from "../domain/trends/themes.ts";
import { labelsOfMessages } from "../listening.ts";
import { hitsBetween } from "../store/count-store.ts";
import { readablePosts, type Shown } from "./posts-shown.ts";

/** So many of the newest posts of each span are read: what people speak of shows in some hundreds. */
const READ = 300;
const THEMES = 8;
const PHRASES = 12;
/** Of fewer posts no themes are made. */
export const TOO_FEW = 12;

interface ReadSpan {
  posts: TrendPost[];
  shown: Map<string, Shown>;
  intents: string[];
  all: boolean;
}

/** What the posts of a monitor speak of, and what is new in it, of the brands that `mayRead` lets through. */
export async function themesOfMonitor(
  tx: Tx,
  monitorId: string,
  span: Span,
  mayRead: (brandId: string) => boolean,
): Promise<z.input<typeof monitorThemes>> {
  const { from, to } = stepsOf(span, tx.now);
  const [now, before] = [
    await readSpan(tx, monitorId, from, to, mayRead),
    await readSpan(tx, monitorId, from - (to - from), from, mayRead),
  ];
  const [read, earlier] = [now.posts.map(readTerms), before.posts.map(readTerms)];
  const tooFew = now.posts.length < TOO_FEW;
  const { themes, others } = tooFew ? { themes: [], others: now.posts.length } : findThemes(read, earlier, THEMES);
  const phrases = tooFew || before.posts.length < TOO_FEW ? [] : newPhrases(read, earlier, PHRASES);
  const people = (posts: readonly TrendPost[]) => new Set(posts.map((p) => p.author)).size;
  const named = new Set([...themes, ...phrases].flatMap((one) => one.examples));
  return {
    ...{ at: iso(tx.now), span, tooFew, themes, others },
    of: {
      ...{ posts: now.posts.length, people: people(now.posts), all: now.all },
      ...{ before: before.posts.length, peopleBefore: people(before.posts) },
    },
    topics: topicsOf(now),
    phrases: phrases.map((one) => ({ ...one, times: round(one.times), strength: round(one.strength) })),
    posts: [...named].flatMap((id) => now.shown.get(id) ?? []),
  };
}

const round = (value: number) => Math.round(value * 10) / 10;

/** What their writers want, by the label. */
function topicsOf({ posts, intents }: ReadSpan) {
  const angry = posts.map((post) => (post.sentiment === "negative" ? 1 : 0));
  return [...Map.groupBy(intents.keys(), (n) => intents[n] as string)]
    .map(([topic, places]) => ({
      ...{ topic, posts: places.length, share: shareOf(places.length, posts.length) },
      negative: places.reduce((sum, n) => sum + (angry[n] ?? 0), 0),
    }))
    .sort((a, b) => b.posts - a.posts || (a.topic < b.topic ? -1 : 1));
}

async function readSpan(
  tx: Tx,
  monitorId: string,
  from: number,
  to: number,
  mayRead: (brandId: string) => boolean,
): Promise<ReadSpan> {
  const hits = await hitsBetween(tx, monitorId, from, to, READ + 1);
  const page = hits.slice(0, READ);
  const ids = page.map((hit) => hit.messageId);
  const [shown, labels] = await tx.together((round) =>
    Promise.all([readablePosts(round, ids, mayRead), labelsOfMessages(round, ids)]),
  );
  const posts: TrendPost[] = [];
  const intents: string[] = [];
  for (const { messageId, author } of page) {
    const [post, label] = [shown.get(messageId), labels.get(messageId)];
    // Noise has no theme, and what is gone speaks no more.
    if (!post || !label || label.noise) continue;
    posts.push({ id: messageId, author, text: post.text, sentiment: label.sentiment });
    intents.push(label.intent);
    shown.set(messageId, { ...post, sentiment: label.sentiment });
  }
  return { posts, shown, intents, all: hits.length <= READ };
}
