import type { ApiClient, Json } from "../support/api-client.ts";
import { eventually } from "../support/eventually.ts";
import type { Desk } from "../support/server.ts";
import { messagesOf } from "../support/story.ts";

type MakeGood = () => Promise<{ path: string; body?: Json }>;
interface Pool {
  next(): string;
  view(id: string): Promise<Json>;
}

/** Good requests about what is done on the network: to a message of a customer that nobody has done anything about. */
export function goodModeration(desk: Desk, marek: ApiClient, pool: Pool): Record<string, MakeGood> {
  const block = { verb: "block", reason: "abuse", note: "Threatens us." };
  const fresh = async () => `/api/desk/messages/${messagesOf(await pool.view(pool.next()))[0].id}/moderation`;
  /** Blocked on the network, by the outbox. */
  const blocked = async (): Promise<Json> => {
    const path = await fresh();
    await marek.do("POST", path, block);
    return eventually("the author is blocked", async () => {
      const [act] = (await marek.get(path)).acts;
      return act.state === "done" ? act : null;
    });
  };
  const conversation = (rest: string) => `/api/desk/conversations/${pool.next()}${rest}`;
  return {
    "GET /api/desk/conversations/{id}/news": async () => ({ path: conversation("/news") }),
    "PUT /api/desk/conversations/{id}/position": async () => ({
      path: conversation("/position"),
      body: { newest: null, entryId: null },
    }),
    "GET /api/desk/messages/{id}/moderation": async () => ({ path: await fresh() }),
    "POST /api/desk/messages/{id}/moderation": async () => ({ path: await fresh(), body: block }),
    "POST /api/desk/moderation/{id}/undo": async () => ({
      path: `/api/desk/moderation/${(await blocked()).id}/undo`,
      body: { note: "" },
    }),
    "POST /api/desk/moderation/{id}/settle": async () => {
      const { id, version } = await blocked();
      await desk.database.query("update moderation_act set state = 'unknown' where id = $1", [id]);
      return { path: `/api/desk/moderation/${id}/settle`, body: { as: "give-up", expectedVersion: version } };
    },
  };
}
