import { afterAll, beforeAll, expect, test } from "vitest";
import { TEST_START } from "../../../../tests/support/database.ts";
import { escalationTown, rung } from "../../../../tests/support/escalation-town.ts";
import { eventually } from "../../../../tests/support/eventually.ts";
import { makeDatabase } from "../../../../tests/support/own-database.ts";
import { ManualClock, SECOND } from "../../../platform/clock.ts";
import { addressFromUrl } from "../../../platform/database-url.ts";
import { openDatabase, sql } from "../../../platform/db.ts";
import { uuidv7 } from "../../../platform/ids.ts";
import { silentLog } from "../../../platform/log.ts";
import { useKeyRing } from "../../company/index.ts";
import { staffOf } from "../../people/index.ts";
import { ackLinks } from "./ack-links.ts";
import { acknowledgeIt } from "./acts.ts";
import { startPager } from "./pager.ts";
import { sendPages, useMail } from "./ways-out.ts";

// Its own: a pager sends what is due of all accounts.
const own = await makeDatabase();
const clock = new ManualClock(TEST_START);
const db = openDatabase(await addressFromUrl(own.url), clock, { appConnections: 4, systemConnections: 2 });
const links = ackLinks(new Uint8Array(32).fill(7), "https://desk.example");
const deps = { db, clock, log: silentLog, links, publicUrl: "https://desk.example", mayBeInside: true };

beforeAll(() => {
  useKeyRing(new Uint8Array(32).fill(7));
  useMail(true);
});
afterAll(async () => {
  useMail(false);
  await db.close();
  await own.drop();
});

/** Mails that leave, or fail, when the test says so. */
function slow(polls = false) {
  const held: { subject: string; done(): void; refuse(why: Error): void }[] = [];
  const mail = ({ subject }: { subject: string }) =>
    new Promise<void>((done, refuse) => void held.push({ subject, done, refuse }));
  return { held, pager: startPager({ ...deps, mail }, polls) };
}
function quick() {
  const sent: string[] = [];
  return { sent, pager: startPager({ ...deps, mail: async (one) => void sent.push(one.subject) }, false) };
}
const town = () => escalationTown({ db, clock }, () => [rung({ severity: 2, owner: { kind: "managers" } })]);
type Town = Awaited<ReturnType<typeof town>>;
const write = (t: Town, says: string, pages = 1, escalationId = uuidv7(clock.now())) =>
  t.run(async (tx) =>
    sendPages(tx, await staffOf(tx), {
      ...{ escalationId, pages, agentIds: [t.ids.alice!] },
      payload: { severity: 2, says, test: false },
    }),
  );
const stored = (t: Town) =>
  t.run(async (tx) => {
    const found = await sql<{ state: string; claimed: number }>`
      select state, next_at as claimed from page_delivery where account_id = ${tx.accountId}`.execute(tx.tables());
    return found.rows.toSorted((a, b) => (a.state < b.state ? 1 : -1));
  });

test("a page that fails is not tried again where somebody has the matter by now; an alarm is", async () => {
  const t = await town();
  const { id } = (await t.open("t", 2))!;
  const { held, pager } = slow();
  await pager.look();
  await eventually("the page is on its way", () => held.length === 1);
  await t.run(async (tx) => acknowledgeIt(tx, t.actor("marek"), id, 1));
  await write(t, "nobody comes.", -1, id);
  await pager.look();
  await eventually("the alarm is on its way, too", () => held.length === 2);
  for (const one of held) one.refuse(new Error("421 later"));
  await pager.close();
  expect((await stored(t)).map((d) => d.state)).toEqual(["pending", "dropped"]);
  clock.advance(10 * SECOND);
  const again = quick();
  await again.pager.drain();
  await again.pager.close();
  expect(again.sent).toEqual(["[severity 2] nobody comes."]);
});

test("a process that ends keeps its claims until all that is on its way has left", async () => {
  const t = await town();
  const { held, pager } = slow(true);
  await write(t, "fire.");
  await pager.look();
  await eventually("it is on its way", () => held.length === 1);
  const closing = pager.close();
  const another = quick();
  clock.advance(4 * SECOND);
  await eventually("its claim is kept", async () => (await stored(t))[0]!.claimed > clock.now() + 4 * SECOND);
  clock.advance(4 * SECOND);
  await another.pager.drain();
  held[0]!.done();
  await closing;
  await another.pager.close();
  expect(another.sent).toEqual([]);
  expect((await stored(t)).map((d) => d.state)).toEqual(["sent"]);
});

test("accounts whose pages all hang leave places to others; a free one goes first to who has nothing on the way", async () => {
  const hanging = [await town(), await town(), await town()];
  for (const [which, t] of hanging.entries()) {
    for (let n = 1; n <= 8; n++) await write(t, `hangs ${which}.`, n);
    clock.advance(1);
  }
  const { held, pager } = slow();
  expect(await pager.look()).toBe(16);
  await eventually("they hang", () => held.length === 16);
  clock.advance(SECOND);
  const others = [await town(), await town()];
  for (const t of others) for (let n = 1; n <= 3; n++) await write(t, `waits ${n}.`, n);
  expect(await pager.look()).toBe(4);
  const states = async (t: Town) => (await stored(t)).map((d) => d.state).join();
  for (const t of others) expect(await states(t)).toBe("sending,sending,pending");
  await eventually("all places are taken", () => held.length === 20);
  // A place is free: not for who waits longest, but for who has nothing on the way.
  const last = await town();
  await write(last, "urgent.");
  const done = held.findIndex((one) => one.subject.endsWith("hangs 2."));
  held[done]!.done();
  await eventually("its place is free", async () => (await stored(hanging[2]!)).some((d) => d.state === "sent"));
  await eventually("the new one has it", async () => (await pager.look()) === 1);
  expect(await states(last)).toBe("sending");
  await eventually("its mail is on its way", () => held.length === 21);
  for (const one of held) one.done();
  await pager.close();
});
