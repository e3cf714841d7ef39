import { readers } from "../server/app/modules.ts";
import { storeEvents } from "../server/modules/channels/inbound/store-events.ts";
import { findChannel } from "../server/modules/channels/store/channel-store.ts";
import { MINUTE, systemClock } from "../server/platform/clock.ts";
import { type Database, sql } from "../server/platform/db.ts";
import type { AccountId } from "../server/platform/ids.ts";
import { runReaders } from "../server/platform/journal/run-readers.ts";
import { startSequencer } from "../server/platform/journal/sequencer.ts";
import { silentLog } from "../server/platform/log.ts";
import { company, pleas, withFreshDatabase, withPostgres } from "./house.ts";
import { importFile, LINES, writePast } from "./import-file.ts";
import { type Bench, inTurns, parseRate, seconds, throughput } from "./measure.ts";

const ROUNDS = 3;
const MANY = 9_000;
const FEW = 30;
const RUN = 500;
/** Post, our answer, thanks: three messages a matter; two matters a person. */
const WORDS = 3;
const MATTERS = 2;
const LOOK_MS = 10;
const GIVE_UP_MS = 120_000;

/** The `n`th message of a past in which people wrote, were answered and said thanks; a minute apart. */
function said(n: number, began: number) {
  const matter = Math.floor(n / WORDS);
  const word = n % WORDS;
  const person = Math.floor(matter / MATTERS);
  const root = `po_${matter * WORDS}`;
  const ours = word === 1;
  const who = ours ? "us" : String(person);
  const texts = [
    `@northwind ${pleas[matter % pleas.length]}`,
    "Thank you for telling us. It works again now.",
    "thanks!",
  ];
  return {
    externalId: `po_${n}`,
    revision: "",
    kind: word === 0 ? ("post" as const) : ("comment" as const),
    visibility: "public" as const,
    thread: { key: root, ...(word > 0 && { rootId: root, parentId: `po_${n - 1}` }) },
    author: { id: `pr_${who}`, scope: "*", handle: ours ? "northwind" : `person${who}`, name: who, isSelf: ours },
    addressedTo: [],
    text: texts[word]!,
    language: "en",
    entities: [],
    attachments: [],
    createdAt: began + n * MINUTE,
    why: [word === 0 ? ("mention" as const) : ("reply" as const)],
  };
}

async function store(db: Database, of: { accountId: AccountId; channelId: string }, from: number, to: number) {
  const began = systemClock.now() - 2 * MANY * MINUTE;
  for (let at = from; at < to; at += RUN)
    await db.withAccount(of.accountId, async (tx) => {
      const channel = (await findChannel(tx, of.channelId))!;
      const items = Array.from({ length: Math.min(RUN, to - at) }, (_, i) => said(at + i, began));
      const inputs = items.map((item) => ({
        ...{ event: { type: "item.created" as const, item }, source: "import", rawId: null },
        receivedAt: item.createdAt,
      }));
      await storeEvents(tx, channel, inputs);
    });
}

/** Waits until so many messages have their place, and looks that none of them became work. */
async function until(db: Database, accountId: AccountId, placed: number): Promise<void> {
  const began = performance.now();
  for (;;) {
    const found = await db.withAccount(accountId, (tx) =>
      sql<{
        n: number;
        work: number;
      }>`select (select count(*)::int from placement where account_id = ${accountId}) as n,
        (select count(*)::int from episode where account_id = ${accountId}) as work`.execute(tx.tables()),
    );
    const { n, work } = found.rows[0]!;
    if (work > 0) throw new Error(`${work} episodes were opened by history`);
    if (n >= placed) return;
    if (performance.now() - began > GIVE_UP_MS)
      throw new Error(`${n} of ${placed} messages were placed in ${GIVE_UP_MS / 1_000} s`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

async function round(db: Database, parts: readonly [from: number, to: number][]): Promise<number> {
  const of = await company(db);
  const reading = runReaders(db, readers, systemClock, silentLog);
  const sequencer = startSequencer(db, systemClock, silentLog, "bench", () => reading.wake());
  try {
    await reading.settled();
    return await seconds(async () => {
      for (const [from, to] of parts) {
        await store(db, of, from, to);
        await until(db, of.accountId, to);
      }
    });
  } finally {
    await reading.close();
    await sequencer.close();
  }
}

export const history: Bench = {
  about: `${MANY} messages of the past (questions, our answers, thanks), stored in runs of ${RUN}: labelled and stitched, none becomes work. Then a file of ${LINES} lines by the command "import", each into a fresh database.`,
  run: ({ folder, say }) =>
    withPostgres(folder, async (server) => {
      const together: number[] = [];
      const alone: number[] = [];
      const parse: number[] = [];
      const files: number[] = [];
      const file = await writePast(folder);
      await inTurns(ROUNDS, [
        () =>
          withFreshDatabase(server, async (db) => {
            together.push(MANY / (await round(db, [[0, MANY]])));
            parse.push(parseRate());
          }),
        () =>
          withFreshDatabase(server, async (db) => {
            const each = Array.from({ length: FEW }, (_, n): [number, number] => [n, n + 1]);
            alone.push(FEW / (await round(db, each)));
          }),
        () =>
          withFreshDatabase(server, async (db) => {
            const { rate, stages } = await importFile(server, db, folder, file);
            files.push(rate);
            say(`import: ${stages}`);
          }),
      ]);
      return [
        throughput("stored, labelled and stitched", "messages/s", together, parse, {
          what: "one message at a time",
          rounds: alone,
        }),
        throughput("lines of a file, by the command import", "lines/s", files, parse),
      ];
    }),
};
