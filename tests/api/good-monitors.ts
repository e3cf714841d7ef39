import { saveAlarm } from "../../server/modules/listening/store/alarm-store.ts";
import { uuidv7 } from "../../server/platform/ids.ts";
import type { ApiClient, Json } from "../support/api-client.ts";
import type { Desk } from "../support/server.ts";

type MakeGood = () => Promise<{ path: string; body?: Json }>;

/** Good requests about monitors. */
export function goodMonitors(desk: Desk, marek: ApiClient): Record<string, MakeGood> {
  const body = { name: "Lumo", query: 'lumo AND (late OR "did not come")', colour: "teal", tag: "delivery" };
  const rule = {
    ...{ on: true, sensitivity: "keen", leastPosts: 4, leastAuthors: 2, manyAuthors: 10, quietMinutes: 60 },
    hush: { from: "22:00", to: "07:00", zone: "Europe/London" },
  };
  const made = (): Promise<Json> => marek.do("POST", "/api/monitors", body);
  const of =
    (rest: string, more?: Json): MakeGood =>
    async () => {
      const { id, version } = await made();
      return { path: `/api/monitors/${id}${rest}`, ...(more && { body: { ...more, expectedVersion: version } }) };
    };
  /** One that rang: a detector needs days to get there. */
  const alarm =
    (rest: string, body?: Json): MakeGood =>
    async () => {
      const { id: monitorId } = await made();
      const id = uuidv7(desk.clock.now());
      await desk.db.withAccount(desk.company.accountId, (tx) =>
        saveAlarm(tx, {
          ...{
            id,
            monitorId,
            brandId: null,
            state: "open",
            severity: 1,
            beganAt: tx.now,
            raisedAt: tx.now,
            tellAt: tx.now,
          },
          ...{ overAt: null, closedAt: null, closedBy: null, closeHow: null, closeSays: "", acknowledgedAt: null },
          ...{ acknowledgedBy: null, examples: [], version: 1 },
          parts: {
            ...{ from: tx.now, to: tx.now, posts: 38, seen: 30, expected: 6, strength: 9, authors: 24, negative: 20 },
            ...{ positive: 1, noise: 2, passedOn: 3, risks: { outage: 4 } },
            reach: { authors: 20, followers: 9_000, most: 700, verified: 0 },
          },
        }),
      );
      return { path: `/api/alarms/${id}${rest}`, ...(body && { body }) };
    };
  return {
    "GET /api/things": async () => ({ path: "/api/things" }),
    "PUT /api/things": async () => {
      const { version } = await marek.get("/api/things");
      const thing = { kind: "product", name: "Lumo Mini", synonyms: ["mini lamp", "#lumomini"], brandId: null };
      const things = [{ id: uuidv7(desk.clock.now()), ...thing }];
      return { path: "/api/things", body: { things, expectedVersion: version } };
    },
    "POST /api/things/look-back": async () => ({ path: "/api/things/look-back" }),
    "GET /api/alarms/{id}": alarm(""),
    "POST /api/alarms/{id}/acknowledge": alarm("/acknowledge", { expectedVersion: 1 }),
    "POST /api/alarms/{id}/close": alarm("/close", { expectedVersion: 1, how: "nothing", says: "a film" }),
    "GET /api/trends": async () => ({ path: "/api/trends?span=24h" }),
    "GET /api/monitors/{id}/themes": of("/themes?span=30d"),
    "GET /api/monitors/{id}/alarm-rule": of("/alarm-rule"),
    "PUT /api/monitors/{id}/alarm-rule": async () => ({
      path: `/api/monitors/${(await made()).id}/alarm-rule`,
      body: { ...rule, expectedVersion: 0 },
    }),
    "GET /api/alarms": async () => ({ path: "/api/alarms?state=past" }),
    "GET /api/monitors": async () => ({ path: "/api/monitors" }),
    "POST /api/monitors": async () => ({ path: "/api/monitors", body }),
    "PUT /api/monitors/{id}": of("", { ...body, query: "lumo NOT late" }),
    "PUT /api/monitors/{id}/switch": of("/switch", { on: false }),
    "DELETE /api/monitors/{id}": of("", {}),
    "GET /api/monitors/{id}/versions": of("/versions"),
    "GET /api/monitors/{id}/posts": of("/posts"),
    "POST /api/monitors/try": async () => ({ path: "/api/monitors/try", body: { query: "lumo OR late" } }),
    "POST /api/monitors/adopt": async () => ({
      path: "/api/monitors/adopt",
      body: { query: "raw:Lumo near/5 late AND country:gb", tool: "brandwatch" },
    }),
  };
}
