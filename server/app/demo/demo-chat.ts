import { channelsOf, connectChannel, newChatKeys } from "#modules/channels";
import { brandsOf } from "#modules/company";
import type { Database, Tx } from "#platform/db";
import type { AccountId } from "#platform/ids";

const GREETING = {
  ...{ id: "welcome", text: "Hello! Is there anything we can help you with?", afterMs: 12_000 },
  ...{ onPath: "/demo/shop", onlyWhenOpen: true },
};

/** The key of the demo company's chat; it is connected here when it is not there yet. */
export async function demoChat(db: Database, accountId: AccountId): Promise<string | null> {
  return db.withAccount(accountId, async (tx) => (await keyOf(tx)) ?? connect(tx));
}

async function keyOf(tx: Tx): Promise<string | undefined> {
  return (await channelsOf(tx)).find((c) => c.network === "webchat")?.selfIds[0];
}

async function connect(tx: Tx): Promise<string | null> {
  const [brand] = await brandsOf(tx);
  if (!brand) return null;
  const { key, secret } = newChatKeys();
  await connectChannel(tx, {
    ...{ brandId: brand.id, network: "webchat", name: "Chat in the shop", externalId: key, handle: "shop" },
    // The shop stands on the desk's own site, which may always show it.
    ...{ config: { origins: [], greeting: [GREETING] }, secret },
  });
  return key;
}
