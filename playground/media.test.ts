import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Playground, startPlayground } from "./index.ts";

const KEY = "simulator-key-for-tests";
const PNG = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex");
let network: Playground;
let token = "";
beforeAll(async () => {
  network = await startPlayground({ port: 0, simulatorKey: KEY });
  const made = await call("PUT", "/admin/companies/northwind", {
    name: "Northwind",
    appSecret: "x".repeat(16),
    token: "token-of-northwind",
  });
  token = made.token;
  await call("PUT", "/sim/v1/people", { people: [{ handle: "carla", name: "Carla" }] });
});
afterAll(() => network.close());

async function call(method: string, path: string, body?: object | Buffer, headers: Record<string, string> = {}) {
  const raw = Buffer.isBuffer(body);
  const answer = await fetch(network.url + path, {
    method,
    headers: {
      "x-playground-key": KEY,
      "x-playground-as": "carla",
      ...(body && { "content-type": raw ? "image/png" : "application/json" }),
      ...headers,
    },
    ...(body && { body: raw ? new Uint8Array(body) : JSON.stringify(body) }),
  });
  return { status: answer.status, ...((await answer.json()) as Record<string, never>) } as never as Record<
    string,
    never
  > & {
    status: number;
    token: string;
    id: string;
    media: { id: string; url: string; alt: string; mime: string }[];
    code: string;
    text: string;
  };
}
const us = () => ({ authorization: `Bearer ${token}` });

describe("pictures on the playground", () => {
  it("are uploaded, stand with a post, are seen by all and go with it", async () => {
    const upload = await call("POST", "/sim/v1/media", PNG);
    expect(upload.status).toBe(201);
    const post = await call("POST", "/sim/v1/posts", {
      text: "@northwind look",
      media: [{ id: upload.id, alt: "A screen" }],
    });
    expect(post.media).toMatchObject([{ id: upload.id, alt: "A screen", mime: "image/png" }]);
    const seen = await fetch(post.media[0]!.url);
    expect([seen.headers.get("content-type"), seen.headers.get("x-content-type-options")]).toEqual([
      "image/png",
      "nosniff",
    ]);
    expect(Buffer.from(await seen.arrayBuffer()).equals(PNG)).toBe(true);
    expect(await (await fetch(`${network.url}/posts/${post.id}`)).text()).toContain('alt="A screen"');
    expect((await call("DELETE", `/sim/v1/posts/${post.id}`)).media).toEqual([]);
  });
  it("are sent by a company, once under one key", async () => {
    const { id } = await call("POST", "/api/v1/media", PNG, us());
    const said = { text: "", media: [{ id, alt: "" }] };
    const headers = { ...us(), "idempotency-key": "one-key" };
    const [first, again] = [
      await call("POST", "/api/v1/posts", said, headers),
      await call("POST", "/api/v1/posts", said, headers),
    ];
    expect([first.status, again.status, again.id]).toEqual([201, 200, first.id]);
    expect((await call("POST", "/api/v1/posts", { ...said, media: [], text: "x" }, headers)).code).toBe(
      "idempotency-mismatch",
    );
  });
  it("are refused where they are none, unknown, or nobody's", async () => {
    expect((await call("POST", "/api/v1/media", PNG)).status).toBe(401);
    expect((await call("POST", "/api/v1/media", PNG, { ...us(), "content-type": "text/html" })).code).toBe(
      "validation",
    );
    expect((await call("POST", "/api/v1/posts", { text: "x", media: [{ id: "me_nothing" }] }, us())).code).toBe(
      "validation",
    );
    expect((await call("POST", "/sim/v1/posts", { text: "" })).code).toBe("text-empty");
  });
});
