import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createBlobs } from "#platform/blobs/blobs";
import { diskFiles } from "#platform/blobs/disk-files";
import { ManualClock } from "#platform/clock";
import type { Database } from "#platform/db";
import { silentLog } from "#platform/log";
import { openTestDatabase, TEST_START } from "../../../../tests/support/database.ts";
import { seal, unseal, useKeyRing } from "../../company/index.ts";
import type { Adapter } from "../domain/adapter.ts";
import { useBlobs } from "../files/blob-port.ts";
import { bodies } from "./bodies.ts";
import { type Case, cases } from "./cases.ts";
import type { AdapterKit, Counterpart, House } from "./kit.ts";
import { openPlace, type Place, type PlaceDeps } from "./place.ts";

/** What the author of a case that takes long may have. */
const TIMEOUT = 60_000;

/**
 * Tries an adapter with every case of the kit: C (receiving), W (webhooks), S (sending), O (operating). A case that its capabilities
 * rule out becomes a test that says why, and that the reason stands in the data.
 */
export function describeAdapter(name: string, kit: AdapterKit): void {
  describe(name, () => {
    const ready = prepare(kit);
    beforeAll(ready.open);
    afterAll(ready.close);
    const adapter = kit.adapter(nowhere());
    it("knows its own network", () => expect(adapter.capabilities.kind).toBe(adapter.network));
    for (const one of cases) {
      const verdict = one.applies(adapter.capabilities, adapter);
      if (verdict === true) it(`${one.id} ${one.title}`, { timeout: TIMEOUT }, () => ready.run(one.id));
      else it(`${one.id} does not apply: ${verdict}`, () => saysTheData(one, adapter, verdict));
    }
  });
}

/** The reason comes from the data and from nothing else: the same data say it again, and some of it was looked at. */
function saysTheData(one: Case, adapter: Adapter, verdict: string): void {
  const seen = new Set<PropertyKey>();
  const watched = <T extends object>(what: T): T =>
    new Proxy(what, {
      get(target, key, receiver) {
        seen.add(key);
        return Reflect.get(target, key, receiver);
      },
    });
  expect(one.applies(watched(adapter.capabilities), watched(adapter))).toBe(verdict);
  expect([...seen].length, "fields that were looked at").toBeGreaterThan(0);
}

/** One case by itself: what the tests of the kit break adapters with. */
export interface Prepared {
  open(): Promise<void>;
  run(id: string, change?: (adapter: Adapter) => Adapter): Promise<void>;
  close(): Promise<void>;
}

export function prepare(kit: AdapterKit): Prepared {
  let house: House & { db: Database };
  let counterpart: Counterpart | undefined;
  let n = 0;
  let folder = "";
  return {
    async open() {
      useKeyRing(new Uint8Array(32).fill(7));
      const { db, clock } = openTestDatabase(new ManualClock(TEST_START));
      folder = await mkdtemp(join(tmpdir(), "hubbub-kit-"));
      const files = diskFiles(folder);
      useBlobs(createBlobs({ db, files, keys: { seal, unseal }, linkKey: Buffer.alloc(32, 3) }));
      house = { db, clock, log: silentLog };
      counterpart = await kit.open(house);
    },
    async run(id, change = (adapter) => adapter) {
      const body = bodies[id];
      if (!body) throw new Error(`There is no case ${id}.`);
      const opened: Place[] = [];
      const deps: PlaceDeps = {
        ...{ house, counterpart: counterpart!, adapter: change(kit.adapter(house)), number: () => ++n },
      };
      const open = async () => {
        const place = await openPlace(deps);
        opened.push(place);
        return place;
      };
      try {
        await body(await open(), { open });
      } finally {
        for (const place of opened) await place.close();
      }
    },
    async close() {
      await counterpart?.close();
      await house.db.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** While tests are listed there is neither database nor network. */
function nowhere(): House {
  const refuse = () => {
    throw new Error("An adapter may touch nothing while it is made.");
  };
  const db = new Proxy({}, { get: () => refuse }) as Database;
  return { clock: new ManualClock(TEST_START), log: silentLog, db };
}
