import { afterAll, expect, it } from "vitest";
import { EpisodeDone, EpisodeOpened, MessagePlaced } from "#events/conversations";
import { WorkChanged, WorkQueued } from "#events/routing";
import { iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import { uuidOf } from "#platform/ids";
import { readOnce } from "#platform/journal/reader";
import { silentLog } from "#platform/log";
import { makeAccount, openTestDatabase, TEST_START } from "../../../tests/support/database.ts";
import { numberEvents } from "../../../tests/support/journal.ts";
import { figures } from "./domain/figures.ts";
import { figuresOf } from "./insights.ts";
import { reader } from "./reactions/fold-facts.ts";
import type { Filter } from "./store/fact-store.ts";
import { rows } from "./store/figure-store.ts";

const { db, clock } = openTestDatabase();
afterAll(() => db.close());
const id = (name: string) => uuidOf("scope", name);
const nobody = { queues: [], brands: [] };
const span: Filter = {
  ...{ from: TEST_START - 3_600_000, to: TEST_START + 3_600_000, brandId: null, queueId: null, network: null },
};

/** One customer's post to a brand, whose work came into a queue; a letter stands for all of it. */
function matter(tx: Tx, name: string, brand: string, queue: string): void {
  const at = iso(TEST_START);
  const [episodeId, conversationId, customerId] = [id(`e-${name}`), id(`c-${name}`), id(`who-${name}`)];
  const head = { key: conversationId, entity: "any", entityId: episodeId, entityVersion: 1 };
  const said = { network: "playground", medium: "public", visibility: "public", language: "en" };
  const messageId = id(`m-${name}`);
  const brandId = id(brand);
  tx.announce(MessagePlaced, {
    ...head,
    payload: {
      ...{ ...said, messageId, conversationId, episodeId, customerId, brandId, role: "customer", direction: "in" },
      ...{ sentAt: at, noise: false, gratitude: false, actionable: true, rule: "r", outside: null, backfilled: false },
    },
  });
  tx.announce(EpisodeOpened, {
    ...head,
    payload: {
      ...{ ...said, episodeId, conversationId, customerId, brandId, channelId: id("ch"), messageId, t0: at },
      ...{ priority: "normal", risks: [], reopens: null, lastOwnerId: null, rule: "r", says: "s" },
    },
  });
  tx.announce(WorkQueued, {
    ...head,
    payload: {
      ...{ workItemId: id(`w-${name}`), episodeId, conversationId, queueId: id(queue), dueAt: at },
      ...{ priority: "normal", reasons: [] },
    },
  });
}

it("figures and rows keep to the brands and queues that may be seen, each figure equal to its rows", async () => {
  const { accountId } = await makeAccount(db);
  await db.withAccount(accountId, async (tx) => {
    matter(tx, "a", "red", "care");
    matter(tx, "b", "red", "nights");
    matter(tx, "c", "blue", "care");
    matter(tx, "d", "blue", "nights");
    tx.announce(EpisodeDone, {
      ...{ key: id("c-d"), entity: "any", entityId: id("e-d"), entityVersion: 2 },
      payload: {
        ...{ episodeId: id("e-d"), conversationId: id("c-d"), outcome: "solved", by: null },
        ...{ doneAt: iso(TEST_START + 1_000), windowUntil: iso(TEST_START + 2_000) },
      },
    });
    tx.announce(WorkChanged, {
      ...{ key: id("c-c"), entity: "any", entityId: id("w-c"), entityVersion: 2 },
      payload: {
        ...{ workItemId: id("w-c"), episodeId: id("e-c"), conversationId: id("c-c"), queueId: id("other") },
        ...{ state: "queued", ownerId: null, dueAt: iso(TEST_START), what: "transferred" },
        from: { queueId: id("care"), ownerId: null },
      },
    });
  });
  await numberEvents(db, accountId);
  while (await readOnce(db, reader, accountId, clock, silentLog)) {}
  const seen = async (filter: Partial<Filter>) =>
    db.withAccount(accountId, async (tx) => {
      const asked = { ...span, ...filter };
      const found = new Map((await figuresOf(tx, asked)).figures.map((f) => [f.key, f]));
      for (const { key } of figures) {
        const behind = await rows(tx, key, asked, null, 100);
        expect([key, behind.length]).toEqual([key, found.get(key)!.n]);
        if (key === "episodes-opened")
          expect(behind.map((r) => r.episodeId).sort()).toEqual(
            (await rows(tx, "conversations-worked", asked, null, 100)).map((r) => r.episodeId).sort(),
          );
      }
      return [found.get("messages-in")!.value, found.get("episodes-opened")!.value, found.get("resolution")!.n];
    });
  const [red, blue, care, nights, other] = ["red", "blue", "care", "nights", "other"].map(id) as string[];
  expect(await seen({})).toEqual([4, 4, 1]);
  expect(await seen({ within: null })).toEqual([4, 4, 1]);
  expect(await seen({ within: nobody })).toEqual([0, 0, 0]);
  expect(await seen({ within: { ...nobody, brands: [red!] } })).toEqual([2, 2, 0]);
  expect(await seen({ within: { ...nobody, brands: [blue!] } })).toEqual([2, 2, 1]);
  expect(await seen({ within: { ...nobody, queues: [nights!] } })).toEqual([2, 2, 1]);
  // Handed to another queue, it counts there and no longer where it came from.
  expect(await seen({ within: { ...nobody, queues: [care!] } })).toEqual([1, 1, 0]);
  expect(await seen({ within: { ...nobody, queues: [other!] } })).toEqual([1, 1, 0]);
  expect(await seen({ within: { brands: [red!], queues: [nights!] } })).toEqual([3, 3, 1]);
  // A filter narrows what may be seen, it never widens it.
  expect(await seen({ within: { ...nobody, brands: [red!] }, queueId: nights! })).toEqual([1, 1, 0]);
  expect(await seen({ within: { ...nobody, brands: [red!] }, brandId: blue! })).toEqual([0, 0, 0]);
  expect(await seen({ brandId: blue!, queueId: nights! })).toEqual([1, 1, 1]);
});
