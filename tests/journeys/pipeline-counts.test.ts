import { afterAll, describe, expect, it } from "vitest";
import { company, webhook } from "../../bench/house.ts";
import { monitorBody } from "../../contracts/monitors.ts";
import { readers } from "../../server/app/modules.ts";
import { networkAdapters, startChannels } from "../../server/modules/channels/index.ts";
import { useKeyRing } from "../../server/modules/company/index.ts";
import { conversationFor } from "../../server/modules/desk/read/conversation-view.ts";
import { workListFor } from "../../server/modules/desk/read/work-list.ts";
import { makeMonitor } from "../../server/modules/listening/monitors/monitors.ts";
import { activeAgents, staffOf } from "../../server/modules/people/index.ts";
import { listWork } from "../../server/modules/routing/index.ts";
import { sql } from "../../server/platform/db.ts";
import type { Actor } from "../../server/platform/http/actor.ts";
import { type Reader, readOnce } from "../../server/platform/journal/reader.ts";
import { silentLog } from "../../server/platform/log.ts";
import { type Counted, countStatements } from "../support/count-statements.ts";
import { openTestDatabase } from "../support/database.ts";
import { numberEvents } from "../support/journal.ts";

const { db, clock } = openTestDatabase();
afterAll(() => db.close());

const MANY = 500;
/**
 * What a batch of 500 strangers' first words may cost in each stage: statements and commits. Each stage is one transaction; the other
 * commits of `take` look up whose address it is, those of `parse` look for more. A statement for each message would be 500.
 */
const MOST: Record<string, { statements: number; commits: number }> = {
  take: { statements: 12, commits: 4 },
  parse: { statements: 26, commits: 4 },
  listening: { statements: 17, commits: 1 },
  conversations: { statements: 28, commits: 1 },
  routing: { statements: 22, commits: 1 },
  clocks: { statements: 22, commits: 1 },
  insights: { statements: 14, commits: 1 },
  supervision: { statements: 16, commits: 1 },
  search: { statements: 16, commits: 1 },
};
/** Readers that react to nothing of this look once and move on. */
const NOT_CONCERNED = { statements: 9, commits: 1 };

/**
 * Opening a conversation and a page of the list, without begin (which names the account), commit, sign-in and the note that it was
 * seen, once their texts are known. With sign-in and note it is 5 each (tests/api/plans.test.ts).
 */
const MOST_TO_OPEN = 3;
const MOST_TO_LIST = 4;
const reads = ({ statements }: Counted) =>
  statements.filter((text) => !/^\s*(begin|commit)\b|set_config/i.test(text)).length;

describe("500 messages on their way from the network to the queue and the figures", () => {
  it("cost a few statements and commits in each stage, whatever their number", async () => {
    useKeyRing(new Uint8Array(32).fill(7));
    const us = await company(db);
    // What monitors catch rides along.
    const monitor = monitorBody.parse({ name: "Down", query: "down OR charged OR parcel" });
    await db.withAccount(us.accountId, (tx) => makeMonitor(tx, monitor, null, 0));
    const adapters = networkAdapters(clock);
    const channels = startChannels({
      db,
      clock,
      log: silentLog,
      adapters,
      publicUrl: "http://test.invalid",
      dark: true,
      watch: false,
      accounts: [us.accountId],
    });
    const drain = async (reader: Reader) => {
      while (await readOnce(db, reader, us.accountId, clock, silentLog)) {}
    };
    // What setting up the company told is not what is counted.
    await numberEvents(db, us.accountId);
    for (const reader of readers) await drain(reader);
    const cost = new Map<string, Counted>();
    const stage = async (name: string, run: () => Promise<unknown>) => {
      cost.set(name, await countStatements(run));
      await numberEvents(db, us.accountId);
    };
    try {
      const requests = Array.from({ length: MANY }, (_, n) => webhook(n, clock.now()));
      await stage("take", () => Promise.all(requests.map((r) => channels.receiver.take(us.hookId, r, "trace"))));
      await stage("parse", () => channels.drainInbound());
      for (const reader of readers) await stage(reader.name, () => drain(reader));
    } finally {
      await channels.close();
    }
    const done = await db.withAccount(us.accountId, (tx) =>
      sql<Record<string, number>>`select
        (select count(*)::int from work_item where account_id = ${us.accountId} and state = 'queued') as work,
        (select count(*)::int from episode_fact where account_id = ${us.accountId} and queue_id is not null) as counted,
        (select count(*)::int from monitor_hit where account_id = ${us.accountId}) as caught`.execute(tx.tables()),
    );
    expect(done.rows[0]).toEqual({ work: MANY, counted: MANY, caught: (MANY * 3) / 4 });
    const dear = [...cost].filter(([name, { statements, commits }]) => {
      const most = MOST[name] ?? NOT_CONCERNED;
      return statements.length > most.statements || commits > most.commits;
    });
    expect(dear.map(([name, c]) => [name, c.statements.length, c.commits])).toEqual([]);

    // However much waits, the desk reads a page and a conversation in so many statements.
    const open = await db.withAccount(us.accountId, async (tx) => {
      const boss = (await activeAgents(tx))[0]!;
      const grants = [...(await staffOf(tx)).byId.get(boss.id)!.rights.grants];
      const actor: Actor = { accountId: us.accountId, kind: "agent", id: boss.id, name: boss.name, csrf: null, grants };
      const page = await listWork(tx, { view: "all", agentId: boss.id, queues: "all", limit: 50 });
      return { actor, work: page.items };
    });
    const list = () =>
      db.withAccount(us.accountId, async (tx) => {
        const { items } = await workListFor(tx, open.actor, { view: "all", limit: 50 });
        expect(items).toHaveLength(50);
      });
    const view = () =>
      db.withAccount(us.accountId, async (tx) => {
        const shown = await conversationFor(tx, open.actor, open.work[0]!.conversationId, null);
        expect(shown.timeline.some((entry) => entry.type === "message")).toBe(true);
      });
    // Each connection learns the texts once, and which one serves is chance: the least of a few turns is what it costs from then on.
    const often = async (ask: () => Promise<void>) => {
      const turns: number[] = [];
      for (let turn = 0; turn < 5; turn++) turns.push(reads(await countStatements(ask)));
      return Math.min(...turns);
    };
    expect(await often(list)).toBeLessThanOrEqual(MOST_TO_LIST);
    expect(await often(view)).toBeLessThanOrEqual(MOST_TO_OPEN);
  });
});
