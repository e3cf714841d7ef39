import fc from "fast-check";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { countStatements } from "../../../tests/support/count-statements.ts";
import { makeAccount, openTestDatabase, TEST_START } from "../../../tests/support/database.ts";
import { makeDatabase } from "../../../tests/support/own-database.ts";
import { ManualClock } from "../clock.ts";
import { addressFromUrl } from "../database-url.ts";
import { openDatabase, type RawBuilder, sql, type Tx } from "../db.ts";

const { db } = openTestDatabase();
afterAll(() => db.close());

type Rows = Record<string, unknown>[];
const ask = async (tx: Tx, read: RawBuilder<unknown>): Promise<Rows> => (await read.execute(tx.tables())).rows as Rows;
const each = async (tx: Tx, reads: readonly RawBuilder<unknown>[]): Promise<Rows[]> => {
  const answers: Rows[] = [];
  for (const read of reads) answers.push(await ask(tx, read));
  return answers;
};
const round = (tx: Tx, reads: readonly RawBuilder<unknown>[]) =>
  tx.together((many) => Promise.all(reads.map((read) => ask(many, read))));
const sent = ({ statements }: { statements: readonly string[] }) =>
  statements.filter((text) => !/^\s*(begin|commit|deallocate)/.test(text));

/** A value of each type of a column, as text that PostgreSQL reads. */
const VALUES: Record<string, fc.Arbitrary<string>> = {
  bool: fc.constantFrom("true", "false"),
  bytea: fc.uint8Array({ maxLength: 9 }).map((bytes) => `\\x${Buffer.from(bytes).toString("hex")}`),
  int2: fc.integer({ min: -32_768, max: 32_767 }).map(String),
  int4: fc.integer().map(String),
  int8: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
  float4: fc.oneof(fc.float({ noDefaultInfinity: true }).map(String), fc.constantFrom("NaN", "-Infinity")),
  float8: fc.oneof(fc.double().map(String), fc.constant("Infinity")),
  numeric: fc.constantFrom("0.1000", "-12345678901234567890.123456789", "NaN", "7"),
  text: fc.string({ unit: "grapheme" }).map((text) => text.replaceAll("\u0000", "")),
  varchar: fc.string({ maxLength: 9 }).map((text) => text.replaceAll("\u0000", "")),
  bpchar: fc.constantFrom("a  ", " b", ""),
  name: fc.constantFrom("handle", "$1", "quoted 'name'"),
  uuid: fc.uuid(),
  date: fc.constantFrom("2026-11-22", "0044-03-15 BC", "infinity"),
  time: fc.constantFrom("09:00:00", "23:59:59.999999"),
  timestamp: fc.constantFrom("2026-11-22 09:00:00.123456", "1969-12-31 23:59:59"),
  timestamptz: fc.constantFrom("2026-11-22 09:00:00.123456+00", "1900-01-01 00:00:00+05:30", "infinity"),
  interval: fc.constantFrom("7 days", "-1 mon 02:03:04.5"),
  inet: fc.constantFrom("127.0.0.1", "10.0.0.0/8", "::1"),
  json: fc.json(),
  jsonb: fc.json().map((text) => text.replaceAll("\\u0000", "")),
  "text[]": fc.constantFrom("{}", '{a,"b,c",NULL,"NULL","\\"q\\""}'),
  "uuid[]": fc.uuid().map((id) => `{${id},NULL}`),
  "int4[]": fc.constantFrom("{1,2,NULL}", "{}"),
  "int8[]": fc.constant("{9007199254740993}"),
  "timestamptz[]": fc.constant("{2026-11-22 09:00:00.5+00}"),
  "numeric[]": fc.constant("{0.10,NULL}"),
  "bool[]": fc.constant("{t,f}"),
  "jsonb[]": fc.constant('{"{\\"a\\": 1}"}'),
};
const cell = fc
  .constantFrom(...Object.keys(VALUES))
  .chain((type) => fc.record({ type: fc.constant(type), value: fc.option(VALUES[type]!, { freq: 5 }) }));
/** A read of a few rows with columns of any types, some given as parameters and some in the text. */
const read = fc
  .record({
    columns: fc.array(fc.record({ cell, name: fc.constantFrom("id", "at", "a b", 'q"', "from") }), {
      minLength: 1,
      maxLength: 5,
    }),
    rows: fc.integer({ min: 0, max: 4 }),
    descending: fc.boolean(),
  })
  .map(({ columns, rows, descending }) => {
    const shown = columns.map(
      ({ cell: { type, value }, name }) => sql`${value}::${sql.raw(type)} as ${sql.ref(name.replaceAll(".", ""))}`,
    );
    const order = descending ? sql`desc` : sql`asc`;
    return sql`select ${sql.join(shown)}, n::int as n from generate_series(1, ${rows}::int) as n order by n ${order}`;
  });

describe("a round of reads", () => {
  it("answers as its reads do one by one, whatever the types of their columns", async () => {
    const { accountId } = await makeAccount(db);
    await fc.assert(
      fc.asyncProperty(fc.array(read, { minLength: 2, maxLength: 6 }), async (reads) => {
        await db.withAccount(accountId, async (tx) => {
          const alone = await each(tx, reads);
          const asked = await countStatements(async () => expect(await round(tx, reads)).toEqual(alone));
          // Their texts are known now.
          expect(sent(asked)).toHaveLength(1);
        });
      }),
      { numRuns: 80 },
    );
  });

  it("answers as its reads do one by one for every table there is", async () => {
    const { accountId } = await makeAccount(db);
    await db.withAccount(accountId, async (tx) => {
      const tables = await ask(
        tx,
        sql`select relname as name from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace
        and not relispartition and has_table_privilege(oid, 'select') order by relname`,
      );
      expect(tables.length).toBeGreaterThan(40);
      const reads = tables.map(({ name }) => sql`select * from ${sql.table(name as string)} limit 3`);
      const alone = await each(tx, reads);
      const asked = await countStatements(async () => expect(await round(tx, reads)).toEqual(alone));
      // Forty reads are a round; a table with a column of a type that is not known here stands alone.
      expect(sent(asked).length).toBeLessThan(tables.length / 4);
    });
  });

  it("is one statement, learnt by running each text once; the same question is sent once", async () => {
    const { accountId } = await makeAccount(db);
    const reads = [
      sql`select 1 as one`,
      sql`select ${"b"}::text as b`,
      sql`select name from account`,
      sql`select 1 as one`,
    ];
    const asked = () => countStatements(() => db.withAccount(accountId, (tx) => round(tx, reads)));
    expect(sent(await asked())).toHaveLength(4);
    const again = sent(await asked());
    expect(again).toHaveLength(1);
    expect(again[0]!.match(/as part/g)).toHaveLength(3);
  });

  it("follows one another where a read needs an answer, in step", async () => {
    const { accountId } = await makeAccount(db);
    const chain = async (tx: Tx, from: number) => {
      const [first] = await ask(tx, sql`select ${from}::int as n`);
      const [second] = await ask(tx, sql`select ${first!.n}::int + 1 as n`);
      return second!.n;
    };
    const run = () =>
      db.withAccount(accountId, (tx) => tx.together((many) => Promise.all([1, 2, 3].map((n) => chain(many, n)))));
    await run();
    const asked = await countStatements(async () => expect(await run()).toEqual([2, 3, 4]));
    expect(sent(asked)).toHaveLength(2);
  });

  it("keeps what writes or locks in its turn, by itself", async () => {
    const { accountId } = await makeAccount(db);
    const mission = sql`select mission from account where account_id = ${accountId}`;
    const write = sql`update account set mission = ${"all"} where account_id = ${accountId}`;
    const lock = sql`select mission from account where account_id = ${accountId} for update`;
    const run = () =>
      db.withAccount(accountId, (tx) => round(tx, [mission, mission, write, mission, lock, mission, mission]));
    const [before, , , after] = await run();
    expect([before, after]).toEqual([[{ mission: "" }], [{ mission: "all" }]]);
    const asked = await countStatements(run);
    expect(sent(asked)).toHaveLength(5);
  });

  it("fails for all that asked as the read that fails would, and the transaction with it", async () => {
    const { accountId } = await makeAccount(db);
    const divide = (by: number) => sql`select 1 / ${by}::int as n`;
    const run = (by: number) =>
      db.withAccount(accountId, (tx) => round(tx, [sql`select 1 as one`, divide(by), sql`select name from account`]));
    await run(1);
    await expect(run(0)).rejects.toMatchObject({ code: "22012", message: "division by zero" });
    expect(await run(1)).toHaveLength(3);
  });

  it("sees only rows of its account", async () => {
    const [mine, other] = [await makeAccount(db, "Mine"), await makeAccount(db, "Other")];
    const names = () =>
      db.withAccount(mine.accountId, (tx) =>
        round(tx, [sql`select name from account`, sql`select name as brand from brand`]),
      );
    await names();
    expect(await names()).toEqual([[{ name: "Mine" }], [{ brand: "Mine" }]]);
    expect(other.accountId).not.toBe(mine.accountId);
  });

  it("tries again with new texts when the columns of a table changed", async () => {
    const own = await makeDatabase();
    const opened = openDatabase(await addressFromUrl(own.url), new ManualClock(TEST_START), {
      appConnections: 1,
      systemConnections: 1,
    });
    onTestFinished(async () => {
      await opened.close();
      await own.drop();
    });
    const { accountId } = await makeAccount(opened);
    const reads = [sql`select * from passing`, sql`select 1 as one`];
    let attempts = 0;
    const run = async (columns: string) => {
      await own.query("drop table if exists passing");
      await own.query(`create table passing as select ${columns}`);
      await own.query("grant select on passing to public");
      return opened.withAccount(accountId, (tx) => {
        attempts++;
        return round(tx, reads);
      });
    };
    await run("1 as a, 'x' as b");
    expect(await run("1 as a, 'x' as b")).toEqual([[{ a: 1, b: "x" }], [{ one: 1 }]]);
    attempts = 0;
    expect(await run("'y' as c")).toEqual([[{ c: "y" }], [{ one: 1 }]]);
    expect(attempts).toBe(2);
  });

  it("are those of the copy of a transaction that somebody was handed, with what is its own", async () => {
    const { accountId } = await makeAccount(db);
    const said: string[] = [];
    await db.withAccount(accountId, (tx) => {
      const own: Tx = { ...tx, afterCommit: () => void said.push("own") };
      return own.together((many) => many.together(async (more) => more.afterCommit(() => {})));
    });
    expect(said).toEqual(["own"]);
  });

  it("refuses what is asked when the transaction has ended", async () => {
    const { accountId } = await makeAccount(db);
    const left = await db.withAccount(accountId, async (tx) => tx);
    await expect(left.together((tx) => ask(tx, sql`select 1 as one`))).rejects.toThrow("has ended");
    let late: Promise<unknown> = Promise.resolve();
    await db.withAccount(accountId, (tx) =>
      tx.together(async (many) => {
        late = ask(many, sql`select 1 as one`).catch((error: Error) => error.message);
      }),
    );
    expect(await late).toBe("The transaction ended before this was asked.");
  });
});
