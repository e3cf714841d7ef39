import type { ApiClient, Json } from "./api-client.ts";
import type { Person } from "./company.ts";
import { eventually } from "./eventually.ts";
import type { Accepted, Post } from "./network.ts";
import type { Desk } from "./server.ts";

/** One customer's matter, told in the words of the desk. */
export interface Matter {
  who: string;
  post: Post;
  offer: Json;
  conversationId: string;
}

export interface Story {
  /** Somebody new speaks to us in public, and an agent is asked to take it. */
  asked(text?: string, to?: Person): Promise<Matter>;
  /** The same, and the agent has taken it. */
  taken(text?: string, to?: Person): Promise<Matter & { view: Json }>;
  newcomer(name?: string, followers?: number): Promise<string>;
  offerFor(agent: Person, who: string): Promise<Json>;
  view(conversationId: string, as?: Person): Promise<Json>;
  /** Answers the newest message of the customer in this audience; resolves with the whole answer of the API. */
  reply(
    conversationId: string,
    text: string,
    change?: { audience?: string; resolveWith?: string; as?: Person },
  ): Promise<Json>;
  resolve(conversationId: string, outcome?: string, as?: Person): Promise<void>;
  /** Waits for a state of a reply in the journal. */
  replyState(replyId: string, state: string): Promise<void>;
  /** What the network accepted for a customer since the story began: answers under their posts and messages to them. */
  acceptedFor(matter: { who: string; post?: Post }): Promise<Accepted[]>;
  /** Ends all that is open, so that the next story finds free agents. */
  clear(): Promise<void>;
}

export const OUTAGE = "@northwind my internet has been down since this morning, when will it work again?";

let people = 0;

export function storyOf(desk: Desk): Story {
  const story: Story = {
    async newcomer(name = "Carla Ruiz", followers = 1240) {
      const handle = `guest_${++people}`;
      await desk.network.people([{ handle, name, followers }]);
      return handle;
    },
    async offerFor(agent, who) {
      const browser = await desk.as(agent);
      return eventually(`an offer of @${who} to ${agent}`, async () =>
        (await browser.get("/api/offers")).offers.find((o: Json) => o.row.customer.handle === who),
      );
    },
    async asked(text = OUTAGE, to = "priya") {
      const who = await story.newcomer();
      const post = await desk.network.post(who, text);
      const offer = await story.offerFor(to, who);
      return { who, post, offer, conversationId: offer.row.conversationId };
    },
    async taken(text, to = "priya") {
      const matter = await story.asked(text, to);
      await (await desk.as(to)).do("POST", `/api/offers/${matter.offer.offerId}/accept`);
      return { ...matter, view: await story.view(matter.conversationId, to) };
    },
    view: async (id, as = "priya") => (await desk.as(as)).get(`/api/desk/conversations/${id}`),
    async reply(id, text, { audience = "public", resolveWith, as = "priya" } = {}) {
      const browser = await desk.as(as);
      const view = await story.view(id, as);
      return browser.send("POST", `/api/desk/conversations/${id}/replies`, {
        ...{ audience, text, expectedVersion: view.work?.version ?? view.version },
        answersMessageId: view.composer[audience].door?.answersMessageId ?? newest(view).id,
        ...(resolveWith && { resolveWith }),
      });
    },
    async resolve(id, outcome = "solved", as = "priya") {
      const { work } = await story.view(id, as);
      await (await desk.as(as)).do("POST", `/api/desk/conversations/${id}/resolve`, {
        ...{ outcome, expectedVersion: work.version },
      });
    },
    async replyState(replyId, state) {
      await eventually(`the reply is ${state}`, async () => {
        const rows = await desk.database.query(
          `select 1 from event where payload->>'replyId' = $1 and (payload->>'state' = $2 or (type = 'ReplySent' and $2 = 'sent'))`,
          [replyId, state],
        );
        return rows.length > 0;
      });
    },
    async acceptedFor({ who, post }) {
      const all = await desk.network.accepted();
      return all.filter((a) => a.to === who || (post !== undefined && a.parentId === post.id));
    },
    async clear() {
      await desk.network.noFaults();
      await desk.quiet();
      const marek = await desk.as("marek");
      const { items } = await marek.get("/api/desk/work?view=all&limit=100");
      for (const row of items) await resolveAs(marek, row);
      await desk.quiet();
    },
  };
  return story;
}

async function resolveAs(browser: ApiClient, row: Json): Promise<void> {
  const done = await browser.send("POST", `/api/desk/conversations/${row.conversationId}/resolve`, {
    ...{ outcome: "no-answer-needed", expectedVersion: row.version },
  });
  if (done.status !== 200) throw new Error(`resolve: ${done.status} ${done.text}`);
}

export const messagesOf = (view: Json): Json[] => view.timeline.filter((e: Json) => e.type === "message");
const newest = (view: Json): Json => messagesOf(view).findLast((m) => m.direction === "in");
