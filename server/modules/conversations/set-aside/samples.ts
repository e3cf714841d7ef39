import { messagesById } from "#modules/channels";
import { brandsOf } from "#modules/company";
import { markLabel, messagesMarked } from "#modules/listening";
import { DAY, HOUR } from "#platform/clock";
import type { Tx } from "#platform/db";
import { notFound, notNow } from "#platform/errors";
import { uuidv7 } from "#platform/ids";
import { ensureTimer, type TimerHandler } from "#platform/timers";
import { allocate, type Marked, type Recall, recallOf } from "../domain/set-aside.ts";
import {
  countDecided,
  countKept,
  drawSetAside,
  findSample,
  findSamplePosts,
  findSamples,
  insertSample,
  type Sample,
  type SamplePost,
  saveSampleVerdict,
} from "../store/set-aside-store.ts";

/** Draws the sample of the week for a brand. */
export const SAMPLE_TIMER = "set-aside-sample";
const SPAN = 7 * DAY;
/** Monday, 03:00 UTC; the epoch was a Thursday. */
const MONDAY = 4 * DAY + 3 * HOUR;
const SHOWN = 12;

/** From now on a sample is drawn each week. */
export function sampleWeekly(tx: Tx, brandId: string): Promise<void> {
  const due = Math.floor((tx.now - MONDAY) / SPAN + 1) * SPAN + MONDAY;
  return ensureTimer(tx, SAMPLE_TIMER, brandId, due);
}

export const drawWeekly: TimerHandler = async (tx, timer) => {
  if (!(await brandsOf(tx)).some((b) => b.id === timer.ref)) return;
  await draw(tx, timer.ref, null);
  // Where all of it is set aside nobody ends any work, and just there the next one counts.
  await sampleWeekly(tx, timer.ref);
};

/** Draws a sample of what was set aside in the last seven days. */
export async function drawSample(tx: Tx, brandId: string, by: string | null): Promise<Sample> {
  const drawn = await draw(tx, brandId, by);
  if (!drawn)
    throw notNow(
      "Nothing was set aside in the last seven days, so there is nothing to draw. Come back when something was.",
    );
  await sampleWeekly(tx, brandId);
  return drawn;
}

async function draw(tx: Tx, brandId: string, by: string | null): Promise<Sample | null> {
  const since = tx.now - SPAN;
  const { strata, kept } = await countDecided(tx, brandId, since, tx.now);
  if (strata.length === 0) return null;
  // The id's random part is the chance of the draw; it is kept, so anybody can draw the same again.
  const id = uuidv7(tx.now);
  const posts = await drawSetAside(tx, brandId, since, tx.now, id, allocate(strata));
  const sample: Sample = {
    ...{ id, brandId, since, until: tx.now, seed: id, kept, drawnAt: tx.now, drawnBy: by },
    frame: strata.reduce((sum, s) => sum + s.frame, 0),
    strata: strata.map((s) => ({ ...s, drawn: posts.filter((p) => p.stratum === s.key).length })),
  };
  await insertSample(tx, sample, posts);
  return sample;
}

export interface Measured extends Recall {
  sample: Sample;
  strata: (Marked & { drawn: number })[];
  taken: number;
  marked: number;
  work: number;
  gone: number;
}

/** The samples of a brand, newest first, with what their marks say by now. */
export async function measuredSamples(tx: Tx, brandId: string): Promise<Measured[]> {
  const samples = await findSamples(tx, brandId, SHOWN);
  const posts = Map.groupBy(
    await findSamplePosts(
      tx,
      samples.map((s) => s.id),
    ),
    (p) => p.sampleId,
  );
  const all = [...posts.values()].flat();
  const live = await stillThere(
    tx,
    all.map((p) => p.messageId),
  );
  const oldest = samples.at(-1);
  const wrong = oldest ? await messagesMarked(tx, "actionable", "no", oldest.since) : [];
  const measured: Measured[] = [];
  for (const sample of samples) {
    const taken = sample.kept - (await countKept(tx, brandId, sample.since, sample.until, wrong));
    measured.push(measure(sample, posts.get(sample.id) ?? [], live, Math.max(0, taken)));
  }
  return measured;
}

function measure(sample: Sample, posts: readonly SamplePost[], live: ReadonlySet<string>, taken: number): Measured {
  // What is gone from the network counts neither as seen nor as there.
  const gone = posts.filter((p) => !live.has(p.messageId) && p.verdict === null).length;
  const strata = sample.strata.map((s) => {
    const marked = posts.filter((p) => p.stratum === s.key && p.verdict !== null);
    return { ...s, marked: marked.length, work: marked.filter((p) => p.verdict === "work").length };
  });
  return {
    ...{ sample, strata, taken, gone, ...recallOf(taken, strata) },
    marked: strata.reduce((sum, s) => sum + s.marked, 0),
    work: strata.reduce((sum, s) => sum + s.work, 0),
  };
}

async function stillThere(tx: Tx, ids: readonly string[]): Promise<Set<string>> {
  return new Set((await messagesById(tx, [...new Set(ids)])).filter((m) => m.state === "live").map((m) => m.id));
}

/** What an agent says of a drawn post; the account's own model of what needs an answer learns from it. */
export async function markSample(
  tx: Tx,
  mark: { brandId: string; sampleId: string; place: number; verdict: "work" | "leave"; agentId: string },
): Promise<void> {
  await sampleOfBrand(tx, mark.brandId, mark.sampleId);
  const messageId = await saveSampleVerdict(tx, mark.sampleId, mark.place, mark.verdict, mark.agentId);
  if (messageId === null) throw notFound("post");
  const value = mark.verdict === "work" ? "yes" : "no";
  await markLabel(tx, { messageId, task: "actionable", value, agentId: mark.agentId }, "sample");
}

export async function sampleOfBrand(tx: Tx, brandId: string, sampleId: string): Promise<Sample> {
  const sample = await findSample(tx, sampleId);
  if (!sample || sample.brandId !== brandId) throw notFound("sample");
  return sample;
}
