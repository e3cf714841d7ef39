import { addCalendar } from "../../server/modules/company/index.ts";
import {
  EpisodeAnswered,
  EpisodeContinued,
  EpisodeDone,
  EpisodeOpened,
} from "../../server/modules/conversations/events.ts";
import { addAgent, addSkill, addTeam, grant, setAgentSkills } from "../../server/modules/people/index.ts";
import { addQueue, offersOf, reader, workOfConversations } from "../../server/modules/routing/index.ts";
import type { Opened } from "../../server/modules/routing/new-work.ts";
import { setPresence } from "../../server/modules/workforce/index.ts";
import { HOUR, iso, type ManualClock, MINUTE } from "../../server/platform/clock.ts";
import { type Database, sql, type Tx } from "../../server/platform/db.ts";
import { uuidv7 } from "../../server/platform/ids.ts";
import { readOnce } from "../../server/platform/journal/reader.ts";
import { silentLog } from "../../server/platform/log.ts";
import { makeAccount } from "./database.ts";
import { numberEvents } from "./journal.ts";

const TARGETS = { urgent: 15 * MINUTE, high: HOUR, normal: 4 * HOUR, low: 24 * HOUR };
const ALWAYS = {
  week: Object.fromEntries(
    ["1", "2", "3", "4", "5", "6", "7"].map((d) => [d, [["00:00", "24:00"] as [string, string]]]),
  ),
};

/** Says that an episode was opened, as conversations does. */
export function say(tx: Tx, e: Opened): void {
  tx.announce(EpisodeOpened, {
    key: e.conversationId,
    entity: "episode",
    entityId: e.episodeId,
    entityVersion: 1,
    payload: e,
  });
}

/** A company with one team, its queue and agents who are available. */
export async function routingTown(
  { db, clock }: { db: Database; clock: ManualClock },
  names: string[],
  over: { skills?: Record<string, Record<string, number>>; week?: typeof ALWAYS.week } = {},
) {
  const { accountId, brandId } = await makeAccount(db);
  const run = <T>(act: (tx: Tx) => Promise<T>) => db.withAccount(accountId, act);
  const agents: Record<string, string> = {};
  const queueId = await run(async (tx) => {
    const teamId = await addTeam(tx, "Care");
    await grant(tx, { subjectKind: "team", subjectId: teamId, verb: "work.take", scope: "account", scopeId: null });
    const skills = new Map<string, string>();
    for (const name of names) {
      const agentId = await addAgent(tx, {
        name,
        email: `${name}@northwind.example`,
        initials: name.slice(0, 2),
        password: null,
        teamIds: [teamId],
      });
      agents[name] = agentId;
      const levels = [];
      for (const [skill, level] of Object.entries(over.skills?.[name] ?? {})) {
        if (!skills.has(skill)) skills.set(skill, await addSkill(tx, skill, "hard"));
        levels.push({ skillId: skills.get(skill)!, level });
      }
      await setAgentSkills(tx, agentId, levels);
      await setPresence(tx, { agentId, state: "available", by: agentId });
    }
    const calendarId = await addCalendar(tx, "Hours", [
      { from: "2026-01-01", zone: "Europe/London", week: over.week ?? ALWAYS.week },
    ]);
    return addQueue(tx, { name: "Care", position: 1, teamId, calendarId, targets: TARGETS });
  });
  const read = async () => {
    await numberEvents(db, accountId);
    while (await readOnce(db, reader, accountId, clock, silentLog)) {}
    await numberEvents(db, accountId);
  };
  const episode = (more: Partial<Opened> = {}): Opened => ({
    ...{
      episodeId: uuidv7(clock.now()),
      conversationId: uuidv7(clock.now()),
      customerId: uuidv7(clock.now()),
      brandId,
    },
    ...{ channelId: uuidv7(clock.now()), network: "playground", medium: "public", visibility: "public" },
    ...{ messageId: uuidv7(clock.now()), t0: iso(clock.now()), priority: "normal" as const, language: "en", risks: [] },
    ...{ reopens: null, lastOwnerId: null, rule: "complaint", says: "A complaint needs an answer." },
    ...more,
  });
  const opened = async (...episodes: Opened[]) => {
    await run(async (tx) => {
      for (const e of episodes) say(tx, e);
    });
    await read();
  };
  const work = async (e: Opened) =>
    (await run((tx) => workOfConversations(tx, [e.conversationId]))).get(e.conversationId)!;
  const offers = (name: string) => run((tx) => offersOf(tx, agents[name]!));
  return { accountId, run, agents, queueId, read, episode, opened, work, offers, now: () => clock.now() };
}
export type RoutingTown = Awaited<ReturnType<typeof routingTown>>;

/** What became of an episode, now. */
export async function tell(t: RoutingTown, e: Opened, what: "answered" | "continued" | "done"): Promise<void> {
  const at = t.now();
  const head = { key: e.conversationId, entity: "episode", entityId: e.episodeId, entityVersion: 2 };
  const { episodeId, conversationId, channelId, medium, visibility } = e;
  const ids = { episodeId, conversationId };
  await t.run(async (tx) => {
    if (what === "answered") {
      const payload = {
        ...ids,
        messageId: null,
        replyId: null,
        agentId: null,
        visibility,
        answeredAt: iso(at),
        first: true,
        askedMessageId: null,
        askedAt: null,
      };
      tx.announce(EpisodeAnswered, { ...head, payload });
    } else if (what === "continued") {
      const payload = {
        ...ids,
        messageId: uuidv7(at),
        medium,
        visibility,
        channelId,
        t0: iso(at),
        waits: true,
        priority: e.priority,
      };
      tx.announce(EpisodeContinued, { ...head, payload });
    } else
      tx.announce(EpisodeDone, {
        ...head,
        payload: { ...ids, outcome: "solved", by: null, doneAt: iso(at), windowUntil: iso(at) },
      });
  });
  await t.read();
}

/** The types of what routing announced about a conversation, in order. */
export const workEvents = (t: RoutingTown, conversationId: string): Promise<string[]> =>
  t.run(async (tx) =>
    (
      await sql<{
        type: string;
      }>`select type from event where account_id = ${t.accountId} and key = ${conversationId} and entity = 'work' order by position`.execute(
        tx.tables(),
      )
    ).rows.map((row) => row.type),
  );
