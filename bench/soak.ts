import { createHmac } from "node:crypto";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { readers } from "../server/app/modules.ts";
import { networkAdapters, startChannels } from "../server/modules/channels/index.ts";
import { systemClock } from "../server/platform/clock.ts";
import { type Database, sql } from "../server/platform/db.ts";
import type { AccountId } from "../server/platform/ids.ts";
import { runReaders } from "../server/platform/journal/run-readers.ts";
import { startSequencer } from "../server/platform/journal/sequencer.ts";
import { silentLog } from "../server/platform/log.ts";
import { company, HANDLE, pleas, SECRET, withFreshDatabase, withPostgres } from "./house.ts";
import type { Bench } from "./measure.ts";

/** As many events as the network puts into one push. */
const PUSH = 100;
const AT_ONCE = 5;
const LOOK_MS = 50;
const GIVE_UP_MS = 120_000;

/** Bytes that live in this process, after everything that can go has gone. */
function alive(): number {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  for (let i = 0; i < 3; i++) collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** One signed push of posts of strangers, numbered from `first`. */
function push(first: number, now: number) {
  const at = new Date(now).toISOString();
  const events = Array.from({ length: PUSH }, (_, i) => {
    const n = first + i;
    const author = { id: `pr_${n}`, handle: `person${n}`, name: `Person ${n}`, followers: n % 500 };
    const post = {
      ...{ id: `po_${n}`, rootId: `po_${n}`, parentId: null, author, language: "en", createdAt: at, revision: 1 },
      text: `@${HANDLE} ${pleas[n % pleas.length]} My number is ${n}.`,
      mentions: [{ handle: HANDLE, profileId: "pr_us" }],
    };
    return { seq: n + 1, id: `ev_${n}`, type: "post.created", at, post };
  });
  const body = JSON.stringify({ network: "nw_1", webhook: "wh_1", company: HANDLE, events });
  const t = Math.floor(now / 1_000);
  const v1 = createHmac("sha256", SECRET).update(`${t}.${body}`).digest("hex");
  const headers = { "content-type": "application/json", "x-playground-signature": `t=${t},v1=${v1}` };
  return { method: "POST", headers, query: {}, body: Buffer.from(body) };
}

/** Pushes `total` messages through receiving, parsing, labelling and stitching; returns the living bytes at each of `marks` messages. */
export async function soak(
  db: Database,
  total: number,
  marks: readonly number[],
  say: (text: string) => void = () => {},
): Promise<number[]> {
  const clock = systemClock;
  const { accountId, hookId } = await company(db);
  const channels = startChannels({
    ...{ db, clock, log: silentLog, adapters: networkAdapters(clock), publicUrl: "http://bench.invalid", dark: true },
  });
  const understanding = readers.filter((reader) => reader.name === "listening" || reader.name === "conversations");
  if (understanding.length !== 2) throw new Error("the readers that label and stitch go by other names now");
  const reading = runReaders(db, understanding, clock, silentLog);
  const sequencer = startSequencer(db, clock, silentLog, "soak", () => reading.wake());
  const found: number[] = [];
  try {
    await reading.settled();
    for (let n = 0; n < total; ) {
      const firsts = Array.from({ length: AT_ONCE }, (_, i) => n + i * PUSH);
      await Promise.all(firsts.map((first) => channels.receiver.take(hookId, push(first, clock.now()), "soak")));
      n += AT_ONCE * PUSH;
      await placed(db, accountId, n);
      if (!marks.includes(n)) continue;
      found.push(alive());
      say(`${n} messages: ${(found.at(-1)! / 1e6).toFixed(1)} MB alive`);
    }
  } finally {
    await channels.close();
    await reading.close();
    await sequencer.close();
  }
  return found;
}

/** Waits until so many messages have their place, so that nothing is on its way when memory is measured. */
async function placed(db: Database, accountId: AccountId, wanted: number): Promise<void> {
  const began = performance.now();
  for (;;) {
    const found = await db.withAccount(accountId, (tx) =>
      sql<{ n: number }>`select count(*)::int as n from placement where account_id = ${accountId}`.execute(tx.tables()),
    );
    if (found.rows[0]!.n >= wanted) return;
    if (performance.now() - began > GIVE_UP_MS)
      throw new Error(`${found.rows[0]!.n} of ${wanted} messages were placed in ${GIVE_UP_MS / 1_000} s`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

const MESSAGES = 100_000;
/** From here on all that is kept for speed has filled. */
const WARM = 20_000;
/** What each message may leave behind: whoever kept no more than its name and a pointer would be found. */
export const MOST_PER_MESSAGE = 200;

export const soakBench: Bench = {
  about: `${MESSAGES} messages of as many strangers are received, parsed, labelled and stitched: bytes alive after ${WARM} and at the end.`,
  run: ({ folder, say }) =>
    withPostgres(folder, (server) =>
      withFreshDatabase(server, async (db) => {
        const marks = [WARM, 40_000, 60_000, 80_000, MESSAGES];
        const alive = await soak(db, MESSAGES, marks, say);
        const perMessage = (alive.at(-1)! - alive[0]!) / (MESSAGES - WARM);
        if (perMessage > MOST_PER_MESSAGE)
          throw new Error(
            `${perMessage.toFixed(0)} bytes of each message stay alive; at most ${MOST_PER_MESSAGE} may.`,
          );
        const megabytes = alive.map((bytes) => bytes / 1e6);
        return [
          { what: "alive at the end", value: megabytes.at(-1)!, unit: "MB", rounds: megabytes },
          { what: "left behind by each message", value: perMessage, unit: "bytes", rounds: [perMessage] },
        ];
      }),
    ),
};
