import { setTimeout as after } from "node:timers/promises";
import { Client } from "pg";
import { systemClock } from "../server/platform/clock.ts";
import { uuidv7 } from "../server/platform/ids.ts";
import { withPostgres } from "./house.ts";
import { type LiveReader, openLive } from "./live-reader.ts";
import { type Bench, type Figure, latency, median } from "./measure.ts";
import { type RunningHouse, withRunningHouse } from "./running-server.ts";

const PER_SECOND = 50;
const STREAMS = 20;
const HELD_MS = 30_000;
const WARM_UP = 100;
const PEOPLE = 500;
const LAST_WAIT_MS = 20_000;
const KNOCKS = 200;
const STEPS = ["MessageReceived", "MessageUnderstood", "MessagePlaced"];

const TEXT = "@northwind my line is down since this morning and nobody answers. What is going on?";

/** When each post was due, and when each stream first heard of the message it became. */
interface Heard {
  due: Map<string, number>;
  /** By message: one time for each stream, the moment the frame was read. */
  read: Map<string, number[]>;
}

async function listen(house: RunningHouse, heard: Heard): Promise<LiveReader[]> {
  const supervisor = await house.signIn("marek");
  return Promise.all(
    Array.from({ length: STREAMS }, (_, i) =>
      openLive(supervisor, -1, (notice, at) => {
        if (notice.kind !== "message") return;
        const times = heard.read.get(notice.id) ?? new Array<number>(STREAMS).fill(Number.NaN);
        // A repeated notice is no second arrival.
        if (Number.isNaN(times[i])) times[i] = at;
        heard.read.set(notice.id, times);
      }),
    ),
  );
}

/** A transaction that has written an event and does not end: whoever waits for the oldest writer waits for it. */
async function holdOpen(house: RunningHouse, ms: number): Promise<void> {
  const writer = new Client({ connectionString: house.db.address.owner });
  await writer.connect();
  try {
    await writer.query("begin");
    const { rowCount } = await writer.query(
      `insert into event (account_id, id, type, v, key, shard, entity, entity_id, entity_version, payload, occurred_at)
      values ($1, $2, 'BenchHeld', 1, $1, 0, 'account', $1, 1, '{}', $3)`,
      [house.company.accountId, uuidv7(systemClock.now()), new Date(systemClock.now())],
    );
    if (rowCount !== 1) throw new Error("the transaction that is held open has written nothing");
    await after(ms);
    await writer.query("rollback");
  } finally {
    await writer.end();
  }
}

/** Posts by a fixed timetable whatever the answers take: what waits is counted from the moment it was due. */
async function post(house: RunningHouse, count: number, heard: Heard | null): Promise<void> {
  const began = performance.now() + 50;
  const under: Promise<void>[] = [];
  for (let n = 0; n < count; n++) {
    const due = began + (n * 1_000) / PER_SECOND;
    const wait = due - performance.now();
    if (wait > 0) await after(wait);
    under.push(
      house.network.post(`person${n % PEOPLE}`, TEXT).then(({ id }) => {
        heard?.due.set(id, due);
      }),
    );
  }
  await Promise.all(under);
}

/** The message that each post became. */
async function messagesOf(house: RunningHouse): Promise<Map<string, string>> {
  const rows = await house.query<{ id: string; external_id: string }>(
    "select id, external_id from message where account_id = $1",
    [house.company.accountId],
  );
  return new Map(rows.map((r) => [r.external_id, r.id]));
}

/** Waits until every stream has heard of every post; resolves with how many pairs never came. */
async function missing(house: RunningHouse, heard: Heard): Promise<number> {
  const end = performance.now() + LAST_WAIT_MS;
  for (;;) {
    const messages = await messagesOf(house);
    let lost = 0;
    for (const id of heard.due.keys()) {
      const times = heard.read.get(messages.get(id) ?? "");
      lost += times ? times.filter(Number.isNaN).length : STREAMS;
    }
    if (lost === 0 || performance.now() > end) return lost;
    await after(100);
  }
}

/** Where the time goes: from the due moment to each transaction's beginning on a message's way, then to the last stream. Medians in ms. */
async function stages(house: RunningHouse, heard: Heard): Promise<string> {
  const ways = await house.query<{ external_id: string; id: string; at: Record<string, number> }>(
    `select m.external_id, m.id, jsonb_object_agg(e.type, extract(epoch from e.recorded_at) * 1000) as at
    from message m join event e on e.account_id = m.account_id and e.entity_id = m.id
    where m.account_id = $1 and e.type = any($2) group by 1, 2`,
    [house.company.accountId, STEPS],
  );
  const spent = new Map<string, number[]>();
  for (const { external_id, id, at } of ways) {
    const [due, read] = [heard.due.get(external_id), heard.read.get(id)];
    if (due === undefined || read === undefined) continue;
    let before = performance.timeOrigin + due;
    const steps: [string, number | undefined][] = STEPS.map((type) => [type, at[type]]);
    for (const [name, moment] of [...steps, ["read", performance.timeOrigin + Math.max(...read)] as const]) {
      if (moment === undefined) continue;
      spent.set(name, [...(spent.get(name) ?? []), moment - before]);
      before = moment;
    }
  }
  return [...spent].map(([name, values]) => `${name} +${median(values).toFixed(0)} ms`).join(", ");
}

/** The floor: a committed row whose NOTIFY is heard on another connection, in ms. */
async function knocks(house: RunningHouse): Promise<number[]> {
  const [writer, ear] = [0, 1].map(() => new Client({ connectionString: house.db.address.owner }));
  await Promise.all([writer!.connect(), ear!.connect()]);
  try {
    await ear!.query("listen bench_knock");
    const took: number[] = [];
    for (let n = 0; n < KNOCKS; n++) {
      const began = performance.now();
      const heard = new Promise<void>((resolve) => ear!.once("notification", () => resolve()));
      await writer!.query("begin");
      await writer!.query("update account set name = name where account_id = $1", [house.company.accountId]);
      await writer!.query("select pg_notify('bench_knock', '')");
      await writer!.query("commit");
      await heard;
      took.push(performance.now() - began);
    }
    return took;
  } finally {
    await Promise.all([writer!.end(), ear!.end()]);
  }
}

export const arrival: Bench = {
  about: `Accepted by the network → frame read by ${STREAMS} live streams: ${PER_SECOND}/s by a fixed timetable, latency from the due moment, a writing transaction held open for 30 s in the middle. --minutes N (1; a release takes 10).`,
  run: ({ folder, say, minutes = 1 }) =>
    withPostgres(folder, (postgres) =>
      withRunningHouse(postgres, folder, async (house) => {
        const heard: Heard = { due: new Map(), read: new Map() };
        await house.network.people(Array.from({ length: PEOPLE }, (_, n) => `person${n}`));
        const floor = await knocks(house);
        await post(house, WARM_UP, null);
        const streams = await listen(house, heard);
        const count = Math.round(minutes * 60 * PER_SECOND);
        const spanMs = (count / PER_SECOND) * 1_000;
        const heldMs = Math.min(HELD_MS, spanMs / 2);
        const heldFrom = (spanMs - heldMs) / 2;
        try {
          const holding = after(heldFrom).then(() => holdOpen(house, heldMs));
          const began = performance.now() + 50;
          await Promise.all([post(house, count, heard), holding]);
          const lost = await missing(house, heard);
          const messages = await messagesOf(house);
          const all: number[] = [];
          const last: number[] = [];
          const whileHeld: number[] = [];
          for (const [id, due] of heard.due) {
            const times = (heard.read.get(messages.get(id) ?? "") ?? []).filter((t) => !Number.isNaN(t));
            for (const t of times) all.push(t - due);
            last.push(Math.max(...times) - due);
            const into = due - began;
            if (into > heldFrom && into < heldFrom + heldMs) for (const t of times) whileHeld.push(t - due);
          }
          say(
            `${heard.due.size} posts × ${STREAMS} streams; the transaction was held for ${(heldMs / 1_000).toFixed(0)} s`,
          );
          say(`on the way: ${await stages(house, heard)}`);
          const baseline = { what: "a commit heard by LISTEN", values: floor };
          const lostFigure: Figure = { what: "never heard", value: lost, unit: "frames", rounds: [lost] };
          return [
            latency("frame read, median", all, 0.5, baseline),
            latency("frame read, 99th percentile", all, 0.99, baseline),
            latency("the last of the streams, median", last, 0.5),
            latency("while the transaction is held, median", whileHeld, 0.5),
            latency("while the transaction is held, 99th percentile", whileHeld, 0.99),
            latency("slowest", all, 1),
            lostFigure,
          ];
        } finally {
          for (const stream of streams) stream.cut();
        }
      }),
    ),
};
