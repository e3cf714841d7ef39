import { afterAll, expect, it } from "vitest";
import { setPresence } from "#modules/workforce";
import { HOUR, MINUTE, SECOND } from "#platform/clock";
import { openTestDatabase } from "../../../tests/support/database.ts";
import { routingTown } from "../../../tests/support/routing-town.ts";
import { readHistory } from "./backtest/read-history.ts";
import { simulate } from "./domain/rehearse/simulate.ts";
import { acceptOffer, declineOffer, endWork, routeHistory, whyRouted } from "./index.ts";
import { playBeside } from "./rehearsal/play-beside.ts";
import { routeHistoryWithin } from "./route-history.ts";

const { db, clock } = openTestDatabase();
afterAll(() => db.close());

it("tells from what is stored who got it, why not the others, and what comes next", async () => {
  const town = await routingTown({ db, clock }, ["Alice", "Bob", "Carla"]);
  const { agents, run } = town;
  const episode = town.episode({});
  await run(async (tx) => setPresence(tx, { agentId: agents.Carla!, state: "break", by: agents.Carla! }));
  await town.opened(episode);
  const work = await town.work(episode);
  const first = work.offer!.agentId;
  clock.advance(2 * SECOND);
  await run((tx) => declineOffer(tx, { offerId: work.offer!.id, agentId: first, reason: "Too hard for me." }));
  const why = (await run((tx) => whyRouted(tx, episode.conversationId)))!;
  const second = why.choice!.agentId;
  expect([first, second].sort()).toEqual([agents.Alice, agents.Bob].sort());
  expect(why.choice).toMatchObject({
    admitted: 1,
    others: [{ agentId: first, code: "declined", text: "declined it" }],
  });
  expect(why.before.map((line) => line.text).join("\n")).toMatch(/Too hard for me/);
  expect(why.now).toMatchObject([
    { agentId: first, against: { code: "declined", at: clock.now() } },
    { agentId: agents.Carla, against: { text: "is on a break" } },
  ]);
  expect(why.next.map((one) => one.code)).toEqual(["offer-ends", "due"]);
  // Accepted, it is still told who else was thought of.
  await run((tx) => acceptOffer(tx, { offerId: why.work.offer!.id, agentId: second }));
  const later = (await run((tx) => whyRouted(tx, episode.conversationId)))!;
  expect(later.choice).toMatchObject({ agentId: second, others: [{ agentId: first }] });
  await run((tx) => endWork(tx, { workItemId: work.id, how: "done", reason: "Answered." }));
  expect(await run((tx) => whyRouted(tx, episode.conversationId))).toBeNull();
});

it("an account's own past is a history that can be played, and says nothing but ids and times", async () => {
  const from = clock.now();
  const town = await routingTown({ db, clock }, ["Alice", "Bob"]);
  const { run } = town;
  for (const minutes of [4, 6]) {
    const episode = town.episode({});
    await town.opened(episode);
    const work = await town.work(episode);
    clock.advance(10 * SECOND);
    await run((tx) => acceptOffer(tx, { offerId: work.offer!.id, agentId: work.offer!.agentId }));
    clock.advance(minutes * MINUTE);
    await run((tx) => endWork(tx, { workItemId: work.id, how: "done", reason: "A secret of the customer." }));
  }
  clock.advance(HOUR);
  const to = clock.now();
  const { lines, left, really } = await run((tx) => routeHistory(tx, from, to));
  expect(left).toBe(0);
  expect(really.map((one) => [one.doneAt! - one.takenAt!, one.by !== null])).toEqual([
    [4 * MINUTE, true],
    [6 * MINUTE, true],
  ]);
  expect(await run((tx) => routeHistoryWithin(tx, from, to, 5))).toBeNull();
  const text = lines.map((line) => JSON.stringify(line)).join("\n");
  expect(text).not.toMatch(/secret|Alice|Bob/);
  const { setup, items, faults } = readHistory(text);
  expect(faults).toEqual([]);
  expect(items.map((item) => item.handle)).toEqual([4 * MINUTE, 6 * MINUTE]);
  expect(setup.behaviour).toMatchObject({ accept: 10 * SECOND, declines: 0, misses: 0 });
  const course = simulate(setup, items, 1);
  expect(course.items.map((one) => one.takenAt! - one.item.at)).toEqual([10 * SECOND, 10 * SECOND]);
  expect([...setup.queues.values()][0]?.time?.isOpen(from)).toBe(true);
  // The same in a thread of its own, beside what really was.
  const asked = { lines: lines.map((line) => JSON.stringify(line)), really, span: { from, to, zone: "UTC" } };
  const played = await playBeside({ ...asked, changes: [] });
  if (played === null || typeof played === "string") throw new Error(`not played: ${played}`);
  expect(played).toMatchObject({ items: 2, faults: 0, agrees: { compared: 2, sameWait: 1 } });
  expect(played.lines[0]?.figures.waitP50).toMatchObject({ really: 10 * SECOND, before: 10 * SECOND });
  const nobody = { what: "absence", agentId: "nobody", daily: null } as const;
  expect(await playBeside({ ...asked, changes: [nobody] })).toMatch(/not here any more/);
});
