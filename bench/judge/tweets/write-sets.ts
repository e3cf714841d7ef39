import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { hardPart, type Made, makeTweets } from "./make-tweets.ts";

/** Seeds that were not looked at while the rules were made. */
const UNSEEN = 101;
const THREADS = 1_312;

/** Writes made histories of posts without reply links as sets of the judge: as many posts as the real sample they are shaped like. */
export async function writeTweetSets(folder: string): Promise<void> {
  const place = join(folder, "data", "stitch");
  await mkdir(place, { recursive: true });
  const whole = makeTweets({ seed: UNSEEN, threads: THREADS });
  const sets: Record<string, Made> = {
    tweets_made: whole,
    tweets_made_hard: hardPart(whole),
    tweets_made_all_move: makeTweets({ seed: UNSEEN, threads: THREADS, moved: 1, known: 0.8 }),
    tweets_made_half_move: makeTweets({ seed: UNSEEN, threads: THREADS, moved: 0.5 }),
  };
  for (const [name, made] of Object.entries(sets)) {
    const put = (part: string, rows: readonly object[]) =>
      writeFile(join(place, `${name}.${part}.jsonl`), rows.map((r) => `${JSON.stringify(r)}\n`).join(""));
    await put("in", made.rows);
    await put("gold", made.gold);
    if (made.links.length > 0) await put("links", made.links);
  }
}
