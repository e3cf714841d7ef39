import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { useKeyRing } from "../../server/modules/company/index.ts";
import { systemClock } from "../../server/platform/clock.ts";
import { addressFromUrl } from "../../server/platform/database-url.ts";
import { openDatabase } from "../../server/platform/db.ts";
import { ApiClient, type Json } from "../support/api-client.ts";
import { type Company, emailOf, makeCompany, PASSWORD } from "../support/company.ts";
import { eventually } from "../support/eventually.ts";
import { type Network, openNetwork } from "../support/network.ts";
import { makeDatabase, type OwnDatabase } from "../support/own-database.ts";
import { MASTER_KEY } from "../support/server.ts";
import { freePort, runServer, type ServerProcess } from "../support/server-process.ts";

const folder = mkdtempSync(join(tmpdir(), "hubbub-logs-"));
let database: OwnDatabase;
let network: Network;
let company: Company;
let server: ServerProcess;
let url: string;
beforeAll(async () => {
  const [own, net, port] = await Promise.all([makeDatabase(), openNetwork(), freePort()]);
  [database, network, url] = [own, net, `http://127.0.0.1:${port}`];
  useKeyRing(Buffer.from(MASTER_KEY, "hex"));
  const db = openDatabase(await addressFromUrl(database.url), systemClock, { appConnections: 1, systemConnections: 1 });
  const { playground, ...facts } = network;
  company = await makeCompany(db, systemClock.now(), {
    baseUrl: playground.url,
    network: playground.network,
    ...facts,
  });
  await db.close();
  server = runServer({
    ...{ DATABASE_URL: database.url, PORT: String(port), HUBBUB_MASTER_KEY: MASTER_KEY, HUBBUB_LOG: "trace" },
    HUBBUB_DATA_DIR: join(folder, "data"),
  });
  await server.ready();
});
afterAll(async () => {
  server?.kill("SIGKILL");
  await server?.ended;
  await network?.close();
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});

it("the log of everything tells what broke, and no secret, no token and nothing that anybody said", async () => {
  const said = "my umbrella factory has no internet since this morning, when will it work again?";
  await network.subscribe(`${url}/hooks/${company.hookId}`);
  await network.people([{ handle: "carla", name: "Carla Quixotic", followers: 5 }]);
  const marek = await new ApiClient(url).signIn(emailOf("marek"), PASSWORD);
  await new ApiClient(url).ask("/api/session", {
    method: "POST",
    body: { email: emailOf("marek"), password: "zebra crossing" },
  });
  const { secret } = await marek.do("POST", "/api/api-keys", { name: "reports" });
  // The database refuses the row and quotes it; the network refuses the call; a stranger knocks with a wrong signature.
  await database.query("alter table note add constraint planted check (text not like '%pineapple%')");
  await network.fault({ kind: "api-500-after-write", rate: 1 });
  await network.post("carla", `@northwind ${said}`);
  const row = await eventually(
    "it waits",
    async () => (await marek.get("/api/desk/work?view=all")).items[0] as Json | undefined,
  );
  const path = `/api/desk/conversations/${row.conversationId}`;
  const broken = await marek.send("POST", `${path}/notes`, { text: "a pineapple for the team" });
  expect([broken.status, broken.body.code]).toEqual([500, "internal"]);
  expect(broken.text).not.toMatch(/pineapple|constraint|planted/);
  await marek.do("POST", `${path}/take`, { expectedVersion: row.version });
  const view = await marek.get(path);
  await marek.do("POST", `${path}/replies`, {
    ...{ audience: "public", text: "We bring a marmalade modem.", expectedVersion: view.work.version },
    answersMessageId: view.composer.public.door.answersMessageId,
  });
  await eventually("the network was asked", async () => (await network.accepted()).length > 0);
  await fetch(`${url}/hooks/${company.hookId}`, {
    method: "POST",
    headers: { "x-playground-signature": "t=1,v1=00" },
    body: said,
  });
  server.kill("SIGTERM");
  expect(await server.ended).toBe(0);

  const log = server.err() + server.out();
  expect(log).toContain(broken.body.traceId);
  expect(log).toContain("planted");
  const secrets = [PASSWORD, "zebra crossing", secret, network.token, network.appSecret, MASTER_KEY];
  const tokens = [marek.cookies.get("hubbub_session")!, marek.cookies.get("hubbub_csrf")!];
  for (const word of [...secrets, ...tokens, "umbrella", "pineapple", "marmalade", "Quixotic", "marek@northwind"])
    expect(log.includes(word), `the log holds "${word}"`).toBe(false);
});
