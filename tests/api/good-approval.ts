import type { ApiClient, Json } from "../support/api-client.ts";
import type { Desk } from "../support/server.ts";
import { messagesOf } from "../support/story.ts";

type MakeGood = () => Promise<{ path: string; body?: Json }>;
interface Pool {
  next(): string;
  view(id: string): Promise<Json>;
}

/** Good requests about approval: Priya is given the work and asks, Marek decides; nobody passes his own. */
export function goodApproval(desk: Desk, marek: ApiClient, pool: Pool): Record<string, MakeGood> {
  const { company } = desk;
  const rules = {
    rules: [
      {
        ...{ id: "press", name: "Press", audience: "public", risks: ["press"], intents: [], followersFrom: null },
        ...{ verified: false, fields: [], training: false, says: [] },
        tiers: [{ approvers: [{ kind: "agent", id: company.agents.marek }], deputies: [], minutes: 15 }],
      },
    ],
    ...{ training: [], ownText: "never" },
  };
  const given = async (to: "priya" | "marek"): Promise<{ path: string; body: Json }> => {
    const id = pool.next();
    const { work } = await pool.view(id);
    const by = await desk.as(to);
    // A supervisor may give more than an agent could take.
    await marek.do("POST", `/api/desk/conversations/${id}/assign`, {
      ...{ to: { kind: "agent", agentId: company.agents[to] }, note: "", expectedVersion: work.version },
    });
    const view = await by.get(`/api/desk/conversations/${id}`);
    const words = { audience: "public", text: "It works again.", answersMessageId: messagesOf(view)[0].id };
    return {
      path: `/api/desk/conversations/${id}/approvals`,
      body: { ...words, resolveWith: null, expectedVersion: view.work.version },
    };
  };
  const asked = async (by: "priya" | "marek" = "priya"): Promise<Json> => {
    const { path, body } = await given(by);
    return (await desk.as(by)).do("POST", path, body);
  };
  const of =
    (act: string, body: Json, by?: "marek"): MakeGood =>
    async () => {
      const { id, version } = await asked(by);
      return { path: `/api/desk/approvals/${id}${act}`, body: { ...body, expectedVersion: version } };
    };
  return {
    "GET /api/desk/approvals": async () => ({ path: "/api/desk/approvals?view=open" }),
    "GET /api/desk/approvals/{id}": async () => ({ path: `/api/desk/approvals/${(await asked()).id}` }),
    "POST /api/desk/conversations/{id}/approvals": () => given("marek"),
    "POST /api/desk/approvals/{id}/approve": of("/approve", { text: "It works again now." }),
    "POST /api/desk/approvals/{id}/return": of("/return", { reason: "Say when" }),
    "POST /api/desk/approvals/{id}/withdraw": of("/withdraw", {}, "marek"),
    "POST /api/desk/approvals/{id}/confirm": of("/confirm", {}),
    "POST /api/desk/approvals/{id}/comments": async () => ({
      path: `/api/desk/approvals/${(await asked()).id}/comments`,
      body: { says: "Is that so everywhere?" },
    }),
    "GET /api/approval-rules": async () => ({ path: "/api/approval-rules" }),
    "POST /api/approval-rules/check": async () => ({ path: "/api/approval-rules/check", body: { rules } }),
    "PUT /api/approval-rules": async () => {
      const { version } = await marek.get(`/api/approval-rules?brandId=${company.brandId}`);
      const from = new Date(desk.clock.now() + 3 * 3_600_000).toISOString();
      return {
        path: "/api/approval-rules",
        body: { brandId: company.brandId, rules, expectedVersion: version, from },
      };
    },
  };
}
