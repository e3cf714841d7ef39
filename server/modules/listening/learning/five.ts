import { messagesById } from "#modules/channels";
import { type Instant, iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import { notFound } from "#platform/errors";
import { type Candidate, choosePosts } from "../domain/learning/choose-posts.ts";
import { markLabel } from "../listening.ts";
import {
  type DailyAnswer,
  type DailyPost,
  findDaily,
  insertDaily,
  newestUnmarked,
  saveAnswer,
  type Unmarked,
} from "../store/daily-store.ts";

/** So many of the newest messages are looked at for the day's five, and of those so many, the least sure ones, are read. */
const LOOKED_AT = 2_000;
const READ = 300;

/** A day of the account, UTC. */
export const dayOf = (at: Instant): string => iso(at).slice(0, 10);

/** The day's posts: chosen once, by whoever looks first, and the same for everybody from then on. */
export async function fiveOf(tx: Tx, day: string): Promise<DailyPost[]> {
  const there = await findDaily(tx, day);
  if (there.length > 0) return there;
  const asks = (await newestUnmarked(tx, LOOKED_AT)).flatMap(questions);
  const likely = asks.toSorted((a, b) => Math.abs(a.p - 0.5) - Math.abs(b.p - 0.5)).slice(0, READ);
  const messages = await messagesById(tx, [...new Set(likely.map((c) => c.messageId))]);
  const texts = new Map(
    messages.filter((m) => m.direction === "in" && m.state === "live" && m.text.trim()).map((m) => [m.id, m.text]),
  );
  const chosen = choosePosts(
    likely.flatMap((c) => {
      const text = texts.get(c.messageId);
      return text ? [{ ...c, text }] : [];
    }),
  );
  await insertDaily(
    tx,
    day,
    chosen.map(({ messageId, task, p }, place) => ({ place: place + 1, messageId, task, likely: p })),
  );
  return findDaily(tx, day);
}

/** Of a day that is over nothing is chosen any more; what was can still be answered. */
export const fiveOfPast = findDaily;

/** What could be asked of a message: each with the probability of "yes". */
function questions(u: Unmarked): Omit<Candidate, "text">[] {
  const noise = u.noiseSure === null ? null : u.noise === "noise" ? u.noiseSure : 1 - u.noiseSure;
  // Without a model of its own the account asks of work where nobody knows what the writer wants.
  const work = u.actionable ?? (u.intentSure === null || u.thanksOnly ? null : 1 - u.intentSure / 2);
  const asked: [string, number | null][] = [
    ["actionable", noise !== null && noise > 0.9 ? null : work],
    ["noise", noise],
    ["gratitude", u.gratitude ? u.gratitudeSure : null],
  ];
  return asked.flatMap(([task, p]) => (p === null ? [] : [{ messageId: u.messageId, task, p }]));
}

const WORDS: Readonly<Record<string, { yes: string; no: string }>> = {
  actionable: { yes: "yes", no: "no" },
  noise: { yes: "noise", no: "signal" },
  gratitude: { yes: "yes", no: "no" },
};

/** Answers one of the day's posts; another answer later counts instead. Nothing is learnt of what was skipped. */
export async function answerDaily(
  tx: Tx,
  asked: { day: string; place: number; answer: DailyAnswer; agentId: string; mayMark: (messageId: string) => boolean },
): Promise<void> {
  const post = (await findDaily(tx, asked.day)).find((p) => p.place === asked.place);
  if (!post || !asked.mayMark(post.messageId)) throw notFound("post");
  await saveAnswer(tx, asked.day, asked.place, asked.answer, asked.agentId);
  if (asked.answer === "skip") return;
  const value = WORDS[post.task]![asked.answer];
  await markLabel(tx, { messageId: post.messageId, task: post.task, value, agentId: asked.agentId }, "day");
}
