import { createHmac } from "node:crypto";
import { type Playground, startPlayground } from "../../../../playground/index.ts";
import type { ErrorClass } from "../domain/errors.ts";
import { playgroundAdapter } from "../playground/adapter.ts";
import { type HttpLine, openHttpLine } from "./http-line.ts";
import type { Accepted, AdapterKit, Counterpart, House, Ours, Said, Stranger, Told } from "./kit.ts";

// biome-ignore lint/suspicious/noExplicitAny: answers are JSON of many shapes
type Json = any;
const KEY = "simulator-key-of-the-kit";
const PLENTY = { max: 1_000_000, windowMs: 60_000 };
/** Beyond it the network takes no body; what is longer is put into what it tells. */
const TAKEN = 20_000;

/** The playground's own server program, with a line before it that can fail. */
export const playgroundKit: AdapterKit = {
  adapter: ({ clock }) => playgroundAdapter(clock),
  async open({ clock }: House): Promise<Counterpart> {
    const playground = await startPlayground({
      ...{ port: 0, clock, simulatorKey: KEY, limits: { write: PLENTY, read: PLENTY } },
    });
    const line = await openHttpLine(
      () => playground.url,
      {
        isWrite: ({ method, url = "" }) => method !== "GET" && !url.endsWith("/media"),
        rateLimited: { status: 429, body: { code: "rate-limited", detail: "Too many calls." } },
        unauthorized: { status: 401, body: { code: "unauthorized", detail: "The token is not known." } },
        refused: (as) => ({ status: 403, body: { code: CODES[as] ?? "forbidden", detail: "It is refused." } }),
        resetHeader: "x-ratelimit-reset",
      },
      clock,
    );
    const town = { playground, line, call: caller(playground) };
    return {
      join: (n) => join(town, n),
      async stranger(n) {
        const handle = `someone${n}`;
        const { people } = await town.call("PUT", "/sim/v1/people", { people: [{ handle, name: `Someone ${n}` }] });
        return { id: people[0].id, handle };
      },
      golden: {
        secret: { appSecret: "whsec_test" },
        at: 1_700_000_000_000,
        request: {
          ...{ method: "POST", query: {}, body: Buffer.from('{"a":1}') },
          headers: {
            "x-playground-signature":
              "t=1700000000,v1=38877139021993b830af32feea6e18a8da83eb2f6e49ee50bd9e4cf4ca4d3789",
          },
        },
      },
      async close() {
        await line.close();
        await playground.close();
      },
    };
  },
};

/** The network's codes for the classes that we tell apart. */
const CODES: Partial<Record<ErrorClass, string>> = {
  permission: "forbidden",
  "recipient-unreachable": "dm-not-allowed",
  "window-closed": "private-reply-expired",
  "not-found": "deleted",
  "too-long": "text-too-long",
  invalid: "text-invalid",
};

interface Town {
  playground: Playground;
  line: HttpLine;
  call: ReturnType<typeof caller>;
}

function caller(playground: Playground) {
  return async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Json> => {
    const answer = await fetch(playground.url + path, {
      method,
      headers: {
        "x-playground-key": KEY,
        ...(body !== undefined && { "content-type": "application/json" }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text === "" ? null : JSON.parse(text);
  };
}

async function join({ playground, line, call }: Town, n: number): Promise<Ours> {
  const handle = `northwind${n}`;
  const [appSecret, token] = [`app-secret-number-${n}-of-the-kit`, `token-number-${n}-of-the-kit`];
  const { profile } = await call("PUT", `/admin/companies/${handle}`, { name: "Northwind Mobile", appSecret, token });
  const mine = { authorization: `Bearer ${token}` };
  const as = (who: Stranger) => ({ "x-playground-as": who.handle });
  let seen: number = (await call("GET", "/api/v1/events?since=0&limit=1", undefined, mine)).head;

  /** The event that the last act made, as the network renders it now. */
  async function eventOf(type: string, id: string): Promise<Json> {
    for (;;) {
      const page = await call("GET", `/api/v1/events?since=${seen}&limit=500`, undefined, mine);
      seen = page.next;
      const found = page.events.findLast((e: Json) => e.type === type && (e.post ?? e.dm).id === id);
      if (found) return found;
      if (!page.more) throw new Error(`the network tells nothing of ${type} ${id}`);
    }
  }
  const bodyOf = (events: readonly Json[]): Told => ({
    source: "webhook",
    body: Buffer.from(JSON.stringify({ network: playground.network, webhook: "wh_1", company: handle, events })),
  });
  const eventsIn = (told: Told): Json[] => JSON.parse(Buffer.from(told.body).toString()).events;
  const dms = new Set<string>();
  const place = (said: Said) => (dms.has(said.externalId) ? "dms" : "posts");
  const kind = (said: Said) => (dms.has(said.externalId) ? "dm" : "post");

  return {
    channel: {
      ...{ network: "playground", name: "Playground", externalId: profile.id, handle },
      config: { baseUrl: line.url, network: playground.network },
      secret: { token, appSecret },
    },
    async say(who, { text, audience, under, claims, raw = false, nameless = false }) {
      const isDm = audience === "private";
      const long = text.length > TAKEN;
      const said = { text: long ? "long" : text, ...(raw && { raw }) };
      const made = isDm
        ? await call("POST", "/sim/v1/dms", { ...said, to: handle }, as(who))
        : await call("POST", "/sim/v1/posts", { ...said, ...(under && { parentId: under.externalId }) }, as(who));
      if (isDm) dms.add(made.id);
      const event = await eventOf(isDm ? "dm.created" : "post.created", made.id);
      const object = event.post ?? event.dm;
      if (long) object.text = text;
      if (claims !== undefined) object.createdAt = new Date(claims).toISOString();
      if (nameless) object[isDm ? "from" : "author"] = { id: who.id };
      return { externalId: made.id, who, told: bodyOf([event]) };
    },
    async post(text) {
      const made = await call("POST", "/api/v1/posts", { text }, mine);
      return { externalId: made.id, told: bodyOf([await eventOf("post.created", made.id)]) };
    },
    async edit(said, text) {
      await call("PATCH", `/sim/v1/${place(said)}/${said.externalId}`, { text }, as(said.who));
      return bodyOf([await eventOf(`${kind(said)}.edited`, said.externalId)]);
    },
    async remove(said) {
      await call("DELETE", `/sim/v1/${place(said)}/${said.externalId}`, undefined, as(said.who));
      return bodyOf([await eventOf(`${kind(said)}.deleted`, said.externalId)]);
    },
    together: (told) => bodyOf(told.flatMap(eventsIn)),
    unheardOf: async () =>
      bodyOf([
        {
          seq: 1,
          id: "ev_new",
          type: "story.created",
          at: new Date(0).toISOString(),
          story: { id: "st_1", colours: ["red"] },
        },
      ]),
    poison: async () =>
      bodyOf([{ seq: 1, id: "ev_bad", type: "post.created", at: 7, post: { id: null, author: "nobody" } }]),
    async echo(externalId) {
      seen = 0;
      const isDm = externalId.startsWith("dm_");
      return bodyOf([await eventOf(isDm ? "dm.created" : "post.created", externalId)]);
    },
    async rename(who) {
      await call("PATCH", `/sim/v1/people/${who.handle}`, { name: "Another Name" });
      return { who, told: null };
    },
    sign(body, at) {
      const t = Math.floor(at / 1_000);
      const v1 = createHmac("sha256", appSecret).update(`${t}.`).update(body).digest("hex");
      return { "x-playground-signature": `t=${t},v1=${v1}` };
    },
    lostCursor: { stream: "events", value: "nw_gone 7" },
    faults: [
      ...(["rate-limited", "unauthorized", "refused", "error", "reset", "hang"] as const),
      ...(["error-after-write", "hang-after-write", "reset-after-write"] as const),
    ],
    refusals: ["permission", "recipient-unreachable", "window-closed", "not-found", "too-long", "invalid"],
    fault: async (fault) => line.fault(token, fault),
    async moderated({ externalId, authorId }) {
      const isDm = externalId.startsWith("dm_");
      const post = await call("GET", `/api/v1/${isDm ? "dms" : "posts"}/${externalId}`, undefined, mine);
      const { accepted } = await call("GET", `/admin/accepted?caller=${handle}&limit=1000`);
      const last = accepted.findLast((a: Json) => /^(un)?block$/.test(a.op) && a.objectId === authorId);
      return {
        ...{ hidden: post.hidden === true, deleted: post.deletedAt !== null, blocked: last?.op === "block" },
        reports: accepted.filter((a: Json) => a.op === "report" && a.objectId === externalId).length,
      };
    },
    async accepted() {
      const page = await call("GET", `/admin/accepted?caller=${handle}&limit=1000`);
      const shown = async (a: Json): Promise<Accepted> => {
        const isDm = a.op === "dm.create";
        const path = `/api/v1/${isDm ? "dms" : "posts"}/${a.objectId}`;
        const { media = [] } = await call("GET", path, undefined, mine);
        return {
          ...{ externalId: a.objectId, text: a.text, under: a.parentId, files: media.length },
          audience: isDm ? "private" : "public",
        };
      };
      return Promise.all(page.accepted.filter((a: Json) => a.op.endsWith(".create")).map(shown));
    },
  };
}
