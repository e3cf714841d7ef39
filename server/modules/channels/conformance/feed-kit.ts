import { createHmac } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { feedAdapter } from "../feeds/adapter.ts";
import { writeCursor } from "../feeds/cursor.ts";
import type { AdapterKit, Counterpart, House, Ours, Said, Stranger, Told } from "./kit.ts";

interface Entry {
  id: string;
  title: string;
  text: string;
  author: { name: string; uri: string } | null;
  at: number;
  updated: number;
  under: string | null;
}
/** A state is named by when it was reached; the same story has the same states. */
const FIRST = Date.UTC(2026, 10, 17, 9);

/** Sites of the test with an Atom feed each, and the hub that they share; signed by what a second program (openssl) makes, too. */
export const feedKit: AdapterKit = {
  adapter: ({ clock }) => feedAdapter(clock),
  async open({ clock }: House): Promise<Counterpart> {
    const sites = new Map<string, Entry[]>();
    const server: Server = createServer((request, answer) => {
      const entries = sites.get(request.url ?? "");
      if (!entries) return answer.writeHead(404).end();
      answer.writeHead(200, { "content-type": "application/atom+xml" }).end(feedOf(entries));
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return {
      join: async (n) => join(`${base}/blog${n}`, `/blog${n}`, sites, clock),
      stranger: async (n) => ({ id: `https://people.example/${n}`, handle: `Writer ${n}` }),
      golden: {
        secret: { hubSecret: "hub-secret-of-the-harbour" },
        at: clock.now(),
        request: {
          ...{ method: "POST", query: {} },
          body: Buffer.from('<feed xmlns="http://www.w3.org/2005/Atom"><title>golden</title></feed>'),
          // openssl dgst -sha256 -hmac
          headers: { "x-hub-signature": "sha256=469e112a853e474fdd571208952009a2d123726550024ea9cb128a604272f981" },
        },
      },
      close: () => new Promise((done) => void server.close(() => done())),
    };
  },
};

function join(url: string, path: string, sites: Map<string, Entry[]>, clock: House["clock"]): Ours {
  const entries: Entry[] = Array.from({ length: 10 }, (_, i) => ({
    ...{ id: `${url}/old${i}`, title: `Old ${i}`, text: "was here", author: null, under: null },
    ...{ at: clock.now() - 30 * 86_400_000, updated: clock.now() - 30 * 86_400_000 },
  }));
  sites.set(path, entries);
  const hubSecret = `hub-secret-of${path}`;
  const topic = url;
  const push = (...which: Entry[]): Told => ({ source: "webhook", body: Buffer.from(feedOf(which)) });
  let n = 0;
  const request = (query: Record<string, string>) => ({ method: "GET", query, headers: {}, body: new Uint8Array() });
  const proof = { "hub.mode": "subscribe", "hub.topic": topic, "hub.challenge": "prove-it", "hub.lease_seconds": "60" };
  return {
    channel: {
      ...{ network: "feed", name: "Blog", externalId: url, handle: "Blog", secret: { hubSecret } },
      config: { url, everyMinutes: 0, privateNetwork: true, hub: { url: `${url}/hub`, topic } },
    },
    async say(who: Stranger, { text, claims, under, nameless = false }): Promise<Said> {
      const at = claims ?? clock.now();
      const author = nameless ? null : { name: who.handle, uri: who.id };
      const entry: Entry = {
        ...{ id: `${url}/post${++n}`, title: "", text, author, at, updated: FIRST },
        under: under?.externalId ?? null,
      };
      entries.unshift(entry);
      return { externalId: entry.id, who, told: push(entry) };
    },
    async edit(said, text) {
      const entry = entries.find((e) => e.id === said.externalId)!;
      entry.updated += 1;
      entry.text = text;
      const page = { url, fresh: [], changed: [{ id: entry.id, revision: entry.updated }], feed: feedOf([entry]) };
      return { source: "poll", head: { stream: "feed" }, body: Buffer.from(JSON.stringify(page)) };
    },
    unheardOf: async () => ({
      ...{ source: "webhook" as const },
      body: Buffer.from(
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:z="urn:z"><title>t</title><z:thing><z:other/></z:thing></feed>',
      ),
    }),
    poison: async () => ({ source: "webhook", body: Buffer.from("<feed><entry") }),
    rename: async (who) => ({ who: { ...who, handle: `${who.handle}, renamed` }, told: null }),
    sign: (body) => ({ "x-hub-signature": `sha256=${createHmac("sha256", hubSecret).update(body).digest("hex")}` }),
    handshake: {
      ...{ good: request(proof), answer: "prove-it" },
      bad: [
        request({ ...proof, "hub.topic": "https://other.example/feed" }),
        request({ ...proof, "hub.mode": "unsubscribe" }),
        request({ ...proof, "hub.challenge": "" }),
        request({}),
      ],
    },
    lostCursor: {
      stream: "feed",
      value: writeCursor({
        ...{ url, etag: null, modified: null, notBefore: 0, askedHubAt: 0 },
        seen: [{ id: "0123456789abcdef", hash: "0123456789abcdef", updated: 0 }],
      }),
    },
    faults: [],
    fault: () => Promise.reject(new Error("nothing is sent to a feed")),
    accepted: async () => [],
  };
}

const feedOf = (entries: readonly Entry[]): string =>
  `<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0"><title>Blog</title><link href="https://blog.example/"/>${entries
    .map(
      (e) =>
        `<entry><id>${e.id}</id><title>${e.title}</title><published>${new Date(e.at).toISOString()}</published><updated>${new Date(e.updated).toISOString()}</updated>${
          e.author ? `<author><name>${escaped(e.author.name)}</name><uri>${e.author.uri}</uri></author>` : ""
        }${e.under === null ? "" : `<thr:in-reply-to ref="${e.under}"/>`}<content type="text">${escaped(e.text)}</content></entry>`,
    )
    .join("")}</feed>`;

const escaped = (text: string): string => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
