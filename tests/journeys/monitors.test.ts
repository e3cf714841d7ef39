import { afterAll, beforeAll, expect, it } from "vitest";
import { goodMonitors } from "../api/good-monitors.ts";
import type { ApiClient, Json } from "../support/api-client.ts";
import { eventually } from "../support/eventually.ts";
import { type Desk, openDesk } from "../support/server.ts";
import { OUTAGE } from "../support/story.ts";

let desk: Desk;
let marek: ApiClient;
beforeAll(async () => {
  desk = await openDesk();
  marek = await desk.as("marek");
  await desk.network.people([
    { handle: "carla", name: "Carla Ruiz", followers: 1_200 },
    { handle: "bob", name: "Bob", followers: 3 },
  ]);
});
afterAll(() => desk?.stop());

const postsOf = async (id: string): Promise<Json[]> => (await marek.get(`/api/monitors/${id}/posts`)).items;

it("a monitor catches what is said from now on, with the words that did it, and shows what it would have caught before", async () => {
  await desk.network.post("carla", `${OUTAGE} My router blinks red.`);
  await eventually("it is understood", async () => {
    const tried = await marek.do("POST", "/api/monitors/try", { query: "router NEAR/3 red followers:>=1000" });
    return tried.hits === 1 && tried.examples[0].author === "Carla Ruiz";
  });
  const monitor = await marek.do("POST", "/api/monitors", { name: "Routers", query: "router* NEAR/3 red" });
  expect(monitor).toMatchObject({ version: 1, on: true, createdBy: "Marek Wolski", hits24h: 0, canManage: true });
  await desk.network.post("bob", `${OUTAGE} All three routers are red.`);
  await desk.network.post("bob", `${OUTAGE} And the phone is dead.`);
  const [caught] = await eventually("it is caught", async () => {
    const found = await postsOf(monitor.id);
    return found.length > 0 && found;
  });
  const words = caught!.spans.map(({ at, length }: Json) => caught!.text.slice(at, at + length));
  expect([words, caught!.author, caught!.monitors]).toEqual([["routers", "red"], "Bob", [monitor.id]]);
  expect(await postsOf(monitor.id)).toHaveLength(1);
  const [listed] = (await marek.get("/api/monitors")).monitors;
  expect(listed).toMatchObject({ id: monitor.id, hits24h: 1 });
});

it("a query that cannot be asked is refused with its place; what another tool wrote is put into our words", async () => {
  const refused = await marek.send("POST", "/api/monitors", { name: "x", query: "lumo AND (late" });
  expect([refused.status, refused.body]).toMatchObject([
    422,
    { code: "query-refused", fault: { code: "parenthesis-open", at: 9, length: 1, write: ")" } },
  ]);
  const adopted = await marek.do("POST", "/api/monitors/adopt", { query: "raw:Lumo near/5 late AND country:gb" });
  expect(adopted).toMatchObject({ query: "{Lumo} NEAR/5 late", fault: null });
  expect(adopted.notes.map((note: Json) => note.code)).toEqual(["changed", "changed", "wider"]);
});

it("every address works for who may, and for nobody else", async () => {
  const noor = await desk.as("noor");
  for (const [name, make] of Object.entries(goodMonitors(desk, marek))) {
    const { path, body } = await make();
    const method = name.split(" ")[0] as string;
    const by = (who: ApiClient) => (method === "GET" ? who.ask(path) : who.send(method, path, body ?? {}));
    expect([403, 404], name).toContain((await by(noor)).status);
    const { status, text } = await by(marek);
    expect([200, 201], `${name}: ${text}`).toContain(status);
  }
});
