import { afterAll, beforeAll, expect, test } from "vitest";
import { type Kit, START, startKit } from "./test-support.ts";

let kit: Kit;
beforeAll(async () => {
  kit = await startKit({ limits: { write: { max: 2, windowMs: 10_000 } } });
});
afterAll(() => kit.close());

test("every answer tells the limit; over it 429 until the window ends", async () => {
  const post = () => kit.acme("POST", "/posts", { text: "x" });
  const first = await post();
  expect(first.headers.get("x-ratelimit-limit")).toBe("2");
  expect(first.headers.get("x-ratelimit-remaining")).toBe("1");
  expect(first.headers.get("x-ratelimit-reset")).toBe(String(START / 1000 + 10));
  kit.clock.at += 2_500;
  expect((await post()).status).toBe(201);
  const over = await post();
  expect(over.body).toMatchObject({ status: 429, code: "rate-limited" });
  expect(over.headers.get("retry-after")).toBe("8");
  expect(over.headers.get("x-ratelimit-remaining")).toBe("0");
  expect((await kit.acme("GET", "/me")).status).toBe(200);
  expect((await kit.as("alice", "POST", "/posts", { text: "people are not limited" })).status).toBe(201);
  kit.clock.at += 7_500;
  expect((await post()).status).toBe(201);
  const { accepted } = (await kit.admin("GET", "/accepted")).body;
  expect(accepted).toHaveLength(3);
});

test("limits are changed while running", async () => {
  await kit.admin("PUT", "/limits", { write: { max: 0, windowMs: 1000 } });
  kit.clock.at += 60_000;
  expect((await kit.acme("POST", "/posts", { text: "x" })).status).toBe(429);
});
