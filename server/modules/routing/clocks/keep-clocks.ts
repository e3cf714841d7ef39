import { ClockBreached, ClockWarned, PromisesChanged } from "#events/routing";
import { iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import { uuidv7 } from "#platform/ids";
import { clearTimers, setTimers } from "#platform/timers";
import { change } from "../domain/capacity.ts";
import { type ClockAbout, type EpisodeClock, type News, nextNews } from "../domain/clocks/episode-clock.ts";
import { dueOf, type Fact, follow, type Rules } from "../domain/clocks/follow.ts";
import { inRouting } from "../in-routing.ts";
import { loadQueues } from "../queues.ts";
import type { Session } from "../session.ts";
import { clocksOfEpisodes, lockClocks, saveClocks } from "../store/clock-store.ts";
import { openWorkOf } from "../store/due-store.ts";
import { shownOf } from "./promise-shown.ts";
import { rulesFrom } from "./rules.ts";

/** Ref of a timer: the clock. It fires when the clock's next warning or its alarm is due. */
export const CLOCK_TIMER = "episode-clock";

export interface Told {
  readonly episodeId: string;
  readonly fact: Fact;
  /** What a clock that begins is about; null: none begins, only those that are there go on. */
  readonly about: ClockAbout | null;
}

/** Facts of many episodes, each episode's in their order: its clocks go on, news are told, and its work is due by what runs. */
export async function keepClocks(tx: Tx, told: readonly Told[]): Promise<void> {
  if (told.length === 0) return;
  await lockClocks(tx);
  const episodeIds = [...new Set(told.map((one) => one.episodeId))];
  const before = await clocksOfEpisodes(tx, episodeIds);
  const rules = await rulesFrom(tx, await loadQueues(tx), [...before.values()].flat(), () => uuidv7(tx.now));
  const after = new Map(before);
  for (const one of told) step(tx, after, one, rules);
  await write(tx, before, after);
  await dueByClocks(tx, episodeIds, after);
}

function step(tx: Tx, after: Map<string, EpisodeClock[]>, { episodeId, fact, about }: Told, rules: Rules): void {
  const clocks = after.get(episodeId) ?? [];
  const known = clocks.at(-1);
  // An episode of before there were clocks has none until the customer speaks again.
  if (!known && (fact.what !== "waits" || !about)) return;
  const followed = follow(clocks, about ?? (known as ClockAbout), fact, rules);
  after.set(episodeId, followed.clocks);
  for (const { clockId, news } of followed.news)
    tell(tx, followed.clocks.find((clock) => clock.id === clockId) as EpisodeClock, news);
}

/** Remembers clocks that changed, and when each has news next; open desks hear of promises that are shown otherwise. */
export async function write(
  tx: Tx,
  before: ReadonlyMap<string, readonly EpisodeClock[]>,
  after: ReadonlyMap<string, readonly EpisodeClock[]>,
): Promise<void> {
  const changed = [...after].flatMap(([episodeId, clocks]) => {
    const was = new Set(before.get(episodeId) ?? []);
    return clocks.filter((clock) => !was.has(clock));
  });
  await saveClocks(tx, changed);
  tellShown(tx, before, after);
  const next = changed.map((clock) => ({ ref: clock.id, at: nextNews(clock) }));
  await setTimers(
    tx,
    next.flatMap(({ ref, at }) => (at === null ? [] : [{ kind: CLOCK_TIMER, ref, dueAt: at }])),
  );
  const known = new Set([...before.values()].flat().map((clock) => clock.id));
  const silent = next.flatMap(({ ref, at }) => (at === null && known.has(ref) ? [ref] : []));
  await clearTimers(tx, CLOCK_TIMER, silent);
}

/** In one event at most so many conversations. */
const TOLD_TOGETHER = 100;

/** Where an episode stood before hears of it as well. */
function tellShown(
  tx: Tx,
  before: ReadonlyMap<string, readonly EpisodeClock[]>,
  after: ReadonlyMap<string, readonly EpisodeClock[]>,
): void {
  const moved = [...after].flatMap(([episodeId, now]) => {
    const was = before.get(episodeId) ?? [];
    return shownOf(was) === shownOf(now) ? [] : [...was, ...now].map((clock) => clock.conversationId);
  });
  const ids = [...new Set(moved)];
  for (let from = 0; from < ids.length; from += TOLD_TOGETHER) {
    const conversationIds = ids.slice(from, from + TOLD_TOGETHER);
    tx.announce(PromisesChanged, {
      ...{ key: tx.accountId, entity: "promise", entityId: conversationIds[0] as string, entityVersion: 1 },
      payload: { conversationIds },
    });
  }
}

export function tell(tx: Tx, clock: EpisodeClock, news: News): void {
  const head = { key: clock.conversationId, entity: "clock", entityId: clock.id, entityVersion: 1 };
  const about = {
    ...{ clockId: clock.id, episodeId: clock.episodeId, conversationId: clock.conversationId, queueId: clock.queueId },
    ...{ kind: clock.kind, priority: clock.priority, startedAt: iso(clock.startedAt), knownAt: iso(clock.knownAt) },
    ...{ dueAt: clock.dueAt === null ? null : iso(clock.dueAt), at: iso(news.at) },
  };
  if (news.what === "warned") tx.announce(ClockWarned, { ...head, payload: { ...about, part: news.part } });
  else tx.announce(ClockBreached, { ...head, payload: about });
}

/**
 * Open work is due by the earliest of its clocks that run. Routing itself reckons with the promised response; what it does not see (a reply
 * window, the resolution, a pause) is set here. Rings open by then as well.
 */
export async function dueByClocks(
  tx: Tx,
  episodeIds: readonly string[],
  clocks: ReadonlyMap<string, readonly EpisodeClock[]>,
): Promise<void> {
  const wanted = new Map(
    episodeIds.flatMap((id) => {
      const due = dueOf(clocks.get(id) ?? []);
      return due === null ? [] : [[id, due] as const];
    }),
  );
  const work = await openWorkOf(tx, [...wanted.keys()]);
  const differs = work.filter((item) => item.due !== wanted.get(item.episodeId)).map((item) => item.episodeId);
  if (differs.length === 0) return;
  const act = (session: Session) => {
    for (const item of session.items.values()) {
      const due = wanted.get(item.episodeId);
      if (due === undefined || due === item.due || item.clock === "stopped") continue;
      const share = (at: number) =>
        item.due > item.t0 ? item.t0 + ((at - item.t0) * (due - item.t0)) / (item.due - item.t0) : due;
      const ringsAt = due < item.due ? item.ringsAt.map((at) => Math.round(Math.min(at, share(at)))) : item.ringsAt;
      change(session, item, { due, ringsAt });
      session.touched.add(item.id);
    }
  };
  await inRouting(tx, { episodeIds: differs }, act, { serve: false });
}
