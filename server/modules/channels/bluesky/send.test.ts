import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { eventually } from "../../../../tests/support/eventually.ts";
import {
  type AtprotoCompany,
  type AtprotoTown,
  openAtprotoTown,
} from "../../../../tests/support/fake-pds/atproto-town.ts";
import type { Fault, Person } from "../../../../tests/support/fake-pds/index.ts";

import { pngOf } from "../files/images/fixtures/pictures.ts";
import { attachmentsOf } from "../index.ts";

let town: AtprotoTown;
let us: AtprotoCompany;
let carla: Person;
beforeAll(async () => {
  town = await openAtprotoTown();
  carla = await town.net.person("carla.example");
  us = await town.company("northwind.example");
  await eventually("the line is open", () => town.net.firehose.listeners === 1);
});
afterAll(() => town.close());

let asked: { uri: string; cid: string };
let n = 0;
beforeEach(async () => {
  asked = await town.net.post(carla, `@northwind.example question ${++n}`, { langs: ["cy"] });
  await eventually("it is heard", async () => (await us.messages()).some((m) => m.externalId === asked.uri));
});

const DISCLOSURE = "— Priya Nair, Northwind Mobile";
const answersTo = (uri: string) => us.accepted().filter((a) => a.record.reply?.root.uri === uri);
async function ended(id: string, state = "sent") {
  const found = await eventually(`the delivery is ${state}`, async () => {
    const now = await us.delivery(id);
    // What is tried again later is tried now.
    town.clock.jump(2_000);
    return ["sent", "failed", "held"].includes(now.state) ? now : null;
  });
  expect(found, JSON.stringify(found.error)).toMatchObject({ state });
  return found;
}

describe("an answer", () => {
  it("hangs under the post with both strong references, in its language, and stands here once", async () => {
    const id = await us.reply(asked, "We look into it.");
    const { parts } = await ended(id);
    expect(answersTo(asked.uri)).toEqual([
      expect.objectContaining({
        record: {
          ...{ $type: "app.bsky.feed.post", text: `We look into it. ${DISCLOSURE}`, langs: ["cy"] },
          reply: { root: { uri: asked.uri, cid: asked.cid }, parent: { uri: asked.uri, cid: asked.cid } },
          createdAt: expect.stringMatching(/^2026-/),
        },
      }),
    ]);
    const own = (await us.messages()).filter((m) => m.direction === "out" && m.rootExternalId === asked.uri);
    expect(own).toMatchObject([
      {
        externalId: parts[0].external_id,
        deliveryId: id,
        threadKey: `post:${asked.uri}`,
        text: `We look into it. ${DISCLOSURE}`,
      },
    ]);
    // The firehose has told of it too by now, and the repository is read back.
    await us.channels.reconcile(us.channelId);
    await us.channels.drainInbound();
    expect((await us.messages()).filter((m) => m.rootExternalId === asked.uri && m.direction === "out")).toHaveLength(
      1,
    );
  });

  it("to a reply names the reply as parent and the first post as root", async () => {
    const strong = { uri: asked.uri, cid: asked.cid };
    const deeper = await town.net.post(carla, "@northwind.example and another thing", {
      reply: { root: strong, parent: strong },
    });
    await eventually("it is heard", async () => (await us.messages()).some((m) => m.externalId === deeper.uri));
    await ended(await us.reply(deeper, "That too."));
    expect(answersTo(asked.uri).map((a) => a.record.reply)).toEqual([
      { root: strong, parent: { uri: deeper.uri, cid: deeper.cid } },
    ]);
  });

  it("has facets in UTF-8 bytes for links, tags and people who exist", async () => {
    const words =
      "📦 Grüße @carla.example. See example.com/ü?a=1 and https://track.example/7 #hälp, not @nobody.example or a@b.example";
    await ended(await us.reply(asked, words));
    const [{ record }] = answersTo(asked.uri) as [
      { record: { text: string; facets: { index: { byteStart: number; byteEnd: number }; features: object[] }[] } },
    ];
    const bytes = Buffer.from(record.text);
    expect(
      record.facets.map((f) => [bytes.subarray(f.index.byteStart, f.index.byteEnd).toString(), f.features[0]]),
    ).toEqual([
      ["@carla.example", { $type: "app.bsky.richtext.facet#mention", did: carla.did }],
      ["example.com/ü?a=1", { $type: "app.bsky.richtext.facet#link", uri: "https://example.com/ü?a=1" }],
      ["https://track.example/7", { $type: "app.bsky.richtext.facet#link", uri: "https://track.example/7" }],
      ["#hälp", { $type: "app.bsky.richtext.facet#tag", tag: "hälp" }],
    ]);
  });

  it("of more than 300 graphemes becomes a thread, each part under the one before", async () => {
    const { parts } = await ended(await us.reply(asked, `${"We are sorry about this trouble. ".repeat(16)}End.`));
    const sent = answersTo(asked.uri);
    expect(sent.length).toBeGreaterThan(1);
    expect(sent.map((s) => s.uri)).toEqual(parts.map((p) => p.external_id));
    expect(sent.map((s) => s.record.reply.parent.uri)).toEqual([asked.uri, ...sent.slice(0, -1).map((s) => s.uri)]);
    expect(new Set(sent.map((s) => s.record.reply.root.uri))).toEqual(new Set([asked.uri]));
    for (const { record } of sent) {
      expect([...new Intl.Segmenter().segment(record.text)].length).toBeLessThanOrEqual(300);
      expect(Buffer.byteLength(record.text)).toBeLessThanOrEqual(3_000);
    }
    expect(sent.map((s) => s.rkey)).toEqual(sent.map((s) => s.rkey).sort());
  });

  it("is refused when the post is gone", async () => {
    town.net.firehose.cut();
    await town.net.repos.remove(carla, asked.uri.split("/").at(-1)!);
    const { error } = await ended(await us.reply(asked, "Too late."), "failed");
    expect(error.class).toBe("not-found");
    expect(answersTo(asked.uri)).toEqual([]);
    await eventually("the line is open", () => {
      town.clock.jump(1_000);
      return town.net.firehose.listeners === 1;
    });
  });
});

describe("whatever the line does, the answer stands there once", () => {
  it.each<[string, Fault[]]>([
    ["429 with its headers", [{ on: "putRecord", how: "429" }]],
    ["5xx before the write", [{ on: "putRecord", how: "500" }]],
    ["5xx after the write", [{ on: "putRecord", how: "500-after-write" }]],
    ["dropped before the write", [{ on: "putRecord", how: "drop" }]],
    ["dropped after the write", [{ on: "putRecord", how: "drop-after-write" }]],
    ["no answer after the write", [{ on: "putRecord", how: "hang-after-write" }]],
    ["an answer that is none", [{ on: "putRecord", how: "garbage" }]],
    [
      "dropped after the write, and the look fails as well",
      [
        { on: "putRecord", how: "drop-after-write" },
        { on: "getRecord", how: "500", times: 3 },
      ],
    ],
    ["the asked post cannot be read at first", [{ on: "getRecord", how: "drop", times: 2 }]],
  ])("%s", async (_, faults) => {
    for (const fault of faults) town.net.fault(fault);
    await ended(await us.reply(asked, "Once and no more."));
    expect(answersTo(asked.uri)).toHaveLength(1);
    await us.channels.drainInbound();
    expect((await us.messages()).filter((m) => m.direction === "out" && m.rootExternalId === asked.uri)).toHaveLength(
      1,
    );
  });

  it("a token that runs out in between is renewed and the call made again", async () => {
    const renewed = town.net.methods.tokens.renewed;
    town.net.methods.tokens.access.clear();
    await ended(await us.reply(asked, "With a new token."));
    expect(town.net.methods.tokens.renewed).toBe(renewed + 1);
    expect(answersTo(asked.uri)).toHaveLength(1);
  });

  it("a second try of the same part finds the first one by its record key", async () => {
    town.net.firehose.cut();
    town.net.fault({ on: "putRecord", how: "drop-after-write" });
    const id = await us.reply(asked, "Twice?");
    await eventually("its fate is unknown", async () => ["unknown", "sent"].includes((await us.delivery(id)).state));
    // As if a person had said "send it again" though it stands there.
    const { settleDelivery } = await import("../index.ts");
    await us.act((tx) => settleDelivery(tx, id, "it-was-not-sent-send-again")).catch(() => {});
    await ended(id);
    expect(answersTo(asked.uri)).toHaveLength(1);
    expect(town.net.calls.filter((c) => c.endsWith("putRecord")).length).toBeGreaterThan(answersTo(asked.uri).length);
  });
});

describe("an answer with pictures", () => {
  const upload = (n: number, side = 60) =>
    us.channels.files.upload(
      us.accountId,
      { agentId: us.brandId, name: `${n}.png`, mime: "image/png" },
      (async function* () {
        yield pngOf(side, 40, { noise: true });
      })(),
    );
  const uploads = () => town.net.calls.filter((c) => c === "com.atproto.repo.uploadBlob").length;

  it("shows them with their descriptions and sides, and fetches nothing back", async () => {
    const files = [await upload(1), await upload(2, 90)];
    const id = await us.reply(asked, "Like this.", [
      { id: files[0]!.id, alt: "The new screen" },
      { id: files[1]!.id, alt: "" },
    ]);
    await ended(id);
    const [answer] = answersTo(asked.uri);
    expect(answer!.record.embed).toMatchObject({
      $type: "app.bsky.embed.images",
      images: [
        { alt: "The new screen", aspectRatio: { width: 60, height: 40 }, image: { mimeType: "image/png" } },
        { alt: "", aspectRatio: { width: 90, height: 40 } },
      ],
    });
    const own = (await us.messages()).find((m) => m.deliveryId === id)!;
    expect((await us.act((tx) => attachmentsOf(tx, [own.id]))).get(own.id)).toMatchObject([
      { state: "here", alt: "The new screen", blob: files[0]!.blob },
      { state: "here", blob: files[1]!.blob },
    ]);
  });

  it("that was not posted is posted later without another upload", async () => {
    const [file, before] = [await upload(3, 70), uploads()];
    for (let i = 0; i < 3; i++)
      town.net.fault({ on: "putRecord", how: "refuse", status: 503, error: "UpstreamFailure" });
    const id = await us.reply(asked, "Here.", [{ id: file.id, alt: "" }]);
    await ended(id);
    expect(answersTo(asked.uri)).toHaveLength(1);
    expect(uploads() - before).toBe(1);
  });

  it("that the network has thrown away meanwhile are uploaded anew", async () => {
    const [file, before] = [await upload(4, 75), uploads()];
    town.net.fault({ on: "putRecord", how: "refuse", status: 503, error: "UpstreamFailure" });
    town.net.fault({ on: "putRecord", how: "refuse", status: 400, error: "BlobNotFound" });
    const id = await us.reply(asked, "Here.", [{ id: file.id, alt: "" }]);
    await ended(id);
    expect(answersTo(asked.uri)).toHaveLength(1);
    expect(uploads() - before).toBe(2);
  });

  it("of strangers come from their own server", async () => {
    const bytes = Buffer.from(pngOf(30, 30));
    town.net.methods.blobs.set("bafkreiimage", { bytes, mime: "image/png" });
    const image = { $type: "blob", ref: { $link: "bafkreiimage" }, mimeType: "image/png", size: bytes.length };
    const embed = { $type: "app.bsky.embed.images", images: [{ alt: "a torn box", image }] };
    const post = await town.net.post(carla, "@northwind.example look", { embed });
    const message = await eventually("it is heard", async () =>
      (await us.messages()).find((m) => m.externalId === post.uri),
    );
    const files = async () => (await us.act((tx) => attachmentsOf(tx, [message.id]))).get(message.id);
    await eventually("it is fetched", async () => (await files())?.[0]?.state === "here");
    expect(await files()).toMatchObject([{ alt: "a torn box", width: 30, height: 30 }]);
  });
});
