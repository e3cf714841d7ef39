import { afterAll, describe, expect, it } from "vitest";
import { MessageUnderstood } from "#events/listening";
import { enqueueDelivery, messagesById } from "#modules/channels";
import { setSetting } from "#modules/company";
import { handlesOfCustomers } from "#modules/customers";
import { HOUR, iso, MINUTE } from "#platform/clock";
import { json, sql, ts } from "#platform/db";
import { uuidv7 } from "#platform/ids";
import { openTowns, type Town } from "../../../../tests/support/conversation-town.ts";
import { type Line, messageId } from "../../../../tests/support/messages.ts";
import { spokenCode } from "../domain/invite-code.ts";
import { join } from "../joins/joins.ts";
import { conversationsById, placementsOfMessages } from "../read.ts";
import type { Invite } from "../store/invite-store.ts";
import { askForCall, noteCall } from "./calls.ts";
import { invitesOf, makeInvite, noteOpened, onInviteEnds, withdrawInvite } from "./invites.ts";
import { inviteLinks } from "./links.ts";
import { checkCodes, inviteByCode, openedLink } from "./look-up.ts";
import { inviteSetting } from "./settings.ts";

const towns = openTowns();
const { db, clock } = towns;
afterAll(() => db.close());

const agent = uuidv7(0);
/** A customer who wrote in public, and an invite for her. */
async function invited(destination: "dm" | "callback" = "dm") {
  const town = await towns.found();
  const post = later({ ext: "p1", from: "carla", text: "@northwind my parcel A55102 has not come" });
  await towns.hear(town, [post]);
  const conversationId = (await towns.placesOf(town, [post])).get("p1")!.conversationId!;
  const made = await db.withAccount(town.accountId, (tx) =>
    makeInvite(tx, { conversationId, messageId: messageId(town.accountId, post), destination, by: agent }),
  );
  return { town, conversationId, post, ...made };
}
const now = async (town: Town, conversationId: string): Promise<Invite> =>
  (await db.withAccount(town.accountId, (tx) => invitesOf(tx, conversationId)))[0]!;
const later = (line: Omit<Line, "at">, at = clock.now()): Line => ({
  ...line,
  at: at - Date.parse("2026-11-17T09:00:00.000Z") + 1_000,
});
const dm = (from: string, text: string, ext = `dm-${from}`) => later({ ext, from, text, private: true });

/** A reply of ours in the outbox, for a conversation. */
async function written(town: Town, conversationId: string): Promise<string> {
  const disclosure = {
    text: "",
    style: "full-name" as const,
    agentId: agent,
    agentName: "Ada",
    brandName: "Northwind",
  };
  const { deliveryId } = await db.withAccount(town.accountId, (tx) =>
    enqueueDelivery(tx, {
      ...{
        channelId: town.channelId,
        brandId: town.brandId,
        threadKey: "p1",
        text: "x",
        agentId: agent,
        conversationId,
      },
      intent: { op: "reply", toExternalId: "p1", toHandle: "carla", toAuthorId: "carla" },
      permit: {
        policyVersion: 1,
        disclosure: { ...disclosure, locale: "en" },
        approval: null,
        preflightVersion: 1,
        audience: "public",
      },
      ...{ notBefore: tx.now + HOUR, notAfter: tx.now + 2 * HOUR, traceId: null },
    }),
  );
  return deliveryId;
}

/** `listening` has understood what was written down. */
async function understood(town: Town, id: string) {
  await db.withAccount(town.accountId, async (tx) => {
    const [m] = await messagesById(tx, [id]);
    if (!m) throw new Error("there is no such message");
    const labels = { language: "en", noise: false, addressed: "direct", intent: "request", sentiment: "neutral" };
    await sql`insert into understanding (account_id, message_id, model_version, language, writing_direction, noise, addressed, intent, sentiment, risks, gratitude, thanks_only, detail, at)
      values (${tx.accountId}, ${id}, 'test', 'en', 'ltr', false, 'direct', 'request', 'neutral', ${[]}, false, false, ${json({})}::jsonb, ${ts(tx.now)})`.execute(
      tx.tables(),
    );
    tx.announce(MessageUnderstood, {
      ...{ key: m.id, entity: "message", entityId: m.id, entityVersion: 1 },
      payload: {
        ...{ messageId: m.id, channelId: m.channelId, brandId: town.brandId, network: m.network, kind: m.kind },
        ...{ visibility: m.visibility, direction: m.direction, threadKey: m.threadKey, sentAt: iso(m.sentAt) },
        ...{ backfilled: false, modelVersion: "test", ...labels, risks: [], gratitude: false, thanksOnly: false },
      },
    });
  });
  await towns.read(town);
  return (await db.withAccount(town.accountId, (tx) => placementsOfMessages(tx, [id]))).get(id)!;
}
const callBack = async (town: Town, code: string, number = "+447700900123") => {
  const { messageId: id } = await db.withAccount(town.accountId, async (tx) =>
    askForCall(tx, (await inviteByCode(tx, code))!, code, {
      ...{ name: "Carla Ruiz", number, wish: "after four", about: "", consent: "I agree." },
    }),
  );
  return understood(town, id);
};

describe("an invite", () => {
  it("keeps no code, only its hash, and is sent when our reply that holds it is out", async () => {
    const { town, conversationId, invite, code } = await invited();
    const kept = await db.withAccount(town.accountId, (tx) =>
      sql<{
        row: string;
      }>`select row_to_json(i)::text as row from invite i where account_id = ${town.accountId}`.execute(tx.tables()),
    );
    expect(kept.rows).toHaveLength(1);
    expect(kept.rows[0]!.row).not.toContain(code);
    expect(await towns.journal(town, "InviteSent")).toEqual([]);
    const delivery = await written(town, conversationId);
    const out = later({
      ext: "r1",
      from: "us",
      to: "p1",
      thread: "p1",
      text: `Come in private: ${spokenCode(code)}`,
      delivery,
    });
    await towns.hear(town, [out]);
    expect(await now(town, conversationId)).toMatchObject({
      id: invite.id,
      sentMessageId: messageId(town.accountId, out),
    });
    expect(await towns.journal(town, "InviteSent")).toMatchObject([{ inviteId: invite.id, destination: "dm" }]);
  });

  it("is answered from the invited handle: the same conversation, verified, once", async () => {
    const { town, conversationId, code } = await invited();
    clock.set(clock.now() + 60 * HOUR);
    const words = dm("carla", `Hello, something else altogether. ${spokenCode(code)}`);
    await towns.hear(town, [words, dm("carla", `and again ${spokenCode(code)}`, "dm-2")]);
    const placed = (await towns.placesOf(town, [words])).get(words.ext)!;
    expect(placed).toMatchObject({ conversationId, role: "customer" });
    expect(placed.evidence).toMatchObject([{ code: "invite" }]);
    expect(await now(town, conversationId)).toMatchObject({
      ...{ returnedBy: "dm", proof: "invited-handle", returnedMessageId: placed.messageId, refused: 0 },
    });
    expect(await towns.journal(town, "InviteReturned")).toHaveLength(1);
  });

  it("said by another handle of the network joins nothing, and an agent is asked", async () => {
    const { town, conversationId, code } = await invited();
    const words = dm("eve", `It is me, Carla. ${spokenCode(code)}`);
    await towns.hear(town, [words]);
    const placed = (await towns.placesOf(town, [words])).get(words.ext)!;
    expect(placed.conversationId).not.toBe(conversationId);
    expect(placed.alternatives).toContainEqual({
      conversationId,
      weight: 0,
      text: expect.stringContaining("another handle"),
    });
    expect(await now(town, conversationId)).toMatchObject({ returnedAt: null, refused: 1 });
    expect(await towns.journal(town, "InviteRefused")).toMatchObject([{ why: "another-handle" }]);
  });

  it("sent back by a machine proves nothing", async () => {
    const { town, conversationId, code } = await invited();
    await towns.hear(town, [{ ...dm("carla", `You wrote: ${spokenCode(code)}`), bot: true }]);
    expect(await now(town, conversationId)).toMatchObject({ returnedAt: null, refused: 0 });
  });

  it("joins the first who says it in private on another network, with the handle, and refuses the second", async () => {
    const { town, conversationId, code, invite } = await invited("callback");
    const placed = await callBack(town, code);
    expect(placed).toMatchObject({ conversationId, role: "customer", customerId: invite.customerId, medium: "phone" });
    expect(placed.evidence).toMatchObject([{ code: "invite" }]);
    expect(await now(town, conversationId)).toMatchObject({
      ...{ returnedBy: "callback", proof: "other-network", consent: "I agree." },
    });
    const handles = await db.withAccount(town.accountId, (tx) => handlesOfCustomers(tx, [invite.customerId]));
    expect(
      handles
        .get(invite.customerId)!
        .map((h) => h.network)
        .sort(),
    ).toEqual(["phone", "playground"]);
    const second = await callBack(town, code, "+447700900999");
    expect(second.conversationId).not.toBe(conversationId);
    expect(second.customerId).not.toBe(invite.customerId);
    expect(await now(town, conversationId)).toMatchObject({ refused: 1 });
  });

  it("on another network is asked about first where the brand wants it so", async () => {
    const { town, conversationId, code } = await invited("callback");
    await db.withAccount(town.accountId, (tx) =>
      setSetting(tx, inviteSetting, { ...inviteSetting.fallback, elsewhere: "ask" }, null, { brandId: town.brandId }),
    );
    const placed = await callBack(town, code);
    expect(placed.conversationId).not.toBe(conversationId);
    expect(placed.alternatives.map((a) => a.conversationId)).toContain(conversationId);
  });

  it("that has ended, was taken back, or was never made joins nothing", async () => {
    const ended = await invited();
    clock.set(ended.invite.expiresAt + MINUTE);
    const late = dm("carla", `Nothing in common with that. ${spokenCode(ended.code)}`);
    await towns.hear(ended.town, [late]);
    expect((await towns.placesOf(ended.town, [late])).get(late.ext)!.evidence).not.toMatchObject([{ code: "invite" }]);
    expect(await now(ended.town, ended.conversationId)).toMatchObject({ returnedAt: null, refused: 1 });

    const back = await invited();
    await db.withAccount(back.town.accountId, (tx) => withdrawInvite(tx, back.invite.id, 1));
    const words = dm("carla", `My code: ${spokenCode(back.code)}`);
    await towns.hear(back.town, [words]);
    expect(await now(back.town, back.conversationId)).toMatchObject({
      returnedAt: null,
      refused: 1,
      endedWhy: "withdrawn",
    });

    const none = await invited();
    const guess = dm("zoe", "My code: HB-0000-0000-0000");
    await towns.hear(none.town, [guess]);
    expect(await now(none.town, none.conversationId)).toMatchObject({ refused: 0, returnedAt: null });
  });

  it("of another account is unknown here, in texts, in replies and behind links", async () => {
    const [one, other] = [await invited(), await invited()];
    const words = dm("carla", `My code: ${spokenCode(other.code)}`, "dm-foreign");
    await towns.hear(one.town, [words]);
    expect((await towns.placesOf(one.town, [words])).get(words.ext)!.conversationId).toBe(one.conversationId);
    expect(await now(one.town, one.conversationId)).toMatchObject({ returnedAt: null, refused: 0 });
    expect(await now(other.town, other.conversationId)).toMatchObject({ returnedAt: null, refused: 0, version: 1 });
    await db.withAccount(one.town.accountId, async (tx) => {
      expect(await inviteByCode(tx, other.code)).toBeNull();
      await expect(checkCodes(tx, one.conversationId, spokenCode(other.code))).rejects.toMatchObject({
        code: "preflight-refused",
      });
      await expect(checkCodes(tx, one.conversationId, `${spokenCode(one.code)} and a word`)).resolves.toBeUndefined();
      const rows = await sql`select 1 from invite where id = ${other.invite.id}`.execute(tx.tables());
      expect(rows.rows).toEqual([]);
    });
    const links = inviteLinks(new Uint8Array(32), "https://desk.example");
    const token = links.linkOf(other.code).split("/").at(-1)!;
    expect(await openedLink(db, links, token)).toEqual({ accountId: other.town.accountId, code: other.code });
    expect(await openedLink(db, links, `${other.code}.${"A".repeat(12)}`)).toBeNull();
    expect(await openedLink(db, links, links.linkOf("000000000000").split("/").at(-1)!)).toBeNull();
  });

  it("is opened by whomever, and nothing follows but one word of it", async () => {
    const { town, conversationId, invite } = await invited();
    for (let i = 0; i < 3; i++)
      await db.withAccount(town.accountId, async (tx) => noteOpened(tx, (await invitesOf(tx, conversationId))[0]!));
    expect(await now(town, conversationId)).toMatchObject({ opens: 3, returnedAt: null, openedAt: expect.any(Number) });
    await towns.read(town);
    expect(await towns.journal(town, "InviteOpened")).toMatchObject([{ inviteId: invite.id }]);
  });

  it("ends by its timer, and what never stood in public ends unsaid", async () => {
    const { town, conversationId, invite } = await invited();
    clock.set(invite.expiresAt);
    const ring = () =>
      db.withAccount(town.accountId, (tx) =>
        onInviteEnds(tx, { kind: "", ref: invite.id, dueAt: invite.expiresAt, payload: {} }),
      );
    await ring();
    await ring();
    expect(await now(town, conversationId)).toMatchObject({ endedWhy: "time", version: 2 });
    expect(await towns.journal(town, "InviteExpired")).toEqual([]);
    await expect(db.withAccount(town.accountId, (tx) => withdrawInvite(tx, invite.id, 2))).rejects.toMatchObject({
      code: "not-now",
    });
    await expect(db.withAccount(town.accountId, (tx) => withdrawInvite(tx, invite.id, 1))).rejects.toMatchObject({
      code: "version-conflict",
    });
  });

  it("is made for a customer's public post only, for places that are offered, and not without end", async () => {
    const { town, conversationId, post } = await invited();
    const make = (destination: "dm" | "call", id = messageId(town.accountId, post)) =>
      db.withAccount(town.accountId, (tx) => makeInvite(tx, { conversationId, messageId: id, destination, by: agent }));
    await expect(make("call")).rejects.toMatchObject({ code: "not-now" });
    const whisper = dm("carla", "This is about my parcel A55102, please look");
    await towns.hear(town, [whisper]);
    await expect(make("dm", messageId(town.accountId, whisper))).rejects.toMatchObject({ code: "not-now" });
    await expect(make("dm", uuidv7(0))).rejects.toMatchObject({ code: "not-found" });
    for (let i = 0; i < 9; i++) await make("dm");
    await expect(make("dm")).rejects.toMatchObject({ code: "not-now" });
  });

  it("goes with its post where an agent merges the conversation into another", async () => {
    const { town, conversationId, code, post } = await invited();
    const other = later({ ext: "q1", from: "zoe", text: "@northwind do you sell blue chairs?" });
    await towns.hear(town, [other]);
    const target = (await towns.placesOf(town, [other])).get("q1")!.conversationId!;
    await db.withAccount(town.accountId, async (tx) => {
      const ask = { kind: "merge" as const, sourceId: conversationId, targetId: target, messageIds: [] };
      const moved = await join(tx, ask, { by: agent, expected: {} });
      expect(moved).toMatchObject({ ok: true });
    });
    await towns.read(town);
    const words = dm("carla", `Here I am ${spokenCode(code)}`);
    await towns.hear(town, [words]);
    expect((await towns.placesOf(town, [words])).get(words.ext)).toMatchObject({
      ...{ conversationId: target, evidence: [{ code: "invite" }] },
    });
    const listed = await db.withAccount(town.accountId, (tx) => invitesOf(tx, target, [messageId(tx.accountId, post)]));
    expect(listed).toMatchObject([{ returnedBy: "dm" }]);
  });

  it("holds when what it decided is decided again because something came late", async () => {
    const { town, conversationId, code } = await invited();
    clock.set(clock.now() + 50 * HOUR);
    const words = dm("carla", `Quite another thing ${spokenCode(code)}`);
    await towns.hear(town, [words]);
    const early = later(
      { ext: "p0", from: "carla", text: "@northwind do you ship to Malta?" },
      clock.now() - 49 * HOUR,
    );
    await towns.hear(town, [early]);
    expect((await towns.placesOf(town, [words])).get(words.ext)).toMatchObject({
      conversationId,
      evidence: [{ code: "invite" }],
    });
    expect(await towns.journal(town, "InviteReturned")).toHaveLength(1);
  });
});

describe("a call", () => {
  it("that an agent writes down is a message on the telephone in its conversation and stops the clock", async () => {
    const { town, conversationId } = await invited();
    expect((await towns.lastEpisode(town, conversationId))!.unansweredSince).not.toBeNull();
    const at = clock.now();
    const { messageId: id } = await db.withAccount(town.accountId, (tx) =>
      noteCall(tx, {
        ...{
          conversationId,
          direction: "out",
          endedAt: at,
          durationMs: 4 * MINUTE,
          number: "+44 20 7946 0000",
          inviteId: null,
        },
        ...{ text: "The parcel goes out again on Monday.", agent: { id: agent, name: "Ada" } },
      }),
    );
    const placed = await understood(town, id);
    expect(placed).toMatchObject({ conversationId, role: "us", medium: "phone", agentId: agent, network: "phone" });
    expect((await towns.lastEpisode(town, conversationId))!.unansweredSince).toBeNull();
    const [message] = await db.withAccount(town.accountId, (tx) => messagesById(tx, [id]));
    expect(message!.text).toBe("We called them (+442079460000), 4 min.\nThe parcel goes out again on Monday.");
    const conversation = (await db.withAccount(town.accountId, (tx) => conversationsById(tx, [conversationId]))).get(
      conversationId,
    );
    expect(conversation!.lastAgentId).toBe(agent);
  });

  it("by which they came back is what the invite tells", async () => {
    const { town, conversationId, invite } = await invited();
    const call = {
      conversationId,
      direction: "in" as const,
      endedAt: clock.now(),
      durationMs: 0,
      number: "",
      agent: { id: agent, name: "Ada" },
    };
    await db.withAccount(town.accountId, (tx) =>
      noteCall(tx, { ...call, text: "They told the code.", inviteId: invite.id }),
    );
    expect(await now(town, conversationId)).toMatchObject({ returnedBy: "call", proof: "agent" });
    const again = db.withAccount(town.accountId, (tx) =>
      noteCall(tx, { ...call, text: "Again.", inviteId: invite.id }),
    );
    await expect(again).rejects.toMatchObject({ code: "not-now" });
  });
});
