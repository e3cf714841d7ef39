import type { FastifyInstance } from "fastify";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { type Clock, type Instant, MINUTE, systemClock } from "#platform/clock";
import { type Database, sql } from "#platform/db";

/** What is not ready yet or not well, by part. Empty: ready. */
export class Health {
  readonly #reasons = new Map<string, string>();
  readonly #notes = new Map<string, string>();
  #noSpaceAt: Instant | null = null;
  set(part: string, reason: string | null): void {
    if (reason === null) this.#reasons.delete(part);
    else this.#reasons.set(part, reason);
  }
  /** What goes on beside the work; it keeps nobody from using the desk. */
  note(part: string, text: string | null): void {
    if (text === null) this.#notes.delete(part);
    else this.#notes.set(part, text);
  }
  notes(): { part: string; note: string }[] {
    return [...this.#notes].map(([part, note]) => ({ part, note }));
  }
  /** The database refused a write because its disk is full. Said for a minute, and longer while it goes on. */
  lackedSpace(at: Instant): void {
    this.#noSpaceAt = at;
  }
  reasons(now: Instant = 0): { part: string; reason: string }[] {
    const reasons = [...this.#reasons].map(([part, reason]) => ({ part, reason }));
    const full = this.#noSpaceAt !== null && now >= this.#noSpaceAt && now - this.#noSpaceAt < MINUTE;
    return full ? [...reasons, FULL] : reasons;
  }
}

const FULL = {
  part: "disk",
  reason: "The disk of the database is full: nothing new can be stored. Make room; everything goes on by itself then.",
};

/** What a probe and an operator ask: `/healthz` and `/metrics`. Neither names a customer or an account. */
export function healthRoutes(
  app: FastifyInstance,
  db: Database,
  health: Health,
  liveCount: () => number,
  clock: Clock = systemClock,
): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: "hubbub_http_requests_total",
    help: "HTTP answers by method, route and status",
    labelNames: ["method", "route", "status"],
    registers: [registry],
  });
  const seconds = new Histogram({
    name: "hubbub_http_seconds",
    help: "Seconds to answer, by route",
    labelNames: ["route"],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3],
    registers: [registry],
  });
  const journal = new Gauge({
    name: "hubbub_journal_unread",
    help: "Events between the head of the journal and each reader",
    labelNames: ["reader"],
    registers: [registry],
  });
  const unnumbered = new Gauge({
    name: "hubbub_journal_unnumbered",
    help: "Rows of the journal without a position",
    registers: [registry],
  });
  const parked = new Gauge({
    name: "hubbub_parked_events",
    help: "Events that failed five times and wait for an operator",
    registers: [registry],
  });
  const outbox = new Gauge({
    name: "hubbub_outbox",
    help: "Deliveries by state",
    labelNames: ["state"],
    registers: [registry],
  });
  const alarms = new Gauge({
    name: "hubbub_escalation_alarms",
    help: "Escalations that nobody answers; anything but 0 is somebody's business",
    registers: [registry],
  });
  new Gauge({
    name: "hubbub_live_streams",
    help: "Open live streams",
    registers: [registry],
    collect() {
      this.set(liveCount());
    },
  });

  app.addHook("onResponse", async (request, reply) => {
    const route = request.routeOptions.url ?? "unknown";
    requests.inc({ method: request.method, route, status: String(reply.statusCode) });
    seconds.observe({ route }, reply.elapsedTime / 1_000);
  });

  app.get("/healthz", { schema: { hide: true } }, async (_request, reply) => {
    const reasons = health.reasons(clock.now());
    const notes = health.notes();
    try {
      await db.asSystem((trx) => sql`select 1`.execute(trx));
    } catch {
      reasons.push({ part: "database", reason: "PostgreSQL does not answer" });
    }
    return reply
      .code(reasons.length === 0 ? 200 : 503)
      .header("cache-control", "no-store")
      .send({ ready: reasons.length === 0, reasons, ...(notes.length > 0 ? { notes } : {}) });
  });

  app.get("/metrics", { schema: { hide: true } }, async (_request, reply) => {
    await db.asSystem(async (trx) => {
      const lag = await sql<{
        reader: string;
        lag: number;
      }>`select c.reader, sum(greatest(h.position - c.position, 0))::float8 / 16 as lag from reader_cursor c join journal_head h using (account_id) group by c.reader`.execute(
        trx,
      );
      for (const row of lag.rows) journal.set({ reader: row.reader }, row.lag);
      const counts = await sql<{
        unnumbered: number;
        parked: number;
      }>`select (select count(*) from event where position is null)::int as unnumbered, (select count(*) from parked_event)::int as parked`.execute(
        trx,
      );
      unnumbered.set(counts.rows[0]!.unnumbered);
      parked.set(counts.rows[0]!.parked);
      outbox.reset();
      const states = await sql<{
        state: string;
        n: number;
      }>`select state, count(*)::int as n from delivery where state in ('pending', 'in-flight', 'unknown', 'failed', 'held') group by state`.execute(
        trx,
      );
      for (const row of states.rows) outbox.set({ state: row.state }, row.n);
      const standing = await sql<{
        n: number;
      }>`select count(*)::int as n from escalation where ended_at is null and alarmed_at is not null`.execute(trx);
      alarms.set(standing.rows[0]?.n ?? 0);
    });
    return reply.type(registry.contentType).send(await registry.metrics());
  });
}
