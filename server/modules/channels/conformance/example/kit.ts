import { type HttpLine, openHttpLine } from "../http-line.ts";
import type { AdapterKit, Counterpart, House, Ours, Told } from "../kit.ts";
import { guestbookAdapter } from "./adapter.ts";
import { type Entry, type Guestbook, startGuestbook } from "./guestbook.ts";

/** All that the kit has to know of a guestbook. */
export const guestbookKit: AdapterKit = {
  adapter: ({ clock }) => guestbookAdapter(clock),
  async open({ clock }: House): Promise<Counterpart> {
    const guestbook = await startGuestbook(clock);
    const line = await openHttpLine(
      () => guestbook.url,
      {
        isWrite: ({ method }) => method === "POST",
        rateLimited: { status: 429, body: { code: "slowly", says: "Slowly, please." } },
        unauthorized: { status: 401, body: { code: "who-are-you", says: "The token is not known." } },
        refused: () => ({ status: 403, body: { code: "closed", says: "The book is closed for you." } }),
      },
      clock,
    );
    return {
      join: async (n) => join(guestbook, line, n),
      stranger: async (n) => ({ id: `guest-${n}`, handle: `Guest ${n}` }),
      async close() {
        await line.close();
        await guestbook.close();
      },
    };
  },
};

function join(guestbook: Guestbook, line: HttpLine, n: number): Ours {
  const { book, entries, write, tokens } = guestbook;
  const token = `token-of-house-${n}-0001`;
  const us = { id: `house-${n}`, name: `House ${n}` };
  tokens.set(token, us);
  const page = (...told: object[]): Told => ({
    source: "poll",
    body: Buffer.from(JSON.stringify({ book, entries: told })),
  });
  const entriesIn = (told: Told): object[] => JSON.parse(Buffer.from(told.body).toString()).entries;
  return {
    channel: {
      ...{ network: "guestbook", name: "Guestbook", externalId: us.id, handle: us.name },
      config: { baseUrl: line.url, book, privateNetwork: true },
      secret: { token },
    },
    async say(who, { text, under, claims, nameless }) {
      const made = write({ id: who.id, name: who.handle }, text, { ...(under && { under: Number(under.externalId) }) });
      const told: Entry = {
        ...made,
        ...(claims !== undefined && { at: new Date(claims).toISOString() }),
        ...(nameless && { by: { id: who.id, name: "" } }),
      };
      return { externalId: String(made.n), who, told: page(told) };
    },
    together: (told) => page(...told.flatMap(entriesIn)),
    unheardOf: async () => page({ n: 999_999, kind: "drawing", lines: [] }),
    poison: async () => page({ n: "seven", by: null }),
    async echo(externalId) {
      const found = entries.find((e) => String(e.n) === externalId);
      return found ? page(found) : null;
    },
    rename: async (who) => ({ who: { ...who, handle: `${who.handle} the Second` }, told: null }),
    lostCursor: { stream: "entries", value: "another-book 12" },
    faults: [
      ...(["rate-limited", "unauthorized", "refused", "error", "reset", "hang"] as const),
      ...(["error-after-write", "hang-after-write", "reset-after-write"] as const),
    ],
    refusals: ["permission"],
    fault: async (fault) => line.fault(token, fault),
    accepted: async () =>
      entries
        .filter((e) => e.by.id === us.id)
        .map((e) => ({
          ...{ externalId: String(e.n), text: e.words, audience: "public" as const },
          under: e.under === undefined ? null : String(e.under),
        })),
  };
}
