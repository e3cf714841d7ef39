import { iso } from "#platform/clock";
import { type Database, sql, storable, type Tx } from "#platform/db";
import { uuidOf } from "#platform/ids";
import { findHookOwner } from "../store/channel-store.ts";
import { lockVisitor } from "../store/webchat-visitor-store.ts";
import { saidEnvelope } from "../webchat/acts.ts";
import { webchatAdapter } from "../webchat/adapter.ts";
import { freshIdentitySecret, freshKey } from "../webchat/connector.ts";
import { type Envelope, envelopeBytes } from "../webchat/envelope.ts";
import { appendLine } from "../webchat/lines.ts";
import type { Accepted, AdapterKit, Counterpart, House, Ours, Told } from "./kit.ts";

/** The network is ours: visitors' logs in the house's own database. What they say is told as the chat's door writes it down. */
export const webchatKit: AdapterKit = {
  adapter: ({ clock, db }) => webchatAdapter(clock, { db }),
  async open(house: House): Promise<Counterpart> {
    return {
      join: async () => join(house),
      stranger: async (n) => ({ id: uuidOf("visitor of the kit", String(n)), handle: "" }),
      close: async () => {},
    };
  },
};

function join({ db, clock }: House): Ours {
  const key = freshKey();
  const names = new Map<string, string>();
  const act = async <T>(run: (tx: Tx, channelId: string) => Promise<T>): Promise<T> => {
    const owner = (await findHookOwner(db as Database, key))!;
    return db.withAccount(owner.accountId, (tx) => run(tx, owner.channelId));
  };
  const told = (...events: readonly Envelope[]): Told => ({ source: "stream", body: envelopeBytes(...events) });
  const raw = (value: unknown): Told => ({ source: "stream", body: Buffer.from(JSON.stringify(value)) });
  const eventsIn = (one: Told) => JSON.parse(Buffer.from(one.body).toString()).events as Envelope[];
  let n = 0;

  return {
    channel: {
      ...{ network: "webchat", name: "Chat", externalId: key, handle: "www.example.com" },
      config: { origins: ["https://www.example.com"] },
      secret: { identitySecret: freshIdentitySecret() },
    },
    async say(who, { text, claims, nameless = false }) {
      return act(async (tx, channelId) => {
        const visitor = await lockVisitor(tx, channelId, who.id);
        visitor.name = nameless ? "" : (names.get(who.id) ?? "Carla Ruiz");
        const { line } = await appendLine(tx, channelId, visitor, {
          ...{
            sender: "visitor",
            clientKey: `kit/${++n}`,
            name: "",
            body: storable(text),
            files: [],
            deliveryId: null,
          },
        });
        const envelope = saidEnvelope(visitor, line, text);
        const at = claims === undefined ? envelope.at : iso(claims);
        return { externalId: line.id, who, told: told({ ...envelope, at }) };
      });
    },
    together: (all) => told(...all.flatMap(eventsIn)),
    unheardOf: async () =>
      raw({
        v: 2,
        events: [{ event: "sticker", id: `st_${++n}`, visitor: { id: uuidOf("sticker", key) }, colours: ["red"] }],
      }),
    poison: async () => raw({ v: 1, events: [{ event: "said", id: 7, visitor: null }] }),
    receipt: (externalId, status) =>
      raw({ v: 1, events: [{ event: "receipt", ids: [externalId], status, at: iso(clock.now()) }] }),
    async rename(who) {
      names.set(who.id, "Another Name");
      return { who, told: null };
    },
    shut: async (who) => told({ event: "erased", visitorId: who.id, at: iso(clock.now()) }),
    faults: [],
    fault: () => Promise.reject(new Error("an answer is written by this very process: its line cannot fail by itself")),
    // The clock stands still: what was written first has the lower number of a transaction.
    async accepted() {
      return act(async (tx, channelId) => {
        const lines = await sql<{ id: string; body: string; files: unknown[] }>`select id, body, files from webchat_line
          where account_id = ${tx.accountId} and channel_id = ${channelId} and sender = 'agent' order by xmin::text::bigint, seq`.execute(
          tx.tables(),
        );
        return lines.rows.map(
          ({ id, body, files }): Accepted => ({ externalId: id, text: body, audience: "private", files: files.length }),
        );
      });
    },
  };
}
