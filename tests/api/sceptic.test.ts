import { randomUUID } from "node:crypto";
import { afterAll, describe, expect, it } from "vitest";
import type { Answer, Json } from "../support/api-client.ts";
import { ApiClient } from "../support/api-client.ts";
import { emailOf, makeCompany, PASSWORD } from "../support/company.ts";
import type { GoodRequest } from "./good-requests.ts";
import { faultOf, make, openScepticsDesk, SESSIONS } from "./sceptics-desk.ts";

const { desk, marek, all, asked, commands } = await openScepticsDesk(420);
afterAll(() => desk.stop());

const PUBLIC = new Set(["GET /api/session/demo"]);
/** Every agent may: who am I, where am I, what is held out to me, am I here. */
const ANYBODYS = new Set([
  ...["GET /api/session", "GET /api/session/demo", "GET /api/account", "GET /api/brands", "GET /api/offers"],
  "PUT /api/presence/me",
]);
const codeOf = (answer: Answer) => [answer.status, answer.body?.code];

it("the sceptic knows every address", () => {
  expect(asked.length).toBeGreaterThan(45);
  expect(all.map((o) => o.name)).toEqual(expect.arrayContaining([...SESSIONS]));
});

describe("asked as it wants to be", () => {
  it.each(asked)("$name works", async (operation) => {
    const answer = await make(operation.by, operation, await operation.good());
    expect([200, 201], answer.text).toContain(answer.status);
    expect(answer.headers.get("x-trace-id")).toMatch(/^[0-9a-f-]{36}$/);
    expect(answer.headers.get("content-type")).toMatch(/^application\/json/);
  });
});

describe("without the right to ask", () => {
  it.each(asked.filter((o) => !PUBLIC.has(o.name)))("$name is for who is signed in", async (operation) => {
    const good = await operation.good();
    for (const stranger of strangers()) {
      const answer = await make(stranger, operation, good);
      expect(codeOf(answer)).toEqual([401, "sign-in-required"]);
      expect(faultOf(answer)).toBeNull();
    }
  });
  it.each(asked.filter((o) => !ANYBODYS.has(o.name)))("$name gives nothing to who has no rights", async (operation) => {
    const answer = await make(await desk.as("noor"), operation, await operation.good());
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
      const good = await operation.good();
      for (const token of ["", "0".repeat(43), desk.company.accountId]) {
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

/** Nobody, and those who make up a proof. */
function strangers(): ApiClient[] {
  const forged = new ApiClient(desk.url);
  forged.cookies.set("hubbub_session", Buffer.alloc(48, 7).toString("base64url"));
  forged.cookies.set("hubbub_csrf", "x".repeat(43));
  const wrongKey = new ApiClient(desk.url);
  wrongKey.bearer = `hub_${Buffer.alloc(64, 7).toString("base64url")}`;
  const strange = new ApiClient(desk.url);
  strange.bearer = "__proto__";
  return [desk.nobody(), forged, wrongKey, strange];
}

describe("a command", () => {
  it.each(commands)("$name wants an Idempotency-Key", async (operation) => {
    const good = await operation.good();
    for (const key of ["short", "x".repeat(201), "with a space in it"]) {
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
    // None of them had an effect: the request still works.
    expect((await make(operation.by, operation, good)).status).toBeLessThan(300);
  });

  it.each(commands)("$name happens once, however often it is sent", async (operation) => {
    const good = await operation.good();
    const headers = { "idempotency-key": randomUUID() };
    const before = await journal();
    const [first, second] = await Promise.all([
      make(operation.by, operation, good, headers),
      make(operation.by, operation, good, headers),
    ]);
    const after = await journal();
    const third = await make(operation.by, operation, good, headers);
    expect([first.status, second.status, third.status]).toEqual(Array(3).fill(first.status));
    expect(first.status).toBeLessThan(300);
    expect([second.body, third.body]).toEqual([first.body, first.body]);
    expect([first, second].filter((a) => a.headers.get("idempotent-replayed") === "true")).toHaveLength(1);
    expect(third.headers.get("idempotent-replayed")).toBe("true");
    expect(after.audit - before.audit).toBeLessThanOrEqual(1);

    const elsewhere = await make(operation.by, operation, otherThan(good, operation.name), headers);
    expect(codeOf(elsewhere)).toEqual([409, "command-reused"]);
  });

  it.each(commands.filter((o) => o.body?.properties?.expectedVersion))(
    "$name is refused with the present state when somebody was first",
    async (operation) => {
      const good = await operation.good();
      const answer = await make(operation.by, operation, {
        path: good.path,
        body: { ...good.body, expectedVersion: good.body.expectedVersion + 7 },
      });
      expect(codeOf(answer)).toEqual([409, "version-conflict"]);
      expect(answer.body).toHaveProperty("present");
      expect(faultOf(answer)).toBeNull();
    },
  );

  it.each(commands)("$name takes JSON and nothing else", async (operation) => {
    const { path } = await operation.good();
    const ask = (type: string, raw: string) =>
      operation.by.ask(path, {
        method: operation.method,
        raw,
        headers: { ...operation.by.csrf, "idempotency-key": randomUUID(), "content-type": type },
      });
    for (const type of [
      "text/plain",
      "application/x-www-form-urlencoded",
      "multipart/form-data; boundary=x",
      "application/xml",
    ])
      expect(codeOf(await ask(type, "a=1"))).toEqual([415, "unsupported-media-type"]);
    expect(codeOf(await ask("application/json", '{"a":'))).toEqual([400, "invalid-json"]);
    expect(codeOf(await ask("application/json", `{"a":"${"x".repeat(1_048_576)}"}`))).toEqual([413, "too-large"]);
  });
});

async function journal(): Promise<{ audit: number }> {
  const [row] = await desk.database.query<{ audit: number }>("select count(*)::int as audit from audit");
  return row!;
}
/** The same key for something else: another value, or where there is no body another address. */
function otherThan({ path, body }: GoodRequest, name: string): GoodRequest {
  if (!body) return { path: name.includes("{") ? path.replace(/[0-9a-f-]{36}/, randomUUID()) : `${path}?again` };
  const other: Record<string, (value: Json) => Json> = {
    ...Object.fromEntries(["note", "name", "text", "source"].map((key) => [key, (value: string) => `${value} more`])),
    ...Object.fromEntries(
      ["expectedVersion", "value", "last"].map((key) => [key, (n: Json) => (typeof n === "number" ? n + 1 : "signal")]),
    ),
    ...{
      skills: () => [],
      stitched: () => "part",
      otherId: () => randomUUID(),
      verb: () => "work.take",
      mend: (value: boolean) => !value,
      answers: (value: Json) => ({ ...value, token: "another-token-of-this-page" }),
      destination: () => "callback",
      answer: () => "there",
      on: (value: boolean) => !value,
      reason: (value: string) => `${value} more`,
      to: (value: string) => new Date(Date.parse(value) + 1_000).toISOString(),
    },
  };
  const key = Object.keys(other).find((k) => Object.hasOwn(body, k))!;
  return { path, body: { ...body, [key]: other[key]!(body[key]) } };
}

describe("what belongs to another account", async () => {
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
  const their = await new ApiClient(desk.url).signIn(emailOf("marek", "southwind.example"), PASSWORD);

  it.each(asked.filter((o) => o.pathNames.length > 0 && !o.pathNames.includes("key")))(
    "$name does not exist",
    async (operation) => {
      const good = await operation.good();
      const answer = await make(their, operation, good);
      expect(codeOf(answer)).toEqual([404, "not-found"]);
      // The refusal did nothing to it.
      expect((await make(operation.by, operation, good)).status).toBeLessThan(300);
    },
  );
  it("is nothing that a right, a team, a skill or an agent can be given", async () => {
    const { agents, teamId, skillId, brandId, queueId } = desk.company;
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
      if (all.some((o) => o.url === url && o.method === method)) continue;
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
