import { afterAll, expect, it } from "vitest";
import { openTestDatabase } from "../../../tests/support/database.ts";
import type { DatabaseAddress } from "../../platform/db.ts";
import { startListeningThread } from "./reader-thread.ts";

const { db } = openTestDatabase();
afterAll(() => db.close());

const data = { logLevel: "silent", key: new Uint8Array(32) };

it("says when it has read all, and ends when it is told to", async () => {
  const failures: unknown[] = [];
  const thread = startListeningThread({ ...data, address: db.address }, (error) => failures.push(error));
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
