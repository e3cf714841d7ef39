import { expect, test } from "vitest";
import { endPush } from "./end-push.ts";

type Container = Parameters<typeof endPush>[0];
const container = (subscription: () => Promise<unknown>): Container =>
  ({ getRegistration: async () => ({ pushManager: { getSubscription: subscription } }) }) as unknown as Container;

test("the browser takes no more of them, and the server hears which one it was", async () => {
  const did: string[] = [];
  const taken = { endpoint: "https://push.example/1", unsubscribe: async () => void did.push("ended") };
  await endPush(
    container(async () => taken),
    async (endpoint) => void did.push(endpoint),
  );
  expect(did.toSorted()).toEqual(["ended", "https://push.example/1"]);
});

test("the browser's end does not hang on the server's", async () => {
  const did: string[] = [];
  const taken = { endpoint: "https://push.example/1", unsubscribe: async () => void did.push("ended") };
  await endPush(
    container(async () => taken),
    () => Promise.reject(new Error("no line")),
  );
  expect(did).toEqual(["ended"]);
});

test.each<[string, Container]>([
  ["no worker is possible", undefined],
  ["none is installed", { getRegistration: async () => undefined }],
  ["nothing was asked for", container(async () => null)],
  ["the browser refuses", container(() => Promise.reject(new TypeError("not here")))],
])("nothing is told and nothing fails where %s", async (_name, given) => {
  const told: string[] = [];
  await expect(endPush(given, async (endpoint) => void told.push(endpoint))).resolves.toBeUndefined();
  expect(told).toEqual([]);
});
