import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, expect, it } from "vitest";
import { hostileSegments } from "../api/hostile.ts";
import { type Asked, faultOf, openScepticsDesk } from "../api/sceptics-desk.ts";
import type { Answer } from "../support/api-client.ts";
import { fromSchema } from "../support/from-schema.ts";
import { hostileJson, hostileText, seeded } from "../support/hostile-text.ts";

const { desk, asked } = await openScepticsDesk(100);
afterAll(() => desk.stop());

/** What requests of agents write; the rest moves by itself. */
const WRITTEN = [
  ...["agent", "agent_skill", "team", "team_member", "skill", "access_grant", "api_key", "brand", "setting", "policy"],
  ...["note", "draft", "mark", "label_model", "blob", "account"],
];
/** The outbox goes on with these meanwhile: they may change, but none may come or go. */
const MOVING = ["reply", "delivery", "delivery_part"];
async function written(): Promise<string> {
  const sums = WRITTEN.map(
    (t) => `(select count(*) || ' ' || coalesce(sum(hashtext(t::text)::bigint), 0) from ${t} t) as ${t}`,
  );
  const counts = MOVING.map((t) => `(select count(*) from ${t}) as ${t}`);
  return JSON.stringify((await desk.database.query(`select ${[...sums, ...counts].join(", ")}`))[0]);
}

interface Trial {
  query: [string, string][];
  body: unknown;
  segment: string | null;
  key: string;
}
function trials(operation: Asked): fc.Arbitrary<Trial> {
  const word = fc.oneof(
    hostileText(3),
    fc.uuid(),
    fc.constantFrom("0", "-1", "1e9", "true", "all", "mine", "9999-12-31T23:59:59.999Z", "1~x"),
  );
  const names =
    operation.queryNames.length > 0
      ? fc.constantFrom(...operation.queryNames, "__proto__", "x[]")
      : fc.constantFrom("x", "__proto__");
  return fc.record({
    query: fc.array(fc.tuple(names, word), { maxLength: 3 }),
    body: operation.body
      ? fc.oneof({ weight: 8, arbitrary: fromSchema(operation.body) }, { weight: 1, arbitrary: hostileJson })
      : hostileJson,
    segment:
      operation.pathNames.length > 0
        ? fc.option(fc.constantFrom(...hostileSegments.map(([, s]) => s)), { freq: 2 })
        : fc.constant(null),
    key: fc
      .oneof({ weight: 5, arbitrary: fc.uuid() }, { weight: 1, arbitrary: fc.string({ minLength: 1, maxLength: 300 }) })
      .map((k) => k.trim() || "x"),
  });
}

async function tried(operation: Asked, good: string, { query, body, segment, key }: Trial): Promise<Answer> {
  const [path] = good.split("?");
  const address = segment === null ? path! : operation.url.replace(/\{[a-zA-Z]+\}/, segment);
  const asking = new URLSearchParams(query.map(([name, value]) => [name, value.slice(0, 2_000).toWellFormed()]));
  const headers = operation.method === "GET" ? {} : { ...operation.by.csrf, "idempotency-key": key };
  return operation.by.ask(`${address}?${asking}`, {
    ...{ method: operation.method, headers },
    ...(operation.method !== "GET" && operation.body && { body: body === undefined ? null : body }),
  });
}

it.each(asked)(
  "$name: success or a problem of the list, and what is refused has left no trace",
  { timeout: 30_000 },
  async (operation) => {
    const good = (await operation.good()).path;
    const { seed, numRuns } = seeded(6);
    let before = await written();
    for (const trial of fc.sample(trials(operation), { seed: seed + asked.indexOf(operation), numRuns })) {
      const answer = await tried(operation, good, trial);
      const said = JSON.stringify(trial).slice(0, 600);
      expect(faultOf(answer), said).toBeNull();
      const after = await written();
      if (answer.status < 300) before = after;
      expect(after, said).toBe(before);
      if (answer.status < 400) continue;
      const { traceId } = answer.body;
      expect(await desk.database.query("select type from event where trace_id = $1", [traceId]), said).toEqual([]);
      expect(
        await desk.database.query("select status from command_log where command_id = $1", [trial.key]),
        said,
      ).toEqual([]);
    }
  },
);

it("the server lives, no prototype was changed, and an agent can work", async () => {
  expect(({} as Record<string, unknown>).admin).toBeUndefined();
  expect((await desk.nobody().ask("/healthz")).status).toBe(200);
  expect(await desk.database.query("select reader, error from parked_event")).toEqual([]);
  const marek = await desk.as("marek");
  expect(
    (await marek.send("PUT", "/api/presence/me", { state: "busy" }, { "idempotency-key": randomUUID() })).status,
  ).toBe(200);
});
