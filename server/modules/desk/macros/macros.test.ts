import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ApiClient, Json } from "../../../../tests/support/api-client.ts";
import { type Desk, openDesk } from "../../../../tests/support/server.ts";

let desk: Desk;
let priya: ApiClient;
let dana: ApiClient;
let marek: ApiClient;
beforeAll(async () => {
  desk = await openDesk();
  [priya, dana, marek] = [await desk.as("priya"), await desk.as("dana"), await desk.as("marek")];
});
afterAll(() => desk?.stop());

let made = 0;
const macro = (change: Json = {}): Json => ({
  ...{ name: `hello-${++made}`, scope: { kind: "own" }, brandId: null, audience: "any", act: null },
  texts: [{ locale: "en", text: "Hello {{customer.first_name}}" }],
  ...change,
});
const add = async (change: Json = {}, as = priya) => as.send("POST", "/api/macros", macro(change));
const seen = async (as: ApiClient, id: string): Promise<Json> =>
  (await as.get("/api/macros")).macros.find((one: Json) => one.id === id);
const refusal = ({ status, body }: { status: number; body: Json }) => [status, body.detail];
const team = () => ({ kind: "team", teamId: desk.company.teamId });

describe("who may", () => {
  it("one's own are seen and changed by nobody else", async () => {
    const { id } = (await add()).body;
    expect(await seen(priya, id)).toMatchObject({ mayChange: true, scope: { kind: "own" }, version: 1 });
    expect(await seen(marek, id)).toBeUndefined();
    const { scope: _, ...said } = macro();
    expect((await marek.send("PUT", `/api/macros/${id}`, { ...said, expectedVersion: 1 })).status).toBe(404);
    expect((await marek.send("DELETE", `/api/macros/${id}`)).status).toBe(404);
    await priya.do("DELETE", `/api/macros/${id}`);
    expect(await seen(priya, id)).toBeUndefined();
  });

  it("a team's are read by the team and changed by who manages its people; the account's by who manages settings", async () => {
    for (const scope of [team(), { kind: "account" }]) {
      expect((await add({ scope })).status).toBe(403);
      const { id } = (await add({ scope }, marek)).body;
      expect(await seen(dana, id)).toMatchObject({ mayChange: false, scope });
      expect(await seen(marek, id)).toMatchObject({ mayChange: true });
      expect((await dana.send("DELETE", `/api/macros/${id}`)).status).toBe(403);
    }
    const audit = (await marek.get("/api/audit?limit=20")).items.filter((one: Json) => one.act === "macro.made");
    expect(audit).toHaveLength(2);
    const strange = { kind: "team", teamId: "01900000-0000-7000-8000-000000000000" };
    expect((await add({ scope: strange }, marek)).status).toBe(404);
  });
});

it("a change is a new version, the texts of the one before stay, and a stale change is told", async () => {
  const { id } = (await add()).body;
  const { scope: _, ...said } = macro({
    texts: [
      { locale: "de", text: "Guten Tag" },
      { locale: "en", text: "Good day" },
    ],
    act: { kind: "snooze", minutes: 60 },
  });
  expect(await priya.do("PUT", `/api/macros/${id}`, { ...said, expectedVersion: 1 })).toEqual({ id, version: 2 });
  expect(await seen(priya, id)).toMatchObject({ version: 2, texts: said.texts, act: said.act });
  const stale = await priya.send("PUT", `/api/macros/${id}`, { ...said, expectedVersion: 1 });
  expect(stale.body).toMatchObject({ code: "version-conflict", present: { version: 2 } });
  const kept = await desk.database.query<{ version: number; text: string }>(
    "select version, text from macro_text where macro_id = $1 order by version, locale",
    [id],
  );
  expect(kept.map((one) => `${one.version} ${one.text}`)).toEqual([
    "1 Hello {{customer.first_name}}",
    "2 Guten Tag",
    "2 Good day",
  ]);
});

describe("what is refused", () => {
  it("a field that nobody fills, a language twice, nothing at all, and what is not there", async () => {
    const text = (...texts: string[]) => ({ texts: texts.map((one) => ({ locale: "en", text: one })) });
    expect(refusal(await add(text("Order {{order.id}}")))).toEqual([
      400,
      "There is no field {{order.id}}. These can be filled: customer.first_name, agent.first_name, brand, conversation.number.",
    ]);
    expect(refusal(await add(text("Hi", "Ho")))).toEqual([400, "The language en stands there twice."]);
    expect(refusal(await add({ texts: [] }))).toEqual([400, "A macro needs a text or something to do."]);
    expect((await add({ act: { kind: "resolve", outcome: "flown" } })).body.detail).toMatch(
      /^There is no such outcome/,
    );
    const nowhere = "01900000-0000-7000-8000-000000000000";
    expect((await add({ act: { kind: "move", queueId: nowhere } })).status).toBe(404);
    expect((await add({ brandId: nowhere })).status).toBe(404);
    for (const name of ["a b", "", "A", "x".repeat(41), "::x", "<b>"]) expect((await add({ name })).status).toBe(400);
    const hostile = await add(text("\u0000 \ud800 <b>hi</b>"));
    expect([201, 400]).toContain(hostile.status);
  });

  it("two of one name for the same brand and audience", async () => {
    const { name } = macro();
    expect((await add({ name })).status).toBe(201);
    expect((await add({ name })).body.detail).toMatch(/^There is a macro ::/);
    expect((await add({ name, audience: "private" })).status).toBe(201);
    // Another agent's own is another one.
    expect((await add({ name }, dana)).status).toBe(201);
    const other = (await add()).body.id;
    const { scope: _, ...said } = macro({ name });
    const taken = await priya.send("PUT", `/api/macros/${other}`, { ...said, expectedVersion: 1 });
    expect(taken.body.detail).toMatch(/^There is a macro ::/);
  });
});

it("the board names what a macro can be made of", async () => {
  const { queueId, brandId } = desk.company;
  const { id } = (await add({ brandId, act: { kind: "move", queueId } })).body;
  expect(await seen(priya, id)).toMatchObject({ queue: "Care", brandId });
  const board = await priya.get("/api/macros");
  expect(board).toMatchObject({ mayChangeAccount: false, brands: [{ id: brandId }], queues: [{ id: queueId }] });
  expect(board.teams).toEqual([{ id: desk.company.teamId, name: "Care", mayChange: false }]);
  expect(board.outcomes.length).toBeGreaterThan(0);
});
