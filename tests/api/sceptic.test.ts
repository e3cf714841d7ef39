import { randomUUID } from "node:crypto";
import { afterAll, describe, expect, it } from "vitest";
import type { Answer, Json } from "../support/api-client.ts";
import { ApiClient } from "../support/api-client.ts";
import { emailOf, makeCompany, PASSWORD } from "../support/company.ts";
import type { GoodRequest } from "./good-requests.ts";
import { RUN, shareOf } from "./hostile.ts";
import { type Asked, faultOf, make, openScepticsDesk, SESSIONS } from "./sceptics-desk.ts";

const { desk, marek, all, asked, commands } = await openScepticsDesk(340);
afterAll(() => desk.stop());

/** Something stands in the address that another account has none of: no key or day, which every account has of its own. */
const inAnAddress = (o: Asked) =>
  o.pathNames.length > 0 && !o.pathNames.some((part) => part === "key" || part === "day");
let southwind: Promise<ApiClient> | undefined;
/** The supervisor of another account. */
const stranger = (): Promise<ApiClient> => (southwind ??= openSouthwind());
async function openSouthwind(): Promise<ApiClient> {
  const { network } = desk;
  const profile = await network.admin("PUT", "/companies/southwind", { name: "Southwind" });
  await makeCompany(
    desk.db,
    desk.clock.now(),
    {
      ...{ baseUrl: network.playground.url, network: network.playground.network, handle: "southwind" },
      ...{ profileId: profile.profile.id, token: profile.token, appSecret: profile.appSecret },
    },
    "southwind.example",
  );
  return new ApiClient(desk.url).signIn(emailOf("marek", "southwind.example"), PASSWORD);
}

const PUBLIC = new Set(["GET /api/session/demo"]);
/** Every agent may: who am I, where am I, what is held out to me, am I here. */
const ANYBODYS = new Set([
  // What they are asked for themselves, and the crisis that stands over every desk.
  "GET /api/alerts",
  "GET /api/escalations",
  ...["GET /api/session", "GET /api/session/demo", "GET /api/account", "GET /api/brands", "GET /api/offers"],
  // One's own keys and habits.
  "PUT /api/preferences",
  "PUT /api/presence/me",
  // How their own desk behaves, what they did, put off and are asked to pass: nothing of anybody else.
  "PUT /api/preferences",
  ...["GET /api/desk/acts", "GET /api/desk/approvals", "GET /api/desk/later"],
]);
/** Of several ways to do the same wrong each address is tried with a third in a run, its neighbours with others, the next run with the next. */
const some = <T>(ways: readonly T[], operation: Asked): T[] => shareOf(ways, asked.indexOf(operation));
const codeOf = (answer: Answer) => [answer.status, answer.body?.code];
const kept = new Map<string, Promise<GoodRequest>>();
/** A good request that nobody is let through with: whoever is refused leaves it as it was, so one serves all that are. */
function refusedOnly(operation: Asked): Promise<GoodRequest> {
  const known = kept.get(operation.name) ?? Promise.resolve(operation.good());
  kept.set(operation.name, known);
  return known;
}

it("the sceptic knows every address", () => {
  expect(asked.length).toBeGreaterThan(45);
  expect(all.map((o) => o.name)).toEqual(expect.arrayContaining([...SESSIONS]));
});

const works = (answer: Answer) => {
  expect([200, 201], answer.text).toContain(answer.status);
  expect(answer.headers.get("x-trace-id")).toMatch(/^[0-9a-f-]{36}$/);
  expect(answer.headers.get("content-type")).toMatch(/^application\/json/);
};

describe("asked as it wants to be", () => {
  it.each(asked.filter((o) => !o.command))("$name works", async (operation) => {
    works(await make(operation.by, operation, await operation.good()));
  });
});

describe("without the right to ask", () => {
  it.each(asked.filter((o) => !PUBLIC.has(o.name)))("$name is for who is signed in", async (operation) => {
    const good = await refusedOnly(operation);
    for (const stranger of [desk.nobody(), ...some(pretenders(), operation)]) {
      const answer = await make(stranger, operation, good);
      expect(codeOf(answer)).toEqual([401, "sign-in-required"]);
      expect(faultOf(answer)).toBeNull();
    }
  });
  it.each(asked.filter((o) => !ANYBODYS.has(o.name)))("$name gives nothing to who has no rights", async (operation) => {
    const answer = await make(await desk.as("noor"), operation, await refusedOnly(operation));
    expect([403, 404]).toContain(answer.status);
    expect(faultOf(answer)).toBeNull();
  });
  it("GET /api/offers shows who has no rights nothing", async () => {
    expect((await (await desk.as("noor")).get("/api/offers")).offers).toEqual([]);
  });
  it.each(all.filter((o) => o.method !== "GET" && !o.url.startsWith("/hooks") && !/session/.test(o.url)))(
    "$name wants the CSRF token of the session",
    async ({ name }) => {
      const operation = asked.find((o) => o.name === name)!;
      const good = await refusedOnly(operation);
      for (const token of some(["", "0".repeat(43), desk.company.accountId], operation)) {
        const answer = await make(operation.by, operation, good, { "x-csrf-token": token });
        expect(codeOf(answer)).toEqual([403, "bad-csrf-token"]);
      }
    },
  );
  it("DELETE /api/session wants the CSRF token too", async () => {
    const answer = await marek.ask("/api/session", { method: "DELETE" });
    expect(codeOf(answer)).toEqual([403, "bad-csrf-token"]);
    expect((await marek.ask("/api/session")).status).toBe(200);
  });
});

/** Those who make up a proof. */
function pretenders(): ApiClient[] {
  const forged = new ApiClient(desk.url);
  forged.cookies.set("hubbub_session", Buffer.alloc(48, 7).toString("base64url"));
  forged.cookies.set("hubbub_csrf", "x".repeat(43));
  const wrongKey = new ApiClient(desk.url);
  wrongKey.bearer = `hub_${Buffer.alloc(64, 7).toString("base64url")}`;
  const strange = new ApiClient(desk.url);
  strange.bearer = "__proto__";
  return [forged, wrongKey, strange];
}

describe("a command", () => {
  // One good request goes through all of it, because making one is most of the cost: what was refused had no effect on it.
  it.each(commands)("$name is for its account, wants an Idempotency-Key and happens once", async (operation) => {
    const good = await operation.good();
    if (inAnAddress(operation))
      expect(codeOf(await make(await stranger(), operation, good))).toEqual([404, "not-found"]);
    for (const key of some(["short", "x".repeat(201), "with a space in it"], operation)) {
      const answer = await make(operation.by, operation, good, { "idempotency-key": key });
      expect(codeOf(answer)).toEqual([400, "invalid-request"]);
    }
    const { csrf } = operation.by;
    const without = await operation.by.ask(good.path, {
      method: operation.method,
      headers: csrf,
      ...(good.body && { body: good.body }),
    });
    expect(codeOf(without)).toEqual([400, "invalid-request"]);

    const headers = { "idempotency-key": randomUUID() };
    const before = await journal();
    const [first, second] = await Promise.all([
      make(operation.by, operation, good, headers),
      make(operation.by, operation, good, headers),
    ]);
    const after = await journal();
    const third = await make(operation.by, operation, good, headers);
    works(first);
    expect([first.status, second.status, third.status]).toEqual(Array(3).fill(first.status));
    expect([second.body, third.body]).toEqual([first.body, first.body]);
    expect([first, second].filter((a) => a.headers.get("idempotent-replayed") === "true")).toHaveLength(1);
    expect(third.headers.get("idempotent-replayed")).toBe("true");
    expect(after.audit - before.audit).toBeLessThanOrEqual(1);

    const elsewhere = await make(operation.by, operation, otherThan(good, operation.name), headers);
    expect(codeOf(elsewhere)).toEqual([409, "command-reused"]);
  });

  it.each(commands)("$name wished by two at the same moment is clear to both", async (operation) => {
    const good = await operation.good();
    const answers = await Promise.all([1, 2].map(() => make(operation.by, operation, good)));
    expect(answers.map(faultOf)).toEqual([null, null]);
    expect(answers.map((a) => a.status < 300 || a.status === 409)).toContain(true);
  });

  it.each(commands.filter((o) => o.body?.properties?.expectedVersion))(
    "$name is refused with the present state when somebody was first",
    async (operation) => {
      const good = await refusedOnly(operation);
      const answer = await make(operation.by, operation, {
        path: good.path,
        body: { ...good.body, expectedVersion: good.body.expectedVersion + 7_000 },
      });
      expect(codeOf(answer)).toEqual([409, "version-conflict"]);
      expect(answer.body).toHaveProperty("present");
      expect(faultOf(answer)).toBeNull();
    },
  );

  it.each(commands)("$name takes JSON and nothing else", async (operation) => {
    const { path } = await refusedOnly(operation);
    const ask = (type: string, raw: string) =>
      operation.by.ask(path, {
        method: operation.method,
        raw,
        headers: { ...operation.by.csrf, "idempotency-key": randomUUID(), "content-type": type },
      });
    for (const [type, raw, status, code] of some(NO_JSON, operation))
      expect([RUN, ...codeOf(await ask(type, raw))]).toEqual([RUN, status, code]);
  });
});

const NO_JSON = [
  ["text/plain", "a=1", 415, "unsupported-media-type"],
  ["application/x-www-form-urlencoded", "a=1", 415, "unsupported-media-type"],
  ["application/json", '{"a":', 400, "invalid-json"],
  ["multipart/form-data; boundary=x", "a=1", 415, "unsupported-media-type"],
  ["application/xml", "a=1", 415, "unsupported-media-type"],
  ["application/json", `{"a":"${"x".repeat(1_048_576)}"}`, 413, "too-large"],
] as const;

async function journal(): Promise<{ audit: number }> {
  const [row] = await desk.database.query<{ audit: number }>("select count(*)::int as audit from audit");
  return row!;
}
/** The same key for something else: another value, or where there is no body another address. */
function otherThan({ path, body }: GoodRequest, name: string): GoodRequest {
  if (!body) return { path: name.includes("{") ? path.replace(/[0-9a-f-]{36}/, randomUUID()) : `${path}?again` };
  const other: Record<string, (value: Json) => Json> = {
    ...Object.fromEntries(
      ["note", "name", "text", "source", "topic", "says", "question"].map((key) => [
        key,
        (value: string) => `${value} more`,
      ]),
    ),
    ...Object.fromEntries(
      ["expectedVersion", "value", "last"].map((key) => [key, (n: Json) => (typeof n === "number" ? n + 1 : "signal")]),
    ),
    ...{
      // Some names take no space.
      name: (value: string) => `${value}-more`,
      skills: () => [],
      stitched: () => "part",
      otherId: () => randomUUID(),
      profileId: () => randomUUID(),
      verb: () => "work.take",
      mend: (value: boolean) => !value,
      all: (value: boolean) => !value,
      answers: (value: Json) => ({ ...value, token: "another-token-of-this-page" }),
      destination: () => "callback",
      answer: () => "there",
      said: (value: string) => (value === "skip" ? "no" : "skip"),
      verdict: (value: string) => (value === "leave" ? "work" : "leave"),
      on: (value: boolean) => !value,
      query: (value: string) => `${value} more`,
      cause: (value: string) => (value === "third-party" ? "peer-answer" : "third-party"),
      rules: (value: Json) => ({ ...value, ownText: value.ownText === "never" ? "approvers" : "never" }),
      play: (value: Json) => ({ ...value, serves: !value.serves }),
      items: (value: Json[]) => value.map((item) => ({ ...item, expectedVersion: item.expectedVersion + 1 })),
      reason: (value: string) => `${value} more`,
      voice: (value: Json) => ({ ...value, pass: "never" }),
      way: () => "push",
      keys: (value: Json) => ({ ...value, singleKeys: !value.singleKeys }),
      priority: () => "urgent",
      ladder: (value: Json) => ({ ...value, rungs: [] }),
      to: (value: string) => new Date(Date.parse(value) + 1_000).toISOString(),
      following: (value: boolean) => !value,
      conversationId: () => randomUUID(),
      newest: () => randomUUID(),
      endpoint: (value: string) => `${value}-another`,
    },
  };
  const key = Object.keys(other).find((k) => Object.hasOwn(body, k))!;
  return { path, body: { ...body, [key]: other[key]!(body[key]) } };
}

describe("what belongs to another account", () => {
  it.each(asked.filter((o) => !o.command && inAnAddress(o)))("$name does not exist", async (operation) => {
    const good = await operation.good();
    expect(codeOf(await make(await stranger(), operation, good))).toEqual([404, "not-found"]);
    // The refusal did nothing to it.
    expect((await make(operation.by, operation, good)).status).toBeLessThan(300);
  });
  it("is nothing that a right, a team, a skill or an agent can be given", async () => {
    const { agents, teamId, skillId, brandId, queueId } = desk.company;
    const their = await stranger();
    const mine = (await their.get("/api/agents")).agents[0];
    const refused = async (method: string, path: string, body: Json) => {
      const answer = await their.send(method, path, body);
      expect([400, 404], `${path} ${answer.text}`).toContain(answer.status);
      expect(faultOf(answer)).toBeNull();
    };
    const right = { verb: "work.read", scope: "account", scopeId: null };
    await refused("POST", "/api/grants", { subjectKind: "agent", subjectId: agents.noor, ...right });
    await refused("POST", "/api/grants", { subjectKind: "team", subjectId: teamId, ...right });
    await refused("POST", "/api/agents", {
      name: "A",
      initials: "A",
      email: "a@southwind.example",
      password: PASSWORD,
      teamIds: [teamId],
    });
    await refused("PUT", `/api/agents/${mine.id}/skills`, { skills: [{ skillId, level: 5 }] });
    await refused("PUT", "/api/settings/desk.undo-ms", { value: 1, brandId });
    await refused("PUT", "/api/stop-switch", { scope: "brand", brandId, on: true });
    await refused("PUT", `/api/presence/${agents.dana}`, { state: "offline", reason: "x" });
    expect((await their.get(`/api/desk/work?view=all&queueId=${queueId}`)).items).toEqual([]);
  });
  it("appears in no list", async () => {
    const their = await stranger();
    for (const operation of asked.filter((o) => o.method === "GET" && o.pathNames.length === 0)) {
      const { path } = await operation.good();
      const answer = await their.ask(path);
      for (const id of [
        ...Object.values(desk.company.agents),
        desk.company.teamId,
        desk.company.channelId,
        desk.company.accountId,
      ])
        expect(answer.text.includes(id), `${path} shows ${id}`).toBe(false);
    }
  });
});

describe("an address", () => {
  it("that does not exist is a problem, whoever asks", async () => {
    for (const [method, path] of [
      ...([
        ["GET", "/api/nothing"],
        ["POST", "/api/nothing"],
        ["GET", "/api/"],
        ["DELETE", "/hooks/x"],
      ] as const),
      ...([
        ["GET", "/api/desk/conversations"],
        ["GET", "/nowhere.png"],
        ["POST", "/"],
        ["GET", "/%2e%2e/%2e%2e/etc/passwd"],
      ] as const),
    ])
      for (const who of [desk.nobody(), marek]) {
        const answer = await who.ask(path, { method });
        expect([path, ...codeOf(answer)]).toEqual([path, 404, "not-found"]);
        expect(faultOf(answer)).toBeNull();
      }
  });
  it("that is malformed is a problem", async () => {
    for (const path of [
      "/api/agents/%ff",
      "/%",
      "/api/agents/%00",
      `/api/agents/${"x".repeat(3_000)}`,
      "/api/insights/rows?key=%ff%fe",
    ]) {
      const answer = await marek.ask(path);
      expect([400, 404, 414], path).toContain(answer.status);
      expect(faultOf(answer)).toBeNull();
    }
  });
  it.each(["PUT", "PATCH", "DELETE", "POST"])("takes no method but its own (%s)", async (method) => {
    for (const { url } of asked.filter((o) => o.pathNames.length === 0)) {
      const takes = (o: { url: string; method: string }) =>
        o.method === method && (o.url === url || new RegExp(`^${o.url.replace(/\{[^}]+\}/g, "[^/]+")}$`).test(url));
      if (all.some(takes)) continue;
      const answer = await marek.send(method, url, {});
      expect([404, 405], url).toContain(answer.status);
      expect(faultOf(answer)).toBeNull();
    }
  });
  it("answers HEAD like GET, without a body, and tells OPTIONS nothing about other origins", async () => {
    for (const { url } of asked.filter((o) => o.method === "GET" && o.pathNames.length + o.queryNames.length === 0)) {
      const head = await marek.ask(url, { method: "HEAD" });
      expect([url, head.status, head.text]).toEqual([url, 200, ""]);
      const options = await marek.ask(url, {
        method: "OPTIONS",
        headers: { origin: "https://evil.example", "access-control-request-method": "POST" },
      });
      expect(options.status).toBeLessThan(500);
      expect([...options.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
    }
  });
});
