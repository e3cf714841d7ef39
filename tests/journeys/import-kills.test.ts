import { spawn } from "node:child_process";
import { afterAll, describe, expect, it } from "vitest";
import { seeded } from "../../scenarios/random.ts";
import { contentHash } from "../../server/app/content-hash.ts";
import { importRows } from "../../server/app/import/import-rows.ts";
import { ManualClock } from "../../server/platform/clock.ts";
import { addressFromUrl } from "../../server/platform/database-url.ts";
import { openDatabase, sql } from "../../server/platform/db.ts";
import { makeAccount, openTestDatabase, TEST_START } from "../support/database.ts";
import { ask, readersOf } from "../support/import-house.ts";
import { makeDatabase } from "../support/own-database.ts";
import { pastStory } from "../support/past-story.ts";

const CONVERSATIONS = 10;
const FROM = TEST_START - 90 * 86_400_000;
const { db, clock } = openTestDatabase();
afterAll(() => db.close());

interface Ended {
  signal: NodeJS.Signals | null;
  code: number | null;
  out: string;
  err: string;
}

function run(args: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, [new URL("../support/import-child.ts", import.meta.url).pathname, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [out, err] = ["", ""];
  child.stdout.on("data", (chunk) => (out += chunk));
  child.stderr.on("data", (chunk) => (err += chunk));
  return new Promise((resolve) => child.on("close", (code, signal) => resolve({ code, signal, out, err })));
}

describe("an import that is killed", () => {
  it.each(["one", "two"])(
    "goes on where it stood and comes to the same, by seed %s",
    async (seed) => {
      const calm = await makeAccount(db);
      const rows = pastStory(seed, CONVERSATIONS, FROM);
      await importRows(db, {
        ...{ accountId: calm.accountId, name: "story", rows: rows as never, clock },
        wait: readersOf(db, clock, calm.accountId),
      });
      await readersOf(db, clock, calm.accountId)();
      const expected = await contentHash(db, calm.accountId);

      const own = await makeDatabase();
      const other = openDatabase(await addressFromUrl(own.url), new ManualClock(TEST_START), { appConnections: 2 });
      try {
        const { accountId } = await makeAccount(other);
        const chance = seeded(`kills ${seed}`);
        const args = [own.url, accountId, seed, String(CONVERSATIONS), String(FROM), String(TEST_START)];
        // Once while it reads a line, once at any later point of what is left.
        for (const killAt of [`line ${2 + chance.int(rows.length - 2)}`, `step ${1 + chance.int(8)}`]) {
          const ended = await run([...args, killAt]);
          expect([ended.signal, ended.err]).toEqual(["SIGKILL", ""]);
        }
        const ended = await run([...args, "never"]);
        expect([ended.code, ended.err]).toEqual([0, ""]);
        expect(JSON.parse(ended.out)).toMatchObject({ refused: 0, parked: 0, before: false });
        expect((await contentHash(other, accountId)).parts).toEqual(expected.parts);
        const twice = await ask(
          other,
          accountId,
          () =>
            sql`select entity_id from event where account_id = ${accountId} and type = 'MessageReceived' group by 1 having count(*) > 1`,
        );
        expect(twice).toEqual([]);
      } finally {
        await other.close();
        await own.drop();
      }
    },
    180_000,
  );
});
