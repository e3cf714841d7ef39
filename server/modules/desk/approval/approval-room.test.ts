import { afterAll, beforeAll, expect, it } from "vitest";
import type { ApiClient, Json } from "../../../../tests/support/api-client.ts";
import { type Desk, openDesk } from "../../../../tests/support/server.ts";
import { type Matter, messagesOf, type Story, storyOf } from "../../../../tests/support/story.ts";

let desk: Desk;
let story: Story;
let priya: ApiClient;
let marek: ApiClient;
beforeAll(async () => {
  desk = await openDesk();
  story = storyOf(desk);
  [priya, marek] = await Promise.all([desk.as("priya"), desk.as("marek")]);
});
afterAll(() => desk?.stop());

const path = (id: string, rest = "") => `/api/desk/approvals/${id}${rest}`;
/** Priya asks for other eyes; without a rule those are her supervisors'. */
async function asked(m: Matter, text = "You get your money back."): Promise<Json> {
  const view = await story.view(m.conversationId);
  return priya.do("POST", `/api/desk/conversations/${m.conversationId}/approvals`, {
    ...{ audience: "public", text, answersMessageId: messagesOf(view)[0].id, resolveWith: null },
    expectedVersion: view.work.version,
  });
}
const texts = async (m: Matter) => (await story.acceptedFor(m)).map((a) => a.text);
const decided = async (id: string) => desk.database.query<Json>("select * from approval_request where id = $1", [id]);

it("a reply that waits takes none of its author's room while it waits, and all of it when it comes back", async () => {
  const loadOf = async () =>
    (await marek.get("/api/presence")).agents.find((one: Json) => one.agentId === desk.company.agents.priya).load;
  const m = await story.taken();
  const full = await loadOf();
  const made = await asked(m);
  await desk.quiet();
  const waits = await story.view(m.conversationId);
  expect(waits.work).toMatchObject({ state: "parked", parkReason: "approval", clock: { state: "running" } });
  expect(waits.work.owner.id).toBe(desk.company.agents.priya);
  expect(await loadOf()).toBeLessThan(full);
  await marek.do("POST", path(made.id, "/return"), { expectedVersion: made.version, reason: "Say when." });
  await desk.quiet();
  expect((await story.view(m.conversationId)).work).toMatchObject({ state: "active", parkReason: null });
  expect(await loadOf()).toBe(full);
  const next = await asked(m, "You get it back by Friday.");
  await marek.do("POST", path(next.id, "/approve"), { expectedVersion: next.version, text: null });
  await desk.quiet();
  expect((await story.view(m.conversationId)).work).toMatchObject({ state: "parked", clock: { state: "paused" } });
});

it("a reply leaves once when the server dies between the approval and the outbox, and when nobody hears that it was passed", async () => {
  const m = await story.taken();
  const made = await asked(m);
  const approve = () => marek.send("POST", path(made.id, "/approve"), { expectedVersion: made.version, text: null });
  // The connection is gone at the very instant at which the outbox has it: all that was written in that breath is, too.
  await desk.database.query(`create function die() returns trigger language plpgsql as
    $$ begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$`);
  await desk.database.query("create trigger dies after insert on delivery for each row execute function die()");
  try {
    expect((await approve()).status).toBeGreaterThanOrEqual(500);
  } finally {
    await desk.database.query("drop trigger dies on delivery");
    await desk.database.query("drop function die()");
  }
  expect(await decided(made.id)).toMatchObject([{ state: "waiting", delivery_id: null }]);
  expect(await texts(m)).toEqual([]);
  expect((await approve()).status).toBe(200);
  expect((await approve()).body).toMatchObject({ code: "not-now" });
  await desk.quiet();
  expect(await texts(m)).toHaveLength(1);
});
