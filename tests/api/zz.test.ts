import { afterAll, expect, it } from "vitest";
import { setCapacity } from "../../server/modules/workforce/index.ts";
import { errorCodes } from "../../server/platform/errors.ts";
import type { Answer } from "../support/api-client.ts";
import { operationsOf } from "../support/openapi.ts";
import { openDesk } from "../support/server.ts";
import { DANAS, fillPool, goodRequests } from "./good-requests.ts";
import { brokenBodies, hostileValues, placesIn, putAt } from "./hostile.ts";

const desk = await openDesk({ env: process.env.LOGF ? { HUBBUB_LOG: "error" } : {} });
afterAll(() => desk.stop());
const marek = await desk.as("marek");
const dana = await desk.as("dana");
await desk.presence("dana", "offline");
await desk.presence("marek", "offline");
await desk.db.withAccount(desk.company.accountId, (tx) =>
  setCapacity(tx, desk.company.agents.dana, 100, { public: 1 }),
);
const pool = await fillPool(desk, marek, 300);
const good = goodRequests(desk, marek, dana, pool);
const ops = await operationsOf(desk.nobody());
const bad: string[] = [];
const seen = new Set<string>();
function judge(what: string, a: Answer) {
  const problem = a.status >= 400;
  const fine =
    a.status < 500 &&
    (!problem ||
      (/problem\+json/.test(a.headers.get("content-type") ?? "") && a.body.code in errorCodes && a.body.traceId));
  if (!fine) {
    const k = what;
    if (!seen.has(k)) {
      seen.add(k);
      bad.push(`${what}: ${a.status} ${a.text.slice(0, 200)}`);
    }
  }
}
it("good", async () => {
  for (const op of ops) {
    if (op.name === "GET /api/live" || op.url.startsWith("/hooks") || !good[op.name]) {
      console.log("skip", op.name);
      continue;
    }
    const who = DANAS.has(op.name) ? dana : marek;
    try {
      const g = await good[op.name]!();
      const a = op.method === "GET" ? await who.ask(g.path) : await who.send(op.method, g.path, g.body);
      if (a.status >= 300) console.log("NOT GOOD", op.name, a.status, a.text.slice(0, 400));
    } catch (e) {
      console.log("PREP", op.name, String(e).slice(0, 300));
    }
  }
}, 60_000);
it("hostile", async () => {
  for (const op of ops) {
    if (op.name === "GET /api/live" || op.url.startsWith("/hooks") || !good[op.name]) continue;
    const who = DANAS.has(op.name) ? dana : marek;
    const t = performance.now();
    let n = 0;
    let g = await good[op.name]!();
    if (op.body)
      for (const place of placesIn(g.body).filter((p) => !(p[0] === "rules" && Number(p[1]) > 3)))
        for (const [name, v] of hostileValues) {
          const a = await who.send(op.method, g.path, putAt(g.body, place, v));
          n++;
          judge(`${op.name} ${place.join(".")} = ${name}`, a);
          if (a.status < 300) g = await good[op.name]!();
        }
    if (op.body)
      for (const [name, raw] of brokenBodies) {
        const a = await who.ask(g.path, {
          method: op.method,
          raw,
          headers: { ...who.csrf, "content-type": "application/json", "idempotency-key": `broken-${Math.random()}` },
        });
        n++;
        judge(`${op.name} body ${name}`, a);
        if (a.status < 300) console.log("ACCEPTED", op.name, name);
      }
    const [path, query] = g.path.split("?");
    for (const q of op.queryNames)
      for (const [name, v] of hostileValues) {
        const params = new URLSearchParams(query);
        const text = typeof v === "string" ? v : JSON.stringify(v);
        if (text.length > 20000) continue;
        params.set(q, text.toWellFormed());
        const a = await who.ask(`${path}?${params}`);
        n++;
        judge(`${op.name} ?${q} = ${name}`, a);
      }
    for (const q of op.queryNames) {
      judge(`${op.name} ?${q} twice`, await who.ask(`${path}?${query}&${q}=1&${q}=2`));
      judge(`${op.name} ?${q} bytes`, await who.ask(`${path}?${q}=%ff%00`));
    }
    for (const p of op.pathNames)
      for (const [name, v] of [
        ["nil", "00000000-0000-0000-0000-000000000000"],
        ["nobody", "01a1e8bc-0000-7000-8000-00000000dead"],
        ["NUL", "%00"],
        ["bad utf", "%ff"],
        ["dots", "..%2f..%2fetc"],
        ["long", "x".repeat(390)],
        ["longer", "x".repeat(5000)],
        ["emoji", encodeURIComponent("👩‍👧")],
        ["proto", "__proto__"],
        ["constructor", "constructor"],
        ["caps", "01A1E8BC-0000-7000-8000-00000000DEAD"],
      ] as const) {
        const a =
          op.method === "GET"
            ? await who.ask(op.url.replace(`{${p}}`, v))
            : await who.send(op.method, op.url.replace(`{${p}}`, v), g.body);
        n++;
        judge(`${op.name} {${p}} = ${name}`, a);
        if (a.status < 300) console.log("ODD", op.name, name, a.status);
      }
    console.log(op.name, n, Math.round(performance.now() - t));
  }
  console.log(bad.join("\n"));
  expect(bad).toEqual([]);
}, 300_000);
