import type { ApiClient, Json } from "../support/api-client.ts";
import type { Desk } from "../support/server.ts";

type MakeGood = () => Promise<{ path: string; body?: Json }>;
type Pool = { next(): string };

/** Good requests about working together: what wants to be seen by me, followers, tasks, side questions. */
export function goodTogether(desk: Desk, marek: ApiClient, dana: ApiClient, pool: Pool): Record<string, MakeGood> {
  const at = (rest: string) => `/api/desk/conversations/${pool.next()}/${rest}`;
  const constant =
    (path: () => string, body?: Json): MakeGood =>
    async () => ({ path: path(), ...(body !== undefined && { body }) });
  const task = { text: "Ring them", dueAt: new Date(desk.clock.now() + 3_600_000).toISOString(), agentId: null };
  const outside = {
    to: { kind: "outside", name: "Prof. Byron", email: "ada@lab.example" },
    ...{ question: "Is it harmful?", shown: "The lamp blinks red.", days: 3 },
  };
  return {
    "GET /api/desk/for-me": constant(() => "/api/desk/for-me"),
    "POST /api/desk/for-me/read": constant(() => "/api/desk/for-me/read", { conversationId: null }),
    "GET /api/desk/conversations/{id}/together": constant(() => at("together")),
    "GET /api/desk/conversations/{id}/colleagues": constant(() => at("colleagues")),
    "PUT /api/desk/conversations/{id}/following": constant(() => at("following"), { following: true }),
    "POST /api/desk/conversations/{id}/follow-ups": constant(() => at("follow-ups"), task),
    "POST /api/desk/follow-ups/{id}": async () => ({
      path: `/api/desk/follow-ups/${(await marek.do("POST", at("follow-ups"), task)).id}`,
      body: { done: true, expectedVersion: 1 },
    }),
    "POST /api/desk/conversations/{id}/questions": constant(() => at("questions"), outside),
    "POST /api/desk/questions/{id}/answer": async () => {
      const to = { kind: "colleague", agentId: desk.company.agents.marek };
      const { id } = await dana.do("POST", at("questions"), { ...outside, to });
      return { path: `/api/desk/questions/${id}/answer`, body: { answer: "No.", expectedVersion: 1 } };
    },
    "POST /api/desk/questions/{id}/withdraw": async () => ({
      path: `/api/desk/questions/${(await marek.do("POST", at("questions"), outside)).id}/withdraw`,
      body: { expectedVersion: 1 },
    }),
  };
}
