import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MINUTE } from "#platform/clock";
import type { Tx } from "#platform/db";
import { sql } from "#platform/db";
import { type AccountId, uuidv7 } from "#platform/ids";
import { makeAccount, openTestDatabase } from "../../../../tests/support/database.ts";
import { unseal, useKeyRing } from "../../company/index.ts";
import { connectChannel } from "../channels.ts";
import type { Permit } from "../domain/permit.ts";
import { deliveriesById, enqueueDelivery } from "../outbox/deliveries.ts";
import { findChannel } from "../store/channel-store.ts";
import type { LineFile } from "../store/webchat-line-store.ts";
import { lockVisitor, saveVisitor } from "../store/webchat-visitor-store.ts";
import { chatActs } from "./acts.ts";
import { freshIdentitySecret, freshKey } from "./connector.ts";
import { openDoors } from "./door.ts";
import { threadOf } from "./envelope.ts";
import type { ChatHouse } from "./house.ts";
import { appendLine } from "./lines.ts";
import { CONTINUE_TIMER, continueByMail, mailTranscript } from "./mail-on.ts";
import { noteReached } from "./receipts.ts";

const { db, clock } = openTestDatabase();
beforeAll(() => useKeyRing(new Uint8Array(32).fill(7)));
afterAll(() => db.close());

const permit: Permit = {
  ...{ policyVersion: 3, approval: null, preflightVersion: 1, audience: "private" },
  disclosure: {
    text: "— Priya Nair",
    style: "full-name",
    agentId: null,
    agentName: "Priya Nair",
    brandName: "Northwind",
  },
};
interface Mail {
  id: string;
  text: string;
  intent: { op: string; toHandle: string; subject?: string; automatic?: boolean };
  conversation_id: string | null;
  permit: Permit;
}

/** A chat with a mailbox beside it, and a visitor who has written one line. */
async function chat(config: Record<string, unknown> = {}) {
  const { accountId, brandId } = await makeAccount(db);
  const visitorId = uuidv7(clock.now());
  const key = freshKey();
  const act = <T>(run: (tx: Tx) => Promise<T>) => db.withAccount(accountId as AccountId, run);
  const made = await act(async (tx) => {
    const common = { brandId, config };
    const { channelId } = await connectChannel(tx, {
      ...{ ...common, network: "webchat", name: "Chat", externalId: key, handle: "northwind.example" },
      secret: { identitySecret: freshIdentitySecret() },
    });
    const box = await connectChannel(tx, {
      ...{
        brandId,
        network: "email",
        name: "Care",
        externalId: "care@northwind.example",
        handle: "care@northwind.example",
      },
    });
    return { channelId, boxId: box.channelId };
  });
  const { channelId, boxId } = made;
  const conversationId = uuidv7(clock.now());
  const say = (sender: "visitor" | "agent", body: string, files: LineFile[] = []) =>
    act(async (tx) => {
      let deliveryId: string | null = null;
      if (sender === "agent")
        ({ deliveryId } = await enqueueDelivery(tx, {
          ...{
            channelId,
            brandId,
            threadKey: threadOf(visitorId, 1),
            text: body,
            agentId: null,
            conversationId,
            permit,
          },
          intent: { op: "message", toHandle: "", toAuthorId: visitorId },
          ...{ notBefore: tx.now, notAfter: null },
        }));
      const visitor = await lockVisitor(tx, channelId, visitorId);
      const name = sender === "agent" ? "Priya Nair" : "";
      await appendLine(tx, channelId, visitor, {
        ...{ sender, clientKey: uuidv7(tx.now), name, body, files, deliveryId },
      });
    });
  const change = (to: object) =>
    act(async (tx) => {
      const visitor = await lockVisitor(tx, channelId, visitorId);
      await saveVisitor(tx, channelId, Object.assign(visitor, to));
    });
  /** Fires the timer; returns when it is set to next. */
  const fire = () =>
    act(async (tx) => {
      await sql`delete from timer where account_id = ${tx.accountId} and kind = ${CONTINUE_TIMER}`.execute(tx.tables());
      await continueByMail(tx, { kind: CONTINUE_TIMER, ref: visitorId, dueAt: tx.now, payload: { channelId } });
      const next = await sql<{
        due_at: number;
      }>`select due_at from timer where account_id = ${tx.accountId} and kind = ${CONTINUE_TIMER}`.execute(tx.tables());
      return next.rows[0]?.due_at ?? null;
    });
  const mails = () =>
    act(async (tx) => {
      const found = await sql<Mail>`select id, text, intent, conversation_id, permit from delivery
        where account_id = ${tx.accountId} and channel_id = ${boxId} order by created_at, id`.execute(tx.tables());
      return found.rows;
    });
  await say("visitor", "where is my parcel");
  return { ...made, act, say, change, fire, mails, conversationId, visitorId, key };
}

describe("an answer in a chat that nobody is there to read", () => {
  it("goes on by mail, once, in the conversation it belongs to", async () => {
    const { say, change, fire, mails, conversationId } = await chat();
    await change({ continueTo: "carla@example.com", locale: "de" });
    await say("agent", "It is on its way. — Priya Nair");
    await say("agent", "It comes tomorrow. — Priya Nair");
    clock.advance(MINUTE);
    expect(await fire(), "gone for a minute only").toBe(clock.now() + MINUTE);
    expect(await mails()).toEqual([]);
    clock.advance(MINUTE);
    expect(await fire()).toBeNull();
    const [mail, ...more] = await mails();
    expect(more).toEqual([]);
    expect(mail).toMatchObject({
      intent: {
        op: "message",
        toHandle: "carla@example.com",
        toAuthorId: "carla@example.com",
        subject: "Ihr Chat mit Northwind",
      },
      conversation_id: conversationId,
    });
    expect(mail!.text).toMatch(/It is on its way[\s\S]+It comes tomorrow/);
    expect(mail!.text).toContain("weil Sie in unserem Chat Ihre Adresse hinterlassen haben");
    await fire();
    expect(await mails(), "what went out by mail goes once").toHaveLength(1);
  });

  it("stays in the chat while somebody is there, has read it, or left no address", async () => {
    const { say, change, fire, mails } = await chat();
    await say("agent", "Hello. — Priya Nair");
    clock.advance(10 * MINUTE);
    await fire();
    await change({ continueTo: "carla@example.com", seenAt: clock.now() });
    expect(await fire(), "at the window now").toBe(clock.now() + 2 * MINUTE);
    clock.advance(10 * MINUTE);
    await change({ seenSeq: 2 });
    expect(await fire()).toBeNull();
    expect(await mails()).toEqual([]);
  });

  it("stays where the chat is set not to go on, and when everything was erased", async () => {
    const off = await chat({ emailContinuation: false });
    await off.change({ continueTo: "carla@example.com" });
    await off.say("agent", "Hello. — Priya Nair");
    const gone = await chat();
    await gone.change({ continueTo: "carla@example.com" });
    await gone.say("agent", "Hello. — Priya Nair");
    await gone.change({ erasedAt: clock.now() });
    clock.advance(10 * MINUTE);
    for (const one of [off, gone]) {
      await one.fire();
      expect(await one.mails()).toEqual([]);
    }
  });
});

describe("the transcript of a chat", () => {
  it("holds what was said, marked as automatic, and opens no conversation", async () => {
    const { act, say, mails, channelId, visitorId } = await chat();
    await say("agent", "It is on its way. — Priya Nair");
    await act(async (tx) =>
      mailTranscript(
        tx,
        (await findChannel(tx, channelId))!,
        await lockVisitor(tx, channelId, visitorId),
        "c@example.com",
      ),
    );
    const [mail] = await mails();
    expect(mail).toMatchObject({
      intent: { automatic: true, toHandle: "c@example.com", subject: "What was said in your chat with Northwind" },
      conversation_id: null,
    });
    expect(mail!.text).toMatch(
      /You \(2026-11-17 \d\d:\d\d UTC\):\nwhere is my parcel[\s\S]+Priya Nair \([^)]+\):\nIt is on/,
    );
    expect((await act((tx) => deliveriesById(tx, [mail!.id]))).get(mail!.id)).toMatchObject({ state: "pending" });
  });

  it("is not made of a stranger's words alone: nobody is mailed what nobody answered", async () => {
    const { act, mails, channelId, visitorId } = await chat();
    const asked = act(async (tx) =>
      mailTranscript(
        tx,
        (await findChannel(tx, channelId))!,
        await lockVisitor(tx, channelId, visitorId),
        "victim@example.com",
      ),
    );
    await expect(asked).rejects.toMatchObject({ code: "not-now" });
    expect(await mails()).toEqual([]);
  });
});

describe("a mailbox that is away", () => {
  it("is waited for, as long as the answer says anything", async () => {
    const { act, say, change, fire, mails, boxId } = await chat();
    const state = (to: string) =>
      act(async (tx) => {
        await sql`update channel set state = ${to} where account_id = ${tx.accountId} and id = ${boxId}`.execute(
          tx.tables(),
        );
      });
    await change({ continueTo: "carla@example.com" });
    await say("agent", "It is on its way. — Priya Nair");
    await state("needs-reauth");
    clock.advance(10 * MINUTE);
    expect(await fire()).toBe(clock.now() + 10 * MINUTE);
    expect(await mails()).toEqual([]);
    await state("on");
    clock.advance(10 * MINUTE);
    expect(await fire()).toBeNull();
    expect(await mails()).toHaveLength(1);
    await say("agent", "And this nobody can send. — Priya Nair");
    await state("needs-reauth");
    clock.advance(25 * 60 * MINUTE);
    expect(await fire(), "a day later it says nothing any more").toBeNull();
  });
});

describe("a visitor who has everything erased", () => {
  it("takes along the files that hang on our answers, and the mail that has not left or has", async () => {
    const { act, say, change, fire, mails, visitorId, channelId, key } = await chat();
    const bill = { id: uuidv7(clock.now()), hash: "b".repeat(64), name: "bill.pdf", mime: "application/pdf", bytes: 9 };
    await change({ continueTo: "carla@example.com" });
    await say("agent", "Here is your bill. — Priya Nair", [bill]);
    clock.advance(10 * MINUTE);
    await fire();
    const [waiting] = await mails();
    expect(waiting!.text).toContain("Here is your bill.");
    await say("agent", "And this would go on. — Priya Nair");
    const former = uuidv7(clock.now());
    await act(async (tx) => {
      const nameless = await lockVisitor(tx, channelId, former);
      const line = { sender: "visitor" as const, clientKey: uuidv7(tx.now), name: "", files: [], deliveryId: null };
      await appendLine(tx, channelId, nameless, { ...line, body: "said before the sign-in" });
      await saveVisitor(tx, channelId, { ...nameless, became: visitorId });
    });
    await change({ subject: "customer-7", former: [former] });

    const dropped: string[] = [];
    const drop = async (_tx: Tx, hash: string) => void dropped.push(hash);
    const house = { db, clock, blobs: { drop }, stored: () => {} } as unknown as ChatHouse;
    const door = await openDoors({ db, clock }).of(key);
    await chatActs(house, door, { visitorId, signedIn: true }).erase();
    expect(dropped).toEqual([bill.hash]);
    const [mail, ...more] = await mails();
    expect(more).toEqual([]);
    expect(mail).toMatchObject({ text: "", intent: { toHandle: "", toAuthorId: "" } });
    expect((await act((tx) => deliveriesById(tx, [mail!.id]))).get(mail!.id)).toMatchObject({ state: "cancelled" });
    const left = await act((tx) =>
      sql<{ body: string }>`select body || files::text as body from webchat_line where account_id = ${tx.accountId}
        union all select text from delivery_part p where p.account_id = ${tx.accountId} and p.delivery_id = ${mail!.id}`.execute(
        tx.tables(),
      ),
    );
    expect(new Set(left.rows.map((row) => row.body))).toEqual(new Set(["[]", ""]));
    clock.advance(10 * MINUTE);
    expect(await fire()).toBeNull();
    expect(await mails()).toHaveLength(1);
  });
});

it("what was read of ours is told whole, however many lines it was", async () => {
  const { act, say, channelId, visitorId } = await chat();
  for (let i = 0; i < 230; i++) await say("agent", `line ${i}`);
  const told = await act((tx) => noteReached(tx, channelId, visitorId, 231, "read"));
  expect(told).toBe(true);
  const raw = await act(async (tx) => {
    const found = await sql<{
      body: Buffer;
    }>`select body from raw_inbox where account_id = ${tx.accountId} and channel_id = ${channelId}`.execute(
      tx.tables(),
    );
    return Promise.all(
      found.rows.map(async ({ body }) => JSON.parse(String(await unseal(tx, body))) as { events: { ids: string[] }[] }),
    );
  });
  expect(new Set(raw.flatMap((one) => one.events.flatMap((e) => e.ids))).size).toBe(230);
});
