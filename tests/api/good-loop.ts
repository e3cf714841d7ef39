import type { ApiClient, Json } from "../support/api-client.ts";
import type { Desk } from "../support/server.ts";
import { messagesOf } from "../support/story.ts";

type MakeGood = () => Promise<{ path: string; body?: Json }>;
type Pool = { next(): string; view(id: string): Promise<Json> };

/** Good requests about the work loop: acts taken back, reminders, replies for later, saved lists, own keys. */
export function goodLoop(desk: Desk, marek: ApiClient, pool: Pool): Record<string, MakeGood> {
  const inHours = (hours: number) => new Date(desk.clock.now() + hours * 3_600_000).toISOString();
  const constant =
    (path: string, body?: Json): MakeGood =>
    async () => ({ path, ...(body !== undefined && { body }) });
  /** Work of Marek's. */
  const mine = async (): Promise<Json> => {
    const id = pool.next();
    const { work } = await pool.view(id);
    await marek.do("POST", `/api/desk/conversations/${id}/take`, { expectedVersion: work.version });
    return pool.view(id);
  };
  const later = async () => {
    const view = await mine();
    const words = {
      audience: "public",
      text: "Good morning, it works again.",
      answersMessageId: messagesOf(view)[0].id,
    };
    return {
      path: `/api/desk/conversations/${view.id}/later`,
      body: { ...words, resolveWith: null, sendAt: inHours(2), expectedVersion: view.work.version },
    };
  };
  let lists = 0;
  const list = () => ({
    name: `List ${++lists}`,
    scope: "all",
    filter: "queue:Care is:late",
    teamId: null,
    position: 3,
  });
  const saved = async (): Promise<string> =>
    `/api/desk/views/${(await marek.do("POST", "/api/desk/views", list())).id}`;
  const reminder = { dueAt: inHours(3), text: "Ring them" };
  return {
    "PUT /api/preferences": constant("/api/preferences", {
      ...{ keys: { singleKeys: true, changed: { "work.take": "x", "go.desk": null } }, play: { serves: true } },
      language: "es",
      notices: {
        kinds: { offer: { sound: true, desktop: false } },
        ...{ volume: 60, hideWords: true, hushUntil: null, graveRings: true },
        quiet: { days: [6, 7], from: "22:00", to: "07:00", zone: "Europe/London" },
      },
    }),
    "GET /api/desk/outcomes": constant(`/api/desk/outcomes?brandId=${desk.company.brandId}`),
    "GET /api/desk/acts": constant("/api/desk/acts"),
    "POST /api/desk/acts/{id}/undo": async () => {
      const { id, work } = await mine();
      const body = { until: inHours(4), expectedVersion: work.version };
      const { actId } = await marek.do("POST", `/api/desk/conversations/${id}/snooze`, body);
      return { path: `/api/desk/acts/${actId}/undo` };
    },
    "GET /api/desk/later": constant("/api/desk/later"),
    "POST /api/desk/conversations/{id}/reminders": async () => ({
      path: `/api/desk/conversations/${pool.next()}/reminders`,
      body: reminder,
    }),
    "POST /api/desk/reminders/{id}/done": async () => ({
      path: `/api/desk/reminders/${(await marek.do("POST", `/api/desk/conversations/${pool.next()}/reminders`, reminder)).id}/done`,
    }),
    "POST /api/desk/conversations/{id}/later": later,
    "POST /api/desk/later/{id}/cancel": async () => {
      const { path, body } = await later();
      return { path: `/api/desk/later/${(await marek.do("POST", path, body)).id}/cancel` };
    },
    "GET /api/desk/views": constant("/api/desk/views"),
    "POST /api/desk/views": async () => ({ path: "/api/desk/views", body: list() }),
    "PUT /api/desk/views/{id}": async () => ({ path: await saved(), body: { ...list(), expectedVersion: 1 } }),
    "DELETE /api/desk/views/{id}": async () => ({ path: await saved() }),
  };
}
