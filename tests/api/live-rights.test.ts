import { afterAll, beforeAll, expect, it } from "vitest";
import { crowdOf, keptWalk } from "../support/kept-screens.ts";
import { type Nights, openNights, type Role } from "../support/roles.ts";
import { type Desk, openDesk } from "../support/server.ts";
import { type Story, storyOf } from "../support/story.ts";

let desk: Desk;
let story: Story;
let nights: Nights;
beforeAll(async () => {
  desk = await openDesk({ config: { heartbeatMs: 80 } });
  story = storyOf(desk);
  nights = await openNights(desk);
  await desk.presence("priya", "offline");
  await desk.presence("dana", "offline");
});
afterAll(() => desk?.stop());

/** HUBBUB_STEPS=10000 takes a long walk; the screens are compared on the way, too. */
const STEPS = Number(process.env.HUBBUB_STEPS ?? 59);
const COMPARED_EVERY = 250;

it.each(["one", "two"])(
  "whoever sees less hears less, and a kept screen equals a fresh one (seed %s)",
  async (seed) => {
    const { queueId: care } = desk.company;
    const crowd = await crowdOf(desk, nights, seed);
    const { everything, nightly, byTeam, none, own, reader } = crowd;
    await desk.quiet();
    const { screens, step, told } = await keptWalk(desk, story, nights, crowd, seed);
    for (let n = 1; n <= STEPS; n++) {
      await step();
      if (n % COMPARED_EVERY > 0) continue;
      await told();
      for (const screen of screens) expect(await screen.differences()).toEqual([]);
    }
    await told();

    const stood = await desk.database.query<{ id: string; queues: string[]; owners: string[] }>(
      `select payload->>'conversationId' as id, array_agg(distinct payload->>'queueId') as queues,
       array_agg(distinct coalesce(payload->>'ownerId', payload->>'agentId')) as owners
     from event where type like 'Work%' group by 1`,
    );
    const ever = (of: (row: (typeof stood)[number]) => boolean) => new Set(stood.filter(of).map((row) => row.id));
    const may = new Map<Role, Set<string>>([
      [everything, ever(() => true)],
      [nightly, ever((row) => row.queues.includes(nights.queueId))],
      [byTeam, ever((row) => row.queues.includes(care))],
      [none, new Set()],
      [own, ever((row) => row.owners.includes(own.id))],
      [reader, ever((row) => row.queues.includes(care))],
    ]);
    const counts: Record<string, number> = {};
    for (const screen of screens) {
      const { role } = screen;
      const about = screen.heard.flatMap((h) => h.data.conversationId ?? []);
      counts[role.name] = about.length;
      expect([role.name, about.filter((id) => !may.get(role)!.has(id))]).toEqual([role.name, []]);
      expect(await screen.differences()).toEqual([]);
      // And once more after what was stale is fetched: nothing moves any more.
      await screen.refetch();
      expect([...screen.stale]).toEqual([]);
      await screen.disconnect();
    }
    expect(counts[none.name]).toBe(0);
    for (const role of [everything, nightly, byTeam, own, reader]) expect(counts[role.name]).toBeGreaterThan(0);
    // Everybody but who sees all was spared something.
    expect(counts[nightly.name]).toBeLessThan(counts[everything.name]!);
    await story.clear();
  },
  120_000 + STEPS * 500,
);
