import { connectChannel } from "../../server/modules/channels/index.ts";
import type { Json } from "./api-client.ts";
import { eventually } from "./eventually.ts";
import type { Desk } from "./server.ts";
import { messagesOf } from "./story.ts";

/** What sites sign their visitors with, in tests. */
export const IDENTITY_SECRET = "a-secret-of-the-host-site-with-43-signs-000";

/** Connects a chat under this key; the shop of the tests may show it. */
export async function connectChat(desk: Desk, key: string, config: Json = {}): Promise<string> {
  const { accountId, brandId } = desk.company;
  const { channelId } = await desk.db.withAccount(accountId, (tx) =>
    connectChannel(tx, {
      ...{ brandId, network: "webchat", name: "Chat", externalId: key, handle: "shop.example" },
      ...{ config: { origins: ["https://shop.example"], ...config }, secret: { identitySecret: IDENTITY_SECRET } },
    }),
  );
  return channelId;
}

/** The conversation in which these words stand, as Priya's desk shows it. */
export async function conversationWith(desk: Desk, text: string): Promise<Json> {
  const [row] = await eventually(`"${text}" stands on the desk`, async () => {
    const found = await desk.database.query<{ id: string }>(
      "select p.conversation_id as id from placement p join message m on m.account_id = p.account_id and m.id = p.message_id where m.text = $1 and p.conversation_id is not null",
      [text],
    );
    return found.length > 0 && found;
  });
  return (await desk.as("priya")).get(`/api/desk/conversations/${row!.id}`);
}

/** Priya takes the work in which these words stand, and answers in private. Returns the conversation as it was before. */
export async function answerTo(desk: Desk, text: string, words: string): Promise<Json> {
  await desk.quiet();
  const priya = await desk.as("priya");
  const { id } = await conversationWith(desk, text);
  const view = await eventually("the work is Priya's", async () => {
    const now = await priya.get(`/api/desk/conversations/${id}`);
    if (now.work?.owner?.id === desk.company.agents.priya) return now;
    if (now.work) await priya.send("POST", `/api/desk/conversations/${id}/take`, { expectedVersion: now.work.version });
    return false;
  });
  await priya.do("POST", `/api/desk/conversations/${id}/replies`, {
    ...{ audience: "private", text: words, resolveWith: null, expectedVersion: view.work.version },
    answersMessageId: messagesOf(view).findLast((m: Json) => m.direction === "in").id,
  });
  return view;
}
