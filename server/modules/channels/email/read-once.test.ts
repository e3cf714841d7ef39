import { describe, expect, it } from "vitest";
import type { ParseResult } from "../domain/adapter.ts";
import { writeFrames } from "./mailbox/frames.ts";
import { parseEmail } from "./parse.ts";
import { LARGE } from "./reading/large-mail.ts";
import { mimeReads } from "./reading/mime.ts";
import { redactEmail } from "./redact.ts";

const LINE = "Where is my parcel, and who answers for it?\r\n";
/** A mail in mails, as old threads are that were forwarded again and again. */
function nested(depth: number, bytes: number, words = LINE): Buffer {
  let body = "";
  for (let d = depth; d > 0; d--) {
    const text = words + LINE.repeat(Math.floor(bytes / depth / LINE.length));
    const inner = body === "" ? "" : `\r\n--b${d}x\r\n${body}`;
    body = `Content-Type: multipart/mixed; boundary="b${d}x"\r\n\r\n--b${d}x\r\nContent-Type: text/plain\r\n\r\n${text}${inner}\r\n--b${d}x--\r\n`;
  }
  return Buffer.from(
    `From: carla@mail.example\r\nTo: support@northwind.example\r\nSubject: My parcel\r\nMessage-ID: <n-${depth}-${bytes}@mail.example>\r\nDate: Tue, 17 Nov 2026 08:59:00 +0000\r\nMIME-Version: 1.0\r\n${body}`,
  );
}
const framed = (...mails: Buffer[]) =>
  Buffer.from(
    writeFrames(
      mails.map((raw, i) => ({ folder: "INBOX", role: "in" as const, uid: i + 1, at: 0, size: raw.length, raw })),
    ),
  );
const read = (body: Uint8Array) =>
  parseEmail({ source: "stream", body, head: {}, receivedAt: 1_790_000_000_000 }, { channelId: "c", selfIds: [] });
/** How many mails this thread took apart while it read them and redacted their copies. */
async function counted(body: Uint8Array, redact = (text: string) => text) {
  const before = mimeReads.count;
  const result = await read(body);
  const clean = redactEmail(body, redact, result.read);
  return { result, clean, reads: mimeReads.count - before };
}
const subjects = ({ events }: ParseResult) => events.map((e) => ("item" in e ? e.item.thread.subject : e.type));

describe("a mail", () => {
  it("is taken apart once, from its bytes to its redacted copy", async () => {
    const body = framed(nested(3, 2_000), nested(17, 9_000), nested(1, 500));
    const { result, clean, reads } = await counted(body);
    expect(subjects(result)).toEqual(["My parcel", "My parcel", "My parcel"]);
    expect(reads).toBe(3);
    expect(Buffer.from(clean!).equals(body)).toBe(true);
  });

  it("is looked at once more only where something was taken out", async () => {
    const body = nested(2, 500, "4111 1111 1111 1111\r\n");
    const { clean, reads } = await counted(body, (text) => text.replaceAll("4111 1111 1111 1111", "…"));
    expect(reads).toBe(2);
    expect(Buffer.from(clean!).toString("latin1")).not.toContain("4111");
  });

  it("is redacted the same by whoever has only its bytes", async () => {
    const body = framed(nested(3, 2_000, "4111 1111 1111 1111\r\n"));
    const redact = (text: string) => text.replaceAll("4111 1111 1111 1111", "…");
    const { clean } = await counted(body, redact);
    expect(Buffer.from(redactEmail(body, redact)!).equals(clean!)).toBe(true);
  });

  it("that is large is read beside, and the others meanwhile", async () => {
    const large = nested(18, 6 * LARGE);
    const order: string[] = [];
    const before = mimeReads.count;
    const slow = read(framed(large)).then((result) => {
      order.push("large");
      return result;
    });
    await read(framed(nested(2, 500))).then(() => order.push("small"));
    expect(order).toEqual(["small"]);
    const result = await slow;
    // Only the small one was taken apart here; the copy of the large one is redacted with what the other thread read.
    expect(redactEmail(framed(large), (text) => text, result.read)).not.toBeNull();
    expect(mimeReads.count - before).toBe(1);
    expect(subjects(result)).toEqual(["My parcel"]);
    expect(result.broken).toBe(0);
  });

  it("that is large reads as it would here", async () => {
    const body = nested(4, LARGE + 20_000);
    const [beside, here] = [
      await read(body),
      await (await import("./reading/read-mail.ts")).readMail(
        { folder: "", role: "in", uid: 0, at: null, size: body.length, raw: body },
        1_790_000_000_000,
        { selfIds: [] },
      ),
    ];
    expect(beside.events).toEqual(here.result!.events);
  });
});
