import http from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Company, openTown, type Town } from "../../../../tests/support/channels-kit.ts";
import { DAY } from "../../../platform/clock.ts";
import { type Adapter, type AttachmentRef, networkAdapters } from "../index.ts";
import { findAttachments } from "../store/attachment-store.ts";
import { blobs } from "./blob-port.ts";
import type { Scanner, ScanResult } from "./clamav.ts";
import { pngOf, SVG_SCRIPT } from "./images/fixtures/pictures.ts";
import { attachedFiles, holdFiles, sweepFiles } from "./outbound-files.ts";

let town: Town;
let us: Company;
beforeAll(async () => {
  town = await openTown();
});
beforeEach(async () => {
  us = await town.company();
});
afterAll(() => town.close());

const PICTURE = pngOf(64, 48);
/** A picture on the network, uploaded by a customer. */
async function uploaded(bytes: Uint8Array, mime = "image/png"): Promise<string> {
  const answer = await fetch(`${town.playground.url}/sim/v1/media`, {
    method: "POST",
    headers: { "x-playground-key": "simulator-key-for-tests", "content-type": mime },
    body: Buffer.from(bytes),
  });
  return ((await answer.json()) as { id: string }).id;
}
async function said(media: object[], channels = us.channels) {
  const post = await town.sim("POST", "/sim/v1/posts", { text: `@${us.handle} look`, media }, "carla");
  await us.push(await us.feed());
  await channels.drainInbound();
  return { post, message: (await us.messages()).find((m) => m.externalId === post.id)! };
}
const filesOf = (messageId: string) => us.act((tx) => findAttachments(tx, [messageId]));
const content = (hash: string) => us.act(async (tx) => buffer((await blobs().open(tx, hash)).stream));
const scanner = (...answers: ScanResult[]): Scanner => ({
  address: "scripted",
  async scan(bytes) {
    for await (const _ of bytes) {
    }
    return answers.length > 1 ? answers.shift()! : answers[0]!;
  },
});

/** What a network says came with a message, put into what the playground says. */
function telling(attachments: AttachmentRef[], origin = ""): Record<string, Adapter> {
  const real = networkAdapters(town.clock).playground!;
  return {
    playground: {
      ...real,
      parse: async (input, context) => {
        const result = await real.parse(input, context);
        const events = result.events.map((e) =>
          (e.type === "item.created" || e.type === "item.edited") && e.item.text.startsWith(`@${us.handle} `)
            ? { ...e, item: { ...e.item, attachments } }
            : e,
        );
        return { ...result, events };
      },
      media: { rulesFor: (_access, url) => ({ mayBeInside: url.origin === origin }) },
    },
  };
}

describe("a picture that came with a message", () => {
  it("waits in the same commit, is fetched beside it, drawn anew, and said once", async () => {
    const { message } = await said([{ id: await uploaded(PICTURE), alt: "A cracked screen" }]);
    expect(message.attachments).toMatchObject([{ mime: "image/png", alt: "A cracked screen" }]);
    expect(await filesOf(message.id)).toMatchObject([{ state: "waiting", blob: null, alt: "A cracked screen" }]);
    await us.channels.files.drain();
    const [file] = await filesOf(message.id);
    expect(file).toMatchObject({ state: "here", mime: "image/png", width: 64, height: 48, url: null });
    expect((await content(file!.blob!)).subarray(0, 8)).toEqual(Buffer.from(PICTURE).subarray(0, 8));
    expect(file!.thumb).not.toBeNull();
    expect(await us.announced("AttachmentSettled")).toMatchObject([
      { payload: { messageId: message.id, n: 0, state: "here" } },
    ]);
    await us.push(await us.feed());
    await us.channels.drainInbound();
    await us.channels.files.drain();
    expect(await filesOf(message.id)).toHaveLength(1);
  });

  it("goes with its message, and its bytes with it", async () => {
    const { post, message } = await said([{ id: await uploaded(pngOf(33, 21)) }]);
    await us.channels.files.drain();
    const [file] = await filesOf(message.id);
    await town.sim("DELETE", `/sim/v1/posts/${post.id}`, undefined, "carla");
    await us.push(await us.feed());
    await us.channels.drainInbound();
    expect(await filesOf(message.id)).toEqual([]);
    await expect(content(file!.blob!)).rejects.toMatchObject({ code: "not-found" });
    await expect(content(file!.thumb!)).rejects.toMatchObject({ code: "not-found" });
  });
});

describe("what comes in bytes or links", () => {
  let server: http.Server;
  let origin = "";
  let asked = 0;
  let held = async () => {};
  beforeAll(async () => {
    server = http.createServer((request, answer) => {
      asked += 1;
      if (request.url === "/ill-once" && asked === 1) return void answer.writeHead(503).end();
      if (request.url === "/held") return void held().then(() => answer.writeHead(200).end(PICTURE));
      if (request.url === "/large") return void answer.writeHead(200, { "content-length": 500_000_000 }).write("x");
      if (request.url === "/gone") return void answer.writeHead(403).end();
      if (request.url === "/inside") return void answer.writeHead(302, { location: "http://169.254.169.254/" }).end();
      const types: Record<string, string> = { "/page.png": "image/png", "/tool.pdf": "application/pdf" };
      answer.writeHead(200, { "content-type": types[request.url!] ?? "application/octet-stream" });
      if (request.url === "/page.png") return void answer.end("<html><script>alert(1)</script></html>");
      if (request.url === "/tool.pdf") return void answer.end(Buffer.concat([Buffer.from("MZ"), Buffer.alloc(300)]));
      answer.end(PICTURE);
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => {
    asked = 0;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  async function came(attachments: AttachmentRef[], more: { scanner?: Scanner } = {}) {
    const channels = us.another({ adapters: telling(attachments, origin), ...more });
    const { message } = await said([], channels);
    await channels.files.drain();
    return { channels, message, files: await filesOf(message.id) };
  }

  it("bytes of the message itself need nobody else", async () => {
    const { message, files } = await came([
      { name: "bill.txt", mime: "text/plain", content: Buffer.from("12.30 EUR") },
    ]);
    expect(files).toMatchObject([{ state: "here", name: "bill.txt", mime: "text/plain", bytes: 9 }]);
    expect((await content(files[0]!.blob!)).toString()).toBe("12.30 EUR");
    expect(message.attachments).toEqual([{ name: "bill.txt", mime: "text/plain" }]);
  });
  it("what lies in our store already is shared, not copied, and stays whose it was", async () => {
    const { hash } = await us.act((tx) => blobs().put(tx, Buffer.from("uploaded"), "text/plain"));
    const { post, files } = await came([{ blob: hash, name: "a.txt", mime: "text/plain" }]).then(async (c) => ({
      ...c,
      post: c.message.externalId,
    }));
    expect(files).toMatchObject([{ state: "here", blob: hash, bytes: 8 }]);
    await town.sim("DELETE", `/sim/v1/posts/${post}`, undefined, "carla");
    await us.push(await us.feed());
    await us.channels.drainInbound();
    expect((await content(hash)).toString()).toBe("uploaded");
  });
  it.each([
    ["/large", "refused", "too-large"],
    ["/gone", "gone", "expired"],
    ["/inside", "refused", "address"],
  ])("%s: %s, %s, and the message stands", async (path, state, why) => {
    const { message, files } = await came([{ url: origin + path }]);
    expect(files).toMatchObject([{ state, why, blob: null, url: null }]);
    expect(message.state).toBe("live");
  });
  it.each([
    ["http://127.0.0.1:1/x", "address"],
    ["https://169.254.169.254/latest/meta-data", "address"],
    ["file:///etc/passwd", "address"],
    ["", "no-source"],
  ])("a link to %s is refused: %s", async (url, why) => {
    expect((await came([{ url }])).files).toMatchObject([{ state: "refused", why }]);
  });
  it("what says it is a picture and is a page is kept as bytes to save", async () => {
    const { files } = await came([{ url: `${origin}/page.png`, name: "page.png" }]);
    expect(files).toMatchObject([{ state: "here", mime: "application/octet-stream", thumb: null }]);
  });
  it("a drawing with a script in it is never a picture", async () => {
    const { files } = await came([{ content: Buffer.from(SVG_SCRIPT), mime: "image/svg+xml", name: "x.svg" }]);
    expect(files[0]).toMatchObject({ state: "here", thumb: null });
    expect(files[0]!.mime).not.toContain("svg+xml;");
  });
  it("a program is refused, whatever it calls itself", async () => {
    const exe = Buffer.concat([Buffer.from("MZ"), Buffer.alloc(300)]);
    const { files } = await came([
      { url: `${origin}/tool.pdf`, name: "tool.pdf" },
      { content: exe, name: "photo.jpg", mime: "image/jpeg" },
      { content: Buffer.from("@echo off"), name: "run.bat" },
    ]);
    expect(files.map((f) => [f.state, f.why, f.blob])).toEqual(
      Array.from({ length: 3 }, () => ["refused", "type", null]),
    );
  });
  it("is tried again when the other side was ill, later and later", async () => {
    const { channels, message, files } = await came([{ url: `${origin}/ill-once` }]);
    expect(files).toMatchObject([{ state: "waiting", tries: 1 }]);
    await channels.files.drain();
    expect(asked).toBe(1);
    town.clock.advance(5_000);
    await channels.files.drain();
    expect(await filesOf(message.id)).toMatchObject([{ state: "here" }]);
  });
  it("what was under way when its message was edited is not taken for the new file", async () => {
    const attachments: AttachmentRef[] = [{ url: `${origin}/held` }];
    const channels = us.another({ adapters: telling(attachments, origin) });
    const { post, message } = await said([], channels);
    const hold = Promise.withResolvers<void>();
    const arrived = new Promise<void>((there) => {
      held = async () => {
        there();
        await hold.promise;
      };
    });
    const fetching = channels.files.drain();
    await arrived;
    attachments[0] = { url: `${origin}/page.png` };
    await town.sim("PATCH", `/sim/v1/posts/${post.id}`, { text: `@${us.handle} look again` }, "carla");
    await us.push(await us.feed());
    await channels.drainInbound();
    expect(await filesOf(message.id)).toMatchObject([{ url: `${origin}/page.png`, blob: null }]);
    hold.resolve();
    await fetching;
    await channels.files.drain();
    const [file] = await filesOf(message.id);
    expect(file).toMatchObject({ state: "here", url: null });
    expect((await content(file!.blob!)).toString()).toContain("<html>");
  });
  it("of one account take half of the places at most, however slow they are", async () => {
    const hold = Promise.withResolvers<void>();
    let open = 0;
    const six = new Promise<void>((there) => {
      held = async () => {
        open += 1;
        if (open === 6) there();
        await hold.promise;
      };
    });
    const attachments = Array.from({ length: 10 }, () => ({ url: `${origin}/held` }));
    const channels = us.another({ adapters: telling(attachments, origin) });
    const { message } = await said([], channels);
    const fetching = channels.files.drain();
    await six;
    expect((await filesOf(message.id)).filter((f) => f.tries > 0)).toHaveLength(6);
    hold.resolve();
    await fetching;
    expect((await filesOf(message.id)).filter((f) => f.state === "here")).toHaveLength(10);
  });
  it("too many of one message are named and not fetched", async () => {
    const { files } = await came(Array.from({ length: 22 }, () => ({ url: `${origin}/a.png` })));
    expect(files.filter((f) => f.state === "here")).toHaveLength(20);
    expect(files.slice(20).map((f) => f.why)).toEqual(["too-many", "too-many"]);
  });

  describe("with a virus scanner", () => {
    const text: AttachmentRef = { content: Buffer.from("words"), name: "a.txt", mime: "text/plain" };
    it("what it finds is not kept", async () => {
      const { files } = await came([text], { scanner: scanner({ state: "found", name: "Eicar" }) });
      expect(files).toMatchObject([{ state: "refused", why: "virus", detail: "Eicar", blob: null }]);
    });
    it("what it does not look at is not kept either", async () => {
      const { files } = await came([text], { scanner: scanner({ state: "too-large" }) });
      expect(files).toMatchObject([{ state: "refused", why: "not-scanned" }]);
    });
    it("while it is away files wait, however long, and the text goes on", async () => {
      const down = scanner({ state: "down", says: "The virus scanner does not answer." });
      const { message, files } = await came([text], { scanner: down });
      expect(message.text).toContain("look");
      expect(files).toMatchObject([{ state: "waiting", detail: "The virus scanner does not answer.", tries: 0 }]);
      const back = us.another({ scanner: scanner({ state: "clean" }) });
      await back.files.drain();
      expect(await filesOf(message.id)).toMatchObject([{ state: "waiting" }]);
      town.clock.advance(30_000);
      await back.files.drain();
      expect(await filesOf(message.id)).toMatchObject([{ state: "here" }]);
    });
  });
});

describe("a file that an agent attaches", () => {
  const agentOf = () => us.brandId;
  async function* bytes(content: Uint8Array) {
    yield content;
  }
  const upload = (content: Uint8Array, name: string, mime: string, channels = us.channels) =>
    channels.files.upload(us.accountId, { agentId: agentOf(), name, mime }, bytes(content));

  it("goes out once with its description, is not uploaded twice, and stands at our own message", async () => {
    const { post } = await said([]);
    const file = await upload(pngOf(120, 80, { text: "GPS 53.34N" }), "C:\\pictures\\new screen.png", "image/png");
    expect(file).toMatchObject({ state: "here", name: "new screen.png", width: 120, height: 80 });
    const files = [{ id: file.id, alt: "The new screen" }];
    await town.sim("POST", "/admin/faults", { kind: "api-503", next: 1, company: us.handle });
    const id = await us.reply(post, "Like this.", { files });
    await us.channels.drainOutbox();
    for (let i = 0; i < 4; i++) {
      town.clock.advance(5_000);
      await us.channels.drainOutbox();
    }
    const [accepted] = (await us.accepted()).filter((a) => a.op === "post.create");
    expect((await us.accepted()).filter((a) => a.op === "post.create")).toHaveLength(1);
    const shown = await town.sim("GET", `/sim/v1/posts/${accepted.objectId}`);
    expect(shown.media).toMatchObject([{ alt: "The new screen", mime: "image/png" }]);
    const sent = Buffer.from(await (await fetch(shown.media[0].url)).arrayBuffer());
    expect(sent.toString("latin1")).not.toContain("GPS");
    const own = (await us.messages()).find((m) => m.deliveryId === id)!;
    expect(await filesOf(own.id)).toMatchObject([
      { state: "here", alt: "The new screen", width: 120, height: 80, thumb: expect.any(String) },
    ]);
  });

  it("does not leave without its files, and files of others do not leave", async () => {
    const { post } = await said([]);
    const file = await upload(PICTURE, "a.png", "image/png");
    const other = { files: [{ id: "01900000-0000-7000-8000-000000000000", alt: "" }] };
    await expect(us.reply(post, "x", other)).rejects.toMatchObject({ code: "preflight-refused" });
    await us.reply(post, "x", { files: [{ id: file.id, alt: "" }] });
    await expect(us.reply(post, "x", { files: [{ id: file.id, alt: "" }] })).rejects.toMatchObject({
      code: "preflight-refused",
    });
  });

  it("is refused at once when it is a program, and waits when the scanner is away", async () => {
    await expect(upload(Buffer.from("x"), "run.exe", "")).rejects.toMatchObject({ code: "file-refused" });
    expect(
      await upload(Buffer.concat([Buffer.from("MZ"), Buffer.alloc(300)]), "a.pdf", "application/pdf"),
    ).toMatchObject({
      ...{ state: "refused", why: "type", blob: null },
    });
    const waiting = us.another({ scanner: scanner({ state: "down", says: "away" }, { state: "clean" }) });
    const file = await upload(PICTURE, "a.png", "image/png", waiting);
    expect(file.state).toBe("waiting");
    const { post } = await said([]);
    await expect(us.reply(post, "x", { files: [{ id: file.id, alt: "" }] })).rejects.toMatchObject({
      code: "preflight-refused",
    });
    town.clock.advance(30_000);
    await waiting.files.drain();
    expect(await us.act((tx) => attachedFiles(tx, [file.id]))).toMatchObject([{ state: "here" }]);
  });

  it("has 25 MB at most, and comes and goes in pieces", async () => {
    async function* large(megabytes: number) {
      for (let i = 0; i < megabytes; i++) yield Buffer.alloc(1_048_576, i);
    }
    const by = { agentId: agentOf(), name: "film.bin", mime: "application/octet-stream" };
    expect(await us.channels.files.upload(us.accountId, by, large(25))).toMatchObject({
      state: "here",
      bytes: 26_214_400,
    });
    await expect(us.channels.files.upload(us.accountId, by, large(26))).rejects.toMatchObject({ code: "too-large" });
  });

  it("goes after a day in which it stood in nothing; what a draft holds stays", async () => {
    const [loose, held] = [
      await upload(pngOf(9, 9), "a.png", "image/png"),
      await upload(pngOf(8, 8), "b.png", "image/png"),
    ];
    await us.act((tx) => holdFiles(tx, us.channelId, agentOf(), [held.id]));
    await us.act((tx) => sweepFiles(tx, tx.now));
    expect(await us.act((tx) => attachedFiles(tx, [loose.id, held.id]))).toHaveLength(2);
    await us.act((tx) => sweepFiles(tx, tx.now + DAY + 1));
    expect((await us.act((tx) => attachedFiles(tx, [loose.id, held.id]))).map((f) => f.id)).toEqual([held.id]);
    await expect(content(loose.blob!)).rejects.toMatchObject({ code: "not-found" });
  });
});
