import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Adapter, ParseResult, Sender } from "../domain/adapter.ts";
import type { InboundEvent, Item } from "../domain/item.ts";
import { createRateBudget } from "../domain/rate-budget.ts";
import { blueskyKit } from "./bluesky-kit.ts";
import { cases } from "./cases.ts";
import { prepare } from "./describe-adapter.ts";
import { playgroundKit } from "./playground-kit.ts";

type Mutant = (adapter: Adapter) => Adapter;

const parsing =
  (change: (result: ParseResult) => ParseResult): Mutant =>
  (adapter) => ({ ...adapter, parse: async (input, context) => change(await adapter.parse(input, context)) });
const events = (change: (event: InboundEvent) => InboundEvent | null): Mutant =>
  parsing((result) => ({ ...result, events: result.events.flatMap((event) => change(event) ?? []) }));
const items = (change: (item: Item) => Item): Mutant =>
  events((event) => ("item" in event ? { ...event, item: change(event.item) } : event));
const sending =
  (change: (send: Sender) => Partial<Sender>): Mutant =>
  (adapter) => ({ ...adapter, send: { ...adapter.send!, ...change(adapter.send!) } });
const refusing = (change: object): Mutant =>
  sending((send) => ({
    async sendPart(...args) {
      const outcome = await send.sendPart(...args);
      return outcome.state === "failed" ? { ...outcome, error: { ...outcome.error, ...change } } : outcome;
    },
  }));

const FORGETFUL = sending((send) => ({
  sendPart: (access, delivery, part, ...rest) =>
    send.sendPart(access, delivery, { ...part, clientId: randomUUID() }, ...rest),
  reconcile: async () => ({ found: false, sure: true }),
}));

/** What somebody who writes an adapter gets wrong, and the case that has to find it. */
const mutants: readonly (readonly [id: string, wrong: string, mutant: Mutant])[] = [
  ["C1", "names a thing anew each time", items((item) => ({ ...item, externalId: randomUUID() }))],
  [
    "C2",
    "makes a thread of each message",
    items((item) => ({ ...item, thread: { ...item.thread, key: item.externalId } })),
  ],
  [
    "C3",
    "forgets revisions, so that the last to come wins",
    items(({ editedAt: _, ...item }) => ({ ...item, revision: randomUUID() })),
  ],
  ["C5", "takes every edit for the first version", items((item) => ({ ...item, revision: "1" }))],
  ["C6", "hears no deletions", events((event) => (event.type === "item.deleted" ? null : event))],
  [
    "C8",
    "falls over at what it does not know",
    parsing((result) => {
      if (result.ignored.length > 0) throw new Error("what is this");
      return result;
    }),
  ],
  [
    "C9",
    "gives the whole body up for one event",
    parsing((result) => (result.broken > 0 ? { ...result, events: [] } : result)),
  ],
  [
    "C11",
    "takes our own posts for a customer's",
    items((item) => ({ ...item, author: { ...item.author, isSelf: false } })),
  ],
  [
    "C12",
    "moves the cursor and forgets the page",
    (adapter) => ({
      ...adapter,
      pull: { ...adapter.pull!, pull: async (...args) => ({ ...(await adapter.pull!.pull(...args)), body: null }) },
    }),
  ],
  [
    "C14",
    "does not say that it looks for what was lost",
    (adapter) => ({
      ...adapter,
      pull: { ...adapter.pull!, streams: adapter.pull!.streams.map((s) => ({ ...s, purpose: "primary" })) },
    }),
  ],
  [
    "C15",
    "knows people by their names",
    items((item) => ({ ...item, author: { ...item.author, id: item.author.name } })),
  ],
  [
    "C16",
    "cannot bear an empty text",
    items((item) => ({ ...item, externalId: item.text === "" ? "" : item.externalId })),
  ],
  ["C18", "believes every clock", items((item) => ({ ...item, createdAt: Number.NaN }))],
  [
    "W2",
    "believes every signature",
    (adapter) => ({ ...adapter, webhook: { ...adapter.webhook!, verify: () => ({ ok: true }) } }),
  ],
  [
    "W4",
    "looks at no clock",
    (adapter) => ({
      ...adapter,
      webhook: {
        ...adapter.webhook!,
        verify: (request, access) => {
          const t = /^t=(\d+)/.exec(request.headers["x-playground-signature"] ?? "")?.[1] ?? "0";
          return adapter.webhook!.verify(request, access, Number(t) * 1_000);
        },
      },
    }),
  ],
  [
    "S1",
    "cuts what it sends",
    sending((send) => ({
      sendPart: (access, delivery, part, ...rest) =>
        send.sendPart(access, delivery, { ...part, text: part.text.slice(0, 300) }, ...rest),
    })),
  ],
  [
    "S2",
    "does not hear how long to wait",
    sending((send) => ({
      async sendPart(access, delivery, part, budget, signal) {
        const outcome = await send.sendPart(access, delivery, part, { ...budget, block: () => {} }, signal);
        if (outcome.state !== "failed") return outcome;
        return { ...outcome, error: { ...outcome.error, retryAfterMs: 0 } };
      },
    })),
  ],
  ["S3", "takes a refused credential for a bad line", refusing({ class: "transient", retryable: true })],
  ["S4", "uses another key for each try, and looks for none", FORGETFUL],
  ["S5", "is sure that it is not there, and has no key", FORGETFUL],
  ["S8", "tells every refusal as one", refusing({ class: "unknown" })],
  [
    "S11",
    "leaves the last words out",
    sending((send) => ({
      sendPart: (access, delivery, part, ...rest) =>
        send.sendPart(access, delivery, { ...part, text: part.text.replace(/ — .*$/u, "") }, ...rest),
    })),
  ],
  [
    "S14",
    "names a report anew each time",
    (adapter) => ({
      ...adapter,
      moderate: {
        ...adapter.moderate!,
        act: (access, call, ...rest) => adapter.moderate!.act(access, { ...call, id: randomUUID() }, ...rest),
      },
    }),
  ],
  [
    "O2",
    "keeps no budget",
    (adapter) => ({
      ...adapter,
      pull: {
        ...adapter.pull!,
        pull: (access, stream, since, _budget, signal) =>
          adapter.pull!.pull(access, stream, since, createRateBudget(), signal),
      },
    }),
  ],
  [
    "O4",
    "throws at half a body",
    (adapter) => ({ ...adapter, parse: (input) => JSON.parse(Buffer.from(input.body).toString()) }),
  ],
  ["O5", "reads the same bytes another way each time", items((item) => ({ ...item, externalId: randomUUID() }))],
];

describe("the kit finds what is wrong with the playground's adapter that", () => {
  const kit = prepare(playgroundKit);
  beforeAll(kit.open);
  afterAll(kit.close);
  it.each(mutants)("%s %s", { timeout: 60_000 }, async (id, _, mutant) => {
    await expect(kit.run(id, mutant)).rejects.toThrow();
  });
});

describe("the kit finds what is wrong with the adapter of Bluesky that", () => {
  const kit = prepare(blueskyKit);
  beforeAll(kit.open);
  afterAll(kit.close);
  it("S12 counts in another unit than the network", { timeout: 60_000 }, async () => {
    const shifted = items((item) => ({
      ...item,
      entities: item.entities.map((e) => ({ ...e, start: e.start + 1, end: e.end + 1 })),
    }));
    await expect(kit.run("S12", shifted)).rejects.toThrow();
  });
});

it("every case that is broken here is one of the kit", () => {
  const known = new Set(cases.map((one) => one.id));
  expect(mutants.filter(([id]) => !known.has(id))).toEqual([]);
  expect(new Set(mutants.map(([id]) => id)).size).toBeGreaterThanOrEqual(8);
});
