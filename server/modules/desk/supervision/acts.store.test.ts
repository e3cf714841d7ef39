import { afterAll, describe, expect, it } from "vitest";
import { addSkill, addTeam, grant, skillsOf, staffOf } from "#modules/people";
import { addQueue, queuesOf, workOfConversations } from "#modules/routing";
import { HOUR, iso, MINUTE } from "#platform/clock";
import { sql } from "#platform/db";
import type { Actor } from "#platform/http/actor";
import { uuidv7 } from "#platform/ids";
import { countStatements } from "../../../../tests/support/count-statements.ts";
import { openTestDatabase } from "../../../../tests/support/database.ts";
import { routingTown } from "../../../../tests/support/routing-town.ts";
import { fireTimers } from "../../../../tests/support/timers.ts";
import { superviseMany, takeBackAct } from "./acts.ts";
import { lendTo, loanTimers } from "./loans.ts";

const { db, clock } = openTestDatabase();
afterAll(() => db.close());

const VERBS = ["work.read", "work.assign", "work.over-capacity", "people.manage"] as const;

/** A town whose people may read what they are given, and its supervisor; nobody is free, so that nothing is held out. */
async function floor(names: string[], verbs: readonly string[] = VERBS) {
  const t = await routingTown({ db, clock }, names);
  await t.run(async (tx) => {
    const teamId = (await staffOf(tx)).teams[0]!.id;
    await grant(tx, {
      subjectKind: "team",
      subjectId: teamId,
      verb: "conversation.read",
      scope: "account",
      scopeId: null,
    });
    await sql`update presence set state = 'busy' where account_id = ${t.accountId}`.execute(tx.tables());
  });
  const grants = verbs.map((verb) => ({ verb, scope: "account", scopeId: null }));
  const id = t.agents[names[0]!] ?? uuidv7(clock.now());
  const lead = { kind: "agent", id, name: "Marek", accountId: t.accountId, grants, csrf: null } as unknown as Actor;
  const waiting = async (n: number) => {
    const episodes = Array.from({ length: n }, () => t.episode());
    await t.opened(...episodes);
    return episodes;
  };
  const items = async (episodes: Awaited<ReturnType<typeof waiting>>) => {
    const found = await t.run((tx) =>
      workOfConversations(
        tx,
        episodes.map((e) => e.conversationId),
      ),
    );
    return episodes.map((e) => {
      const work = found.get(e.conversationId)!;
      return { workItemId: work.id, expectedVersion: work.version };
    });
  };
  const audits = () =>
    t.run(async (tx) =>
      (
        await sql<{ act: string }>`select act from audit where account_id = ${t.accountId} order by id`.execute(
          tx.tables(),
        )
      ).rows.map((row) => row.act),
    );
  return { ...t, lead, waiting, items, audits };
}

describe("many at once", () => {
  it("are given, each by itself: what was changed meanwhile is refused; taken back, whoever had it has it again", async () => {
    const f = await floor(["Alice", "Bob"]);
    const episodes = await f.waiting(4);
    const items = await f.items(episodes);
    const alices = { kind: "give" as const, to: { kind: "agent" as const, agentId: f.agents.Alice! } };
    await f.run((tx) => superviseMany(tx, f.lead, { items: items.slice(3), act: alices }));

    const toBob = { kind: "give" as const, to: { kind: "agent" as const, agentId: f.agents.Bob! } };
    const fresh = await f.items(episodes.slice(3));
    const asked = [...items.slice(0, 2), items[3]!, { workItemId: uuidv7(clock.now()), expectedVersion: 1 }];
    const first = await f.run((tx) => superviseMany(tx, f.lead, { items: asked, act: toBob }));
    expect(first.done).toEqual(items.slice(0, 2).map((item) => item.workItemId));
    expect(first.refused.map((r) => r.code)).toEqual(["version-conflict", "not-found"]);
    const second = await f.run((tx) => superviseMany(tx, f.lead, { items: fresh, act: toBob }));
    const owner = async (n: number) => (await f.work(episodes[n]!)).ownerId;
    expect([await owner(0), await owner(1), await owner(2), await owner(3)]).toEqual([
      ...[f.agents.Bob, f.agents.Bob, null, f.agents.Bob],
    ]);

    // Bob gave the first to Alice since: that stays; the second waits again.
    await f.run(async (tx) => superviseMany(tx, f.lead, { items: await f.items(episodes.slice(0, 1)), act: alices }));
    const back = await f.run((tx) => takeBackAct(tx, f.lead, { actId: first.actId!, expectedVersion: 1 }));
    expect(back.refused.map((r) => r.code)).toEqual(["version-conflict"]);
    expect([await owner(0), await owner(1)]).toEqual([f.agents.Alice, null]);
    await f.run((tx) => takeBackAct(tx, f.lead, { actId: second.actId!, expectedVersion: 1 }));
    expect(await owner(3)).toBe(f.agents.Alice);
    await expect(f.run((tx) => takeBackAct(tx, f.lead, { actId: second.actId!, expectedVersion: 2 }))).rejects.toThrow(
      /taken back already/,
    );
    expect((await f.audits()).filter((act) => act === "act.taken-back")).toHaveLength(2);
  });

  it("get another priority: due follows from the first unanswered message, and comes back with it", async () => {
    const f = await floor(["Alice"]);
    const [episode] = await f.waiting(1);
    const before = (await f.work(episode!)).due;
    const made = await f.run(async (tx) =>
      superviseMany(tx, f.lead, { items: await f.items([episode!]), act: { kind: "priority", priority: "urgent" } }),
    );
    expect(await f.work(episode!)).toMatchObject({ priority: "urgent", due: Date.parse(episode!.t0) + 15 * MINUTE });
    await f.run((tx) => takeBackAct(tx, f.lead, { actId: made.actId!, expectedVersion: 1 }));
    expect(await f.work(episode!)).toMatchObject({ priority: "normal", due: before });
  });

  it("moved to a queue with shorter targets and taken back, stand in the old queue, with whoever had them, and are due as before", async () => {
    const f = await floor(["Alice"]);
    const episodes = await f.waiting(2);
    const alices = { kind: "give" as const, to: { kind: "agent" as const, agentId: f.agents.Alice! } };
    await f.run(async (tx) => superviseMany(tx, f.lead, { items: await f.items(episodes.slice(1)), act: alices }));
    const stands = async () =>
      (await Promise.all(episodes.map((e) => f.work(e)))).map(({ queueId, ownerId, due }) => ({
        queueId,
        ownerId,
        due,
      }));
    const before = await stands();
    const queueId = await f.run(async (tx) =>
      addQueue(tx, {
        ...{ name: "Fast", position: 9, teamId: (await staffOf(tx)).teams[0]!.id },
        calendarId: (await queuesOf(tx))[0]!.calendarId,
        targets: { urgent: MINUTE, high: MINUTE, normal: MINUTE, low: MINUTE },
      }),
    );
    const act = { kind: "give" as const, to: { kind: "queue" as const, queueId } };
    const moved = await f.run(async (tx) => superviseMany(tx, f.lead, { items: await f.items(episodes), act }));
    expect(await stands()).toEqual(episodes.map((e) => ({ queueId, ownerId: null, due: Date.parse(e.t0) + MINUTE })));
    await f.run((tx) => takeBackAct(tx, f.lead, { actId: moved.actId!, expectedVersion: 1 }));
    expect(await stands()).toEqual(before);
    expect(before.map((one) => one.ownerId)).toEqual([null, f.agents.Alice]);
  });

  it("500 cost about as many statements as one; without the right nothing is done, and what may not be seen is not there", async () => {
    const f = await floor(["Alice"]);
    const episodes = await f.waiting(60);
    const items = await f.items(episodes);
    const act = { kind: "priority" as const, priority: "low" as const };
    const many = await countStatements(() => f.run((tx) => superviseMany(tx, f.lead, { items, act })));
    expect(many.statements.length).toBeLessThan(40);
    const nobody = { ...f.lead, grants: [] } as unknown as Actor;
    await expect(f.run((tx) => superviseMany(tx, nobody, { items, act }))).rejects.toThrow("work.assign");
    const elsewhere = [
      { verb: "work.read", scope: "queue", scopeId: uuidv7(clock.now()) },
      { verb: "work.assign", scope: "queue", scopeId: uuidv7(clock.now()) },
    ];
    const stranger = { ...f.lead, grants: elsewhere } as unknown as Actor;
    const refused = await f.run((tx) => superviseMany(tx, stranger, { items: items.slice(0, 2), act }));
    expect(refused).toMatchObject({ actId: null, done: [] });
    expect(new Set(refused.refused.map((r) => r.code))).toEqual(new Set(["not-found"]));
  });
});

describe("a loan", () => {
  it("of a skill and of a team goes back by itself, and leaves alone what was changed since", async () => {
    const f = await floor(["Alice"]);
    const alice = f.agents.Alice!;
    const { skillId, teamId } = await f.run(async (tx) => ({
      skillId: await addSkill(tx, `Welsh ${alice}`, "hard"),
      teamId: await addTeam(tx, "Press"),
    }));
    const lend = (what: Parameters<typeof lendTo>[2]["what"], agentId = alice) =>
      f.run((tx) => lendTo(tx, f.lead, { agentId, what, until: iso(clock.now() + HOUR), reason: "a wave" }));
    await lend({ kind: "skill", skillId, level: 60 });
    await lend({ kind: "team", teamId });
    const now = () =>
      f.run(async (tx) => ({
        level: (await skillsOf(tx, alice)).find((skill) => skill.skillId === skillId)?.level ?? null,
        inTeam: (await staffOf(tx)).byId.get(alice)?.routable.teamIds.includes(teamId),
      }));
    expect(await now()).toEqual({ level: 60, inTeam: true });
    await expect(lend({ kind: "team", teamId })).rejects.toThrow(/lent already/);

    clock.advance(HOUR);
    await fireTimers(db, f.accountId, loanTimers);
    expect(await now()).toEqual({ level: null, inTeam: false });

    const again = await lend({ kind: "skill", skillId, level: 40 });
    await f.run((tx) => takeBackAct(tx, f.lead, { actId: again.id, expectedVersion: 1 }));
    expect(await now()).toMatchObject({ level: null });
    await fireTimers(db, f.accountId, loanTimers);
    const only = { ...f.lead, grants: f.lead.grants.filter((g) => g.verb !== "people.manage") } as Actor;
    await expect(
      f.run((tx) =>
        lendTo(tx, only, {
          ...{ agentId: alice, what: { kind: "team", teamId }, until: iso(clock.now() + HOUR), reason: "x" },
        }),
      ),
    ).rejects.toThrow("people.manage");
    await expect(
      f.run((tx) =>
        lendTo(tx, f.lead, {
          ...{ agentId: alice, what: { kind: "team", teamId }, until: iso(clock.now() + 30 * HOUR), reason: "x" },
        }),
      ),
    ).rejects.toThrow(/24 hours/);
  });
});
