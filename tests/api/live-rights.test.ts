import { afterAll, beforeAll, expect, it } from "vitest";
import { seeded } from "../../scenarios/random.ts";
import { staleAfter } from "../../web/app/live-dispatch.ts";
import type { Json } from "../support/api-client.ts";
import { eventually } from "../support/eventually.ts";
import { type Heard, type LiveStream, listen } from "../support/live-client.ts";
import { conversationOf, GERMAN, type Nights, openNights, type Role, rightsFor, roleWith } from "../support/roles.ts";
import { type Desk, openDesk } from "../support/server.ts";
import { OUTAGE, type Story, storyOf } from "../support/story.ts";

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

const path = (id: string, rest = "") => `/api/desk/conversations/${id}${rest}`;

/** What a browser keeps: answers by query key, thrown away when an event touches them. The touching is the desk's own. */
class Screen {
  readonly role: Role;
  readonly kept = new Map<string, string>();
  readonly stale = new Set<string>();
  readonly heard: Heard[] = [];
  stream: LiveStream | null = null;
  #last: number | null = null;
  readonly queries = new Map<string, string>([
    ['["work","mine"]', "/api/desk/work?view=mine&limit=100"],
    ['["work","all"]', "/api/desk/work?view=all&limit=100"],
    ['["offers"]', "/api/offers"],
  ]);
  constructor(role: Role) {
    this.role = role;
  }
  async connect(): Promise<void> {
    this.stream = await listen(this.role.browser, this.#last, (one) => this.#hear(one));
    const { stream } = this;
    // A first stream begins somewhere: its first heartbeat tells where.
    if (this.#last === null)
      this.#last = await eventually("the first heartbeat", () => {
        const at = /^hb (\d+)/.exec(stream.beats[0] ?? "")?.[1];
        return at === undefined ? null : Number(at);
      });
  }
  async disconnect(): Promise<void> {
    this.stream?.cut();
    await this.stream?.ended;
    this.stream = null;
  }
  #hear(one: Heard): void {
    this.heard.push(one);
    this.#last = one.id;
    const reset = one.event === "reset";
    const keys = reset ? [] : staleAfter(one.data as never).map((key) => JSON.stringify(key).slice(0, -1));
    for (const key of this.queries.keys())
      if (reset || keys.some((start) => key === `${start}]` || key.startsWith(`${start},`))) this.stale.add(key);
  }
  knows(conversationId: string): void {
    this.queries.set(`["conversation","${conversationId}"]`, path(conversationId));
  }
  /** What is not kept or stale is fetched; what is heard meanwhile makes it stale again. */
  async refetch(): Promise<void> {
    for (const [key, url] of this.queries) {
      if (this.kept.has(key) && !this.stale.has(key)) continue;
      this.stale.delete(key);
      this.kept.set(key, await this.fetch(url));
    }
  }
  async fetch(url: string): Promise<string> {
    const { status, body } = await this.role.browser.ask(url);
    // What I have looked at myself is mine to know; trace ids are of the request.
    return JSON.stringify([status, body], (name, value) => (/^(unread|traceId)$/.test(name) ? undefined : value));
  }
}

it.each(["one", "two"])(
  "whoever sees less hears less, and a kept screen equals a fresh one (seed %s)",
  async (seed) => {
    const random = seeded(`rights ${seed}`);
    const { queueId: care, teamId: careTeam } = desk.company;
    const read = ["work.read", "conversation.read", "customer.read"];
    const name = (who: string) => `${who}${seed}`;
    const [everything, nightly, byTeam, none, own, reader] = await Promise.all([
      roleWith(desk, name("Ada"), rightsFor("account", null, ...read)),
      roleWith(desk, name("Nia"), rightsFor("queue", nights.queueId, ...read)),
      roleWith(desk, name("Tess"), rightsFor("team", careTeam, ...read)),
      roleWith(desk, name("Nobody"), []),
      roleWith(desk, name("Omar"), [
        ...rightsFor("own", null, ...read),
        ...rightsFor("team", careTeam, "work.take"),
        ...rightsFor("team", nights.teamId, "work.take"),
      ]),
      roleWith(desk, name("Rhea"), rightsFor("queue", care, "conversation.read")),
    ]);
    await desk.quiet();
    const screens = [everything, nightly, byTeam, none, own, reader].map((role) => new Screen(role!));
    const marek = await desk.as("marek");
    const conversations: string[] = [];
    await Promise.all(screens.map((s) => s.connect()));

    async function arrives(): Promise<void> {
      const who = await story.newcomer();
      await desk.network.post(who, random.chance(0.5) ? GERMAN : OUTAGE);
      const row = await eventually("it waits", () => conversationOf(marek, who));
      conversations.push(row.conversationId);
      for (const s of screens) s.knows(row.conversationId);
    }
    const act = async (id: string): Promise<void> => {
      const view = await marek.get(path(id));
      const expectedVersion = view.work?.version;
      const command = random.pick<[string, Json]>([
        ["/notes", { text: "One more" }],
        ["/assign", { to: { kind: "queue", queueId: care }, note: "", expectedVersion }],
        ["/assign", { to: { kind: "queue", queueId: nights.queueId }, note: "", expectedVersion }],
        ["/assign", { to: { kind: "agent", agentId: own!.id }, note: "", expectedVersion }],
        ["/assign", { to: { kind: "agent", agentId: desk.company.agents.marek }, note: "x", expectedVersion }],
        ["/take", { expectedVersion }],
        ["/release", { expectedVersion }],
        ["/resolve", { outcome: "solved", expectedVersion }],
        ["/open", { reason: "They called" }],
      ]);
      // What the present state does not allow is refused, and changes nothing.
      const { status, text } = await marek.send("POST", path(id, command[0]), command[1]);
      if (status >= 500) throw new Error(text);
    };

    for (let step = 0; step < 60; step++) {
      if (conversations.length < 3 || (conversations.length < 7 && random.chance(0.15))) await arrives();
      else await act(random.pick(conversations));
      const screen = random.pick(screens);
      if (random.chance(0.3)) {
        if (screen.stream) await screen.disconnect();
        else await screen.connect();
      }
      if (random.chance(0.5)) await random.pick(screens).refetch();
      // A right that comes and goes in the middle.
      if (step % 20 === 10) {
        const grantId = nightly!.grantIds.get("conversation.read");
        if (grantId) {
          await marek.do("DELETE", `/api/grants/${grantId}`);
          nightly!.grantIds.delete("conversation.read");
        } else {
          const [right] = rightsFor("queue", nights.queueId, "conversation.read");
          const made = await marek.do("POST", "/api/grants", {
            subjectKind: "agent",
            subjectId: nightly!.id,
            ...right,
          });
          nightly!.grantIds.set("conversation.read", made.id);
        }
      }
    }
    await desk.quiet();
    const [{ head }] = (await desk.database.query("select position::int as head from journal_head")) as [
      { head: number },
    ];
    for (const screen of screens) {
      if (!screen.stream) await screen.connect();
      const { stream } = screen;
      await eventually(`${screen.role.name} is told everything`, () =>
        stream!.beats.some((beat) => Number(/^hb (\d+)/.exec(beat)?.[1]) >= head),
      );
    }

    const stood = await desk.database.query<{ id: string; queues: string[]; owners: string[] }>(
      `select payload->>'conversationId' as id, array_agg(distinct payload->>'queueId') as queues,
       array_agg(distinct coalesce(payload->>'ownerId', payload->>'agentId')) as owners
     from event where type like 'Work%' group by 1`,
    );
    const ever = (of: (row: (typeof stood)[number]) => boolean) => new Set(stood.filter(of).map((row) => row.id));
    const may = new Map<Role, Set<string>>([
      [everything!, ever(() => true)],
      [nightly!, ever((row) => row.queues.includes(nights.queueId))],
      [byTeam!, ever((row) => row.queues.includes(care))],
      [none!, new Set()],
      [own!, ever((row) => row.owners.includes(own!.id))],
      [reader!, ever((row) => row.queues.includes(care))],
    ]);
    const counts: Record<string, number> = {};
    for (const screen of screens) {
      const { role } = screen;
      const about = screen.heard.flatMap((h) => h.data.conversationId ?? []);
      counts[role.name] = about.length;
      expect([role.name, about.filter((id) => !may.get(role)!.has(id))]).toEqual([role.name, []]);
      for (const [key, kept] of screen.kept)
        if (!screen.stale.has(key))
          expect([role.name, key, kept]).toEqual([role.name, key, await screen.fetch(screen.queries.get(key)!)]);
      // And once more after what was stale is fetched: nothing moves any more.
      await screen.refetch();
      expect([...screen.stale]).toEqual([]);
      await screen.disconnect();
    }
    expect(counts[none!.name]).toBe(0);
    for (const role of [everything, nightly, byTeam, own, reader]) expect(counts[role!.name]).toBeGreaterThan(0);
    // Everybody but who sees all was spared something.
    expect(counts[nightly!.name]).toBeLessThan(counts[everything!.name]!);
    await story.clear();
  },
  120_000,
);
