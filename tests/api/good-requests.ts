import { randomUUID } from "node:crypto";
import { importRows } from "../../server/app/import/import-rows.ts";
import { connectChannel, newChatKeys } from "../../server/modules/channels/index.ts";
import { sql } from "../../server/platform/db.ts";
import type { ApiClient, Json } from "../support/api-client.ts";
import { emailOf, PASSWORD } from "../support/company.ts";
import { eventually } from "../support/eventually.ts";
import type { Desk } from "../support/server.ts";
import { messagesOf, OUTAGE } from "../support/story.ts";
import { goodApproval } from "./good-approval.ts";
import { goodEscalation } from "./good-escalation.ts";
import { goodLearning } from "./good-learning.ts";
import { goodLoop } from "./good-loop.ts";
import { goodMacros } from "./good-macros.ts";
import { goodModeration } from "./good-moderation.ts";
import { goodMonitors } from "./good-monitors.ts";
import { goodTogether } from "./good-together.ts";

export interface GoodRequest {
  path: string;
  body?: Json;
}
/** A request that works now, once. */
export type MakeGood = () => Promise<GoodRequest>;

/** Waiting work in plenty: each request that uses some up takes a conversation of its own. */
export interface Pool {
  next(): string;
  view(id: string): Promise<Json>;
}

export async function fillPool(desk: Desk, marek: ApiClient, size: number): Promise<Pool> {
  const { network } = desk;
  const people = Array.from({ length: size }, (_, i) => ({ handle: `pool_${i}`, name: `Guest ${i}`, followers: 10 }));
  // The network takes no more at a time.
  for (let from = 0; from < size; from += 500) await network.people(people.slice(from, from + 500));
  for (const { handle } of people) await network.post(handle, OUTAGE);
  const ids = await eventually(`${size} conversations wait`, async () => {
    const found: string[] = [];
    for (let cursor = ""; ; ) {
      const page = await marek.get(
        `/api/desk/work?view=all&limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
      );
      found.push(...page.items.map((row: Json) => row.conversationId));
      if (page.next === null) return found.length === size && found;
      cursor = page.next;
    }
  });
  return {
    next() {
      const id = ids.pop();
      if (!id) throw new Error("the pool is empty: fill in more");
      return id;
    },
    view: (id) => marek.get(`/api/desk/conversations/${id}`),
  };
}

/** These are about what is held out to an agent: Dana makes them, everything else Marek, who has all rights. */
export const DANAS = new Set(["POST /api/offers/{id}/accept", "POST /api/offers/{id}/decline", "POST /api/work/next"]);

/** For every address a request that works. What is not here, the sceptic does not know. */
export function goodRequests(desk: Desk, marek: ApiClient, dana: ApiClient, pool: Pool): Record<string, MakeGood> {
  const { company } = desk;
  const from = new Date(desk.clock.now() - 86_400_000).toISOString();
  const to = new Date(desk.clock.now() + 86_400_000).toISOString();
  const span = `from=${from}&to=${to}`;
  const constant =
    (path: string, body?: Json): MakeGood =>
    async () => ({ path, ...(body !== undefined && { body }) });
  /** A page on the playground that is nobody's channel yet: the answers that connect it. */
  const page = async () => {
    const handle = `page_${randomUUID().slice(0, 8)}`;
    const { token, appSecret } = await desk.network.admin("PUT", `/companies/${handle}`, { name: "A page" });
    return { baseUrl: desk.network.playground.url, token, appSecret };
  };
  const conversation =
    (rest: string, body: (view: Json) => Json, taken = false): MakeGood =>
    async () => {
      const id = pool.next();
      let view = await pool.view(id);
      if (taken) {
        await marek.do("POST", `/api/desk/conversations/${id}/take`, { expectedVersion: view.work.version });
        view = await pool.view(id);
      }
      return { path: `/api/desk/conversations/${id}${rest}`, body: body(view) };
    };
  const profileNamed = () => ({ name: `Mails ${randomUUID()}`, budget: 100, limits: { email: 3, chat: 0 }, apart: [] });
  const givenTo = (profileId: string) => ({ profileId, subjectKind: "agent", subjectId: company.agents.noor });
  const nights = [{ from: "2026-01-01", zone: "Europe/London", week: { 1: [["22:00", "06:00"]] } }];
  const seen = { expectedVersion: 1, openToo: false };
  const holidays = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20261225\nEND:VEVENT\nEND:VCALENDAR";
  const calendar =
    (rest: string, body: Json): MakeGood =>
    async () => {
      const { id } = await marek.do("POST", "/api/calendars", { name: "Days", rules: nights, days: [] });
      return { path: `/api/calendars/${id}${rest}`, body };
    };
  /** The resolution of a conversation stands still for a third party; the first answer does not. */
  const clocks =
    (act: "pause" | "resume", body?: Json): MakeGood =>
    async () => {
      const { policy, version } = await marek.get("/api/sla");
      const row = { name: "All", brandIds: [], queueIds: [], priorities: [], mediums: [], hours: "plain" };
      const rows = [{ ...row, firstResponseMs: null, nextResponseMs: null, resolutionMs: 86_400_000 }];
      const pauses = { response: ["third-party"], resolution: ["third-party"] };
      const change = { policy: { ...policy, rows, pauses }, expectedVersion: version, from: null, openToo: true };
      await marek.do("PUT", "/api/sla", change);
      const path = `/api/conversations/${pool.next()}/clocks`;
      await eventually("its clocks can be stopped", async () => (await marek.get(path)).canPause || null);
      return { path: `${path}/${act}`, ...(body !== undefined && { body }) };
    };
  /** Work of Marek's in which Priya was asked for advice; the offers are Dana's. */
  const withGuest = async () => {
    await desk.presence("priya", "busy");
    const { path, body } = await conversation("/guests", (v) => versioned(v), true)();
    await marek.do("POST", path, { ...body, agentId: company.agents.priya, kind: "consult", note: "" });
    return `${path}/${company.agents.priya}`;
  };
  /** Work that is done and is being written up. */
  const writingUp: MakeGood = async () => {
    const rules = (public_: number) => ({ value: { wrapUpSeconds: { public: public_ } } });
    const { path, body } = await conversation("/resolve", (v) => versioned(v), true)();
    await marek.do("PUT", "/api/settings/routing.rules", rules(3_600));
    const at = path.replace("/resolve", "");
    await marek.do("POST", path, { ...body, outcome: "solved" });
    const view = await eventually("it is being written up", async () => {
      const now = await marek.get(at);
      return now.work?.state === "wrapup" && now;
    });
    await marek.do("PUT", "/api/settings/routing.rules", rules(0));
    return { path: `${at}/wrap-up`, body: { act: "finish", ...versioned(view) } };
  };
  /** Waiting work that a supervisor makes urgent. */
  const urgent = async () => {
    const { work } = await pool.view(pool.next());
    const items = [{ workItemId: work.workItemId, expectedVersion: work.version }];
    return { items, act: { kind: "priority", priority: "urgent" } };
  };
  /** Somebody of the pool, with what works on him. */
  const customer =
    (make: (id: string) => GoodRequest | Promise<GoodRequest>): MakeGood =>
    async () =>
      make((await pool.view(pool.next())).customer.id);
  const identity = async (): Promise<Json> =>
    marek.get(`/api/customers/${(await pool.view(pool.next())).customer.id}/identity`);
  const twoCustomers =
    (make: (a: Json, b: Json) => GoodRequest | Promise<GoodRequest>): MakeGood =>
    async () =>
      make(await identity(), await identity());
  const joinOf = (a: Json, b: Json) => ({ otherId: b.id, expectedVersion: a.version, otherVersion: b.version });
  const joined = async (a: Json, b: Json): Promise<{ actId: string; one: Json; handleId: string }> => {
    const { actId, customerId } = await marek.do("POST", `/api/customers/${a.id}/joins`, joinOf(a, b));
    const one = await marek.get(`/api/customers/${customerId}/identity`);
    return { actId, one, handleId: one.handles[1].id };
  };
  /** Who says that another handle of the same network is his is not believed: an agent is asked. */
  const suggestion =
    (word: string): MakeGood =>
    async () => {
      const [a, b] = [await identity(), await identity()];
      await desk.network.post(a.handles[0].handle, `@northwind I am @${b.handles[0].handle}, it is about my order`);
      const asked = await eventually("a suggestion is there", async () => {
        const seen = await marek.get(`/api/customers/${a.id}/identity`);
        return seen.suggestions[0];
      });
      return { path: `/api/customer-suggestions/${asked.id}/${word}` };
    };
  /** An account may let a customer's words be forgotten at once, and then nobody is asked what belongs to what. */
  const remembering = async (): Promise<void> => {
    const path = `/api/policies/${company.brandId}/stitching`;
    const { limits, version } = await marek.get(path);
    const least = Object.fromEntries(Object.entries(limits).map(([name, ms]) => [name, Math.max(Number(ms), 600_000)]));
    if (JSON.stringify(least) !== JSON.stringify(limits))
      await marek.do("PUT", path, { limits: least, expectedVersion: version });
  };
  let orders = 880_000;
  /** A chat of its own for each request. */
  const chat = async (): Promise<string> => {
    const { key, secret } = newChatKeys();
    const { channelId } = await desk.db.withAccount(company.accountId, (tx) =>
      connectChannel(tx, {
        ...{ brandId: company.brandId, network: "webchat", name: "Chat", externalId: key, handle: "shop.example" },
        ...{ config: { origins: ["https://shop.example"] }, secret },
      }),
    );
    return `/api/channels/${channelId}/webchat`;
  };
  const attached = async (): Promise<string> => {
    const headers = { ...marek.csrf, "content-type": "text/plain", "x-file-name": "bill.txt" };
    return (await marek.ask("/api/desk/files", { method: "POST", headers, raw: `12.30 EUR ${randomUUID()}` })).body.id;
  };
  const versioned = (view: Json) => ({ expectedVersion: view.work.version });
  const reply = async () => {
    const { path, body } = await conversation(
      "/replies",
      (view) => ({
        ...{ audience: "public", text: "It works again.", answersMessageId: messagesOf(view)[0].id, resolveWith: null },
        ...versioned(view),
      }),
      true,
    )();
    return { path, body };
  };
  /** Somebody wrote where software may not answer. */
  const elsewhere: MakeGood = async () => {
    const id = `elsewhere-${randomUUID()}`;
    const placed = () =>
      desk.db.withAccount(company.accountId, async (tx) => {
        const { rows } = await sql<{ conversationId: string; messageId: string }>`
          select p.conversation_id as "conversationId", m.id as "messageId" from message m
          join placement p on p.account_id = m.account_id and p.message_id = m.id
          where m.account_id = ${tx.accountId} and m.author_handle = ${`u_${id}`}`.execute(tx.tables());
        return rows[0];
      });
    const nap = () => new Promise<void>((wake) => setTimeout(wake, 20));
    await importRows(desk.db, {
      ...{ accountId: company.accountId, name: id, clock: desk.clock, wait: nap },
      rows: [
        {
          ...{ id, at: from, channel: "reddit", by: "customer", from: `u_${id}`, text: "Northwind, is it down again?" },
          url: "https://forum.example/r/northwind/1",
        },
      ] as never,
    });
    const found = await eventually("what was written elsewhere is placed", placed);
    const view = await pool.view(found.conversationId);
    return {
      path: `/api/desk/conversations/${view.id}/hand-offs`,
      body: {
        ...{ answersMessageId: found.messageId, outcome: "answered", text: "It works again.", permalink: null },
        ...{ reason: "", expectedVersion: view.version },
      },
    };
  };
  const invite = conversation("/invites", (view) => ({
    ...{ destination: "dm", answersMessageId: messagesOf(view)[0].id },
  }));
  const agent = async (): Promise<Json> =>
    marek.do("POST", "/api/agents", {
      name: "Ada",
      initials: "A",
      password: PASSWORD,
      email: emailOf("dana", `${randomUUID()}.example`),
    });
  const two = async () => {
    const [{ id, version }, other] = [await pool.view(pool.next()), await pool.view(pool.next())];
    const expected = { [id]: version, [other.id]: other.version };
    return { path: `/api/desk/conversations/${id}/joins`, body: { kind: "link", otherId: other.id, expected } };
  };
  const offer =
    (how: string, body?: Json): MakeGood =>
    async () => {
      const offerId = await heldOut(dana);
      return { path: `/api/offers/${offerId}/${how}`, ...(body && { body }) };
    };
  const rules = [
    {
      id: "loud",
      says: "A bad word with a large audience.",
      when: [
        { on: "followers", atLeast: 10 },
        { on: "words", any: ["down"] },
      ],
      ...{ verdict: "work", priority: "high" },
    },
    { id: "rest", says: "Everything else.", when: [], verdict: "work", priority: "normal" },
  ];
  return {
    ...goodApproval(desk, marek, pool),
    ...goodEscalation(desk, marek, pool),
    ...goodLoop(desk, marek, pool),
    ...goodMacros(marek),
    "GET /api/search": async () => ({ path: "/api/search?q=router" }),
    ...goodModeration(desk, marek, pool),
    ...goodMonitors(desk, marek),
    ...goodLearning(desk, marek),
    ...goodTogether(desk, marek, dana, pool),
    "GET /api/live": constant("/api/live"),
    "GET /api/session": constant("/api/session"),
    "GET /api/session/demo": constant("/api/session/demo"),
    "GET /api/account": constant("/api/account"),
    "GET /api/brands": constant("/api/brands"),
    "GET /api/voices": constant("/api/voices"),
    "PUT /api/voices/{brandId}": async () => {
      const { brands } = await marek.get("/api/voices");
      const { voice, version } = brands.find((one: { brand: { id: string } }) => one.brand.id === company.brandId);
      return { path: `/api/voices/${company.brandId}`, body: { voice, base: version } };
    },
    "GET /api/settings": constant(`/api/settings?brandId=${company.brandId}`),
    "PUT /api/settings/{key}": constant("/api/settings/desk.undo-ms", { value: 30_000, brandId: company.brandId }),
    "PUT /api/stop-switch": constant("/api/stop-switch", {
      scope: "brand",
      brandId: company.brandId,
      on: false,
      reason: "x",
    }),
    "GET /api/agents": constant("/api/agents"),
    "POST /api/agents": async () => ({
      path: "/api/agents",
      body: {
        name: "Ada",
        initials: "A",
        locale: "en",
        password: PASSWORD,
        teamIds: [company.teamId],
        email: emailOf("dana", `${randomUUID()}.example`),
      },
    }),
    "PATCH /api/agents/{id}": async () => {
      const { id, version } = await agent();
      return {
        path: `/api/agents/${id}`,
        body: { expectedVersion: version, name: "Ada L", initials: "AL", locale: "de", state: "suspended" },
      };
    },
    "PUT /api/agents/{id}/skills": async () => ({
      path: `/api/agents/${(await agent()).id}/skills`,
      body: { skills: [{ skillId: company.skillId, level: 5 }], scale: { best: 1, worst: 20 } },
    }),
    "GET /api/teams": constant("/api/teams"),
    "GET /api/skills": constant("/api/skills"),
    "POST /api/skills": async () => ({
      path: "/api/skills",
      body: { name: `Training ${randomUUID()}`, kind: "hard", clearance: "training", brandIds: [company.brandId] },
    }),
    "PATCH /api/skills/{id}": async () => {
      const skill = { name: `Region ${randomUUID()}`, kind: "hard", clearance: "skill", brandIds: [] };
      const made = await marek.do("POST", "/api/skills", skill);
      return { path: `/api/skills/${made.id}`, body: { clearance: "region", expectedVersion: made.version } };
    },
    "GET /api/queues/{id}/helpers": constant(`/api/queues/${company.queueId}/helpers`),
    "PUT /api/queues/{id}": async () => {
      const { queues } = await marek.get("/api/queues");
      const { version } = queues.find((queue: Json) => queue.id === company.queueId);
      return {
        path: `/api/queues/${company.queueId}`,
        body: { ringParts: [0.2, 0.5, 0.8], overflow: [[], [], []], choice: "longest-idle", expectedVersion: version },
      };
    },
    "GET /api/grants": constant("/api/grants"),
    "POST /api/grants": async () => ({
      path: "/api/grants",
      body: {
        subjectKind: "agent",
        subjectId: (await agent()).id,
        verb: "work.read",
        scope: "queue",
        scopeId: company.queueId,
      },
    }),
    "DELETE /api/grants/{id}": async () => {
      const { id } = await marek.do("POST", "/api/grants", {
        ...{ subjectKind: "agent", subjectId: (await agent()).id, verb: "work.read", scope: "account", scopeId: null },
      });
      return { path: `/api/grants/${id}` };
    },
    "GET /api/api-keys": constant("/api/api-keys"),
    "POST /api/api-keys": constant("/api/api-keys", { name: "reports", expiresAt: to }),
    "DELETE /api/api-keys/{id}": async () => ({
      path: `/api/api-keys/${(await marek.do("POST", "/api/api-keys", { name: "short" })).id}`,
    }),
    "GET /api/audit": constant("/api/audit?limit=5"),
    "GET /api/channels": constant("/api/channels"),
    "PUT /api/channels/{id}/state": async () => {
      const { channels } = await marek.get("/api/channels");
      return {
        path: `/api/channels/${company.channelId}/state`,
        body: { state: "on", expectedVersion: channels.find((one: Json) => one.id === company.channelId).version },
      };
    },
    "GET /api/channels/{id}/webchat": async () => ({ path: await chat() }),
    "PUT /api/channels/{id}/webchat": async () => {
      const path = await chat();
      const { settings, version } = await marek.get(path);
      return { path, body: { settings: { ...settings, position: "left" }, expectedVersion: version } };
    },
    "POST /api/channels/{id}/webchat/identity-secret": async () => {
      const path = await chat();
      return { path: `${path}/identity-secret`, body: { expectedVersion: (await marek.get(path)).version } };
    },
    "GET /api/desk/conversations/{id}/voice": async () => ({ path: `/api/desk/conversations/${pool.next()}/voice` }),
    "GET /api/desk/conversations/{id}/typing": async () => ({ path: `/api/desk/conversations/${pool.next()}/typing` }),
    "GET /api/desk/conversations/{id}/routing": async () => ({
      path: `/api/desk/conversations/${pool.next()}/routing`,
    }),
    "GET /api/desk/conversations/{id}/visit": async () => ({ path: `/api/desk/conversations/${pool.next()}/visit` }),
    "POST /api/desk/conversations/{id}/typing": conversation("/typing", () => ({ on: true })),
    "GET /api/desk/files/{id}": async () => ({ path: `/api/desk/files/${await attached()}` }),
    "DELETE /api/desk/files/{id}": async () => ({ path: `/api/desk/files/${await attached()}` }),
    "GET /api/networks": constant("/api/networks"),
    "POST /api/networks/{network}/try": async () => ({
      path: "/api/networks/playground/try",
      body: { brandId: company.brandId, answers: await page() },
    }),
    "POST /api/channels": async () => ({
      path: "/api/channels",
      body: { brandId: company.brandId, network: "playground", name: "Another page", answers: await page() },
    }),
    "POST /api/channels/{id}/check": constant(`/api/channels/${company.channelId}/check`, { mend: false }),
    "PUT /api/channels/{id}/secret": async () => {
      const { channels } = await marek.get("/api/channels");
      const { version } = channels.find((one: Json) => one.id === company.channelId);
      return {
        path: `/api/channels/${company.channelId}/secret`,
        body: { answers: { token: desk.network.token }, expectedVersion: version },
      };
    },
    "DELETE /api/channels/{id}": async () => {
      const made = await marek.do("POST", "/api/channels", {
        ...{ brandId: company.brandId, network: "playground", name: "Soon gone", answers: await page() },
      });
      return { path: `/api/channels/${made.id}`, body: { expectedVersion: made.version } };
    },
    "POST /api/channels/{id}/gaps/{gapId}/fill": async () => {
      const gapId = randomUUID();
      await desk.database.query(
        `insert into channel_gap (account_id, id, channel_id, stream, to_value, reason, opened_at)
          values ($1, $2, $3, 'events', '1', 'we were away', $4)`,
        [company.accountId, gapId, company.channelId, new Date(desk.clock.now())],
      );
      return { path: `/api/channels/${company.channelId}/gaps/${gapId}/fill` };
    },
    "POST /api/channels/{id}/backfill": constant(`/api/channels/${company.channelId}/backfill`),
    "GET /api/policies/{brandId}": constant(`/api/policies/${company.brandId}`),
    "PUT /api/policies/{brandId}": async () => {
      const { version } = await marek.get(`/api/policies/${company.brandId}`);
      return {
        path: `/api/policies/${company.brandId}`,
        body: { text: "We answer.", rules, expectedVersion: version },
      };
    },
    "POST /api/policies/{brandId}/dry-run": constant(`/api/policies/${company.brandId}/dry-run`, {
      ...{ rules: rules.slice(1), last: 20 },
    }),
    "GET /api/calendars": constant("/api/calendars"),
    "POST /api/calendars": constant("/api/calendars", { name: "Nights", rules: nights, days: [] }),
    "PUT /api/calendars/{id}": calendar("", { name: "Days", rules: nights, days: [], ...seen }),
    "POST /api/calendars/{id}/holidays/preview": calendar("/holidays/preview", { text: holidays }),
    "POST /api/calendars/{id}/holidays": calendar("/holidays", { name: "Bank", text: holidays, without: [], ...seen }),
    "POST /api/calendars/{id}/holidays/drop": async () => {
      const { path } = await calendar("", {})();
      const body = { name: "Bank", text: holidays, without: [], ...seen };
      const made = await marek.do("POST", `${path}/holidays`, body);
      return {
        path: `${path}/holidays/drop`,
        body: { sourceId: made.calendar.sources[0].id, expectedVersion: made.calendar.version, openToo: false },
      };
    },
    "GET /api/sla": constant("/api/sla"),
    "PUT /api/sla": async () => {
      const { policy, version } = await marek.get("/api/sla");
      return { path: "/api/sla", body: { policy, expectedVersion: version, from: null, openToo: false } };
    },
    "POST /api/sla/means": async () => ({
      path: "/api/sla/means",
      body: {
        ...{ policy: (await marek.get("/api/sla")).policy, at: from, brandId: company.brandId },
        ...{ queueId: company.queueId, priority: "normal", medium: "dm" },
      },
    }),
    "GET /api/conversations/{id}/clocks": async () => ({ path: `/api/conversations/${pool.next()}/clocks` }),
    "POST /api/conversations/{id}/clocks/pause": clocks("pause", { reason: "The courier looks for it", until: null }),
    "POST /api/conversations/{id}/clocks/resume": clocks("resume", { cause: "third-party" }),
    "GET /api/queue-relief": constant("/api/queue-relief"),
    "POST /api/rehearsals": async () => ({ path: "/api/rehearsals", body: { from, to, zone: "UTC", changes: [] } }),
    "GET /api/capacity": constant("/api/capacity"),
    "POST /api/capacity/profiles": async () => ({ path: "/api/capacity/profiles", body: profileNamed() }),
    "PUT /api/capacity/profiles/{id}": async () => {
      const { id, version, ...made } = await marek.do("POST", "/api/capacity/profiles", profileNamed());
      return { path: `/api/capacity/profiles/${id}`, body: { ...made, budget: 80, expectedVersion: version } };
    },
    "POST /api/capacity/given": async () => {
      const { id } = await marek.do("POST", "/api/capacity/profiles", profileNamed());
      return { path: "/api/capacity/given", body: givenTo(id) };
    },
    "DELETE /api/capacity/given/{id}": async () => {
      const { id } = await marek.do("POST", "/api/capacity/profiles", profileNamed());
      return { path: `/api/capacity/given/${(await marek.do("POST", "/api/capacity/given", givenTo(id))).id}` };
    },
    "GET /api/presence": constant("/api/presence"),
    "GET /api/presence/{agentId}/history": constant(`/api/presence/${company.agents.priya}/history?${span}`),
    "PUT /api/presence/me": constant("/api/presence/me", { state: "busy", until: to, reason: "x" }),
    "PUT /api/presence/{agentId}": constant(`/api/presence/${company.agents.noor}`, {
      state: "busy",
      until: null,
      reason: "x",
    }),
    "GET /api/queues": constant("/api/queues"),
    "GET /api/offers": constant("/api/offers"),
    "POST /api/offers/{id}/accept": offer("accept"),
    "POST /api/offers/{id}/decline": offer("decline", { reason: "busy", note: "x" }),
    "POST /api/work/next": async () => {
      await heldOut(dana);
      return { path: "/api/work/next" };
    },
    "GET /api/desk/work": constant(`/api/desk/work?view=all&queueId=${company.queueId}&limit=3`),
    "GET /api/desk/conversations/{id}": async () => ({ path: `/api/desk/conversations/${pool.next()}` }),
    "PUT /api/desk/conversations/{id}/draft": conversation("/draft", () => ({
      ...{ audience: "public", text: "Half a", answersMessageId: null, expectedVersion: 0 },
    })),
    "DELETE /api/desk/conversations/{id}/draft": async () => ({ path: `/api/desk/conversations/${pool.next()}/draft` }),
    "POST /api/desk/conversations/{id}/replies": reply,
    "POST /api/desk/replies/{id}/undo": async () => {
      const { path, body } = await reply();
      return { path: `/api/desk/replies/${(await marek.do("POST", path, body)).replyId}/undo` };
    },
    "POST /api/desk/replies/{id}/settle": async () => {
      const { path, body } = await reply();
      const { replyId, deliveryId } = await marek.do("POST", path, body);
      // Stands for a network that took the call and never said so.
      await desk.database.query("update reply set state = 'unknown' where id = $1", [replyId]);
      await desk.database.query("update delivery set state = 'unknown', next_at = 'infinity' where id = $1", [
        deliveryId,
      ]);
      await desk.database.query("update delivery_part set state = 'unknown' where delivery_id = $1", [deliveryId]);
      return { path: `/api/desk/replies/${replyId}/settle`, body: { expectedVersion: 1, as: "give-up" } };
    },
    "GET /api/desk/conversations/{id}/invites": async () => ({
      path: `/api/desk/conversations/${pool.next()}/invites`,
    }),
    "POST /api/desk/conversations/{id}/invites": invite,
    "POST /api/desk/invites/{id}/withdraw": async () => {
      const { path, body } = await invite();
      const { invite: made } = await marek.do("POST", path, body);
      return { path: `/api/desk/invites/${made.id}/withdraw`, body: { expectedVersion: made.version } };
    },
    "POST /api/desk/conversations/{id}/hand-offs": elsewhere,
    "POST /api/desk/conversations/{id}/calls": conversation("/calls", () => ({
      ...{ direction: "out", startedAt: from, durationMs: 60_000, number: "+44 20 7946 0000", text: "We spoke." },
      inviteId: null,
    })),
    "POST /api/desk/conversations/{id}/notes": conversation("/notes", () => ({ text: "For the team" })),
    "POST /api/desk/conversations/{id}/resolve": conversation("/resolve", (v) => ({
      outcome: "solved",
      ...versioned(v),
    })),
    "POST /api/desk/conversations/{id}/take": conversation("/take", versioned),
    "POST /api/desk/conversations/{id}/assign": conversation("/assign", (v) => ({
      ...{ to: { kind: "agent", agentId: company.agents.dana }, note: "Yours", ...versioned(v) },
    })),
    "POST /api/desk/conversations/{id}/snooze": conversation("/snooze", (v) => ({ until: to, ...versioned(v) }), true),
    "POST /api/desk/conversations/{id}/guests": async () => {
      await desk.presence("priya", "busy");
      const body = { agentId: company.agents.priya, kind: "consult", note: "Have you seen this before?" };
      return conversation("/guests", (v) => ({ ...body, ...versioned(v) }), true)();
    },
    "DELETE /api/desk/conversations/{id}/guests/{agentId}": async () => ({ path: await withGuest() }),
    "POST /api/desk/conversations/{id}/guests/{agentId}/hand-over": async () => {
      const path = await withGuest();
      return { path: `${path}/hand-over`, body: versioned(await marek.get(path.split("/guests")[0] as string)) };
    },
    "POST /api/desk/conversations/{id}/wrap-up": writingUp,
    "PUT /api/desk/conversations/{id}/barred/{agentId}": conversation(`/barred/${company.agents.noor}`, (v) => ({
      ...{ reason: "The customer complains about her.", ...versioned(v) },
    })),
    "DELETE /api/desk/conversations/{id}/barred/{agentId}": conversation(
      `/barred/${company.agents.noor}`,
      () => undefined as unknown as Json,
    ),
    "POST /api/desk/work/forward": constant("/api/desk/work/forward", {
      ...{ key: "author:019a0000-0000-7000-8000-000000000001", all: true },
    }),
    "POST /api/desk/conversations/{id}/release": conversation("/release", versioned, true),
    "POST /api/desk/conversations/{id}/open": async () => {
      const id = pool.next();
      const { work } = await pool.view(id);
      await marek.do("POST", `/api/desk/conversations/${id}/resolve`, {
        outcome: "solved",
        expectedVersion: work.version,
      });
      return { path: `/api/desk/conversations/${id}/open`, body: { reason: "They called" } };
    },
    "GET /api/desk/conversations/{id}/joins": async () => ({ path: `/api/desk/conversations/${pool.next()}/joins` }),
    "POST /api/desk/conversations/{id}/joins/preview": async () => {
      const { path, body } = await two();
      return { path: `${path}/preview`, body: { kind: "merge", otherId: body.otherId } };
    },
    "POST /api/desk/conversations/{id}/joins": async () => two(),
    "POST /api/desk/joins/{id}/undo": async () => {
      const { path, body } = await two();
      return { path: `/api/desk/joins/${(await marek.do("POST", path, body)).act.id}/undo` };
    },
    "GET /api/wallboard": constant(`/api/wallboard?teamId=${company.teamId}`),
    "GET /api/wallboard/items": constant(`/api/wallboard/items?of=waiting&queueId=${company.queueId}&limit=3`),
    "GET /api/wallboard/queues/{id}": constant(`/api/wallboard/queues/${company.queueId}`),
    "POST /api/supervision/acts": async () => ({ path: "/api/supervision/acts", body: await urgent() }),
    "POST /api/supervision/acts/{id}/take-back": async () => {
      const { actId, version } = await marek.do("POST", "/api/supervision/acts", await urgent());
      return { path: `/api/supervision/acts/${actId}/take-back`, body: { expectedVersion: version } };
    },
    "POST /api/supervision/surge": async () => {
      const value = { agentIds: [(await agent()).id] };
      await marek.do("PUT", "/api/settings/desk.surge-helpers", { value });
      return {
        path: "/api/supervision/surge",
        body: {
          queueId: company.queueId,
          until: new Date(desk.clock.now() + 3_600_000).toISOString(),
          reason: "An outage in the north",
        },
      };
    },
    "POST /api/supervision/easings": async () => {
      // A target is stretched once at a time.
      for (const { actId, version } of (await marek.get("/api/wallboard")).easings)
        await marek.do("POST", `/api/supervision/acts/${actId}/take-back`, { expectedVersion: version });
      return {
        path: "/api/supervision/easings",
        body: {
          ...{
            queueId: desk.company.queueId,
            until: new Date(desk.clock.now() + 3_600_000).toISOString(),
            reason: "x",
          },
          what: { what: "target", percent: 200, priorities: ["low"] },
        },
      };
    },
    "POST /api/supervision/loans": async () => ({
      path: "/api/supervision/loans",
      body: {
        ...{ agentId: (await agent()).id, until: new Date(desk.clock.now() + 3_600_000).toISOString(), reason: "x" },
        what: { kind: "skill", skillId: company.skillId, level: 40 },
      },
    }),
    "GET /api/desk/asks": constant("/api/desk/asks"),
    "GET /api/desk/conversations/{id}/asks": async () => ({ path: `/api/desk/conversations/${pool.next()}/asks` }),
    "POST /api/desk/asks/{id}/answer": async () => {
      await remembering();
      const number = `A${++orders}`;
      const [a, b] = [await identity(), await identity()];
      await desk.network.post(
        a.handles[0].handle,
        `@northwind my parcel of order ${number} has not come, where is it?`,
      );
      // The number is known from the first one before the second names it.
      await eventually("the first is placed", async () => {
        const { rows } = await desk.db.withAccount(company.accountId, (tx) =>
          sql`select 1 from said_number where account_id = ${tx.accountId} and number ilike ${`%${number}%`}`.execute(
            tx.tables(),
          ),
        );
        return rows.length > 0;
      });
      await desk.network.post(b.handles[0].handle, `@northwind nobody answers! Where is order ${number}?`);
      let before = "";
      let looks = 0;
      const ask = await eventually("it is asked about, and its conversations move no more", async () => {
        const { items } = await marek.get("/api/desk/asks");
        const found = items.find((one: Json) => one.text.includes(number));
        const now = JSON.stringify(found);
        looks = found !== undefined && now === before ? looks + 1 : 0;
        before = now;
        return looks >= 15 && found;
      });
      return { path: `/api/desk/asks/${ask.messageId}/answer`, body: { answer: "here", expected: ask.expected } };
    },
    "GET /api/desk/messages/{id}/why": async () => ({
      path: `/api/desk/messages/${messagesOf(await pool.view(pool.next()))[0].id}/why`,
    }),
    "GET /api/desk/numbers/{number}": async () => ({
      path: `/api/desk/numbers/${(await pool.view(pool.next())).number}`,
    }),
    "POST /api/desk/messages/{id}/mark": async () => ({
      path: `/api/desk/messages/${messagesOf(await pool.view(pool.next()))[0].id}/mark`,
      body: { task: "noise", value: "noise" },
    }),
    "GET /api/policies/{brandId}/windows": constant(`/api/policies/${company.brandId}/windows`),
    "PUT /api/policies/{brandId}/windows": async () => {
      const path = `/api/policies/${company.brandId}/windows`;
      const { reopen, burst, version } = await marek.get(path);
      const windows = { reopen: { ...reopen, chat: reopen.chat + 60_000 }, burst, channels: [] };
      return { path, body: { windows, expectedVersion: version } };
    },
    "GET /api/policies/{brandId}/stitching": constant(`/api/policies/${company.brandId}/stitching`),
    "PUT /api/policies/{brandId}/stitching": async () => {
      const path = `/api/policies/${company.brandId}/stitching`;
      const { limits, version } = await marek.get(path);
      return { path, body: { limits: { ...limits, burstMs: limits.burstMs + 60_000 }, expectedVersion: version } };
    },
    "POST /api/policies/{brandId}/stitching/replay": async () => {
      const path = `/api/policies/${company.brandId}/stitching`;
      const { limits } = await marek.get(path);
      return { path: `${path}/replay`, body: { limits, from, to } };
    },
    "POST /api/policies/{brandId}/windows/replay": async () => {
      const path = `/api/policies/${company.brandId}/windows`;
      const { reopen, burst } = await marek.get(path);
      return { path: `${path}/replay`, body: { windows: { reopen, burst, channels: [] }, from, to } };
    },
    "GET /api/customers/{id}": customer((id) => ({ path: `/api/customers/${id}` })),
    "PUT /api/customers/{id}/fields/{key}": customer((id) => ({
      ...{ path: `/api/customers/${id}/fields/plan`, body: { value: "Business 5", expectedVersion: 0 } },
    })),
    "POST /api/customers/{id}/organisations": customer((id) => ({
      ...{ path: `/api/customers/${id}/organisations`, body: { name: "Rocha Bakes Ltd", role: "Owner" } },
    })),
    "DELETE /api/customers/{id}/organisations/{organisationId}": customer(async (id) => {
      const made = await marek.do("POST", `/api/customers/${id}/organisations`, { name: "Leith Bakers" });
      return { path: `/api/customers/${id}/organisations/${made.organisationId}` };
    }),
    "POST /api/customers/{id}/consents": customer((id) => ({
      ...{ path: `/api/customers/${id}/consents`, body: { purpose: "survey", given: true, source: "Said so" } },
    })),
    "POST /api/customers/{id}/notes": customer((id) => ({
      ...{ path: `/api/customers/${id}/notes`, body: { text: "Bakes for a living" } },
    })),
    "DELETE /api/customers/{id}/notes/{noteId}": customer(async (id) => {
      const made = await marek.do("POST", `/api/customers/${id}/notes`, { text: "For a moment" });
      return { path: `/api/customers/${id}/notes/${made.id}` };
    }),
    "GET /api/customers/{id}/identity": customer((id) => ({ path: `/api/customers/${id}/identity` })),
    "GET /api/customers/{id}/join-preview": twoCustomers((a, b) => ({
      path: `/api/customers/${a.id}/join-preview?with=${b.id}`,
    })),
    "GET /api/customers/{id}/part-preview": twoCustomers(async (a, b) => {
      const { one, handleId } = await joined(a, b);
      return { path: `/api/customers/${one.id}/part-preview?handleId=${handleId}` };
    }),
    "POST /api/customers/{id}/joins": twoCustomers((a, b) => ({
      path: `/api/customers/${a.id}/joins`,
      body: joinOf(a, b),
    })),
    "POST /api/customers/{id}/partings": twoCustomers(async (a, b) => {
      const { one, handleId } = await joined(a, b);
      return {
        path: `/api/customers/${one.id}/partings`,
        body: { handleIds: [handleId], expectedVersion: one.version },
      };
    }),
    "POST /api/customers/{id}/handles/{handleId}/shared": twoCustomers((a) => ({
      ...{ path: `/api/customers/${a.id}/handles/${a.handles[0].id}/shared`, body: { expectedVersion: a.version } },
    })),
    "GET /api/customer-joins/{id}/undo-preview": twoCustomers(async (a, b) => ({
      path: `/api/customer-joins/${(await joined(a, b)).actId}/undo-preview`,
    })),
    "POST /api/customer-joins/{id}/undo": twoCustomers(async (a, b) => ({
      path: `/api/customer-joins/${(await joined(a, b)).actId}/undo`,
      body: { stitched: "leave" },
    })),
    "POST /api/customer-suggestions/{id}/accept": suggestion("accept"),
    "POST /api/customer-suggestions/{id}/refuse": suggestion("refuse"),
    "GET /api/insights/figures": constant(
      `/api/insights/figures?${span}&brandId=${company.brandId}&queueId=${company.queueId}&network=playground`,
    ),
    "GET /api/insights/moves": constant(`/api/insights/moves?${span}`),
    "GET /api/insights/outcomes": constant(
      `/api/insights/outcomes?${span}&brandId=${company.brandId}&queueId=${company.queueId}&network=playground`,
    ),
    "GET /api/insights/outcomes/rows": constant(
      `/api/insights/outcomes/rows?${span}&outcome=solved&reason=&limit=3&cursor=1763287200000/${company.queueId}`,
    ),
    "GET /api/insights/rows": constant(`/api/insights/rows?${span}&key=backlog&limit=3`),
  };
}

/** Work that is held out to an agent now; what the agent has is finished first, so that there is room. */
async function heldOut(agent: ApiClient): Promise<string> {
  const { items } = await agent.get("/api/desk/work?view=mine");
  for (const row of items)
    await agent.do("POST", `/api/desk/conversations/${row.conversationId}/resolve`, {
      ...{ outcome: "solved", expectedVersion: row.version },
    });
  await agent.do("PUT", "/api/presence/me", { state: "available" });
  const offer = await eventually("something is held out", async () => (await agent.get("/api/offers")).offers[0]);
  return offer.offerId;
}
