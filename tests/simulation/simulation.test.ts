import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { InboundEvent } from "../../server/modules/channels/domain/item.ts";
import { migrate } from "../../server/platform/migrate.ts";
import { type FreshDatabases, freshDatabases } from "../support/fresh-database.ts";
import type { Bend } from "./house.ts";
import { simulate } from "./simulate.ts";

let databases: FreshDatabases;
beforeAll(async () => {
  databases = await freshDatabases();
});
afterAll(() => databases.close());

async function run(seed: string, hours: number, bend?: Bend) {
  const address = await databases.make();
  await migrate(address.owner, Date.UTC(2026, 2, 1));
  return simulate(address, { seed, hours, ...(bend && { bend }) });
}

/** Guards taken out; each has to be seen. */
const mutants: Record<string, { bend: Bend; sees: RegExp }> = {
  "a retry goes out under a new name and nobody looks whether the first arrived": {
    bend: (adapter) => {
      let n = 0;
      return {
        ...adapter,
        send: {
          ...adapter.send!,
          sendPart: (access, delivery, part, ...rest) =>
            adapter.send!.sendPart(access, delivery, { ...part, clientId: `${part.clientId}-${++n}` }, ...rest),
          reconcile: async () => ({ state: "absent" }) as never,
        },
      };
    },
    sees: /no part of ours has that name|doubled|counts as/,
  },
  "some events are read past, however often they come": {
    bend: (adapter) => ({
      ...adapter,
      parse: async (raw, context) => {
        const parsed = await adapter.parse(raw, context);
        const named = (event: InboundEvent) =>
          "item" in event ? event.item.externalId : "externalId" in event ? event.externalId : "";
        const heard = (event: InboundEvent) => !/[a-f]$/.test(named(event));
        return { ...parsed, events: parsed.events.filter(heard) };
      },
    }),
    sees: /lost|reads|is deleted on the network/,
  },
};

describe("the whole pipe on a simulated clock, chance, network and storage", { timeout: 240_000 }, () => {
  it("loses nothing, doubles nothing, and comes to the same journal again, by another seed to another", async () => {
    const first = await run("one", 16);
    expect(first.faults).toEqual([]);
    expect(first.messages).toBeGreaterThan(20);
    expect(first.replies).toBeGreaterThan(5);
    expect(first.crashes + first.failures).toBeGreaterThan(3);
    const again = await run("one", 16);
    expect(again.journal).toBe(first.journal);
    const other = await run("two", 16);
    expect(other.faults).toEqual([]);
    expect(other.journal).not.toBe(first.journal);
  });

  it.each(Object.entries(mutants))("notices when %s", async (_name, { bend, sees }) => {
    const { faults } = await run("mutant", 9, bend);
    expect(faults.join("\n")).toMatch(sees);
  });
});
