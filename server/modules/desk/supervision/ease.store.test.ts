import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addSkill, setAgentSkills, staffOf } from "#modules/people";
import { decisionsOf, readers as routingReaders, timers as routingTimers } from "#modules/routing";
import { DAY, HOUR, iso, MINUTE } from "#platform/clock";
import { sql } from "#platform/db";
import type { Actor } from "#platform/http/actor";
import { readOnce } from "#platform/journal/reader";
import { silentLog } from "#platform/log";
import { openTestDatabase } from "../../../../tests/support/database.ts";
import { numberEvents } from "../../../../tests/support/journal.ts";
import { routingTown } from "../../../../tests/support/routing-town.ts";
import { fireTimers } from "../../../../tests/support/timers.ts";
import { takeBackAct } from "./acts.ts";
import { boardFor } from "./board.ts";
import { easeFor, easingTimers } from "./ease.ts";

const { db, clock } = openTestDatabase();
afterAll(() => db.close());

const clocks = routingReaders.find((reader) => reader.name === "clocks")!;

async function floor() {
  const t = await routingTown({ db, clock }, ["Alice", "Bob"]);
  const as = (verbs: readonly string[], scope = "account", scopeId: string | null = null) =>
    ({
      ...{ kind: "agent", id: t.agents.Bob!, name: "Bob", accountId: t.accountId, csrf: null },
      grants: verbs.map((verb) => ({ verb, scope, scopeId })),
    }) as unknown as Actor;
  const lead = as(["work.read", "people.manage"]);
  const read = async () => {
    for (let twice = 0; twice < 2; twice++) {
      await t.read();
      while (await readOnce(db, clocks, t.accountId, clock, silentLog)) {}
      await numberEvents(db, t.accountId);
    }
  };
  const fire = async () => {
    await fireTimers(db, t.accountId, { ...routingTimers, ...easingTimers });
    await read();
  };
  const ease = (what: Parameters<typeof easeFor>[2]["what"], by = lead, ms = HOUR) =>
    t.run((tx) =>
      easeFor(tx, by, { queueId: t.queueId, what, until: iso(clock.now() + ms), reason: "Storm in the north" }),
    );
  const back = (act: { id: string; version: number }, by = lead) =>
    t.run((tx) => takeBackAct(tx, by, { actId: act.id, expectedVersion: act.version }));
  const board = () => t.run((tx) => boardFor(tx, lead, {}));
  const opens = async () => {
    const e = t.episode();
    await t.opened(e);
    await read();
    return e;
  };
  const said = async (workItemId: string) =>
    (await t.run((tx) => decisionsOf(tx, [workItemId]))).flatMap((d) => d.reasons.map((r) => r.text));
  return { ...t, lead, as, read, fire, ease, back, board, opens, said };
}
const twice = { what: "target", percent: 200, priorities: ["normal", "low"] } as const;

describe("a queue's targets, stretched for an hour", () => {
  it("count for what waits and what comes; what was told by them keeps them when the hour is over", async () => {
    const f = await floor();
    const t0 = clock.now();
    const before = await f.opens();
    expect((await f.work(before)).due).toBe(t0 + 4 * HOUR);
    await f.ease({ ...twice, priorities: [...twice.priorities] });
    await f.fire();
    expect((await f.work(before)).due).toBe(t0 + 8 * HOUR);
    const during = await f.opens();
    const work = await f.work(during);
    expect(work.due).toBe(clock.now() + 8 * HOUR);
    expect((await f.said(work.id)).join(" ")).toContain("Bob stretched it for a time: “Storm in the north”.");
    expect((await f.board()).easings).toMatchObject([
      { target: { percent: 200 }, skill: null, byName: "Bob", reason: "Storm in the north", version: 1 },
    ]);
    await expect(f.ease({ ...twice, priorities: ["low"] })).rejects.toMatchObject({ code: "not-now" });

    clock.advance(HOUR + MINUTE);
    await f.fire();
    expect((await f.board()).easings).toEqual([]);
    expect((await f.work(before)).due).toBe(t0 + 8 * HOUR);
    const after = await f.opens();
    expect((await f.work(after)).due).toBe(clock.now() + 4 * HOUR);
  });

  it("are as if nothing had been when somebody ends them, and their clocks tell who stretched them", async () => {
    const f = await floor();
    const e = await f.opens();
    const usual = (await f.work(e)).due;
    const stretch = async () =>
      f.run(async (tx) => {
        const rows = await sql<{ stretch: unknown; target: number }>`
          select stretch, target_ms::float as target from episode_clock where account_id = ${f.accountId}`.execute(
          tx.tables(),
        );
        return rows.rows;
      });
    const act = await f.ease({ ...twice, priorities: ["normal"] });
    await f.fire();
    expect(await stretch()).toMatchObject([
      { target: 8 * HOUR, stretch: { usualMs: 4 * HOUR, percent: 200, by: "Bob", reason: "Storm in the north" } },
    ]);
    await f.back(act);
    await f.fire();
    expect([(await f.work(e)).due, (await f.board()).easings]).toEqual([usual, []]);
    expect(await stretch()).toEqual([{ target: 4 * HOUR, stretch: null }]);
    await expect(f.back({ ...act, version: 2 })).rejects.toMatchObject({ code: "not-now" });
    const acts = await f.run(
      async (tx) =>
        (
          await sql<{
            act: string;
          }>`select act from audit where account_id = ${f.accountId} order by at, act desc`.execute(tx.tables())
        ).rows,
    );
    expect(acts.map((row) => row.act)).toEqual(["queue.eased", "act.taken-back"]);
  });
});

describe("a skill of which a queue asks less", () => {
  let f: Awaited<ReturnType<typeof floor>>;
  let skillId: string;
  const owner = async (e: Awaited<ReturnType<typeof f.opens>>) => (await f.work(e)).offer?.agentId ?? null;
  beforeAll(async () => {
    f = await floor();
    skillId = await f.run((tx) => addSkill(tx, "Billing", "hard"));
    await f.run(async (tx) => {
      await setAgentSkills(tx, f.agents.Alice!, [{ skillId, level: 20 }]);
      await sql`update queue set skills = ${JSON.stringify([{ skillId, level: 60 }])}::jsonb where account_id = ${f.accountId}`.execute(
        tx.tables(),
      );
      await sql`update presence set state = 'offline' where account_id = ${f.accountId} and agent_id = ${f.agents.Bob}`.execute(
        tx.tables(),
      );
    });
  });

  it("lets others have what waits, says so in its reasons, and asks the usual again when the time is over", async () => {
    const first = await f.opens();
    expect(await owner(first)).toBe(null);
    await f.ease({ what: "skill", skillId, level: 20 });
    await f.fire();
    expect(await owner(first)).toBe(f.agents.Alice);
    const said = (await f.said((await f.work(first)).id)).join(" ");
    expect(said).toContain("Billing 20 is enough for now, 60 usually: Bob, “Storm in the north”.");
    expect(said).toContain("Billing 20 (60 usually) needed, Alice has 20.");
    const { easings, queues } = await f.board();
    expect(easings).toMatchObject([{ skill: { name: "Billing", level: 20, usual: 60 }, target: null }]);
    expect(queues[0]!.skills).toEqual([{ id: skillId, name: "Billing", level: 60 }]);
    clock.advance(HOUR + MINUTE);
    await f.fire();
    const later = await f.opens();
    expect([await owner(later), (await f.work(later)).needs]).toMatchObject([null, [{ level: 60 }]]);
    expect((await f.work(first)).needs).toMatchObject([{ level: 60 }]);
  });

  it("asks the usual again also when something else was eased after its time and before anybody saw to its end", async () => {
    const e = await f.opens();
    await f.ease({ what: "skill", skillId, level: 20 });
    await f.fire();
    expect((await f.work(e)).needs).toMatchObject([{ level: 20, usual: 60 }]);
    clock.advance(HOUR + MINUTE);
    await f.ease({ ...twice, priorities: ["urgent"] });
    await f.fire();
    expect((await f.work(e)).needs).toMatchObject([{ level: 60 }]);
  });

  it.each<[string, () => Promise<unknown>, string]>([
    [
      "somebody who may not",
      () => f.ease({ what: "skill", skillId, level: 10 }, f.as(["work.read", "work.assign"])),
      "not-permitted",
    ],
    [
      "a partner's lead of another queue",
      () => f.ease({ ...twice, priorities: ["low"] }, f.as(["people.manage"], "queue", skillId)),
      "not-permitted",
    ],
    ["a skill it does not ask for", () => f.ease({ what: "skill", skillId: f.queueId, level: 10 }), "invalid-request"],
    ["a higher level", () => f.ease({ what: "skill", skillId, level: 70 }), "invalid-request"],
    ["longer than a day", () => f.ease({ what: "skill", skillId, level: 10 }, f.lead, 2 * DAY), "invalid-request"],
    ["a time that is over", () => f.ease({ what: "skill", skillId, level: 10 }, f.lead, -1), "invalid-request"],
  ])("is refused for %s", async (_, act, code) => {
    await expect(act()).rejects.toMatchObject({ code });
  });

  it("is never a clearance", async () => {
    await f.run(async (tx) => {
      const trained = [...(await staffOf(tx)).skills].find(([id]) => id === skillId)!;
      expect(trained[1].clearance).toBe("skill");
      await sql`update skill set clearance = 'training' where account_id = ${f.accountId} and id = ${skillId}`.execute(
        tx.tables(),
      );
    });
    await expect(f.ease({ what: "skill", skillId, level: 10 })).rejects.toMatchObject({ code: "not-now" });
  });
});
