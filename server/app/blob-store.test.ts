import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { useKeyRing } from "#modules/company";
import { HOUR } from "#platform/clock";
import { silentLog } from "#platform/log";
import { openHttp } from "../../tests/support/channels-kit.ts";
import { makeAccount, openTestDatabase } from "../../tests/support/database.ts";
import { blobFolder } from "./blob-files.ts";
import { blobRoutes, blobStore } from "./blob-store.ts";

const { db, clock } = openTestDatabase();
const master = new Uint8Array(32).fill(9);
const app = openHttp(silentLog);
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hubbub-blob-store-"));
  useKeyRing(master);
  blobRoutes(app, db, blobStore(db, blobFolder(folder), master), clock, silentLog);
  await app.ready();
});
afterAll(async () => {
  await app.close();
  await db.close();
  await rm(folder, { recursive: true, force: true });
});

async function stored(mime: string, content = Buffer.from("<script>alert(1)</script>")) {
  const { accountId } = await makeAccount(db);
  const blobs = blobStore(db, blobFolder(folder), master);
  const { hash } = await db.withAccount(accountId, (tx) => blobs.put(tx, content, mime));
  return { accountId, blobs, hash, path: blobs.signedPath({ accountId, hash, mime }, clock.now(), HOUR) };
}

it("a signed link gives the bytes to save, in a sandbox, whatever they say they are", async () => {
  const html = await stored("text/html");
  const answer = await app.inject({ method: "GET", url: html.path });
  expect(answer.statusCode).toBe(200);
  expect(answer.body).toBe("<script>alert(1)</script>");
  expect(answer.headers).toMatchObject({
    "content-type": "application/octet-stream",
    "content-disposition": "attachment",
    "content-length": "25",
    "x-content-type-options": "nosniff",
    "content-security-policy": "sandbox; default-src 'none'",
    "cache-control": "private, max-age=3600, immutable",
  });
  const svg = await stored("image/svg+xml");
  expect((await app.inject({ url: svg.path })).headers["content-type"]).toBe("application/octet-stream");
  const png = await stored("image/png", Buffer.alloc(200_000, 7));
  const image = await app.inject({ url: png.path });
  expect([image.headers["content-type"], image.rawPayload.length]).toEqual(["image/png", 200_000]);
});

it("without a right link there is nothing, and it does not say whether there would be", async () => {
  const { accountId, blobs, hash, path } = await stored("image/png");
  const status = async (url: string) => (await app.inject({ url })).statusCode;
  expect(await status(path)).toBe(200);
  expect(await status(`/blobs/${hash}`)).toBe(404);
  expect(await status(path.replace("image%2Fpng", "text%2Fhtml"))).toBe(404);
  expect(await status(`${path.split("?")[0]!.replace(/.$/, "0")}x?${path.split("?")[1]}`)).toBe(404);
  expect(await status(`/blobs/..%2f..%2fmaster.key?${path.split("?")[1]}`)).toBe(404);
  await db.withAccount(accountId, (tx) => blobs.erase(tx, hash));
  expect(await status(path)).toBe(404);
  await blobs.settled();
  const other = await stored("image/png");
  clock.advance(HOUR);
  expect(await status(other.path)).toBe(404);
});
