import {
  type ImportRun,
  leftOfImport,
  lockImport,
  messagesById,
  saveImport,
  tellNext,
  tickOffImport,
  toldOfImport,
} from "#modules/channels";
import { placedAmong, stretchesOfPast, tellPast } from "#modules/conversations";
import { SECOND, systemClock } from "#platform/clock";
import type { Database } from "#platform/db";
import { freshStatistics } from "#platform/fresh-statistics";
import { type LineOptions, sleep, tell } from "./import-options.ts";
import { parkedAmong } from "./parked-among.ts";

/** Live traffic waits behind at most so many messages of the past. */
const AHEAD = 1_000;
/** So many are looked for at a time. */
const LOOK_AT = 2_000;
/** Looking costs as much as it finds: of a long queue about every twentieth part. */
const lookAgain = (ahead: number) => Math.min(200, Math.max(25, ahead / 20));
/** The planner gets its first figures after so many messages, and again whenever they have doubled. */
const FIRST_COUNT = 250;
/** Nothing moved for so long: whatever is parked will not come. */
const STILL = 5 * SECOND;
const CONVERSATIONS_AT_ONCE = 500;

/**
 * Stages two and three: tells the messages to the readers in the order in which they were said, no more at once than `ahead`, until
 * each has its place; then the episodes of the past are told.
 */
export async function bringHome(
  db: Database,
  options: LineOptions,
  run: ImportRun,
): Promise<{ episodes: number; parked: number }> {
  const parked = run.state === "announcing" ? await announceAll(db, options, run) : 0;
  const episodes = run.state === "telling" ? await tellEpisodes(db, options, run) : 0;
  tell(options, run, "done", run.stored, run.stored);
  return { episodes, parked };
}

async function announceAll(db: Database, options: LineOptions, run: ImportRun): Promise<number> {
  const { accountId } = options;
  const ahead = options.ahead ?? AHEAD;
  const clock = options.clock ?? systemClock;
  const wait = options.wait ?? sleep;
  const total = run.stored;
  const there = await db.withAccount(accountId, (tx) => leftOfImport(tx, run));
  let left = there.all;
  let waiting = there.told;
  let parked = 0;
  let moved = clock.now();
  let done = 0;
  let counted = 0;
  for (let all = false; ; ) {
    options.signal?.throwIfAborted();
    const { placed, none } = await tickOff(db, options, run);
    left -= placed;
    waiting -= placed;
    if (placed > 0) moved = clock.now();
    done += placed;
    if (done >= 2 * counted && waiting > 0) {
      // Without them it is slower, and right.
      await freshStatistics(db.address.owner).catch(() => 0);
      counted = Math.max(done, FIRST_COUNT);
    }
    if (!all && waiting <= ahead / 2) {
      const told = await tellMore(db, options, run, ahead);
      all = told === 0;
      waiting += told;
      if (!all) moved = clock.now();
    } else if (none && all) break;
    else if (clock.now() - moved > STILL) {
      const lost = await giveUpParked(db, options, run, 2 * ahead);
      parked += lost.parked;
      left -= lost.gone;
      waiting -= lost.gone;
      moved = clock.now();
    } else await wait(lookAgain(ahead));
    tell(options, run, "labelling", total - left, total);
  }
  await moveOn(db, options, run, "announcing", "telling");
  return parked;
}

/**
 * Ticks off what has its place, from the oldest on and only as far as that goes: what is told last is placed last, and need not be
 * asked for again and again. `none`: nothing that was told is left.
 */
async function tickOff(db: Database, options: LineOptions, run: ImportRun): Promise<{ placed: number; none: boolean }> {
  for (let placed = 0; ; ) {
    const { asked, there } = await db.withAccount(options.accountId, async (tx) => {
      const told = await toldOfImport(tx, run, LOOK_AT);
      const there = [...(await placedAmong(tx, told))];
      await tickOffImport(tx, run, there);
      return { asked: told.length, there: there.length };
    });
    placed += there;
    if (there < asked || asked < LOOK_AT) return { placed, none: there === asked };
  }
}

/**
 * How many were told. Each step begins from what is committed: another process may go on with the same import, and a transaction may be
 * tried twice.
 */
async function tellMore(db: Database, options: LineOptions, run: ImportRun, limit: number): Promise<number> {
  return db.withAccount(options.accountId, async (tx) => {
    const here = await lockImport(tx, run.name);
    if (here?.state !== "announcing") return 0;
    const told = await tellNext(tx, here, limit);
    Object.assign(run, here);
    return told;
  });
}

/** `gone`: will get no place; `parked` of them for a fault, the others were erased meanwhile. */
async function giveUpParked(
  db: Database,
  options: LineOptions,
  run: ImportRun,
  limit: number,
): Promise<{ parked: number; gone: number }> {
  return db.withAccount(options.accountId, async (tx) => {
    const told = await toldOfImport(tx, run, limit);
    const parked = await parkedAmong(tx, told);
    // What was erased meanwhile gets no place either.
    const here = new Set((await messagesById(tx, told)).map((m) => m.id));
    const gone = new Set([...parked, ...told.filter((id) => !here.has(id))]);
    await tickOffImport(tx, run, [...gone]);
    return { parked: parked.length, gone: gone.size };
  });
}

async function tellEpisodes(db: Database, options: LineOptions, run: ImportRun): Promise<number> {
  const { accountId } = options;
  const ends = await db.withAccount(accountId, (tx) => stretchesOfPast(tx, CONVERSATIONS_AT_ONCE));
  const stretches = ends.map((end, i) => ({ from: i === 0 ? null : ends[i - 1]!, end })).values();
  let episodes = 0;
  const tellStretches = async () => {
    for (const { from, end } of stretches)
      for (let after: string | null = from, more = true; more; more = after !== null) {
        options.signal?.throwIfAborted();
        const last: string | null = after;
        const told: { next: string | null; episodes: number } = await db.withAccount(accountId, (tx) =>
          tellPast(tx, last, CONVERSATIONS_AT_ONCE, end),
        );
        episodes += told.episodes;
        after = told.next;
        tell(options, run, "episodes", run.stored, run.stored);
      }
  };
  // Two at a time: while the database writes the one, the other is thought out.
  await Promise.all([tellStretches(), tellStretches()]);
  await moveOn(db, options, run, "telling", "done");
  return episodes;
}

/** The next state, unless somebody else was quicker. */
export async function moveOn(
  db: Database,
  options: Pick<LineOptions, "accountId" | "clock">,
  run: ImportRun,
  from: ImportRun["state"],
  to: ImportRun["state"],
): Promise<void> {
  await db.withAccount(options.accountId, async (tx) => {
    const here = (await lockImport(tx, run.name))!;
    if (here.state === from) {
      here.state = to;
      if (to === "done") here.endedAt = (options.clock ?? systemClock).now();
      await saveImport(tx, here);
    }
    Object.assign(run, here);
  });
}
