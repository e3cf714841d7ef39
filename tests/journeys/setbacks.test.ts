import { afterAll, beforeAll, expect, it } from "vitest";
import { MINUTE } from "../../server/platform/clock.ts";
import type { ApiClient, Json } from "../support/api-client.ts";
import { eventually } from "../support/eventually.ts";
import { type Desk, openDesk } from "../support/server.ts";
import { messagesOf, OUTAGE, type Story, storyOf } from "../support/story.ts";

let desk: Desk;
let story: Story;
let priya: ApiClient;
beforeAll(async () => {
  desk = await openDesk();
  story = storyOf(desk);
  priya = await desk.as("priya");
});
afterAll(() => desk?.stop());

it("an event that a reader cannot take is parked with its conversation; the others go on, and it can be read again", async () => {
  const { database } = desk;
  await database.query(`create function refuse_planted() returns trigger language plpgsql as $$
    begin if new.network = 'playground' and exists (select 1 from event e where e.type = 'EpisodeOpened' and e.payload->>'episodeId' = new.episode_id::text
      and exists (select 1 from message m where m.id::text = e.payload->>'messageId' and m.text like '%planted%')) then raise 'planted fault'; end if; return new; end $$`);
  await database.query(
    "create trigger refuse_planted before insert on episode_fact for each row execute function refuse_planted()",
  );
  const sick = await story.taken(`${OUTAGE} (planted)`);
  // Between its five tries lie seconds: they pass with every new try.
  let tries = 0;
  const parked = await eventually("it is parked", async () => {
    const [now] = await database.query<{ tries: number }>("select tries from reader_try");
    if (now && now.tries > tries) {
      tries = now.tries;
      desk.travel(10_000);
    }
    return (await database.query("select * from parked_event where tries = 5"))[0];
  });
  expect(parked).toMatchObject({ reader: "insights", key: sick.conversationId });
  const well = await story.taken();
  await story.reply(well.conversationId, "It works again.", { resolveWith: "solved" });
  await eventually(
    "the other is counted",
    async () =>
      (
        await database.query("select 1 from episode_fact where conversation_id = $1 and done_at is not null", [
          well.conversationId,
        ])
      ).length > 0,
  );
  expect((await desk.nobody().ask("/metrics")).text).toMatch(/^hubbub_parked_events [1-9]/m);
  await database.query("drop trigger refuse_planted on episode_fact");
  const { retryParked } = await import("../../server/platform/journal/reader.ts");
  const insights = await import("../../server/modules/insights/index.ts");
  expect(await retryParked(desk.db, insights.reader, desk.company.accountId, sick.conversationId)).toBeGreaterThan(0);
  expect(
    await database.query("select 1 from episode_fact where conversation_id = $1", [sick.conversationId]),
  ).toHaveLength(1);
  expect(await database.query("select 1 from parked_event")).toHaveLength(0);
});

it("a restart in the middle loses nothing and sends nothing twice", async () => {
  const marek = await desk.as("marek");
  await marek.do("PUT", "/api/settings/desk.undo-ms", { value: 8_000 });
  const first = await story.taken();
  const made = await story.reply(first.conversationId, "It works again by noon.");
  const draft = { audience: "public", text: "And", answersMessageId: null, expectedVersion: 0 };
  await priya.do("PUT", `/api/desk/conversations/${first.conversationId}/draft`, draft);
  const late = await story.newcomer("Dora Lenz");
  await desk.restart(async () => {
    await desk.network.post(late, OUTAGE);
    desk.travel(MINUTE);
  });
  await story.replyState(made.body.replyId, "sent");
  const offer = await story.offerFor("priya", late);
  expect(offer.row.customer.name).toBe("Dora Lenz");
  const view = await story.view(first.conversationId);
  expect(view).toMatchObject({ draft: { text: "And" }, work: { owner: { id: desk.company.agents.priya } } });
  // A server that comes back goes on at once: what it held when it left is still its own.
  await desk.restart();
  const later = await story.newcomer("Emil Berg");
  await desk.network.post(later, OUTAGE);
  await eventually(
    "work goes on",
    async () => (await priya.get("/api/offers")).offers.some((o: Json) => o.row.customer.handle === later),
    6_000,
  );
  await desk.quiet();
  expect(await story.acceptedFor(first)).toHaveLength(1);
  expect(messagesOf(await story.view(first.conversationId))).toHaveLength(2);
  await marek.do("PUT", "/api/settings/desk.undo-ms", { value: 0 });
});
