import { type Random, seeded } from "../../scenarios/random.ts";
import { staleAfter } from "../../web/app/live-dispatch.ts";
import type { ApiClient, Json } from "./api-client.ts";
import { eventually } from "./eventually.ts";
import { type Heard, type LiveStream, listen } from "./live-client.ts";
import { conversationOf, GERMAN, type Nights, type Role, rightsFor, roleWith } from "./roles.ts";
import type { Desk } from "./server.ts";
import { OUTAGE, type Story } from "./story.ts";

const path = (id: string, rest = "") => `/api/desk/conversations/${id}${rest}`;

/** What a browser keeps: answers by query key, thrown away when an event touches them. The touching is the desk's own. */
class KeptScreen {
  readonly role: Role;
  readonly kept = new Map<string, string>();
  readonly stale = new Set<string>();
  readonly heard: Heard[] = [];
  stream: LiveStream | null = null;
  drops = 0;
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
    this.drops++;
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
  /** Closes it: what was kept of it is gone. */
  forgets(conversationId: string): void {
    const key = `["conversation","${conversationId}"]`;
    this.queries.delete(key);
    this.kept.delete(key);
    this.stale.delete(key);
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
  /** What is kept, not stale, and not what a fresh fetch brings. */
  async differences(): Promise<string[]> {
    const found: string[] = [];
    for (const [key, kept] of this.kept) {
      if (this.stale.has(key)) continue;
      const fresh = await this.fetch(this.queries.get(key)!);
      if (fresh !== kept) found.push(`${this.role.name} ${key}\n  kept  ${kept}\n  fresh ${fresh}`);
    }
    return found;
  }
}

/** Who sits before them: one who may see all, four who see a part by queue, team, hand and reading alone, and nobody. */
interface Crowd {
  everything: Role;
  nightly: Role;
  byTeam: Role;
  none: Role;
  own: Role;
  reader: Role;
}

export async function crowdOf(desk: Desk, nights: Nights, suffix: string): Promise<Crowd> {
  const { queueId: care, teamId: careTeam } = desk.company;
  const read = ["work.read", "conversation.read", "customer.read"];
  const name = (who: string) => `${who}${suffix}`;
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
  return { everything, nightly, byTeam, none, own, reader };
}

const FEW = 3;
const MOST = 7;

interface Walk {
  screens: KeptScreen[];
  /** One step: somebody writes or somebody acts, a line drops or comes back, a screen fetches what is stale. */
  step(): Promise<void>;
  /** Everybody is on the line again and has been told everything. */
  told(): Promise<void>;
}

/** Chance moves all of it; the same seed makes the same choices. */
export async function keptWalk(desk: Desk, story: Story, nights: Nights, crowd: Crowd, seed: string): Promise<Walk> {
  const random: Random = seeded(`rights ${seed}`);
  const { queueId: care } = desk.company;
  const { nightly, own } = crowd;
  const screens = Object.values(crowd).map((role: Role) => new KeptScreen(role));
  const marek: ApiClient = await desk.as("marek");
  const conversations: string[] = [];
  let steps = 0;
  await Promise.all(screens.map((s) => s.connect()));

  async function arrives(): Promise<void> {
    const who = await story.newcomer();
    await desk.network.post(who, random.chance(0.5) ? GERMAN : OUTAGE);
    const row = await eventually("it waits", () => conversationOf(marek, who));
    conversations.push(row.conversationId);
    for (const s of screens) s.knows(row.conversationId);
  }
  async function act(id: string): Promise<void> {
    const view = await marek.get(path(id));
    const expectedVersion = view.work?.version;
    const command = random.pick<[string, Json]>([
      ["/notes", { text: "One more" }],
      ["/assign", { to: { kind: "queue", queueId: care }, note: "", expectedVersion }],
      ["/assign", { to: { kind: "queue", queueId: nights.queueId }, note: "", expectedVersion }],
      ["/assign", { to: { kind: "agent", agentId: own.id }, note: "", expectedVersion }],
      ["/assign", { to: { kind: "agent", agentId: desk.company.agents.marek }, note: "x", expectedVersion }],
      ["/take", { expectedVersion }],
      ["/release", { expectedVersion }],
      ["/resolve", { outcome: "solved", expectedVersion }],
      ["/open", { reason: "They called" }],
    ]);
    // What the present state does not allow is refused, and changes nothing.
    const { status, text } = await marek.send("POST", path(id, command[0]), command[1]);
    if (status >= 500) throw new Error(text);
  }
  /** The oldest is done with; whoever had it open closes it. */
  async function ends(): Promise<void> {
    const id = conversations.shift()!;
    const { work } = await marek.get(path(id));
    if (work)
      await marek.do("POST", path(id, "/resolve"), { outcome: "no-answer-needed", expectedVersion: work.version });
    for (const s of screens) s.forgets(id);
  }
  /** A right that comes and goes in the middle. */
  async function turnRight(): Promise<void> {
    const grantId = nightly.grantIds.get("conversation.read");
    if (grantId) {
      await marek.do("DELETE", `/api/grants/${grantId}`);
      nightly.grantIds.delete("conversation.read");
      return;
    }
    const [right] = rightsFor("queue", nights.queueId, "conversation.read");
    const made = await marek.do("POST", "/api/grants", { subjectKind: "agent", subjectId: nightly.id, ...right });
    nightly.grantIds.set("conversation.read", made.id);
  }

  return {
    screens,
    async step() {
      if (conversations.length < FEW || (conversations.length < MOST && random.chance(0.15))) await arrives();
      else await act(random.pick(conversations));
      const screen = random.pick(screens);
      if (random.chance(0.3)) {
        if (screen.stream) await screen.disconnect();
        else await screen.connect();
      }
      if (random.chance(0.5)) await random.pick(screens).refetch();
      if (steps % 20 === 10) await turnRight();
      // A long walk goes on to new matters; what a conversation has gathered would else be all that is fetched.
      if (++steps % 60 === 0) await ends();
    },
    async told() {
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
    },
  };
}
