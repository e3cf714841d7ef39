import { join } from "node:path";
import type { Config } from "../server/app/config.ts";
import { start } from "../server/app/start.ts";
import { systemClock } from "../server/platform/clock.ts";
import { ApiClient } from "../tests/support/api-client.ts";
import { emailOf, PASSWORD } from "../tests/support/company.ts";
import { type Asked, type Explained, explain, statementsOf } from "../tests/support/explained.ts";
import { fillTown, type Town } from "../tests/support/inbox-town.ts";
import { withPostgres } from "./house.ts";
import { type Bench, counted, type Figure, latency, median, seconds } from "./measure.ts";
import { type RunningHouse, withRunningHouse } from "./running-server.ts";

const REQUESTS = 1_000;
const EXPLAINED = 12;
const WARM_UP = 50;

/** What an agent's desk asks for, over and over. */
interface Question {
  name: string;
  /** The `n`th address of its kind. */
  path(town: Town, n: number): string;
}
const spread = (list: readonly string[], n: number) => list[(n * 7_919) % list.length]!;
const questions: readonly Question[] = [
  { name: "inbox list", path: (_, n) => `/api/desk/work?view=${["team", "all", "mine"][n % 3]}` },
  {
    name: "conversation open",
    path: (town, n) =>
      `/api/desk/conversations/${spread([town.conversationIds, town.openIds, town.conversationIds, town.longIds][n % 4]!, n)}`,
  },
];

interface Measured {
  took: Map<string, number[]>;
  asked: Map<string, number[]>;
  /** By question: for each of its statements (by their order) the buffers of each request. */
  buffers: Map<string, Explained[][]>;
  bytes: number;
}

async function measure(house: RunningHouse, folder: string, messages: number): Promise<Measured & { town: Town }> {
  const town = await fillTown(house.db.address.owner, house.company, messages, systemClock.now());
  const [{ bytes } = { bytes: 0 }] = await house.query<{ bytes: number }>(
    "select pg_database_size(current_database())::float8 as bytes",
  );
  const client = await house.signIn("priya");
  // Nothing is offered meanwhile.
  await client.do("PUT", "/api/presence/me", { state: "busy" });
  const took = new Map<string, number[]>();
  for (const { name, path } of questions) {
    const times: number[] = [];
    for (let n = -WARM_UP; n < REQUESTS; n++) {
      const wait = (await seconds(() => client.get(path(town, n + WARM_UP)))) * 1_000;
      if (n >= 0) times.push(wait);
    }
    took.set(name, times);
  }
  const heard = await inThisProcess(house, folder, (own) => listenTo(own, town));
  const buffers = new Map<string, Explained[][]>();
  for (const [name, requests] of heard)
    buffers.set(
      name,
      await Promise.all(requests.map((asked) => explain(house.db.address.app, house.company.accountId, asked))),
    );
  const asked = new Map([...heard].map(([name, requests]) => [name, requests.map((r) => r.length)]));
  return { took, asked, buffers, bytes, town };
}

/** The same desk over the same database once more, here, where its statements can be heard. It only serves requests. */
export async function inThisProcess<T>(
  house: RunningHouse,
  folder: string,
  run: (url: string) => Promise<T>,
): Promise<T> {
  const config: Config = {
    ...{ host: "127.0.0.1", port: 0, publicUrl: house.url, roles: new Set(["web"] as const) },
    ...{ databaseUrl: house.db.address.owner, demo: false, playgroundPort: 0, checkReplies: false },
  };
  const env = { HUBBUB_DATA_DIR: join(folder, "ear"), HUBBUB_MASTER_KEY: "01".repeat(32), HUBBUB_LOG: "silent" };
  const server = await start(config, env, () => {});
  try {
    return await run(`http://127.0.0.1:${server.port}`);
  } finally {
    await server.stop();
  }
}

async function listenTo(url: string, town: Town): Promise<Map<string, Asked[][]>> {
  const client = await new ApiClient(url).signIn(emailOf("priya"), PASSWORD);
  const heard = new Map<string, Asked[][]>();
  for (const { name, path } of questions) {
    // What was never asked before is sent read by read, to learn its columns.
    for (let n = 0; n < EXPLAINED; n++) await client.get(path(town, n));
    const requests: Asked[][] = [];
    for (let n = 0; n < EXPLAINED; n++) requests.push(await statementsOf(() => client.get(path(town, n))));
    heard.set(name, requests);
  }
  return heard;
}

const sum = (all: readonly Explained[]) => all.reduce((total, one) => total + one.buffers, 0);

/** Two sizes of the same town, one after the other in one run. */
export function inboxOf(few: number, many: number): Bench {
  const words = (n: number) => (n >= 1_000_000 ? `${n / 1_000_000} M` : `${n / 1_000} k`);
  return {
    about: `The work list and a conversation, asked for over HTTP one after the other at ${words(few)} and ${words(many)} messages; their statements, and the buffers of each as the application role.`,
    run: ({ folder, say }) =>
      withPostgres(folder, async (postgres) => {
        const at = (messages: number) =>
          withRunningHouse(postgres, folder, (house) => measure(house, folder, messages));
        const small = await at(few);
        const large = await at(many);
        say(`databases of ${[small, large].map((m) => `${(m.bytes / 2 ** 20).toFixed(0)} MB`).join(" and ")}`);
        return questions.flatMap(({ name }): Figure[] => {
          const base = { what: `at ${words(few)}`, values: small.took.get(name)! };
          const before = small.buffers.get(name)!.map(sum);
          const after = large.buffers.get(name)!.map(sum);
          const whole = new Set(large.buffers.get(name)!.flatMap((r) => r.flatMap((s) => s.whole)));
          sayWorst(name, small.buffers.get(name)!, large.buffers.get(name)!, say);
          say(`${name}: tables read from end to end: ${[...whole].join(", ") || "none"}`);
          return [
            latency(`${name}, median`, large.took.get(name)!, 0.5, base),
            latency(`${name}, 99th percentile`, large.took.get(name)!, 0.99, base),
            counted(`${name}, statements`, "a request", large.asked.get(name)!),
            {
              ...counted(`${name}, shared buffers`, "a request", after),
              baseline: {
                what: `at ${words(few)}`,
                value: median(before),
                ratio: median(after) / median(before),
              },
            },
          ];
        });
      }),
  };
}

/** The statements that touch most, at both sizes. */
function sayWorst(name: string, small: Explained[][], large: Explained[][], say: (text: string) => void): void {
  const of = (requests: Explained[][]) => {
    const by = new Map<string, number[]>();
    for (const { text, buffers } of requests.flat()) by.set(text, [...(by.get(text) ?? []), buffers]);
    return by;
  };
  const before = of(small);
  const rows = [...of(large)].map(([text, buffers]) => ({
    text: text.replace(/\s+/g, " ").slice(0, 100),
    buffers: median(buffers),
    before: median(before.get(text) ?? []),
  }));
  for (const row of rows.sort((a, b) => b.buffers - a.buffers).slice(0, 4))
    say(`${name}: ${row.before} → ${row.buffers} buffers: ${row.text}`);
}

export const inbox = inboxOf(100_000, 1_000_000);
