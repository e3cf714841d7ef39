import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { makeBackup } from "../../server/app/backup/make-backup.ts";
import { checkAccount } from "../../server/app/check.ts";
import { runCli } from "../../server/app/cli/run-cli.ts";
import { roles } from "../../server/app/config.ts";
import { type RunningServer, start } from "../../server/app/start.ts";
import { setSetting } from "../../server/modules/company/index.ts";
import { undoWindow } from "../../server/modules/desk/index.ts";
import { asOwner } from "../../server/platform/as-owner.ts";
import { HOUR, MINUTE, SECOND } from "../../server/platform/clock.ts";
import { openDatabase } from "../../server/platform/db.ts";
import { findRunningPostgres } from "../../server/platform/postgres/index.ts";
import { ApiClient, type Json } from "../support/api-client.ts";
import { emailOf, PASSWORD } from "../support/company.ts";
import { eventually } from "../support/eventually.ts";
import { type Desk, MASTER_KEY, openDesk } from "../support/server.ts";
import { OUTAGE, type Story, storyOf } from "../support/story.ts";

let desk: Desk;
let story: Story;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hubbub-restore-"));
  // PostgreSQL's own user comes to the new cluster in it, so nothing of it lies elsewhere when the test is over.
  await chmod(folder, 0o711);
  desk = await openDesk({ startsAt: Date.now() });
  story = storyOf(desk);
  await desk.as("priya");
});
afterAll(async () => {
  await desk?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function hubbub(env: NodeJS.ProcessEnv, ...args: string[]): Promise<string> {
  const lines: string[] = [];
  const say = (line: string) => void lines.push(line);
  const code = await runCli(args, { env, out: say, err: say });
  expect(code, lines.join("\n")).toBe(0);
  return lines.join("\n");
}
const UNDO = 60 * SECOND;
/** As if the agent had a longer time to think better of it: the machine of a test may be slow. */
async function leavesIn(replyId: string, ms: number): Promise<void> {
  const at = new Date(desk.clock.now() + ms);
  const moved = await desk.database.query(
    `update delivery d set not_before = $2, next_at = $2 from reply r where r.id = $1 and d.id = r.delivery_id and d.state = 'pending' returning 1`,
    [replyId, at],
  );
  expect(moved).toHaveLength(1);
}
async function answer(
  text: string,
  to: "priya" | "dana" = "priya",
): Promise<{ replyId: string; conversationId: string }> {
  const matter = await story.taken(OUTAGE, to);
  const done = await story.reply(matter.conversationId, text, { as: to });
  expect(done.status, done.text).toBe(201);
  return { replyId: done.body.replyId, conversationId: matter.conversationId };
}

it("a machine dies after the backup: on a new one nothing is sent twice, nothing before a person says so, and work goes on", async () => {
  const accepted = async (text: string) =>
    (await desk.network.accepted()).filter((a) => a.op === "post.create" && a.text.includes(text)).length;
  const before = await answer("Said before the backup.");
  await story.replyState(before.replyId, "sent");
  await desk.db.withAccount(desk.company.accountId, (tx) => setSetting(tx, undoWindow, UNDO, null));
  const between = await answer("Leaves after the backup.");
  await leavesIn(between.replyId, 10 * MINUTE);
  const never = await answer("Never left the old machine.");
  await leavesIn(never.replyId, HOUR);
  await desk.as("dana");
  await desk.network.post(await story.newcomer(), OUTAGE);
  const offered = await eventually("somebody is asked", async () => {
    const [offer] = await desk.database.query<{ conversationId: string }>(
      `select w.conversation_id as "conversationId" from offer o join work_item w on w.id = o.work_item_id where o.state = 'pending'`,
    );
    return offer;
  });

  const backup = join(folder, "backup");
  const manifest = await makeBackup({
    ...{ address: desk.db.address, target: backup, files: null, clock: desk.clock, program: "0.1.0", say: () => {} },
  });
  expect(manifest.tables.find((t) => t.name === "delivery")?.rows).toBe(3);

  // The old machine lives on for a moment: one of the two leaves.
  desk.travel(11 * MINUTE);
  await eventually("it has left", async () => (await accepted("Leaves after the backup.")) === 1);
  await desk.restart(async () => {
    const who = await story.newcomer();
    await desk.network.post(who, `${OUTAGE} (while nobody listened)`);
    expect(await accepted("Never left")).toBe(0);

    const env = { HUBBUB_DATA_DIR: join(folder, "new machine"), HUBBUB_MASTER_KEY: MASTER_KEY, HUBBUB_LOG: "silent" };
    const said = await hubbub(env, "restore", backup);
    expect(said).toContain("Sending  is stopped. 2 deliveries");
    desk.travel(2 * HOUR);
    const server = await startOn(env);
    try {
      await afterwards(server, env);
    } finally {
      await server.stop();
    }
  });

  async function startOn(env: NodeJS.ProcessEnv): Promise<RunningServer> {
    return start(
      {
        ...{ host: "127.0.0.1", port: 0, publicUrl: "http://127.0.0.1:1", roles: new Set(roles), databaseUrl: null },
        ...{ demo: false, playgroundPort: 0, checkReplies: true },
      },
      env,
      () => {},
      desk.clock,
    );
  }

  async function afterwards(server: RunningServer, env: NodeJS.ProcessEnv): Promise<void> {
    const address = findRunningPostgres(server.dataDir)!;
    const rows = <T extends object = Json>(statement: string, values: unknown[] = []) =>
      asOwner(address.owner, "test", async (client) => (await client.query<T>(statement, values)).rows);
    const stateOf = async (replyId: string) =>
      (await rows("select d.state from reply r join delivery d on d.id = r.delivery_id where r.id = $1", [replyId]))[0]
        ?.state;

    await eventually("what had left is found on the network", async () => (await stateOf(between.replyId)) === "sent");
    await eventually("what had not is held", async () => (await stateOf(never.replyId)) === "held");
    expect(await stateOf(before.replyId)).toBe("sent");
    await eventually(
      "the gap is closed",
      async () =>
        (await rows("select 1 from channel_gap where stream = 'events' and filled_at is not null")).length === 1,
    );
    await eventually(
      "what was said meanwhile is heard",
      async () => (await rows("select 1 from message where text like '%while nobody listened%'")).length === 1,
    );
    expect([await accepted("Leaves after"), await accepted("Never left")]).toEqual([1, 0]);

    // Nobody is here: the offer of long ago has ended once, and nothing is held out to anybody.
    await eventually("the old offer has ended", async () => {
      const offers = await rows(
        "select state from offer where work_item_id in (select id from work_item where conversation_id = $1)",
        [offered.conversationId],
      );
      return offers.length === 1 && offers[0].state !== "pending";
    });
    expect(await rows("select 1 from presence where state <> 'offline' and state <> 'not-responding'")).toEqual([]);
    expect(await rows("select 1 from offer where state = 'pending'")).toEqual([]);

    const priya = await new ApiClient(`http://127.0.0.1:${server.port}`).signIn(emailOf("priya"), PASSWORD);
    const view = await priya.get(`/api/desk/conversations/${between.conversationId}`);
    const answers = view.timeline.filter((e: Json) => JSON.stringify(e).includes("Leaves after the backup."));
    expect(answers.map((e: Json) => e.type)).toEqual(["message"]);

    expect(await hubbub(env, "outbound", "show")).toMatch(
      /Northwind: sending is stopped since .*: Restored from a backup of/,
    );
    expect(await accepted("Never left")).toBe(0);
    expect(await hubbub(env, "outbound", "resume")).toContain("Northwind: sending goes on.");
    await eventually("what was held leaves", async () => (await stateOf(never.replyId)) === "sent");
    expect([await accepted("Said before"), await accepted("Leaves after"), await accepted("Never left")]).toEqual([
      1, 1, 1,
    ]);
    await eventually(
      "agents are asked again",
      async () =>
        (
          await rows("select 1 from offer where state in ('pending', 'accepted') and offered_at > $1", [
            new Date(desk.clock.now() - HOUR),
          ])
        ).length > 0,
    );

    const db = openDatabase(address, desk.clock, { appConnections: 1, systemConnections: 1 });
    const positions = await rows(
      "select count(*)::int as n, max(position)::int as last, count(distinct position)::int as all from event where position is not null",
    );
    expect(positions[0].n).toBe(positions[0].last);
    expect(positions[0].n).toBe(positions[0].all);
    expect(await checkAccount(db, desk.company.accountId)).toEqual([]);
    await db.close();
  }
}, 120_000);
