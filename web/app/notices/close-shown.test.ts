import { expect, test } from "vitest";
import { closeShown } from "./close-shown.ts";

type Container = Parameters<typeof closeShown>[0];
const container = (getNotifications: () => Promise<{ close: () => void }[]>): Container =>
  ({ getRegistration: async () => ({ getNotifications }) }) as unknown as Container;

test("all that are shown are closed", async () => {
  const closed: number[] = [];
  await closeShown(container(async () => [1, 2].map((n) => ({ close: () => void closed.push(n) }))));
  expect(closed).toEqual([1, 2]);
});
test.each<[string, Container]>([
  ["no worker is possible", undefined],
  ["none is installed", { getRegistration: async () => undefined }],
  ["the browser refuses", container(() => Promise.reject(new TypeError("not here")))],
])("nothing fails where %s", async (_name, given) => {
  await expect(closeShown(given)).resolves.toBeUndefined();
});
