import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pngOf, SVG_SCRIPT } from "../../server/modules/channels/files/images/fixtures/pictures.ts";
import { setSetting } from "../../server/modules/company/index.ts";
import { undoWindow } from "../../server/modules/desk/index.ts";
import type { ApiClient, Json } from "../support/api-client.ts";
import { eventually } from "../support/eventually.ts";
import { openNights, type Role, rightsFor, roleWith } from "../support/roles.ts";
import { type Desk, openDesk } from "../support/server.ts";
import { messagesOf } from "../support/story.ts";

/** A second of a very quiet room. */
const WAV = Buffer.concat([Buffer.from("RIFF\xa2\x0f\0\0WAVEfmt \x10\0\0\0", "latin1"), Buffer.alloc(3_990)]);
let desk: Desk;
let petra: Role;
let marek: ApiClient;
let view: Json;
beforeAll(async () => {
  desk = await openDesk();
  const { queueId } = await openNights(desk);
  // Her rights end at another queue.
  petra = await roleWith(desk, "Petra", rightsFor("queue", queueId, "work.read", "conversation.read", "reply.public"));
  marek = await desk.as("marek");
  await desk.db.withAccount(desk.company.accountId, (tx) =>
    setSetting(tx, undoWindow, 30_000, null, { brandId: desk.company.brandId }),
  );
  const media = [
    { id: await onNetwork(pngOf(300, 200), "image/png"), alt: "A cracked screen" },
    { id: await onNetwork(Buffer.from("%PDF-1.4\n%bill"), "application/pdf"), name: 'bill "two".pdf' },
    { id: await onNetwork(WAV, "audio/mpeg") },
    { id: await onNetwork(Buffer.from(SVG_SCRIPT), "image/png"), alt: "a drawing" },
  ];
  await desk.network.people([{ handle: "carla", name: "Carla" }]);
  await desk.network.post("carla", "@northwind my screen is broken", null, { media });
  view = await eventually("her files are here", async () => {
    const { items } = await marek.get("/api/desk/work?view=all");
    const seen = items[0] && (await marek.get(`/api/desk/conversations/${items[0].conversationId}`));
    const files = seen && messagesOf(seen)[0]?.attachments;
    return files?.length === 4 && files.every((f: Json) => f.state === "here") ? seen : null;
  });
}, 60_000);
afterAll(() => desk?.stop());

async function onNetwork(bytes: Uint8Array, mime: string): Promise<string> {
  const { url, simulatorKey } = desk.network.playground;
  const headers = { "x-playground-key": simulatorKey, "content-type": mime };
  return (
    (await (await fetch(`${url}/sim/v1/media`, { method: "POST", headers, body: Buffer.from(bytes) })).json()) as Json
  ).id;
}
const files = (): Json[] => messagesOf(view)[0].attachments;
async function bytes(path: string, headers: Record<string, string> = {}) {
  const cookie = [...marek.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const answer = await fetch(desk.url + path, { headers: { cookie, ...headers } });
  return {
    answer,
    status: answer.status,
    get: (name: string) => answer.headers.get(name),
    body: Buffer.from(await answer.arrayBuffer()),
  };
}
const upload = (who: ApiClient, raw: Uint8Array | string, name = "a.png", more: Record<string, string> = {}) =>
  who.ask("/api/desk/files", {
    ...{ method: "POST", raw },
    headers: { ...who.csrf, "content-type": "image/png", "x-file-name": encodeURIComponent(name), ...more },
  });

describe("files of a message", () => {
  it("are named with what can be done with them", () => {
    expect(files().map((f) => [f.kind, f.name, f.alt, f.thumbUrl !== null])).toEqual([
      ["image", "", "A cracked screen", true],
      ["file", "bill two.pdf", "", false],
      ["audio", "", "", false],
      ["file", "", "a drawing", false],
    ]);
  });
  it.each([
    [0, "image/png", /^inline/],
    [1, "application/pdf", /^attachment; filename="bill two\.pdf"/],
    [2, "audio/wav", /^inline/],
    [3, "application/octet-stream", /^attachment/],
  ])("number %i is sent as %s, never guessed and never run", async (n, mime, how) => {
    const sent = await bytes(files()[n].url);
    expect([sent.status, sent.get("content-type"), sent.get("x-content-type-options")]).toEqual([200, mime, "nosniff"]);
    expect(sent.get("content-disposition")).toMatch(how);
    expect(sent.get("content-security-policy")).toBe("sandbox; default-src 'none'");
    expect(sent.get("cross-origin-resource-policy")).toBe("same-origin");
    expect(sent.body.length).toBe(files()[n].bytes);
    expect((await bytes(files()[n].url, { "if-none-match": sent.get("etag")! })).status).toBe(304);
  });
  it.each([
    ["bytes=0-9", 206, "bytes 0-9/4010", 10],
    ["bytes=4000-", 206, "bytes 4000-4009/4010", 10],
    ["bytes=-5", 206, "bytes 4005-4009/4010", 5],
    ["bytes=0-0,5-6", 200, null, 4_010],
    ["bytes=9000-", 400, "bytes */4010", null],
    ["lines=1-2", 200, null, 4_010],
  ])("a player's %s", async (range, status, said, length) => {
    const part = await bytes(files()[2].url, { range });
    expect([part.status, part.get("content-range")]).toEqual([status, said]);
    if (length !== null) expect(part.body.length).toBe(length);
  });
  it("are for those who may read the conversation", async () => {
    const [{ url, thumbUrl }] = files();
    for (const path of [url, thumbUrl, `${url}?download`]) {
      expect((await desk.nobody().ask(path)).status).toBe(401);
      expect((await petra.browser.ask(path)).status).toBe(404);
    }
    for (const id of [randomUUID(), "x", "%00", "..%2f..%2fpasswd"])
      expect([400, 404]).toContain((await marek.ask(`/api/attachments/${id}`)).status);
  });
});

describe("files of an agent", () => {
  it("are taken in, seen by their own agent alone, and removed", async () => {
    const made = await upload(marek, pngOf(30, 20), "C:\\Bilder\\über uns.png");
    expect([made.status, made.body]).toEqual([
      201,
      expect.objectContaining({ state: "here", name: "über uns.png", kind: "image" }),
    ]);
    const { id, url, thumbUrl } = made.body;
    expect((await bytes(thumbUrl)).status).toBe(200);
    const priya = petra.browser;
    for (const path of [url, thumbUrl, `/api/desk/files/${id}`]) expect((await priya.ask(path)).status).toBe(404);
    await marek.do("DELETE", `/api/desk/files/${id}`);
    expect((await marek.ask(`/api/desk/files/${id}`)).status).toBe(404);
  });
  it.each([
    ["nobody's", () => upload(desk.nobody(), "x"), 401],
    ["another page's", () => upload(marek, "x", "a.png", { "x-csrf-token": "wrong" }), 403],
    ["a program", () => upload(marek, "x", "run.exe"), 422],
    ["one with a broken name", () => upload(marek, "x", "a", { "x-file-name": "%E0%A4%A" }), 400],
    ["25 MB and a byte", () => upload(marek, Buffer.alloc(26_214_401)), 413],
  ])("%s are refused", async (_, send, status) => {
    expect((await send()).status).toBe(status);
  });
  it("of any type come as they are: what looks like JSON is not read, nothing is run", async () => {
    const made = await upload(marek, '{"__proto__":1', "a.json", { "content-type": "application/json" });
    expect(made.body).toMatchObject({ state: "here", kind: "file", mime: "application/octet-stream", bytes: 14 });
    const empty = await upload(marek, "", "none.txt", { "content-type": "text/plain" });
    expect([201, 400]).toContain(empty.status);
  });
  it("stay with the draft, and nobody sends another's", async () => {
    const { id } = (await upload(marek, pngOf(12, 12))).body;
    const path = `/api/desk/conversations/${view.id}`;
    const draft = { audience: "public", text: "", answersMessageId: null, files: [{ id, alt: "A box" }] };
    await marek.do("PUT", `${path}/draft`, { ...draft, expectedVersion: 0 });
    expect((await marek.get(path)).draft.files).toMatchObject([{ id, alt: "A box", state: "here" }]);
    const now = await marek.get(path);
    await marek.do("POST", `${path}/take`, { expectedVersion: now.work.version });
    const theirs = (await upload(petra.browser, pngOf(13, 13))).body.id;
    const reply = {
      ...{ audience: "public", text: "Look.", answersMessageId: messagesOf(view)[0].id, resolveWith: null },
      expectedVersion: (await marek.get(path)).work.version,
    };
    const refused = await marek.send("POST", `${path}/replies`, { ...reply, files: [{ id: theirs, alt: "" }] });
    expect(refused.status).toBe(404);
    const five = await Promise.all([14, 15, 16, 17, 18].map(async (n) => (await upload(marek, pngOf(n, n))).body.id));
    const many = await marek.send("POST", `${path}/replies`, {
      ...reply,
      files: five.map((one) => ({ id: one, alt: "" })),
    });
    expect([many.status, many.body.code, many.body.errors[0].code]).toEqual([
      422,
      "preflight-refused",
      "too-many-attachments",
    ]);
    const made = await marek.do("POST", `${path}/replies`, { ...reply, files: [{ id, alt: "A box" }] });
    const waiting = (await marek.get(path)).timeline.find((e: Json) => e.type === "reply");
    expect(waiting.files).toMatchObject([{ id, alt: "A box" }]);
    await marek.do("POST", `/api/desk/replies/${made.replyId}/undo`);
    expect((await marek.get(path)).draft.files).toMatchObject([{ id, alt: "A box" }]);
  });
});
