import { randomUUID } from "node:crypto";
import { openEscalation } from "../../server/modules/routing/escalation/escalate.ts";
import type { ApiClient, Json } from "../support/api-client.ts";
import type { Desk } from "../support/server.ts";

type MakeGood = () => Promise<{ path: string; body?: Json }>;

/** Good requests about escalations, rotas, ways to people and crises. */
export function goodEscalation(desk: Desk, marek: ApiClient, pool: { next(): string }): Record<string, MakeGood> {
  const { company } = desk;
  const constant =
    (path: string, body?: Json): MakeGood =>
    async () => ({ path, ...(body !== undefined && { body }) });
  const in3h = () => new Date(desk.clock.now() + 3 * 3_600_000).toISOString();
  const now = () => new Date(desk.clock.now()).toISOString();
  /** One conversation is enough for all of it. */
  let kept: string | undefined;
  const conversationId = (): string => {
    kept ??= pool.next();
    return kept;
  };
  const raised = async (): Promise<Json> => {
    const made = await desk.db.withAccount(company.accountId, (tx) =>
      openEscalation(tx, {
        ...{ topic: randomUUID(), kind: "by-hand", fits: () => false, otherwise: 2, says: "They will sue." },
      }),
    );
    return made!;
  };
  const open =
    (act: string, body: Json = {}): MakeGood =>
    async () => {
      const { id, version } = await raised();
      return { path: `/api/escalations/${id}/${act}`, body: { ...body, expectedVersion: version } };
    };
  const agent = (id: string) => ({ kind: "agent", id });
  const ladder = {
    calendarId: null,
    rungs: [
      {
        ...{ id: "care", severity: 1, trigger: { kind: "by-hand" }, owner: agent(company.agents.priya) },
        ...{ deputies: [agent(company.agents.marek)], outOfHours: null, acknowledgeMinutes: 15, actMinutes: 60 },
        ...{ approvers: [], holding: [{ locale: "en", text: "We look into it." }], quietMinutes: 30 },
        standDownMinutes: 60,
      },
    ],
  };
  const rota = (id: string) => ({
    ...{ id, name: "Nights", zone: "Europe/London", firstWeek: "2026-11-02", overrides: [] },
    shifts: [{ id: "n", days: [1, 2, 3], from: "18:00", to: "08:00", agentIds: [company.agents.priya] }],
  });
  const planned = async (): Promise<string> => {
    const id = randomUUID();
    const { version } = await marek.get("/api/on-call");
    await marek.do("PUT", "/api/on-call", { rotas: [rota(id)], expectedVersion: version });
    return id;
  };
  const subscription = () => ({
    ...{ endpoint: `https://push.example/${randomUUID()}`, name: "Firefox" },
    keys: { p256dh: Buffer.alloc(65, 4).toString("base64url"), auth: Buffer.alloc(16, 1).toString("base64url") },
  });
  const subscribed = async (): Promise<string> => {
    const { push } = await marek.get("/api/reach");
    for (const one of push.browsers) await marek.do("DELETE", `/api/reach/push/${one.id}`);
    return (await marek.do("POST", "/api/reach/push", subscription())).push.browsers[0].id;
  };
  const hook = () => marek.do("POST", "/api/page-webhooks", { name: "Pager", url: "https://hooks.example/x" });
  const noHooks = async () => {
    const { webhooks } = await marek.get("/api/page-webhooks");
    for (const one of webhooks) await marek.do("DELETE", `/api/page-webhooks/${one.id}`);
  };
  const start = () => ({
    ...{ brandId: company.brandId, topic: `Outage ${randomUUID()}`, spokespersonId: company.agents.marek },
    ...{ pause: false, holding: "We look into it.", escalationId: null, conversationIds: [] },
  });
  /** A request that was not so good may have stopped everybody's replies. */
  const noPauses = async () => {
    const { crises } = await marek.get("/api/crises");
    for (const one of crises)
      if (one.state === "running" && one.paused)
        await marek.do("POST", `/api/crises/${one.id}/end`, { expectedVersion: one.version, review: "Over." });
  };
  const crisis = async () => {
    await noPauses();
    return marek.do("POST", "/api/crises", start());
  };
  const ofCrisis =
    (rest: string, body: (version: number) => Json | Promise<Json>): MakeGood =>
    async () => {
      const { id, version } = await crisis();
      return { path: `/api/crises/${id}${rest}`, body: await body(version) };
    };
  return {
    "GET /api/escalations": constant("/api/escalations?state=open"),
    "GET /api/escalations/{id}": async () => ({ path: `/api/escalations/${(await raised()).id}` }),
    "POST /api/escalations": async () => ({
      path: "/api/escalations",
      body: { conversationId: conversationId(), severity: 3, reason: "They will sue." },
    }),
    "POST /api/escalations/{id}/acknowledge": open("acknowledge"),
    "POST /api/escalations/{id}/act": open("act", { says: "Called them." }),
    "POST /api/escalations/{id}/hand-on": open("hand-on", { agentId: company.agents.priya, reason: "Hers" }),
    "POST /api/escalations/{id}/stand-down": open("stand-down", { reason: "A mistake" }),
    "GET /api/alerts": constant("/api/alerts"),
    "GET /api/escalation-ladder": constant("/api/escalation-ladder"),
    "POST /api/escalation-ladder/check": constant("/api/escalation-ladder/check", { ladder }),
    "PUT /api/escalation-ladder": async () => {
      const { version } = await marek.get(`/api/escalation-ladder?brandId=${company.brandId}`);
      const body = { brandId: company.brandId, ladder, expectedVersion: version, from: in3h() };
      return { path: "/api/escalation-ladder", body };
    },
    "GET /api/on-call": constant("/api/on-call"),
    "PUT /api/on-call": async () => {
      const { version } = await marek.get("/api/on-call");
      return { path: "/api/on-call", body: { rotas: [rota(randomUUID())], expectedVersion: version } };
    },
    "POST /api/on-call/{id}/swaps": async () => ({
      path: `/api/on-call/${await planned()}/swaps`,
      body: { from: now(), to: in3h(), agentId: company.agents.dana, reason: "x" },
    }),
    "GET /api/reach": constant("/api/reach"),
    "PUT /api/reach": async () => {
      const { version } = await marek.get("/api/reach");
      const wish = {
        ways: [{ way: "email", from: 2 }],
        quiet: { from: "22:00", to: "07:00", zone: "Europe/London" },
      };
      return { path: "/api/reach", body: { wish, expectedVersion: version } };
    },
    "POST /api/reach/push": async () => {
      await subscribed();
      return { path: "/api/reach/push", body: subscription() };
    },
    "DELETE /api/reach/push/{id}": async () => ({ path: `/api/reach/push/${await subscribed()}` }),
    "POST /api/reach/push/end": async () => {
      await subscribed();
      const { endpoint } = subscription();
      return { path: "/api/reach/push/end", body: { endpoint } };
    },
    "POST /api/reach/test": constant("/api/reach/test", { way: "desk" }),
    "GET /api/page-webhooks": constant("/api/page-webhooks"),
    "POST /api/page-webhooks": async () => {
      await noHooks();
      return { path: "/api/page-webhooks", body: { name: "Pager", url: "https://hooks.example/x" } };
    },
    "DELETE /api/page-webhooks/{id}": async () => {
      await noHooks();
      return { path: `/api/page-webhooks/${(await hook()).id}` };
    },
    "GET /api/crises": constant("/api/crises"),
    "GET /api/crises/{id}": async () => ({ path: `/api/crises/${(await crisis()).id}` }),
    "POST /api/crises": async () => {
      await noPauses();
      return { path: "/api/crises", body: start() };
    },
    "PATCH /api/crises/{id}": ofCrisis("", (expectedVersion) => ({
      ...{ expectedVersion, spokespersonId: company.agents.priya, pause: false, holding: "Soon more." },
    })),
    "POST /api/crises/{id}/conversations": ofCrisis("/conversations", (expectedVersion) => ({
      ...{ expectedVersion, conversationId: conversationId(), bound: true },
    })),
    "POST /api/crises/{id}/log": ofCrisis("/log", () => ({ says: "The press called." })),
    "POST /api/crises/{id}/end": ofCrisis("/end", (expectedVersion) => ({ expectedVersion, review: "Sooner." })),
  };
}
