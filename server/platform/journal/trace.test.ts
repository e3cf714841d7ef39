import { afterAll, expect, it } from "vitest";
import { makeAccount, TEST_START } from "../../../tests/support/database.ts";
import { makeDatabase } from "../../../tests/support/own-database.ts";
import { ManualClock } from "../clock.ts";
import { addressFromUrl } from "../database-url.ts";
import { openDatabase, sql, type Tx } from "../db.ts";
import { uuidOf } from "../ids.ts";
import { silentLog } from "../log.ts";
import { eventType } from "./event.ts";
import { reaction, readOnce } from "./reader.ts";
import { startSequencer } from "./sequencer.ts";

const Heard = eventType<{ messageId: string; place: string }>("TraceTestHeard");
const Filed = eventType<{ messageId: string; place: string }>("TraceTestFiled");
const own = await makeDatabase();
const clock = new ManualClock(TEST_START);
const db = openDatabase(await addressFromUrl(own.url), clock, { appConnections: 4, systemConnections: 2 });
const sequencer = startSequencer(db, clock, silentLog, "trace-test", () => {});
afterAll(async () => {
  await sequencer.close();
  await db.close();
  await own.drop();
});

const place = uuidOf("k", "place");
function say(tx: Tx, type: typeof Heard, n: number, more: { trace?: string | null } = {}): void {
  const messageId = uuidOf("m", String(n));
  const about = { key: uuidOf("k", String(n % 2)), entity: "test", entityId: messageId, entityVersion: 1 };
  tx.announce(type, { ...about, ...more, payload: { messageId, place } });
}
const number = (messageId: string) => [0, 1, 2, 3, 4, 5].find((n) => uuidOf("m", String(n)) === messageId)!;

it("events of many traces, read in one run, hand on each their own; a request's is for what has none", async () => {
  const { accountId } = await makeAccount(db);
  await db.withAccount(
    accountId,
    async (tx) => {
      for (const n of [0, 1, 2, 3]) say(tx, Heard, n, { trace: `trace ${n}` });
      say(tx, Heard, 4);
      say(tx, Heard, 5, { trace: null });
    },
    { traceId: "request" },
  );
  await sequencer.drain();
  const runs: number[] = [];
  const filing = reaction(Heard, async (tx, events) => {
    runs.push(events.length);
    // In another order than they came.
    for (const e of [...events].reverse()) say(tx, Filed, number(e.payload.messageId));
  });
  while (await readOnce(db, { name: "trace-test", reactions: [filing] }, accountId, clock, silentLog));
  expect(runs).toEqual([6]);
  const { rows } = await db.withAccount(accountId, (tx) =>
    sql<{ id: string; trace: string }>`select entity_id as id, trace_id as trace from event
      where account_id = ${accountId} and type = 'TraceTestFiled'`.execute(tx.tables()),
  );
  const filed = Object.fromEntries(rows.map((r) => [number(r.id), r.trace]));
  expect(filed).toEqual({ 0: "trace 0", 1: "trace 1", 2: "trace 2", 3: "trace 3", 4: "request", 5: "request" });
});
