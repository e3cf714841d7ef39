import { afterAll, describe, expect, it } from "vitest";
import { MINUTE } from "#platform/clock";
import { sql, type Tx } from "#platform/db";
import { uuidv7 } from "#platform/ids";
import type { EventType } from "#platform/journal/event";
import { makeAccount, openTestDatabase, TEST_START } from "../../tests/support/database.ts";
import { numberEvents } from "../../tests/support/journal.ts";
import { checkAccount } from "./check.ts";

const { db, clock } = openTestDatabase();
afterAll(() => db.close());
const at = new Date(TEST_START);
const id = () => uuidv7(TEST_START);
const Received = { name: "MessageReceived", v: 1 } as EventType<{ messageId: string }>;

async function house() {
  const { accountId, brandId } = await makeAccount(db);
  const act = <T>(run: (tx: Tx) => Promise<T>) => db.withAccount(accountId, run);
  const channelId = id();
  const put = (statement: ReturnType<typeof sql>) => act((tx) => statement.execute(tx.tables()));
  const rows = {
    message: (messageId: string, deliveryId: string | null = null, receivedAt = at) =>
      put(sql`insert into message (account_id, id, channel_id, network, kind, visibility, direction, external_id, revision, thread_key, author_id, text, sent_at, received_at, state, delivery_id)
        values (${accountId}, ${messageId}, ${channelId}, 'playground', 'post', 'public', 'in', ${messageId}, '1', 't', 'a', 'x', ${at}, ${receivedAt}, 'live', ${deliveryId})`),
    placement: (messageId: string) =>
      put(sql`insert into placement (account_id, message_id, role, channel_id, sent_at, visibility, medium, evidence, outside, at)
        values (${accountId}, ${messageId}, 'customer', ${channelId}, ${at}, 'public', 'public', '[]', 'noise', ${at})`),
    delivery: (deliveryId: string, state: string) =>
      put(sql`insert into delivery (account_id, id, channel_id, brand_id, thread_key, seq, intent, text, permit, state, not_before, next_at, created_at)
        values (${accountId}, ${deliveryId}, ${channelId}, ${brandId}, 't', 1, '{}', 'x', '{}', ${state}, ${at}, ${at}, ${at})`),
    episode: (episodeId: string, conversationId: string, state: string) =>
      put(sql`insert into episode (account_id, id, conversation_id, ordinal, brand_id, channel_id, medium, visibility, state, opened_at, opened_by_message)
        values (${accountId}, ${episodeId}, ${conversationId}, 1, ${brandId}, ${channelId}, 'public', 'public', ${state}, ${at}, ${id()})`),
    work: (episodeId: string, conversationId: string, state: string) =>
      put(sql`insert into work_item (account_id, id, queue_id, conversation_id, episode_id, customer_id, brand_id, channel_id, medium, visibility, state, priority, weight, t0, due_at, clock, opened_at)
        values (${accountId}, ${id()}, ${id()}, ${conversationId}, ${episodeId}, ${id()}, ${brandId}, ${channelId}, 'public', 'public', ${state}, 'normal', 20, ${at}, ${at}, 'running', ${at})`),
    reply: (replyId: string, deliveryId: string) =>
      put(sql`insert into reply (account_id, id, conversation_id, agent_id, audience, answers_message, text, disclosure, delivery_id, state, written_at, goes_at)
        values (${accountId}, ${replyId}, ${id()}, ${id()}, 'public', ${id()}, 'x', '', ${deliveryId}, 'sent', ${at}, ${at})`),
    key: (messageId: string | null) =>
      put(
        sql`insert into inbound_key (account_id, key, message_id, source, at) values (${accountId}, ${id()}, ${messageId}, 'webhook', ${at})`,
      ),
  };
  const found = async () => Object.fromEntries((await checkAccount(db, accountId)).map((f) => [f.check, f.examples]));
  return { accountId, act, put, rows, found };
}
clock.advance(2 * MINUTE);

describe("the check", () => {
  it("finds nothing where all fits", async () => {
    const { rows, found } = await house();
    const [message, sent, episode, conversation] = [id(), id(), id(), id()];
    await rows.message(message, sent);
    await rows.placement(message);
    await rows.key(message);
    await rows.key(null);
    await rows.delivery(sent, "sent");
    await rows.reply(id(), sent);
    await rows.episode(episode, conversation, "open");
    await rows.work(episode, conversation, "queued");
    const [done, other] = [id(), id()];
    await rows.episode(done, other, "done");
    await rows.work(done, other, "done");
    await rows.delivery(id(), "pending");
    expect(await found()).toEqual({});
  });

  it("names each contradiction with the ids of what is wrong", async () => {
    const { rows, found } = await house();
    const wrong = Object.fromEntries(
      ["placed", "alone", "sent", "opened", "done", "gone", "reply", "key"].map((name) => [name, id()]),
    ) as Record<string, string>;
    await rows.placement(wrong.placed!);
    await rows.message(wrong.alone!);
    await rows.delivery(wrong.sent!, "sent");
    await rows.episode(wrong.opened!, id(), "open");
    await rows.episode(wrong.done!, id(), "done");
    await rows.work(wrong.done!, id(), "active");
    await rows.work(wrong.gone!, id(), "queued");
    await rows.reply(wrong.reply!, id());
    await rows.key(wrong.key!);
    const names = await found();
    expect(names["work-without-episode"]).toHaveLength(2);
    expect(names).toMatchObject({
      "placement-without-message": [wrong.placed],
      "message-without-placement": [wrong.alone],
      "sent-without-message": [wrong.sent],
      "episode-without-work": [wrong.opened],
      "reply-without-delivery": [wrong.reply],
      "key-without-message": [wrong.key],
    });
  });

  it("an episode whose work was ended has nobody who answers", async () => {
    const { rows, found } = await house();
    const [episode, conversation] = [id(), id()];
    await rows.episode(episode, conversation, "open");
    await rows.work(episode, conversation, "withdrawn");
    expect(await found()).toEqual({ "episode-without-work": [episode] });
  });

  it("what is on its way is late, not wrong: not numbered, not read, parked, or a minute young", async () => {
    const { accountId, act, put, rows, found } = await house();
    await rows.message(id(), null, new Date(clock.now() - MINUTE + 1));
    const message = id();
    await rows.message(message);
    const shard = Number.parseInt(message.at(-1)!, 16);
    const say = () =>
      act(async (tx) =>
        tx.announce(Received, {
          key: message,
          entity: "message",
          entityId: message,
          entityVersion: 1,
          payload: { messageId: message },
        }),
      );
    expect(await found()).toEqual({ "message-without-placement": [message] });
    await say();
    expect(await found()).toEqual({});
    await numberEvents(db, accountId);
    expect(await found()).toEqual({});
    const cursor = (position: number, of = shard) =>
      put(
        sql`insert into reader_cursor values (${accountId}, 'listening', ${of}, ${position}) on conflict (account_id, reader, shard) do update set position = excluded.position`,
      );
    await cursor(0);
    expect(await found()).toEqual({});
    await cursor(1);
    expect(await found()).toEqual({ "message-without-placement": [message] });
    await put(
      sql`insert into parked_event values (${accountId}, 'listening', 1, ${message}, ${shard}, 5, 'no', ${at})`,
    );
    expect(await found()).toEqual({});
  });

  it("counts all and names five, of this account only", async () => {
    const [one, two] = [await house(), await house()];
    for (let i = 0; i < 7; i++) await one.rows.key(id());
    const [finding] = await checkAccount(db, one.accountId);
    expect(finding).toMatchObject({
      check: "key-without-message",
      count: 7,
      says: expect.stringContaining("not there"),
    });
    expect(finding!.examples).toHaveLength(5);
    expect(await two.found()).toEqual({});
  });
});
