import { createHmac } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { signWebhook } from "./domain/signature.ts";
import { type Json, type Kit, SECRET, START, type Subscriber, startKit, startSubscriber } from "./test-support.ts";

let kit: Kit;
let subscriber: Subscriber;
beforeEach(async () => {
  kit = await startKit();
  subscriber = await startSubscriber();
});
afterEach(async () => {
  await kit.close();
  await subscriber.close();
});

const subscribe = (from?: string) => kit.acme("POST", "/webhooks", { url: subscriber.url, from });
async function speak(count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let i = 0; i < count; i++) ids.push((await kit.post("alice", `post ${i}`)).id);
  return ids;
}
const idsOf = (events: Json[]) => events.map((e) => e.post.id);

test("golden vector of the signature", () => {
  expect(signWebhook("whsec_test", 1_700_000_000, '{"a":1}')).toBe(
    "t=1700000000,v1=38877139021993b830af32feea6e18a8da83eb2f6e49ee50bd9e4cf4ca4d3789",
  );
});

test("events come signed, in order, the same as in the feed", async () => {
  await kit.post("alice", "before the subscription");
  const { status, body: webhook } = await subscribe();
  expect(status).toBe(201);
  expect((await subscribe()).body.id).toBe(webhook.id);
  const ids = await speak(5);
  await kit.as("bob", "POST", "/dms", { to: "acme", text: "private é 🙂" });
  await subscriber.until(() => subscriber.events().length === 6);
  expect(idsOf(subscriber.events().slice(0, 5))).toEqual(ids);
  const feed = (await kit.acme("GET", "/events?since=1")).body.events;
  const facts = (e: Json) => [e.seq, e.id, e.type, e.at, (e.post ?? e.dm).id, (e.post ?? e.dm).text, e.post?.url];
  expect(subscriber.events().map(facts)).toEqual(feed.map(facts));
  for (const { headers, raw, body } of subscriber.deliveries) {
    const v1 = createHmac("sha256", SECRET)
      .update(`${START / 1000}.${raw}`)
      .digest("hex");
    expect(headers["x-playground-signature"]).toBe(`t=${START / 1000},v1=${v1}`);
    expect(body).toMatchObject({ network: kit.network, webhook: webhook.id, company: "acme" });
  }
});

test("from the start, all that was said is told", async () => {
  const ids = await speak(3);
  await subscribe("start");
  await subscriber.until(() => subscriber.events().length === 3);
  expect(idsOf(subscriber.events())).toEqual(ids);
});

test("refused deliveries are tried again; redirects are not followed", async () => {
  const elsewhere = await startSubscriber();
  const redirect = { status: 307, headers: { location: elsewhere.url } };
  subscriber.answers.push({ status: 500 }, redirect, { status: 410 });
  await subscribe();
  const ids = await speak(2);
  await subscriber.until(() => subscriber.events().length === 2);
  expect(idsOf(subscriber.events())).toEqual(ids);
  expect(subscriber.answers).toEqual([]);
  expect(elsewhere.events()).toEqual([]);
  await elsewhere.close();
});

test("a removed subscription is silent", async () => {
  const { id } = (await subscribe()).body;
  expect((await kit.acme("DELETE", `/webhooks/${id}`)).status).toBe(204);
  expect((await kit.acme("DELETE", `/webhooks/${id}`)).status).toBe(404);
  await speak(2);
  expect((await kit.acme("GET", "/webhooks")).body.webhooks).toEqual([]);
  await subscribe();
  const ids = await speak(1);
  await subscriber.until(() => subscriber.events().length > 0);
  expect(idsOf(subscriber.events())).toEqual(ids);
});

test("only loopback may subscribe", async () => {
  const reply = await kit.acme("POST", "/webhooks", { url: "http://192.0.2.1/x" });
  expect(reply.body).toMatchObject({ status: 422, code: "webhook-url-refused" });
});

test("duplicate: everything comes twice", async () => {
  await kit.admin("PUT", "/faults", { faults: [{ kind: "webhook-duplicate" }] });
  await subscribe();
  const ids = await speak(3);
  await subscriber.until(() => subscriber.events().length === 6);
  expect(idsOf(subscriber.events()).sort()).toEqual([...ids, ...ids].sort());
});

test("drop: the webhook never tells, the feed does", async () => {
  await kit.admin("PUT", "/faults", { faults: [{ kind: "webhook-drop", next: 2 }] });
  await subscribe();
  const ids = await speak(3);
  await subscriber.until(() => subscriber.events().length === 1);
  expect(idsOf(subscriber.events())).toEqual(ids.slice(2));
  expect((await kit.acme("GET", "/events")).body.events).toHaveLength(3);
});

test("delay: a later event overtakes, nothing is lost", async () => {
  await subscribe();
  await kit.admin("PUT", "/faults", { faults: [{ kind: "webhook-delay", next: 1, ms: 1_500 }] });
  const ids = await speak(3);
  await subscriber.until(() => subscriber.events().length === 3);
  expect(idsOf(subscriber.events())).toEqual([ids[1], ids[2], ids[0]]);
});

test("reorder: another order, the same events", async () => {
  const ids = await speak(40);
  await kit.admin("PUT", "/faults", { seed: "5", faults: [{ kind: "webhook-reorder", rate: 0.5, ms: 20 }] });
  await subscribe("start");
  await subscriber.until(() => subscriber.events().length === 40);
  expect(idsOf(subscriber.events())).not.toEqual(ids);
  expect(idsOf(subscriber.events()).sort()).toEqual([...ids].sort());
});
