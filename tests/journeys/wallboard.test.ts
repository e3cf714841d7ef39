import { afterAll, describe, expect, it } from "vitest";
import type { Wallboard } from "../../contracts/supervision.ts";
import { seeded } from "../../scenarios/random.ts";
import { addCalendar } from "../../server/modules/company/index.ts";
import {
  EpisodeAnswered,
  EpisodeContinued,
  EpisodeDone,
  EpisodeOpened,
} from "../../server/modules/conversations/events.ts";
import { boardFor } from "../../server/modules/desk/supervision/board.ts";
import { countingReader } from "../../server/modules/desk/supervision/count.ts";
import { addAgent, addTeam, grant } from "../../server/modules/people/index.ts";
import {
  acceptOffer,
  addQueue,
  declineOffer,
  listWork,
  offersOf,
  reader,
  takeNext,
  timers,
} from "../../server/modules/routing/index.ts";
import type { Opened } from "../../server/modules/routing/new-work.ts";
import { type PresenceState, timers as presenceTimers, setPresence } from "../../server/modules/workforce/index.ts";
import { HOUR, iso, ManualClock, MINUTE } from "../../server/platform/clock.ts";
import { sql, type Tx } from "../../server/platform/db.ts";
import { AppError } from "../../server/platform/errors.ts";
import type { Actor } from "../../server/platform/http/actor.ts";
import { uuidv7 } from "../../server/platform/ids.ts";
import { type Reader, readOnce } from "../../server/platform/journal/reader.ts";
import { silentLog } from "../../server/platform/log.ts";
import { boardFromJournal } from "../support/board-from-journal.ts";
import { countStatements } from "../support/count-statements.ts";
import { makeAccount, openTestDatabase } from "../support/database.ts";
import { numberEvents } from "../support/journal.ts";
import { fireTimers } from "../support/timers.ts";

const MORNING = Date.parse("2026-11-19T07:00:00.000Z");
const { db, clock } = openTestDatabase(new ManualClock(MORNING));
afterAll(() => db.close());

const ALWAYS = Object.fromEntries(["1", "2", "3", "4", "5", "6", "7"].map((d) => [d, [["00:00", "24:00"]]])) as Record<
  string,
  [string, string][]
>;
const DAYS = Object.fromEntries(["1", "2", "3", "4", "5"].map((d) => [d, [["08:00", "18:00"]]])) as typeof ALWAYS;
/** Minutes between two looks; less than an offer lasts. */
const STEP = 2.9;
const TARGETS = { urgent: 5 * MINUTE, high: 10 * MINUTE, normal: 15 * MINUTE, low: HOUR };

/** A company with a care team, its open and its office-hours queue, and a partner who serves one queue and sees no other. */
async function floor() {
  const { accountId, brandId } = await makeAccount(db);
  const run = <T>(act: (tx: Tx) => Promise<T>) => db.withAccount(accountId, act);
  const random = seeded("floor");
  const made = await run(async (tx) => {
    const teams = { care: await addTeam(tx, "Care"), partner: await addTeam(tx, "Partner") };
    for (const teamId of Object.values(teams))
      for (const verb of ["work.take", "work.read"])
        await grant(tx, { subjectKind: "team", subjectId: teamId, verb, scope: "team", scopeId: teamId });
    const agents: Record<"care" | "partner", string[]> = { care: [], partner: [] };
    for (const [team, names] of [
      ["care", ["Priya", "Dana", "Tom", "Gwen", "Yusuf", "Sam"]],
      ["partner", ["Kemi", "Rhys"]],
    ] as const)
      for (const name of names)
        agents[team].push(
          await addAgent(tx, {
            ...{ name, email: `${name}@northwind.example`, initials: name.slice(0, 2), password: null },
            teamIds: [teams[team]],
          }),
        );
    const hours = async (name: string, week: typeof ALWAYS) =>
      addCalendar(tx, name, [{ from: "2026-01-01", zone: "Europe/London", week }]);
    const [always, days] = [await hours("Always", ALWAYS), await hours("Days", DAYS)];
    const queue = (name: string, position: number, teamId: string, calendarId: string, accepts: object) =>
      addQueue(tx, { name, position, teamId, calendarId, accepts, targets: TARGETS });
    const queueIds = [
      await queue("Nights and overspill", 1, teams.partner, always, { languages: ["cy"] }),
      await queue("Billing", 2, teams.care, days, { visibilities: ["private"] }),
      await queue("Network faults", 3, teams.care, always, {}),
    ];
    return { teams, agents, queueIds };
  });
  const read = async () => {
    for (const one of [reader, countingReader] as Reader[]) {
      await numberEvents(db, accountId);
      while (await readOnce(db, one, accountId, clock, silentLog)) {}
    }
    await numberEvents(db, accountId);
    while (await readOnce(db, countingReader, accountId, clock, silentLog)) {}
  };
  const open = new Map<string, { episode: Opened; owner: string; turns: number }>();
  const all = [...made.agents.care, ...made.agents.partner];

  const arrive = (n: number, crisis = false) =>
    run(async (tx) => {
      for (let i = 0; i < n; i++) {
        const privately = random.chance(0.3);
        const medium = privately ? random.pick(["dm", "chat"]) : "public";
        const id = () => uuidv7(clock.now());
        const e: Opened = {
          ...{ episodeId: id(), conversationId: id(), customerId: id(), brandId, channelId: id(), messageId: id() },
          ...{ network: "playground", medium, visibility: privately ? "private" : "public" },
          t0: iso(clock.now() - random.int(60_000)),
          priority: random.pick(["normal", "normal", "high", "low"] as const),
          language: random.chance(0.2) ? "cy" : "en",
          risks: crisis && random.chance(0.2) ? ["safety"] : [],
          ...{ reopens: null, lastOwnerId: null, rule: "complaint", says: "A complaint needs an answer." },
        };
        open.set(e.conversationId, { episode: e, owner: "", turns: 0 });
        tx.announce(EpisodeOpened, {
          ...{ key: e.conversationId, entity: "episode", entityId: e.episodeId, entityVersion: 1, payload: e },
        });
      }
    });
  const presence = (agentId: string, state: PresenceState, until: number | null = null) =>
    run((tx) => setPresence(tx, { agentId, state, until, by: agentId }));
  /** A refusal in words is a part of the game. */
  const tries = <T>(act: (tx: Tx) => Promise<T>) =>
    run(act).catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error;
      return null;
    });
  async function agentActs(agentId: string): Promise<void> {
    const { offers, mine } = await run(async (tx) => ({
      offers: await offersOf(tx, agentId),
      mine: await listWork(tx, { view: "mine", agentId, queues: "all", limit: 20 }),
    }));
    for (const { offerId } of offers) {
      const drawn = random.next();
      if (drawn < 0.75) await tries((tx) => acceptOffer(tx, { offerId, agentId }));
      else if (drawn < 0.9) await tries((tx) => declineOffer(tx, { offerId, agentId, reason: "busy" }));
    }
    if (random.chance(0.15)) await tries((tx) => takeNext(tx, agentId));
    if (mine.items.length === 0) return;
    await run(async (tx) => {
      for (const work of mine.items) {
        const head = {
          ...{ key: work.conversationId, entity: "episode", entityId: work.episodeId, entityVersion: 2 },
        };
        const ids = { episodeId: work.episodeId, conversationId: work.conversationId };
        if (work.state === "active" && work.clock === "running" && random.chance(0.35))
          tx.announce(EpisodeAnswered, {
            ...head,
            payload: {
              ...{ ...ids, messageId: null, replyId: null, agentId, visibility: work.visibility },
              ...{ answeredAt: iso(clock.now()), first: true, askedMessageId: null, askedAt: null },
            },
          });
        else if (work.state === "parked" && random.chance(0.4))
          tx.announce(EpisodeDone, {
            ...head,
            payload: {
              ...ids,
              outcome: "solved",
              by: agentId,
              doneAt: iso(clock.now()),
              windowUntil: iso(clock.now()),
            },
          });
        else if (work.state === "parked" && random.chance(0.2))
          tx.announce(EpisodeContinued, {
            ...head,
            payload: {
              ...{ ...ids, messageId: uuidv7(clock.now()), medium: "public", visibility: work.visibility },
              ...{ channelId: work.channelId, t0: iso(clock.now()), waits: true, priority: work.priority },
            },
          });
      }
    });
  }
  /** So many minutes, with so many arrivals in each on the average. */
  async function play(minutes: number, perMinute: number, crisis = false): Promise<void> {
    for (let minute = 0; minute < minutes; minute += STEP) {
      clock.advance(STEP * MINUTE);
      const mean = perMinute * STEP;
      await arrive(Math.floor(mean) + (random.chance(mean % 1) ? 1 : 0), crisis);
      await read();
      await fireTimers(db, accountId, { ...timers, ...presenceTimers });
      for (const agentId of all) if (random.chance(0.6)) await agentActs(agentId);
      await read();
    }
  }
  const actorOf = (agentId: string, grants: Actor["grants"]): Actor =>
    ({ kind: "agent", id: agentId, name: "Marek", accountId, grants, csrf: null }) as Actor;
  const lead = actorOf(uuidv7(clock.now()), [{ verb: "work.read", scope: "account", scopeId: null }]);
  const board = (actor = lead, teamId?: string) => run((tx) => boardFor(tx, actor, { teamId })) as Promise<Wallboard>;
  return { ...made, accountId, run, all, play, presence, board, actorOf, arrive, read };
}

type Floor = Awaited<ReturnType<typeof floor>>;

/** Every number of the board beside what the journal tells. */
async function compare(f: Floor): Promise<Wallboard> {
  const board = await f.board();
  const told = await f.run((tx) => boardFromJournal(tx, f.queueIds, clock.now()));
  expect({
    ...{ waiting: board.waiting, waitingChange: board.waitingChange, longestSince: board.longest?.since ?? null },
    ...{ atWork: board.atWork, room: board.room, dayShare: board.inTime.dayShare },
    inTime: { share: board.inTime.share, inTime: board.inTime.inTime, of: board.inTime.of },
  }).toEqual({
    ...{ waiting: told.waiting, waitingChange: told.waitingChange, longestSince: told.longestSince },
    ...{ atWork: told.atWork, room: told.room, dayShare: told.dayShare, inTime: told.inTime },
  });
  expect(
    board.queues.map((q) => ({
      ...{ id: q.id, waiting: q.waiting, held: q.held, aside: q.aside, late: q.late, longestSince: q.longestSince },
      ...{ firstDueAt: q.firstDueAt, inTime: q.inTime, cameHour: q.cameHour, servedHour: q.servedHour },
    })),
  ).toEqual(told.queues);
  const byId = (a: { agentId: string }, b: { agentId: string }) => (a.agentId < b.agentId ? -1 : 1);
  expect(
    board.people
      .map(({ agentId, state, items, load, aside }) => ({ agentId, state, items, load, aside }))
      .filter((one) => told.people.some((known) => known.agentId === one.agentId))
      .toSorted(byId),
  ).toEqual(told.people.toSorted(byId));
  expect(board.history.slice(0, -1)).toEqual(
    board.history.slice(0, -1).map(({ at }) => ({ at, waiting: told.waitedAt(at) })),
  );
  return board;
}

describe("the wallboard's numbers are those of the journal", { timeout: 120_000 }, () => {
  it("after a peak, a night and a crisis; an invented number is seen", async () => {
    const f = await floor();
    for (const agentId of f.all) await f.presence(agentId, "available");
    await f.play(24, 1);
    const calm = await compare(f);
    expect(calm.waiting + calm.queues.reduce((sum, q) => sum + q.held + q.aside, 0)).toBeGreaterThan(5);

    // The peak: four times as much, two of six on a break.
    await f.presence(f.agents.care[0]!, "break", clock.now() + 20 * MINUTE);
    await f.presence(f.agents.care[1]!, "busy");
    await f.play(36, 6);
    const peak = await compare(f);
    expect(peak.waiting).toBeGreaterThan(40);
    expect(peak.overload).not.toBeNull();
    expect(peak.queues.some((q) => q.clear.state !== "clear")).toBe(true);

    // The night: the partner alone; billing holds its work until it opens.
    clock.set(Date.parse("2026-11-19T22:00:00.000Z"));
    for (const agentId of f.agents.care) await f.presence(agentId, "offline");
    await f.play(20, 0.6);
    const night = await compare(f);
    expect(night.atWork.here).toBeLessThanOrEqual(2);
    expect(night.queues[1]).toMatchObject({ open: false, clear: { state: "closed" } });
    expect(night.queues[2]).toMatchObject({ people: 0, clear: { state: "nobody" } });

    // The crisis: danger to people among what comes, and all hands.
    clock.set(Date.parse("2026-11-20T09:00:00.000Z"));
    for (const agentId of f.all) await f.presence(agentId, "available");
    await f.play(20, 8, true);
    const crisis = await compare(f);
    expect(crisis.remedies.length).toBeLessThanOrEqual(6);

    // One number is bent where it is counted: the comparison notices.
    await f.run((tx) =>
      sql`update queue_minute set went = went + 1 where account_id = ${f.accountId} and minute = (select max(minute) from queue_minute where account_id = ${f.accountId})`.execute(
        tx.tables(),
      ),
    );
    await expect(compare(f)).rejects.toThrow();

    // Nothing of it costs more than a few statements.
    await f.board();
    const { statements } = await countStatements(() => f.board());
    const asked = statements.filter((text) => !/^\s*(begin|commit)\b|set_config/i.test(text));
    expect(asked.length, asked.join("\n")).toBeLessThanOrEqual(6);

    // The partner sees the own queue, the own people and nothing else.
    const grants = [{ verb: "work.read", scope: "team", scopeId: f.teams.partner }] as Actor["grants"];
    const partners = await f.board(f.actorOf(f.agents.partner[0]!, grants));
    expect(partners.queues.map((q) => q.id)).toEqual([f.queueIds[0]]);
    expect(partners.people.map((p) => p.agentId).toSorted()).toEqual(f.agents.partner.toSorted());
    expect(partners.waiting).toBe(crisis.queues[0]?.waiting);
    expect(partners.teams.map((team) => team.name)).toEqual(["Partner"]);
    await expect(f.board(f.actorOf(f.agents.care[0]!, []))).rejects.toThrow("work.read");

    // Whose right is for one queue of another's team sees that queue and the own people; the people of the queue's team are not named.
    const ofQueue = [{ verb: "work.read", scope: "queue", scopeId: f.queueIds[2]! }] as Actor["grants"];
    const guests = await f.board(f.actorOf(f.agents.partner[0]!, ofQueue));
    expect(guests.queues.map((q) => [q.id, q.people])).toEqual([[f.queueIds[2], crisis.queues[2]?.people]]);
    expect(guests.people.map((p) => p.agentId).toSorted()).toEqual(f.agents.partner.toSorted());
    expect(
      guests.remedies.flatMap((r) => r.agents.map((a) => a.id)).filter((id) => f.agents.care.includes(id)),
    ).toEqual([]);

    // Who helps a queue out is counted with its people, and the forecast reckons with them.
    for (const verb of ["work.take", "work.read"] as const)
      await f.run((tx) =>
        grant(
          tx,
          { subjectKind: "team", subjectId: f.teams.partner, verb, scope: "queue", scopeId: f.queueIds[2]! },
          async () => true,
        ),
      );
    for (const agentId of f.agents.care) await f.presence(agentId, "offline");
    for (const agentId of f.agents.partner) await f.presence(agentId, "available");
    expect((await f.board()).queues[2]).toMatchObject({ people: 0, clear: { state: "nobody" } });
    await f.run((tx) =>
      sql`update queue set relief = ${JSON.stringify([f.teams.partner])}::jsonb where account_id = ${f.accountId} and id = ${f.queueIds[2]}`.execute(
        tx.tables(),
      ),
    );
    const helped = (await f.board()).queues[2]!;
    expect(helped).toMatchObject({ people: 2 });
    expect(helped.clear.state).not.toBe("nobody");
  });
});
