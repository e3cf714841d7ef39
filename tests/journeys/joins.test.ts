import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkAccount } from "../../server/app/check.ts";
import { contentHash } from "../../server/app/content-hash.ts";
import { sweepFiles } from "../../server/modules/channels/index.ts";
import type { ApiClient, Json } from "../support/api-client.ts";
import { eventually } from "../support/eventually.ts";
import { type Nights, openNights, rightsFor, roleWith } from "../support/roles.ts";
import { type Desk, openDesk } from "../support/server.ts";
import { messagesOf, type Story, storyOf } from "../support/story.ts";

let desk: Desk;
let story: Story;
let nights: Nights;
beforeAll(async () => {
  desk = await openDesk();
  story = storyOf(desk);
  nights = await openNights(desk);
});
afterAll(() => desk?.stop());

const path = (id: string, rest = "") => `/api/desk/conversations/${id}${rest}`;
const hash = async () => {
  await desk.quiet();
  return contentHash(desk.db, desk.company.accountId);
};
async function figures(who: ApiClient): Promise<Json> {
  await desk.quiet();
  const day = 86_400_000;
  const span = `from=${new Date(desk.clock.now() - day).toISOString()}&to=${new Date(desk.clock.now() + day).toISOString()}`;
  const { figures } = await who.get(`/api/insights/figures?${span}`);
  return Object.fromEntries(
    figures.map(({ key, value, parts, rows, series }: Json) => [key, { value, parts, rows, series }]),
  );
}
/** Asks what would follow, and does it with the versions that the preview saw. */
async function joinWith(who: ApiClient, id: string, ask: Json): Promise<Json> {
  const preview = await who.do("POST", path(id, "/joins/preview"), ask);
  const done = await who.do("POST", path(id, "/joins"), { ...ask, expected: preview.expected });
  await desk.quiet();
  return { preview, ...done };
}
const undo = async (who: ApiClient, done: Json) => {
  const undone = await who.do("POST", `/api/desk/joins/${done.act.id}/undo`);
  await desk.quiet();
  return undone;
};

describe("two matters that are one", () => {
  it("become one with one owner, old addresses lead there, the figures follow, and all of it comes back", async () => {
    const priya = await desk.as("priya");
    const marek = await desk.as("marek");
    const dana = await desk.as("dana");
    await desk.presence("dana", "offline");
    const mine = await story.taken("@northwind my parcel has not come for a week now, where is it?");
    await desk.presence("priya", "offline");
    await desk.presence("dana", "available");
    const hers = await story.taken("@northwind you have not sent what I ordered, when does it come?", "dana");
    await dana.do("POST", path(hers.conversationId, "/notes"), { text: "Asked the carrier." });
    await dana.do("PUT", path(hers.conversationId, "/draft"), {
      ...{ audience: "public", text: "We have", answersMessageId: null, expectedVersion: 0 },
    });
    const start = await hash();
    const before = await figures(marek);
    const number = hers.view.number;

    const merged = await joinWith(priya, mine.conversationId, { kind: "merge", otherId: hers.conversationId });
    expect(merged.preview).toMatchObject({
      ...{ into: { id: mine.conversationId }, from: { number }, messages: 1, notes: 1 },
      owner: { before: "Priya Nair", after: "Priya Nair" },
    });
    expect(merged.preview.episodes.map((e: Json) => e.what).sort()).toEqual(["goes-on", "goes-on-in-another"]);
    expect(merged.preview.warnings.map((w: Json) => w.code)).toContain("two-customers");
    const together = await priya.get(path(mine.conversationId));
    expect(messagesOf(together)).toHaveLength(2);
    expect(together.timeline.filter((e: Json) => e.type === "note")).toHaveLength(1);
    expect(together.work.owner.name).toBe("Priya Nair");
    expect((await dana.get(path(hers.conversationId))).id).toBe(mine.conversationId);
    expect((await dana.get(path(mine.conversationId))).draft.text).toBe("We have");
    expect((await dana.get(`/api/desk/numbers/${number}`)).id).toBe(mine.conversationId);
    expect((await dana.get("/api/desk/work?view=mine")).items).toEqual([]);
    const after = await figures(marek);
    for (const key of ["episodes-opened", "conversations-worked", "backlog"])
      expect([key, after[key].value]).toEqual([key, before[key].value - 1]);

    await undo(dana, merged);
    expect(await figures(marek)).toEqual(before);
    expect(await hash()).toEqual(start);
    const back = await dana.get(path(hers.conversationId));
    expect(back).toMatchObject({
      id: hers.conversationId,
      number,
      draft: { text: "We have" },
      work: { owner: { name: "Dana Okafor" } },
    });
    expect((await priya.get(path(mine.conversationId))).timeline.some((e: Json) => e.type === "note")).toBe(false);
    const board = await priya.get(path(mine.conversationId, "/joins"));
    expect(board.acts).toMatchObject([{ kind: "merge", by: "Priya Nair", undone: { by: "Dana Okafor" } }]);
    const twice = await priya.send("POST", `/api/desk/joins/${merged.act.id}/undo`);
    expect(twice.status).toBe(409);
    expect(twice.body.detail).toMatch(/^Dana Okafor took back .* that Priya Nair merged/);
    await story.clear();
  });

  it("the second of two agents is told who did what", async () => {
    const [priya, marek] = [await desk.as("priya"), await desk.as("marek")];
    await desk.presence("dana", "offline");
    await desk.presence("priya", "available");
    const [a, b] = [await story.taken(), await story.taken()];
    const preview = await priya.do("POST", path(a.conversationId, "/joins/preview"), {
      kind: "merge",
      otherId: b.conversationId,
    });
    const ask = (kind: string, id: string, otherId: string) => ({ kind, otherId, expected: preview.expected, id });
    const [one, two] = [
      ask("merge", a.conversationId, b.conversationId),
      ask("merge", b.conversationId, a.conversationId),
    ];
    const sent = await Promise.all([
      priya.send("POST", path(one.id, "/joins"), { kind: one.kind, otherId: one.otherId, expected: one.expected }),
      marek.send("POST", path(two.id, "/joins"), { kind: two.kind, otherId: two.otherId, expected: two.expected }),
    ]);
    expect(sent.map((s) => s.status).sort()).toEqual([201, 409]);
    const lost = sent.find((s) => s.status === 409)!;
    expect(lost.body.code).toBe("version-conflict");
    expect(lost.body.detail).toMatch(/(Priya Nair|Marek Wolski) merged C-\d+ into C-\d+ \d+ s ago/);
    await story.clear();
  });

  it("a reply on its way goes along, is answered where it is now, and the answer of the customer finds it", async () => {
    const priya = await desk.as("priya");
    await desk.presence("dana", "offline");
    await desk.presence("priya", "available");
    const [a, b] = [await story.taken(), await story.taken()];
    const { body: reply } = await story.reply(b.conversationId, "It comes tomorrow.");
    const merged = await joinWith(priya, a.conversationId, { kind: "merge", otherId: b.conversationId });
    expect(merged.preview.onTheirWay).toBe(1);
    desk.travel(60_000);
    await story.replyState(reply.replyId, "sent");
    const view = await eventually("our words stand in it", async () => {
      const now = await priya.get(path(a.conversationId));
      return messagesOf(now).some((m: Json) => m.direction === "out") && now;
    });
    expect(messagesOf(view)).toHaveLength(3);
    await desk.network.post(b.who, "@northwind and what of the second one?", b.post.id);
    await desk.quiet();
    expect((await priya.get(path(b.conversationId))).id).toBe(a.conversationId);
    await story.clear();
  });
  it("the files of a draft go along with it, are kept for as long, and come back with it", async () => {
    const priya = await desk.as("priya");
    const [here, there] = [await story.taken(), await story.taken()];
    const file = await priya.ask("/api/desk/files", {
      ...{ method: "POST", raw: "12.30 EUR" },
      headers: { ...priya.csrf, "content-type": "text/plain", "x-file-name": "bill.txt" },
    });
    const id = (file.body as Json).id;
    const write = async (at: string, files: Json[]) =>
      priya.do("PUT", path(at, "/draft"), {
        ...{ audience: "public", text: "We have", answersMessageId: null, files },
        expectedVersion: (await priya.get(path(at))).draft?.version ?? 0,
      });
    await write(there.conversationId, [{ id, alt: "" }]);
    const done = await joinWith(priya, here.conversationId, { kind: "merge", otherId: there.conversationId });
    await write(here.conversationId, [{ id, alt: "" }]);
    await undo(priya, done);
    // A draft of her own where the other one stood meanwhile.
    await write(here.conversationId, []);
    await desk.db.withAccount(desk.company.accountId, (tx) => sweepFiles(tx, tx.now + 2 * 86_400_000));
    expect((await priya.get(path(there.conversationId))).draft.files).toMatchObject([{ id, state: "here" }]);
    await story.clear();
  });
});

it("any mix of two agents' acts, with answers and owners in it, is taken back without a trace", {
  timeout: 180_000,
}, async () => {
  const agents = [await desk.as("priya"), await desk.as("marek")] as const;
  const [priya, marek] = agents;
  await desk.presence("dana", "offline");
  await desk.presence("priya", "available");
  const matters = [await story.taken(), await story.taken(), await story.taken()];
  const answered = await story.reply(matters[1]!.conversationId, "It comes tomorrow.");
  desk.travel(60_000);
  await story.replyState(answered.body.replyId, "sent");
  await desk.network.post(matters[0]!.who, "@northwind and my bill is wrong, too!", matters[0]!.post.id);
  await story.resolve(matters[2]!.conversationId);
  await desk.network.post(matters[2]!.who, "@northwind it is down again, please help me", matters[2]!.post.id);
  await desk.quiet();
  const [start, before] = [await hash(), await figures(marek)];
  const works = async () => {
    const { items } = await marek.get("/api/desk/work?view=all&limit=100");
    return new Set(items.map((row: Json) => `${row.conversationId} ${row.episodeId}`));
  };
  const waiting = await works();
  let state = 11;
  const draw = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state >> 8) % below;
  };
  const acts: string[] = [];
  let made = 0;
  for (let i = 0; i < 40; i++) {
    desk.travel(1_000);
    const who = agents[draw(2)]!;
    if (draw(4) === 0 && acts.length > 0) {
      await who.do("POST", `/api/desk/joins/${acts.splice(draw(acts.length), 1)[0]}/undo`);
      continue;
    }
    const rows = await desk.database.query<{ id: string; c: string }>(
      "select message_id as id, conversation_id as c from placement where conversation_id is not null and account_id = $1 order by 1",
      [desk.company.accountId],
    );
    const living = [...new Set(rows.map((r) => r.c))].sort();
    const [id, otherId] = [living[draw(living.length)]!, living[draw(living.length)]!];
    const kind = ["merge", "split", "move", "split"][draw(4)]!;
    const messageIds = rows.filter((r) => r.c === id && draw(2) === 0).map((r) => r.id);
    const ask = { kind, otherId: kind === "split" ? null : otherId, messageIds: kind === "merge" ? [] : messageIds };
    const preview = await who.send("POST", path(id, "/joins/preview"), ask);
    if (preview.status !== 200) continue;
    const done = await who.do("POST", path(id, "/joins"), { ...ask, expected: preview.body.expected });
    acts.push(done.act.id);
    made++;
    await desk.quiet();
  }
  expect(made).toBeGreaterThan(10);
  expect(await checkAccount(desk.db, desk.company.accountId)).toEqual([]);
  while (acts.length > 0)
    await agents[draw(2)]!.do("POST", `/api/desk/joins/${acts.splice(draw(acts.length), 1)[0]}/undo`);
  await desk.quiet();
  expect(await checkAccount(desk.db, desk.company.accountId)).toEqual([]);
  expect(await works()).toEqual(waiting);
  expect(await figures(marek)).toEqual(before);
  expect(await hash()).toEqual(start);
  expect((await priya.get(path(matters[0]!.conversationId))).work.owner.name).toBe("Priya Nair");
  await story.clear();
});

describe("rights", () => {
  it("a partner neither merges nor finds what the partner may not see", async () => {
    const rights = rightsFor("queue", nights.queueId, "work.read", "work.take", "conversation.read");
    const petra = await roleWith(desk, "Petra", rights, { teamIds: [nights.teamId] });
    const marek = await desk.as("marek");
    await desk.presence("dana", "offline");
    await desk.presence("priya", "available");
    const [hidden, other] = [await story.taken(), await story.taken()];
    await marek.do("POST", path(other.conversationId, "/assign"), {
      ...{ to: { kind: "queue", queueId: nights.queueId }, note: "" },
      expectedVersion: (await marek.get(path(other.conversationId))).work.version,
    });
    await desk.quiet();
    await petra.browser.get(path(other.conversationId));
    for (const rest of ["/joins/preview", "/joins"]) {
      const body = {
        kind: "merge",
        otherId: hidden.conversationId,
        ...(rest === "/joins" && { expected: { [hidden.conversationId]: 1, [other.conversationId]: 1 } }),
      };
      const sent = await petra.browser.send("POST", path(other.conversationId, rest), body);
      expect([sent.status, sent.body.code]).toEqual([404, "not-found"]);
    }
    expect((await petra.browser.ask(`/api/desk/numbers/${hidden.view.number}`)).status).toBe(404);
    const merged = await joinWith(marek, hidden.conversationId, { kind: "link", otherId: other.conversationId });
    expect((await petra.browser.get(path(other.conversationId, "/joins"))).linked).toEqual([]);
    expect((await petra.browser.send("POST", `/api/desk/joins/${merged.act.id}/undo`)).status).toBe(404);
    expect((await marek.get(path(other.conversationId, "/joins"))).linked).toMatchObject([
      { id: hidden.conversationId },
    ]);
    await story.clear();
  });

  it("who has rights in one queue alone puts together and apart what stands there, and loses nothing out of sight", async () => {
    const rights = rightsFor("queue", nights.queueId, "work.read", "work.take", "conversation.read");
    const { browser: nia } = await roleWith(desk, "Nia", rights, { teamIds: [nights.teamId] });
    const marek = await desk.as("marek");
    await desk.presence("dana", "offline");
    await desk.presence("priya", "available");
    const [day, one, two] = [await story.taken(), await story.taken(), await story.taken()];
    const { body: said } = await story.reply(one.conversationId, "Which street is it?");
    desk.travel(60_000);
    await story.replyState(said.replyId, "sent");
    await desk.network.post(one.who, "@northwind it is Mill Lane 4", one.post.id);
    await desk.quiet();
    for (const { conversationId } of [one, two])
      await marek.do("POST", path(conversationId, "/assign"), {
        ...{ to: { kind: "queue", queueId: nights.queueId }, note: "" },
        expectedVersion: (await marek.get(path(conversationId))).work.version,
      });
    await desk.quiet();
    const start = await hash();

    // Both stand in her queue: she merges them, finds them under either address, and takes it back.
    const merged = await joinWith(nia, one.conversationId, { kind: "merge", otherId: two.conversationId });
    expect((await nia.get(path(two.conversationId))).id).toBe(one.conversationId);
    expect((await nia.get("/api/desk/work?view=all&limit=100")).items).toMatchObject([
      { conversationId: one.conversationId },
    ]);
    await undo(nia, merged);
    expect(await hash()).toEqual(start);

    // What is split off is queued by the rules, or stands in no queue when nobody waits: she is told that she may not see it, and takes it back.
    const asked = messagesOf(await nia.get(path(one.conversationId)));
    const waits = asked.at(-1)!;
    for (const id of [waits.id, asked[0].id]) {
      const split = await joinWith(nia, one.conversationId, { kind: "split", messageIds: [id] });
      expect(split.preview.warnings.find((w: Json) => w.code === "out-of-sight").text).toMatch(
        /queued anew by the rules/,
      );
      const seen = await Promise.all([split.conversationId, one.conversationId].map((c) => nia.ask(path(c))));
      expect(seen.map((answer) => answer.status).sort()).toEqual([200, 404]);
      await undo(nia, split);
      expect(messagesOf(await nia.get(path(one.conversationId)))).toHaveLength(3);
    }
    expect(await hash()).toEqual(start);

    // Into what stands elsewhere nothing can be moved, and nothing of it be taken; it is not even there.
    for (const [id, ask] of [
      [one.conversationId, { kind: "move", otherId: day.conversationId, messageIds: [waits.id] }],
      [one.conversationId, { kind: "link", otherId: day.conversationId }],
      [day.conversationId, { kind: "merge", otherId: one.conversationId }],
      [day.conversationId, { kind: "split", messageIds: [messagesOf(day.view)[0].id] }],
    ] as const) {
      const refused = await nia.send("POST", path(id, "/joins/preview"), ask);
      expect([ask.kind, refused.status, refused.body.code]).toEqual([ask.kind, 404, "not-found"]);
    }
    // Somebody with wider rights puts one of hers elsewhere: from then on it is out of her sight, and its act out of her hands.
    const away = await joinWith(marek, day.conversationId, { kind: "merge", otherId: two.conversationId });
    expect((await nia.ask(path(two.conversationId))).status).toBe(404);
    expect((await nia.send("POST", `/api/desk/joins/${away.act.id}/undo`)).status).toBe(404);
    await undo(marek, away);
    expect((await nia.get(path(two.conversationId))).id).toBe(two.conversationId);
    expect(await hash()).toEqual(start);
    await story.clear();
  });
});
