import { afterAll, beforeAll, expect, test } from "vitest";
import { contentHash } from "../../server/app/content-hash.ts";
import { sql } from "../../server/platform/db.ts";
import type { ApiClient, Json } from "../support/api-client.ts";
import { eventually } from "../support/eventually.ts";
import { type Desk, openDesk } from "../support/server.ts";
import { messagesOf, OUTAGE } from "../support/story.ts";

let desk: Desk;
let marek: ApiClient;
let dana: ApiClient;
beforeAll(async () => {
  desk = await openDesk();
  marek = await desk.as("marek");
  dana = await desk.as("dana");
});
afterAll(() => desk?.stop());

/** Somebody posts and waits; returns what the desk knows of him. */
async function comes(handle: string, text = OUTAGE): Promise<{ conversationId: string; customer: Json }> {
  await desk.network.people([{ handle, name: handle, followers: 3 }]);
  await desk.network.post(handle, text);
  const row = await eventually(`${handle} waits`, async () => {
    const page = await marek.get("/api/desk/work?view=all&limit=100");
    return page.items.find((item: Json) => item.customer.handle === handle);
  });
  return { conversationId: row.conversationId, customer: await identity(row.customer.id) };
}
const identity = (id: string): Promise<Json> => marek.get(`/api/customers/${id}/identity`);
const joinOf = (a: Json, b: Json) => ({ otherId: b.id, expectedVersion: a.version, otherVersion: b.version });

test("two customers are joined with a preview, the conversations go along, and taking it back restores everything", async () => {
  const [ann, bob] = [await comes("ann_1"), await comes("ann_2")];
  await desk.quiet();
  const before = await contentHash(desk.db, desk.company.accountId);
  const preview = await marek.get(`/api/customers/${ann.customer.id}/join-preview?with=${bob.customer.id}`);
  expect(preview.moving).toHaveLength(1);
  expect(preview.conversations).toHaveLength(1);
  expect(preview.warnings.map((w: Json) => w.code)).toContain("same-network");

  const done = await dana.do("POST", `/api/customers/${ann.customer.id}/joins`, joinOf(ann.customer, bob.customer));
  expect(done).toMatchObject({ customerId: preview.customerId, moved: 1 });
  for (const { conversationId } of [ann, bob]) {
    const view = await marek.get(`/api/desk/conversations/${conversationId}`);
    expect(view.customer.id).toBe(preview.customerId);
    expect(view.customer.handles).toHaveLength(2);
    expect(view.customer.conversations).toHaveLength(2);
  }
  // Whoever was joined is found under the one he became, and why is told.
  const joined = await identity(preview.moving[0].from);
  expect(joined.id).toBe(preview.customerId);
  expect(joined.handles.find((h: Json) => !h.own).joins[0]).toMatchObject({
    rung: "agent",
    actId: done.actId,
    by: { name: expect.any(String) },
  });
  expect(joined.acts[0]).toMatchObject({ id: done.actId, kind: "join", undone: null });
  // Lists and figures name one customer as well.
  const named = () =>
    desk.db.withAccount(desk.company.accountId, async (tx) => {
      const both = [ann.conversationId, bob.conversationId];
      const found = await sql<{ id: string }>`
        select customer_id as id from episode_fact where account_id = ${tx.accountId} and conversation_id = any(${both}::uuid[])
        union all select customer_id from work_item where account_id = ${tx.accountId} and conversation_id = any(${both}::uuid[])`.execute(
        tx.tables(),
      );
      return found.rows.map((r) => r.id);
    });
  await desk.quiet();
  expect(await named()).toEqual(Array(4).fill(preview.customerId));
  expect((await contentHash(desk.db, desk.company.accountId)).hash).not.toBe(before.hash);

  await dana.do("POST", `/api/customer-joins/${done.actId}/undo`, {});
  await desk.quiet();
  expect((await contentHash(desk.db, desk.company.accountId)).hash).toBe(before.hash);
  expect(new Set(await named()).size).toBe(2);
  expect((await identity(preview.moving[0].from)).id).toBe(preview.moving[0].from);
  const audit = await marek.get("/api/audit?limit=20");
  expect(audit.items.map((a: Json) => a.act)).toEqual(
    expect.arrayContaining(["customer.joined", "customer.join-undone"]),
  );
});

test("what was placed because two were one can be parted with them, comes back with the parting, or stays as chosen", async () => {
  const ann = await comes("ines_home", "@northwind the box of order B20418 has not come, where is it?");
  const bob = await comes("ines_work", "@northwind may I have the invoice of March again, please?");
  const joined = await dana.do("POST", `/api/customers/${ann.customer.id}/joins`, joinOf(ann.customer, bob.customer));
  await desk.quiet();
  // From her other handle she goes on about the box: found by its number, because she is one customer.
  await desk.network.post("ines_work", "@northwind where is the box of order B20418? It has not come yet!");
  await desk.quiet();
  const said = async (id: string) =>
    messagesOf(await marek.get(`/api/desk/conversations/${id}`)).map((m: Json) => m.author.handle);
  expect(await said(ann.conversationId)).toEqual(["ines_home", "ines_work"]);
  const together = (await contentHash(desk.db, desk.company.accountId)).hash;

  // The handle is somebody else's after all: the preview names the message, and the parting takes it along.
  const one = await identity(ann.customer.id);
  const handleId = one.handles.find((h: Json) => h.handle === "ines_work").id;
  const preview = await marek.get(`/api/customers/${one.id}/part-preview?handleId=${handleId}`);
  expect(preview.stitched).toEqual({ messages: 1, conversations: 1 });
  const part = { handleIds: [handleId], expectedVersion: one.version };
  const parted = await marek.do("POST", `/api/customers/${one.id}/partings`, { ...part, stitched: "part" });
  expect(parted.parted).toBe(1);
  await desk.quiet();
  expect(await said(ann.conversationId)).toEqual(["ines_home"]);
  const theirs = await identity(parted.customerId);
  expect(theirs.handles.map((h: Json) => h.handle)).toEqual(["ines_work"]);

  // Taken back, all is together again.
  await marek.do("POST", `/api/customer-joins/${parted.actId}/undo`, {});
  await desk.quiet();
  expect(await said(ann.conversationId)).toEqual(["ines_home", "ines_work"]);
  expect((await contentHash(desk.db, desk.company.accountId)).hash).toBe(together);

  // The join itself is taken back: asked first, and this time the message is left where it stands.
  const before = await marek.get(`/api/customer-joins/${joined.actId}/undo-preview`);
  expect(before).toMatchObject({ moving: [{ handle: { handle: "ines_work" } }], stitched: { messages: 1 } });
  expect((await marek.do("POST", `/api/customer-joins/${joined.actId}/undo`, {})).parted).toBe(0);
  await desk.quiet();
  expect(await said(ann.conversationId)).toEqual(["ines_home", "ines_work"]);
  expect((await marek.ask(`/api/customer-joins/${joined.actId}/undo-preview`)).status).toBe(409);
});

test("who merges two customers' matters is asked whether they are one; taken back, so is the question", async () => {
  const [a, b] = [await comes("mo_home"), await comes("mo_away")];
  const path = `/api/desk/conversations/${a.conversationId}/joins`;
  const ask = { kind: "merge", otherId: b.conversationId };
  const merge = async () => {
    const { expected } = await marek.do("POST", `${path}/preview`, ask);
    return marek.do("POST", path, { ...ask, expected });
  };
  const merged = await merge();
  const asked = (await identity(a.customer.id)).suggestions;
  expect(asked).toMatchObject([
    {
      kind: "same",
      otherCustomer: { id: b.customer.id },
      reasons: [{ text: expect.stringMatching(/^Conversations merged by Marek Wolski: C-\d+ into C-\d+\.$/) }],
    },
  ]);
  expect((await identity(a.customer.id)).handles).toHaveLength(1);
  await marek.do("POST", `/api/desk/joins/${merged.act.id}/undo`);
  expect((await identity(a.customer.id)).suggestions).toEqual([]);
  expect((await marek.send("POST", `/api/customer-suggestions/${asked[0].id}/accept`)).status).toBe(409);

  // Merged again it is asked again; refused, it is asked no more.
  const again = await merge();
  const [second] = (await identity(a.customer.id)).suggestions;
  await dana.do("POST", `/api/customer-suggestions/${second.id}/refuse`);
  await marek.do("POST", `/api/desk/joins/${again.act.id}/undo`);
  await merge();
  expect((await identity(a.customer.id)).suggestions).toEqual([]);
});

test("of two agents at once one joins, the other hears who was first", async () => {
  const [a, b] = [await comes("carl_1"), await comes("carl_2")];
  const answers = await Promise.allSettled([
    dana.do("POST", `/api/customers/${a.customer.id}/joins`, joinOf(a.customer, b.customer)),
    marek.do("POST", `/api/customers/${b.customer.id}/joins`, joinOf(b.customer, a.customer)),
  ]);
  expect(answers.map((x) => x.status).sort()).toEqual(["fulfilled", "rejected"]);
  const late = await marek.send("POST", `/api/customers/${a.customer.id}/joins`, joinOf(a.customer, b.customer));
  expect(late.status).toBe(409);
  expect(late.body).toMatchObject({
    code: "version-conflict",
    detail: expect.stringMatching(/(Dana|Marek).* joined this customer with another meanwhile/),
  });
  expect((await identity(a.customer.id)).handles).toHaveLength(2);
});

test("a suggestion is shown with its reasons and answered; a stranger may neither see nor answer it", async () => {
  const [a, b] = [await comes("dora_1"), await comes("dora_2")];
  await desk.network.post("dora_1", "@northwind I am @dora_2, my internet is still down");
  const asked = await eventually("it is asked", async () => (await identity(a.customer.id)).suggestions[0]);
  expect(asked).toMatchObject({ kind: "same", other: { handle: "dora_2" }, otherCustomer: { id: b.customer.id } });
  expect(asked.reasons.map((r: Json) => r.code)).toEqual(["stated", "same-network"]);
  const noor = await desk.as("noor");
  for (const path of [
    `/api/customers/${a.customer.id}/identity`,
    `/api/customers/${a.customer.id}/join-preview?with=${b.customer.id}`,
  ])
    expect((await noor.ask(path)).status).toBe(404);
  expect((await noor.send("POST", `/api/customer-suggestions/${asked.id}/accept`)).status).toBe(404);
  await dana.do("POST", `/api/customer-suggestions/${asked.id}/refuse`);
  expect((await identity(a.customer.id)).suggestions).toEqual([]);
  expect((await identity(b.customer.id)).acts[0]).toMatchObject({ kind: "refuse" });
  expect((await marek.send("POST", `/api/customer-suggestions/${asked.id}/accept`)).status).toBe(409);
});
