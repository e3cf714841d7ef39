import { afterAll, describe, expect, it } from "vitest";
import { joinTeam, leaveTeam, teamsOf } from "#modules/people";
import {
  addCapacityProfile,
  changeCapacityProfile,
  desksSeen,
  giveCapacity,
  presenceSpans,
  presencesOf,
  setPresence,
  takeCapacityBack,
} from "#modules/workforce";
import { HOUR, MINUTE, SECOND } from "#platform/clock";
import { openTestDatabase } from "../../../tests/support/database.ts";
import { routingTown } from "../../../tests/support/routing-town.ts";
import { fireTimers } from "../../../tests/support/timers.ts";
import { timers as presenceTimers } from "../workforce/index.ts";
import { acceptOffer } from "./routing.ts";
import { timers as routingTimers } from "./timers.ts";

const world = openTestDatabase();
const { db, clock } = world;
afterAll(() => db.close());
const timers = { ...presenceTimers, ...routingTimers };

async function town(...names: string[]) {
  const t = await routingTown(world, names);
  const pass = async (ms: number) => {
    clock.advance(ms);
    await fireTimers(db, t.accountId, timers);
    await t.read();
  };
  const accept = async (name: string) => {
    const offer = (await t.offers(name))[0]!;
    await t.run((tx) => acceptOffer(tx, { offerId: offer.offerId, agentId: t.agents[name]! }));
  };
  const state = async (name: string) => (await t.run((tx) => presencesOf(tx))).get(t.agents[name]!)!;
  const be = async (name: string, state: "away" | "break" | "busy" | "available" | "offline") => {
    await t.run((tx) => setPresence(tx, { agentId: t.agents[name]!, state, by: t.agents[name]! }));
    await t.read();
  };
  return { ...t, pass, accept, state, be };
}

describe("work of whoever is not available", () => {
  it("goes back after a while where the customer waits, with its place; what is put aside stays", async () => {
    const t = await town("Ana", "Ben");
    await t.be("Ben", "busy");
    const post = t.episode();
    await t.opened(post);
    await t.accept("Ana");
    const before = await t.work(post);
    await t.be("Ana", "away");
    await t.pass(9 * MINUTE);
    expect((await t.work(post)).ownerId).toBe(t.agents.Ana);
    await t.be("Ben", "available");
    await t.pass(MINUTE);
    const after = await t.work(post);
    expect([after.state, after.offer?.agentId, after.t0, after.due]).toEqual([
      ...["offered", t.agents.Ben],
      ...[before.t0, before.due],
    ]);
  });
  it("stays with an owner who came back in time, and with one who is busy", async () => {
    const t = await town("Ana");
    const post = t.episode();
    await t.opened(post);
    await t.accept("Ana");
    await t.be("Ana", "break");
    await t.pass(29 * MINUTE);
    await t.be("Ana", "available");
    await t.pass(HOUR);
    await t.be("Ana", "busy");
    await t.pass(HOUR);
    expect(await t.work(post)).toMatchObject({ state: "active", ownerId: t.agents.Ana });
  });
});

describe("a desk that nobody has open any more", () => {
  it("makes its agent away and takes back what is held out; whoever opens it again is back", async () => {
    const t = await town("Ana");
    const ana = t.agents.Ana!;
    await t.run((tx) => desksSeen(tx, [ana]));
    await t.opened(t.episode());
    expect(await t.offers("Ana")).toHaveLength(1);
    await t.pass(119 * SECOND);
    expect((await t.state("Ana")).state).toBe("available");
    // A sign of life puts it off, whichever process it came from.
    await t.run((tx) => desksSeen(tx, [ana]));
    await t.pass(119 * SECOND);
    expect((await t.state("Ana")).state).not.toBe("away");
    await t.pass(SECOND);
    expect(await t.state("Ana")).toMatchObject({
      state: "away",
      reason: "The desk was closed or lost its connection.",
    });
    expect(await t.offers("Ana")).toEqual([]);
    await t.run((tx) => desksSeen(tx, [ana]));
    await t.read();
    expect((await t.state("Ana")).state).toBe("available");
    expect(await t.offers("Ana")).toHaveLength(1);
    await t.pass(2 * MINUTE);
    await t.pass(HOUR);
    expect((await t.state("Ana")).state).toBe("offline");
  });
  it("leaves in peace who never had one, and does not call back who left on purpose", async () => {
    const t = await town("Ana", "Ben");
    await t.be("Ana", "away");
    await t.run((tx) => desksSeen(tx, [t.agents.Ana!]));
    await t.pass(10 * MINUTE);
    expect([(await t.state("Ana")).state, (await t.state("Ben")).state]).toEqual(["away", "available"]);
  });
  it("is told in the spans of the day", async () => {
    const t = await town("Ana");
    const from = clock.now();
    await t.run((tx) => desksSeen(tx, [t.agents.Ana!]));
    await t.pass(2 * MINUTE);
    await t.pass(HOUR);
    const spans = await t.run((tx) => presenceSpans(tx, t.agents.Ana!, from, clock.now() + HOUR));
    expect(spans.map(({ state, from: a, to }) => [state, to - a])).toEqual([
      ["available", 2 * MINUTE],
      ["away", HOUR],
    ]);
  });
});

describe("a capacity profile", () => {
  const profile = {
    name: "Mails only",
    budget: 100,
    limits: { phone: 0, chat: 0, dm: 0, public: 0, email: 2 },
    apart: [],
  };
  it("of a team decides what is held out to its people, from its day on, and an own one goes before it", async () => {
    const t = await town("Ana");
    const ana = t.agents.Ana!;
    const teamId = (await t.run(teamsOf))[0]!.id;
    const mails = await t.run((tx) => addCapacityProfile(tx, profile));
    const wish = { profileId: mails.id, subjectKind: "team" as const, subjectId: teamId, validUntil: null };
    await t.run((tx) => giveCapacity(tx, { ...wish, validFrom: clock.now() + HOUR }));
    await t.read();
    expect((await t.state("Ana")).limits).toEqual({});
    await t.pass(HOUR);
    expect(await t.state("Ana")).toMatchObject({ profileId: mails.id, limits: profile.limits });
    const [post, mail] = [t.episode(), t.episode({ medium: "email", visibility: "private" })];
    await t.opened(post, mail);
    expect((await t.offers("Ana")).map((o) => o.work.id)).toEqual([(await t.work(mail)).id]);
    const all = await t.run((tx) => addCapacityProfile(tx, { ...profile, name: "Everything", limits: {} }));
    const own = { ...wish, profileId: all.id, subjectKind: "agent" as const, subjectId: ana, validFrom: null };
    const given = await t.run((tx) => giveCapacity(tx, own));
    await t.read();
    expect(await t.offers("Ana")).toHaveLength(2);
    await t.run((tx) => takeCapacityBack(tx, given.id));
    await t.read();
    expect((await t.state("Ana")).profileId).toBe(mails.id);
    await t.run((tx) => leaveTeam(tx, ana, teamId));
    await t.read();
    expect(await t.state("Ana")).toMatchObject({ profileId: null, limits: {}, budget: 100 });
    await t.run((tx) => joinTeam(tx, ana, teamId));
    await t.read();
    expect((await t.state("Ana")).profileId).toBe(mails.id);
  });
  it("keeps kinds apart, and counts anew for all who have it when it changes", async () => {
    const t = await town("Ana");
    const one = { ...profile, name: "One at a time", limits: {}, apart: [["public" as const, "dm" as const]] };
    const made = await t.run((tx) => addCapacityProfile(tx, one));
    const wish = { profileId: made.id, subjectKind: "agent" as const, subjectId: t.agents.Ana!, validUntil: null };
    await t.run((tx) => giveCapacity(tx, { ...wish, validFrom: null }));
    await t.read();
    const [post, dm] = [t.episode(), t.episode({ medium: "dm", visibility: "private" })];
    await t.opened(post);
    await t.opened(dm);
    expect((await t.offers("Ana")).map((o) => o.work.id)).toEqual([(await t.work(post)).id]);
    await t.run((tx) => changeCapacityProfile(tx, made.id, 1, { ...one, apart: [] }));
    await t.read();
    expect(await t.offers("Ana")).toHaveLength(2);
    await expect(t.run((tx) => changeCapacityProfile(tx, made.id, 1, one))).rejects.toThrow("changed");
    await expect(t.run((tx) => addCapacityProfile(tx, { ...one, name: "ONE at a time" }))).rejects.toThrow("already");
  });
});
