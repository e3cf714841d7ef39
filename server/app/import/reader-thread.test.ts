import { afterAll, beforeAll, expect, it } from "vitest";
import { makeDatabase, type OwnDatabase } from "../../../tests/support/own-database.ts";
import { addressFromUrl } from "../../platform/database-url.ts";
import type { DatabaseAddress } from "../../platform/db.ts";
import { startListeningThread } from "./reader-thread.ts";

// Of its own: the thread reads whatever it finds in a database, of any account.
let own: OwnDatabase;
beforeAll(async () => {
  own = await makeDatabase();
});
afterAll(() => own.drop());

const data = { logLevel: "silent", key: new Uint8Array(32) };

it("says when it has read all, and ends when it is told to", async () => {
  const failures: unknown[] = [];
  const address = await addressFromUrl(own.url);
  const thread = startListeningThread({ ...data, address }, (error) => failures.push(error));
  await thread.settled();
  await thread.settled();
  await thread.close();
  await thread.settled();
  expect(failures).toEqual([]);
});

it("tells of a thread that failed, and keeps nobody waiting for it", async () => {
  const { promise, resolve } = Promise.withResolvers<unknown>();
  const thread = startListeningThread({ ...data, address: null as unknown as DatabaseAddress }, resolve);
  await thread.settled();
  expect(await promise).toBeInstanceOf(TypeError);
  await thread.settled();
  await thread.close();
});
