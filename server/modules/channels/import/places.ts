import { randomBytes } from "node:crypto";
import { brandsOf } from "#modules/company";
import type { Tx } from "#platform/db";
import { uuidOf } from "#platform/ids";
import { muteCapabilities } from "../domain/mute-capabilities.ts";
import { ChannelChanged } from "../events.ts";
import { type ChannelRow, findChannels, insertChannelOnce } from "../store/channel-store.ts";

/** How networks are called where people read them; others by their own name. */
const NAMES: Readonly<Record<string, string>> = {
  x: "X",
  ig: "Instagram",
  fb: "Facebook",
  email: "E-mail",
  chat: "Chat",
  phone: "Phone",
  sms: "SMS",
  wa: "WhatsApp",
  forum: "Forum",
  reddit: "Reddit",
  review: "Reviews",
  app: "App reviews",
  bluesky: "Bluesky",
  feed: "Feed",
  playground: "Playground",
};

/** Where history of each brand and network goes. */
export interface Places {
  of(brandId: string, network: string): Promise<ChannelRow>;
}

/**
 * The brand's connected channel of the network, the oldest of several; else a place of the past, made when it is first needed: it is
 * shown with the channels, hears nothing and can never send.
 */
export async function placesOf(tx: Tx): Promise<Places> {
  const brands = new Map((await brandsOf(tx)).map((b) => [b.id as string, b]));
  const rows = (await findChannels(tx)).sort((a, b) => (a.id < b.id ? -1 : 1));
  const found = new Map<string, ChannelRow>();
  for (const connected of [false, true])
    for (const row of rows.toReversed())
      if ((row.state !== "archive") === connected) found.set(`${row.brandId}/${row.network}`, row);
  return {
    async of(brandId, network) {
      const known = found.get(`${brandId}/${network}`);
      if (known) return known;
      const handle = slug(brands.get(brandId)?.name ?? "") || network;
      const row: ChannelRow = {
        id: uuidOf("archive", tx.accountId, brandId, network),
        brandId,
        network,
        name: `${NAMES[network] ?? network} (imported)`,
        externalId: handle,
        handle,
        state: "archive",
        trouble: null,
        troubleSince: null,
        hookId: `archive-${randomBytes(24).toString("base64url")}`,
        config: {},
        secret: null,
        overrides: muteCapabilities(network),
        lastInboundAt: null,
        lastReconcileAt: null,
        lastInboundLagMs: null,
        version: 1,
      };
      if (await insertChannelOnce(tx, row))
        tx.announce(ChannelChanged, {
          key: row.id,
          entity: "channel",
          entityId: row.id,
          entityVersion: 1,
          payload: { channelId: row.id, state: row.state, trouble: null },
        });
      found.set(`${brandId}/${network}`, row);
      return row;
    },
  };
}

/** "Northwind Broadband" is called @northwindbroadband. */
function slug(name: string): string {
  return name
    .normalize("NFKD")
    .replace(/[^\p{L}\p{N}]+/gu, "")
    .toLowerCase()
    .slice(0, 60);
}
