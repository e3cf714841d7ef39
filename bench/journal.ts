import { systemClock } from "../server/platform/clock.ts";
import { type Database, sql } from "../server/platform/db.ts";
import { type AccountId, uuidOf, uuidv7 } from "../server/platform/ids.ts";
import { eventType } from "../server/platform/journal/event.ts";
import { type Reader, reaction, readOnce } from "../server/platform/journal/reader.ts";
import { startSequencer } from "../server/platform/journal/sequencer.ts";
import { silentLog } from "../server/platform/log.ts";
import { company, withFreshDatabase, withPostgres } from "./house.ts";
import { type Bench, inTurns, parseRate, seconds, throughput } from "./measure.ts";

const ROUNDS = 5;
const EVENTS = 20_000;
const PER_TRANSACTION = 100;
const ONE_BY_ONE = 500;

const Noted = eventType<{ messageId: string; n: number }>("BenchNoted");

async function write(db: Database, accountId: AccountId, events: number): Promise<void> {
  for (let from = 0; from < events; from += PER_TRANSACTION)
    await db.withAccount(accountId, async (tx) => {
      for (let n = from; n < Math.min(from + PER_TRANSACTION, events); n++) {
        const key = uuidOf("bench", String(n % 997));
        const payload = { messageId: key, n };
        tx.announce(Noted, { key, entity: "message", entityId: key, entityVersion: 1, payload });
      }
    });
}

/** The plain way: a transaction for each event that locks the head, counts on and writes the position. */
async function numberOneByOne(db: Database, accountId: AccountId): Promise<void> {
  const fresh = await db.asSystem((trx) =>
    sql<{ id: string }>`select id from event where account_id = ${accountId} and position is null order by ord`.execute(
      trx,
    ),
  );
  for (const { id } of fresh.rows)
    await db.asSystem(async (trx) => {
      const head = await sql<{ position: number }>`
        insert into journal_head as h (account_id, position) values (${accountId}, 1)
        on conflict (account_id) do update set position = h.position + 1 returning position`.execute(trx);
      await sql`update event set position = ${head.rows[0]!.position} where account_id = ${accountId} and id = ${id}`.execute(
        trx,
      );
    });
}

export const journal: Bench = {
  about: `${EVENTS} events, written by transactions of ${PER_TRANSACTION}: numbered by the sequencer, then handed to a reader that does nothing with them.`,
  run: ({ folder }) =>
    withPostgres(folder, (server) =>
      withFreshDatabase(server, async (db) => {
        const { accountId } = await company(db);
        const numbered: number[] = [];
        const read: number[] = [];
        const plain: number[] = [];
        const written: number[] = [];
        const parse: number[] = [];
        const drainAll = async () => {
          const sequencer = startSequencer(db, systemClock, silentLog, uuidv7(systemClock.now()), () => {});
          try {
            await sequencer.drain();
          } finally {
            await sequencer.close();
            await db.asSystem((trx) => sql`update lease set expires_at = 'epoch'`.execute(trx));
          }
        };
        await drainAll();
        await inTurns(ROUNDS, [
          async (round) => {
            written.push(EVENTS / (await seconds(() => write(db, accountId, EVENTS))));
            numbered.push(EVENTS / (await seconds(drainAll)));
            let seen = 0;
            const reader: Reader = {
              name: `bench ${round}`,
              reactions: [
                reaction(Noted, async (_tx, events) => {
                  seen += events.length;
                }),
              ],
            };
            const all = EVENTS * (round + 1) + ONE_BY_ONE * plain.length;
            const took = await seconds(async () => {
              while (await readOnce(db, reader, accountId, systemClock, silentLog)) {}
            });
            if (seen !== all) throw new Error(`${seen} of ${all} events were read`);
            read.push(all / took);
            parse.push(parseRate());
          },
          async () => {
            await write(db, accountId, ONE_BY_ONE);
            plain.push(ONE_BY_ONE / (await seconds(() => numberOneByOne(db, accountId))));
          },
        ]);
        return [
          throughput("numbered", "events/s", numbered, parse, { what: "one transaction per event", rounds: plain }),
          throughput("read by one reader", "events/s", read, parse),
          throughput("written with their change", "events/s", written, parse),
        ];
      }),
    ),
};
