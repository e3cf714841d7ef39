import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "vitest";
import type { AttachmentRule } from "#shared/capabilities";
import type { Adapter } from "../domain/adapter.ts";
import type { AttachmentRef } from "../domain/item.ts";
import { attachmentsOf } from "../files/attachments.ts";
import { enqueueDelivery } from "../outbox/deliveries.ts";
import type { Bodies } from "./body.ts";
import { mainAudience } from "./cases.ts";
import { type Place, permitFor, signed } from "./place.ts";

const MEGABYTE = 1_048_576;

/** C17, S9: files that come, and files that go. */
export const fileCases: Bodies = {
  /** Whatever the network lets a stranger name as a file is named here, beside the message that it came with. */
  async C17(place) {
    const inside = await openInside();
    const named: Readonly<Record<string, AttachmentRef>> = {
      "a program by the name of a picture": { name: "holiday.png", mime: "image/png", content: program() },
      "a page by the name of a picture": {
        name: "cat.jpg",
        mime: "image/jpeg",
        content: Buffer.from("<!doctype html><script>alert(1)</script>"),
      },
      "a picture of ten thousand million points": { name: "bomb.png", mime: "image/png", content: hugePng() },
      "more than anybody may send": { name: "film.mp4", mime: "video/mp4", content: Buffer.alloc(25 * MEGABYTE + 1) },
      "a place inside": { name: "a.png", mime: "image/png", url: `${inside.url}/secret` },
      "the machine's own facts": { name: "b.png", mime: "image/png", url: "http://169.254.169.254/latest/meta-data/" },
      "the same by another spelling": { name: "c.png", mime: "image/png", url: "http://[::ffff:169.254.169.254]/" },
      "no address": { name: "d.png", mime: "image/png", url: "file:///etc/passwd" },
    };
    const said = await place.say("look what I have");
    const channels = place.another({ adapter: withFiles(place.adapter, said.externalId, Object.values(named)) });
    await place.take(said.told);
    await channels.drainInbound();
    const message = (await place.message(said.externalId))!;
    expect(message.text, "the message is there before its files").toContain("look what I have");
    for (let i = 0; i < 6; i++) {
      await channels.files.drain();
      place.house.clock.advance(3_600_000);
    }
    const files = (await place.act((tx) => attachmentsOf(tx, [message.id]))).get(message.id) ?? [];
    const ends = new Map(Object.keys(named).map((what, n) => [what, files.find((f) => f.n === n)]));
    for (const [what, file] of ends) {
      expect(file, what).toBeDefined();
      expect(file!.state, what).not.toBe("waiting");
      expect(file!.thumb, `${what} is no picture`).toBeNull();
      if (file!.state !== "here") expect(file!.why, what).not.toBeNull();
      else expect(file!.mime, what).not.toMatch(/^(image|text\/html|application\/xhtml)/);
    }
    expect(ends.get("a program by the name of a picture")).toMatchObject({ state: "refused" });
    expect(ends.get("more than anybody may send")).toMatchObject({ state: "refused", why: "too-large" });
    for (const what of ["a place inside", "the machine's own facts", "the same by another spelling", "no address"])
      expect(ends.get(what)!.state, what).not.toBe("here");
    expect(inside.asked(), "nobody was sent inside").toBe(0);
    expect((await place.row()).state).toBe("on");
    await inside.close();
  },

  async S9(place) {
    const audience = mainAudience(place.adapter.capabilities);
    const rules = place.adapter.capabilities.attachments[audience];
    const message = await place.heard("send me the paper");
    const most = Math.max(0, ...rules.map((rule) => rule.maxCount));
    const any = rules[0]
      ? await fitting(rules[0])
      : { name: "a.txt", mime: "text/plain", content: Buffer.from("paper") };
    const tries: [string, (typeof any)[]][] = [
      ["one more than it takes", Array.from({ length: most + 1 }, (_, i) => ({ ...any, name: `${i}-${any.name}` }))],
    ];
    if (rules.length > 0 && !rules.some((rule) => rule.mime.some((mime) => mime === "*/*" || mime === "text/plain")))
      tries.push(["of another kind", [{ name: "notes.txt", mime: "text/plain", content: Buffer.from("only words") }]]);
    for (const [what, files] of tries) {
      const id = await sendWith(place, message, what, files);
      if (id === null) continue;
      const end = await place.settle(id);
      expect(end, what).toMatchObject({
        state: "failed",
        error: { retryable: false, message: expect.stringMatching(/\S/) },
      });
    }
    expect(await place.ours.accepted(), "refused before the call").toEqual([]);
    if (most === 0) return;
    const id = (await sendWith(place, message, "Here it is.", [any]))!;
    expect(await place.settle(id)).toMatchObject({ state: "sent" });
    expect(await place.ours.accepted()).toMatchObject([{ text: signed("Here it is.", audience), files: 1 }]);
    await uploadedThenFailed(place, message, any);
  },
};

/**
 * The network has taken the file and not the post that shows it: the post is tried again, stands there once with its file, and what the
 * network remembers is not carried there a second time.
 */
async function uploadedThenFailed(
  place: Place,
  message: Parameters<Place["reply"]>[0],
  file: FileToSend,
): Promise<void> {
  const kind = (["rate-limited", "error"] as const).find((one) => place.ours.faults.includes(one));
  if (!kind) return;
  const before = (await place.ours.accepted()).length;
  const { adapter, tries } = watchedFiles(place.adapter);
  await place.ours.fault(kind === "error" ? { kind } : { kind, says: "nothing", waitMs: 5_000 });
  const id = (await sendWith(place, message, "Here it is again.", [{ ...file, name: `again-${file.name}` }]))!;
  const end = await place.settle(id, place.another({ adapter }));
  expect(end, "uploaded, then failed").toMatchObject({ state: "sent" });
  expect((await place.ours.accepted()).slice(before), "stands there once, with its file").toMatchObject([{ files: 1 }]);
  expect(tries.length, "its first try failed").toBeGreaterThan(1);
  const known = tries.findIndex((one) => one.remembered > 0);
  if (known >= 0)
    for (const later of tries.slice(known + 1)) expect(later.read, "what it remembers is not sent up again").toBe(0);
}

/** The same adapter; each try of a part tells how often it read files, and how often the network gave a name to keep. */
function watchedFiles(adapter: Adapter): { adapter: Adapter; tries: { read: number; remembered: number }[] } {
  const tries: { read: number; remembered: number }[] = [];
  const real = adapter.send!;
  const sendPart: typeof real.sendPart = (access, delivery, part, ...rest) => {
    const seen = { read: 0, remembered: 0 };
    tries.push(seen);
    const files = (part.files ?? []).map((one) => ({
      ...one,
      read(...how: Parameters<typeof one.read>) {
        seen.read += 1;
        return one.read(...how);
      },
      ...(one.remember && {
        async remember(ref: unknown) {
          seen.remembered += 1;
          await one.remember?.(ref);
        },
      }),
    }));
    return real.sendPart(access, delivery, { ...part, files }, ...rest);
  };
  return { adapter: { ...adapter, send: { ...real, sendPart } }, tries };
}

interface FileToSend {
  name: string;
  mime: string;
  content: Buffer;
}

/** As the composer does it: uploaded, looked through, sent with the reply. Null: refused at once, with a sentence. */
async function sendWith(
  place: Place,
  to: Parameters<Place["reply"]>[0],
  text: string,
  files: readonly FileToSend[],
): Promise<string | null> {
  const audience = mainAudience(place.adapter.capabilities);
  const list: { id: string; alt: string }[] = [];
  for (const { name, mime, content } of files) {
    const by = { agentId: place.brandId, name, mime };
    const { id } = await place.channels.files.upload(place.accountId, by, once(content));
    list.push({ id, alt: "" });
  }
  try {
    return await place.act(async (tx) => {
      const { deliveryId } = await enqueueDelivery(tx, {
        ...{ channelId: place.channelId, brandId: place.brandId, threadKey: to.threadKey, permit: permitFor(audience) },
        intent: { op: "reply", toExternalId: to.externalId, toHandle: to.authorHandle, toAuthorId: to.authorId },
        ...{
          text: signed(text, audience),
          agentId: place.brandId,
          conversationId: null,
          notBefore: tx.now,
          notAfter: null,
        },
        files: { by: place.brandId, list },
      });
      return deliveryId;
    });
  } catch (error) {
    expect((error as { code?: string }).code, text).toBe("preflight-refused");
    return null;
  }
}

async function* once(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield content;
}

/** The parser of this network, and beside what it reads the files that the case is about. */
function withFiles(adapter: Adapter, externalId: string, attachments: readonly AttachmentRef[]): Adapter {
  return {
    ...adapter,
    async parse(input, context) {
      const result = await adapter.parse(input, context);
      const events = result.events.map((event) =>
        "item" in event && event.item.externalId === externalId
          ? { ...event, item: { ...event.item, attachments } }
          : event,
      );
      return { ...result, events };
    },
  };
}

/** A small file that the rule takes. */
async function fitting(rule: AttachmentRule): Promise<FileToSend> {
  if (rule.mime.some((mime) => mime === "*/*" || mime === "text/plain"))
    return { name: "paper.txt", mime: "text/plain", content: Buffer.from("The paper, all of it.") };
  return { name: "paper.png", mime: "image/png", content: Buffer.from(ONE_POINT, "base64") };
}
/** A PNG of one white point. */
const ONE_POINT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==";

/** The head of a Windows program. */
function program(): Buffer {
  const made = Buffer.alloc(1_024);
  made.write("MZ");
  made.writeUInt32LE(0x80, 0x3c);
  made.write("PE\0\0", 0x80);
  return made;
}

/** A PNG that says it is a hundred thousand points wide and high, and holds next to nothing. */
function hugePng(): Buffer {
  const made = Buffer.from(ONE_POINT, "base64");
  made.writeUInt32BE(100_000, 16);
  made.writeUInt32BE(100_000, 20);
  return made;
}

/** Something in our own network that nobody outside may make us ask. */
async function openInside() {
  let n = 0;
  const server = createServer((_, response) => {
    n++;
    response.end("secret");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: () => n,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
