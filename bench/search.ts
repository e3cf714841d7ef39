import { fillMessages, fillPeople } from "../server/modules/desk/index.ts";
import { systemClock } from "../server/platform/clock.ts";
import { ApiClient } from "../tests/support/api-client.ts";
import { emailOf, PASSWORD } from "../tests/support/company.ts";
import { type Asked, type Explained, explain, statementsOf } from "../tests/support/explained.ts";
import { fillTown } from "../tests/support/inbox-town.ts";
import { withPostgres } from "./house.ts";
import { inThisProcess } from "./inbox.ts";
import { type Bench, counted, type Figure, latency, seconds } from "./measure.ts";
import { type RunningHouse, withRunningHouse } from "./running-server.ts";

const REQUESTS = 100;
const WARM_UP = 8;
const BATCH = 2_000;

/** The classes of questions that the house promises, each with words of known frequency; `n` makes each one another. */
const classes: readonly { name: string; q(n: number): string }[] = [
  { name: "rare", q: (n) => `serial${n * 37}` },
  { name: "mid", q: (n) => `w${300 + n}` },
  { name: "common", q: () => "northwind" },
  { name: "two words", q: (n) => `w${3 + (n % 40)} w${60 + n}` },
  { name: "phrase", q: () => '"not the modem"' },
  { name: "prefix", q: (n) => `w${20 + (n % 70)}*` },
  { name: "CJK", q: (n) => (n % 2 ? "東京タワー" : "壊れた") },
  { name: "filter and word", q: (n) => `is:open w${40 + n}` },
  { name: "from", q: (n) => `from:person${n * 11}` },
  { name: "part", q: (n) => `*erial${n * 37}*` },
];

/** Messages say words of which the hundredth is ten times rarer than the tenth, one of their own, and some a phrase. */
const SAY_MORE = `
  update message m set text = m.text || s.more from (
    select r.id, string_agg(' w' || floor(exp(ln(30000) * (('x' || substr(md5(r.n || '.' || k), 1, 7))::bit(28)::int / 268435456.0)))::int, '')
      || ' serial' || r.n || case when r.n % 100 = 0 then ' not the modem' else '' end || case when r.n % 900 = 0 then ' 昨日東京タワーで壊れた' else '' end as more
    from (select id, row_number() over (order by id desc) - 1 as n from message where id >= $1 and id < $2) r, generate_series(1, 12) k
    group by r.id, r.n) s where m.id = s.id`;

async function fill(house: RunningHouse, messages: number, say: (text: string) => void): Promise<void> {
  const { accountId } = house.company;
  await fillTown(house.db.address.owner, house.company, messages, systemClock.now());
  const ids = (await house.query<{ id: string }>("select id from message order by id")).map((row) => row.id);
  await house.query(SAY_MORE, [ids[0], "ffffffff-ffff-ffff-ffff-ffffffffffff"]);
  const took = await seconds(async () => {
    for (let from = 0; from < ids.length; from += BATCH)
      await house.db.withAccount(accountId, (tx) => fillMessages(tx, ids.slice(from, from + BATCH)));
  });
  say(`filled at ${(ids.length / took).toFixed(0)} messages a second`);
  const people = (await house.query<{ id: string }>("select id from customer")).map((row) => row.id);
  for (let from = 0; from < people.length; from += BATCH)
    await house.db.withAccount(accountId, (tx) => fillPeople(tx, people.slice(from, from + BATCH)));
  await house.query("vacuum (analyze) message, search_doc, search_word, search_person");
  const sizes = await house.query<{ name: string; mb: number }>(
    "select relname as name, pg_relation_size(oid) / 1048576 as mb from pg_class where relname like 'search_%' order by 1",
  );
  say(sizes.map(({ name, mb }) => `${name} ${mb} MB`).join(", "));
}

const sum = (all: readonly Explained[]) => all.reduce((total, one) => total + one.buffers, 0);

export function searchOf(messages: number): Bench {
  return {
    about: `Search over HTTP, one question after the other, at ${messages.toLocaleString("en")} messages of half a year, by class of question; buffers of its statements as the application role.`,
    run: ({ folder, say }) =>
      withPostgres(folder, (postgres) =>
        withRunningHouse(postgres, folder, async (house) => {
          await fill(house, messages, say);
          const client = await house.signIn("priya");
          await client.do("PUT", "/api/presence/me", { state: "busy" });
          const path = (q: string) => `/api/search?q=${encodeURIComponent(q)}`;
          const took = new Map<string, number[]>();
          for (let n = -WARM_UP; n < REQUESTS; n++)
            for (const { name, q } of classes) {
              const wait = (await seconds(() => client.get(path(q(n + WARM_UP))))) * 1_000;
              if (n >= 0) took.set(name, [...(took.get(name) ?? []), wait]);
            }
          const heard = await inThisProcess(house, folder, async (url) => {
            const own = await new ApiClient(url).signIn(emailOf("priya"), PASSWORD);
            const all = new Map<string, Asked[]>();
            for (const { name, q } of classes) {
              await own.get(path(q(1)));
              all.set(name, await statementsOf(() => own.get(path(q(2)))));
            }
            return all;
          });
          const figures: Figure[] = [];
          for (const { name } of classes) {
            const asked = heard.get(name)!;
            const plan = await explain(house.db.address.app, house.company.accountId, asked);
            figures.push(latency(`${name}, median`, took.get(name)!, 0.5));
            figures.push(latency(`${name}, 99th percentile`, took.get(name)!, 0.99));
            figures.push(counted(`${name}, shared buffers`, "a request", [sum(plan)]));
          }
          return figures;
        }),
      ),
  };
}

export const search = searchOf(1_000_000);
