import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Kit, startKit } from "./test-support.ts";

let kit: Kit;
let n = 0;
beforeAll(async () => {
  kit = await startKit();
});
afterAll(() => kit.close());
beforeEach(() => kit.admin("DELETE", "/faults"));

/** How often the network accepted a write under this key: the oracle. */
async function acceptedUnder(key: string): Promise<number> {
  return (await kit.admin("GET", `/accepted?idempotencyKey=${key}`)).body.accepted.length;
}
const send = (key: string, signal?: AbortSignal) =>
  fetch(`${kit.url}/api/v1/posts`, {
    method: "POST",
    headers: { authorization: "Bearer token-of-acme-0001", "content-type": "application/json", "idempotency-key": key },
    body: JSON.stringify({ text: "hello" }),
    signal,
  });

describe("before the write", () => {
  test.each([
    ["api-429", 429, "rate-limited"],
    ["api-503", 503, "unavailable"],
  ])("%s writes nothing, and the same key works afterwards", async (kind, status, code) => {
    const key = `before-${n++}`;
    await kit.admin("PUT", "/faults", { faults: [{ kind, next: 1, ms: 2500 }] });
    const refused = await send(key);
    expect(refused.status).toBe(status);
    expect(await refused.json()).toMatchObject({ code });
    if (status === 429) expect(refused.headers.get("retry-after")).toBe("3");
    expect(await acceptedUnder(key)).toBe(0);
    expect((await send(key)).status).toBe(201);
    expect(await acceptedUnder(key)).toBe(1);
  });
});

describe("after the write", () => {
  test("500: the post exists, the repeat finds it", async () => {
    await kit.admin("PUT", "/faults", { faults: [{ kind: "api-500-after-write", next: 1 }] });
    expect((await send("after-500")).status).toBe(500);
    expect(await acceptedUnder("after-500")).toBe(1);
    expect((await send("after-500")).status).toBe(200);
    expect(await acceptedUnder("after-500")).toBe(1);
  });

  test("reset: the connection breaks, the post exists", async () => {
    await kit.admin("PUT", "/faults", { faults: [{ kind: "api-reset-after-write", next: 1 }] });
    await expect(send("after-reset")).rejects.toThrow();
    expect((await kit.acme("GET", "/me/posts?idempotencyKey=after-reset")).body.posts).toHaveLength(1);
  });

  test("hang: accepted, never answered", async () => {
    await kit.admin("PUT", "/faults", { faults: [{ kind: "api-hang", next: 1 }] });
    const caller = new AbortController();
    const outcome = send("after-hang", caller.signal).then(
      () => "answered",
      () => "given up",
    );
    while ((await acceptedUnder("after-hang")) === 0); // until it is in
    caller.abort();
    expect(await outcome).toBe("given up");
    expect((await send("after-hang")).status).toBe(200);
  });

  test("slow: the answer comes all the same", async () => {
    await kit.admin("PUT", "/faults", { faults: [{ kind: "api-slow", next: 1, ms: 5 }] });
    expect((await send("after-slow")).status).toBe(201);
    expect((await kit.admin("GET", "/faults")).body.faults).toEqual([]);
  });
});

test("faults meet one company, and never the simulator", async () => {
  await kit.admin("PUT", "/companies/other", { name: "Other", token: "token-of-other-001" });
  await kit.admin("POST", "/faults", { kind: "api-503", company: "other", on: "all" });
  const other = { authorization: "Bearer token-of-other-001" };
  expect((await kit.call("GET", "/api/v1/me", undefined, other)).status).toBe(503);
  expect((await kit.acme("GET", "/me")).status).toBe(200);
  expect((await kit.as("alice", "POST", "/posts", { text: "x" })).status).toBe(201);
  expect((await kit.admin("GET", "/faults")).body.faults).toMatchObject([{ kind: "api-503", hits: 1 }]);
  expect((await kit.admin("PUT", "/faults", { faults: [{ kind: "nonsense" }] })).body.code).toBe("validation");
  expect((await kit.admin("DELETE", "/faults/api-503")).status).toBe(204);
});
