import { Client } from "pg";
import { placementsOfMessages, reader } from "#modules/conversations";
import { type ManualClock, MINUTE } from "#platform/clock";
import type { Database } from "#platform/db";
import { type AccountId, uuidv7 } from "#platform/ids";
import { readOnce } from "#platform/journal/reader";
import { silentLog } from "#platform/log";
import { makeAccount, TEST_START } from "./database.ts";
import { explain, statementsOf } from "./explained.ts";
import { fillTown } from "./inbox-town.ts";
import { numberEvents } from "./journal.ts";
import { type Line, makeChannel, messageId, sayUnderstood, storeMessages } from "./messages.ts";

/** What placing one message costs. */
export interface PlacingCost {
  what: string;
  /** Conversations of the speaker, and of others who named the same number, that were weighed. */
  candidates: number;
  /** Rows that came back of all statements of the reader's run, its journal among them. */
  rows: number;
  /** Rows of tables looked at by those that find the place. */
  looked: number;
  statements: number;
}

/** Whoever asks: an ordinary customer, the one with the longest conversation, a stranger, and each may name a number that thousands name. */
const SPEAKERS = [
  "somebody known",
  "the longest conversation",
  "a stranger",
  "a number that thousands name",
  "a number that one other names",
];
/** Reads that find the place: what `conversations` asks of its own tables. */
const FINDS =
  /\b(?:placement|conversation|conversation_thread|episode|said_number) [a-z]\b|from (?:placement|conversation|said_number) where/u;

/** Fills an account with so many messages and places one of each kind after them. */
export async function placingCosts(db: Database, clock: ManualClock, messages: number): Promise<PlacingCost[]> {
  const { accountId, brandId } = await makeAccount(db);
  const channelId = await db.withAccount(accountId, (tx) => makeChannel(tx, brandId));
  const [queueId, priya, dana] = [1, 2, 3].map(() => uuidv7(TEST_START));
  const company = { accountId, brandId, channelId, queueId, agents: { priya, dana } };
  const town = await fillTown(db.address.owner, company as never, messages, TEST_START);
  const { longest, known } = await withOwner(db, async (owner) => {
    // Every customer named a number of his own once; every fortieth message names one and the same.
    await owner.query(
      `insert into said_number (account_id, number, message_id)
       select distinct on (customer_id) account_id, 'r' || right(customer_id::text, 12), message_id from placement where account_id = $1 and role = 'customer' order by customer_id, message_id`,
      [accountId],
    );
    await owner.query(
      `insert into said_number (account_id, number, message_id)
       select account_id, 'r5510273', message_id from (select *, row_number() over (order by message_id) n from placement where account_id = $1 and role = 'customer') p where n % 40 = 0`,
      [accountId],
    );
    await owner.query("analyze said_number");
    const speaker = async (conversationId: string) =>
      (
        await owner.query<{ external_id: string; customer: string }>(
          `select h.external_id, h.customer_id as customer from conversation c join handle h on h.account_id = c.account_id and h.customer_id = c.customer_id where c.account_id = $1 and c.id = $2`,
          [accountId, conversationId],
        )
      ).rows[0]!;
    const recent = async (among: readonly string[]) => {
      const { rows } = await owner.query<{ id: string }>(
        "select id from conversation where account_id = $1 and id = any($2::uuid[]) order by last_message_at desc limit 1",
        [accountId, among],
      );
      return speaker(rows[0]!.id);
    };
    return { longest: await recent(town.longIds), known: await recent(town.openIds) };
  });
  const own = known.customer.slice(-12);
  const costs: PlacingCost[] = [];
  for (const [i, what] of SPEAKERS.entries()) {
    const from = [known.external_id, longest.external_id, "somebody_new", "somebody_else", "a_third"][i]!;
    const text = `@northwind my router hums again${["", "", "", ", order R5510273", `, order R${own}`][i]}`;
    costs.push(
      await costOf(
        db,
        clock,
        { accountId, brandId, channelId },
        { ext: `x${i}`, from, text, at: (i + 1) * MINUTE },
        what,
      ),
    );
  }
  return costs;
}

const WRITES = /\binsert into\b|\bdelete from\b|\bupdate \w+(?: \w+)? set\b/iu;

async function costOf(
  db: Database,
  clock: ManualClock,
  t: { accountId: AccountId; brandId: string; channelId: string },
  line: Line,
  what: string,
): Promise<PlacingCost> {
  clock.set(TEST_START + line.at + 1_000);
  await db.withAccount(t.accountId, async (tx) => {
    await storeMessages(tx, t.channelId, [line]);
    await sayUnderstood(tx, t.channelId, t.brandId, [line]);
  });
  await numberEvents(db, t.accountId);
  let rows = 0;
  const asked = await statementsOf(
    async () => {
      while (await readOnce(db, reader, t.accountId, clock, silentLog)) {}
    },
    (found) => {
      rows += found;
    },
  );
  const id = messageId(t.accountId, line);
  if (!(await db.withAccount(t.accountId, (tx) => placementsOfMessages(tx, [id]))).has(id))
    throw new Error(`${what}: the message was not placed.`);
  const finds = asked.filter(
    ({ text }) => /^\s*(?:select|with)\b/iu.test(text) && FINDS.test(text) && !WRITES.test(text),
  );
  const explained = await explain(db.address.app, t.accountId, finds, { small: true });
  const weighed = await db.withAccount(t.accountId, async () =>
    explained.filter((e) => /from conversation c where[\s\S]*for update/u.test(e.text)),
  );
  return {
    what,
    candidates: Math.max(0, ...weighed.map((e) => e.rows)),
    rows,
    looked: explained.reduce((sum, e) => sum + e.rows, 0),
    statements: asked.length,
  };
}

async function withOwner<T>(db: Database, run: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: db.address.owner });
  await client.connect();
  try {
    return await run(client);
  } finally {
    await client.end();
  }
}
