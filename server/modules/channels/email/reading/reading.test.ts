import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { redactCards } from "#shared/redact";
import type { InboundEvent, Item } from "../../domain/item.ts";
import { type Frame, readFrames, writeFrames } from "../mailbox/frames.ts";
import { parseEmail } from "../parse.ts";
import { redactEmail } from "../redact.ts";
import { decodeWords, encodeWords } from "./encoded-words.ts";
import { readMime } from "./mime.ts";
import { readReplyAddress, replyAddress } from "./reply-token.ts";
import { readTnef } from "./tnef.ts";

const NOW = Date.parse("2026-11-20T12:30:00.000Z");
const OURS = "<0193a7e0-0000-7000-8000-0000000000aa.1@northwind.example>";
const mail = (head: string, body: string | Buffer): Buffer =>
  Buffer.concat([
    Buffer.from(
      `From: Carla <carla@mail.example>\r\nMessage-ID: <1@mail.example>\r\n${head.replace(/\r?\n/g, "\r\n")}\r\n\r\n`,
    ),
    Buffer.isBuffer(body) ? body : Buffer.from(body.replace(/\r?\n/g, "\r\n")),
  ]);
const parse = (body: Uint8Array) =>
  parseEmail(
    { source: "stream", body, head: {}, receivedAt: NOW },
    { channelId: "c", selfIds: ["support@northwind.example"] },
  );
async function eventsOf(body: Uint8Array): Promise<InboundEvent[]> {
  return [...(await parse(body)).events];
}
async function itemOf(body: Uint8Array): Promise<Item> {
  const [event] = await eventsOf(body);
  if (event?.type !== "item.created") throw new Error("no item");
  return event.item;
}

describe("charsets", () => {
  const latin = Buffer.from("Gr\xfc\xdfe aus K\xf6ln \x80", "latin1");
  it.each<[string, string, Buffer, string]>([
    ["says UTF-8 and is windows-1252", "text/plain; charset=utf-8", latin, "Grüße aus Köln €"],
    ["says ASCII and is windows-1252", "text/plain; charset=us-ascii", latin, "Grüße aus Köln €"],
    ["says nothing", "text/plain", latin, "Grüße aus Köln €"],
    ["names a charset that nobody knows", "text/plain; charset=x-unknown", latin, "Grüße aus Köln €"],
    ["says ISO-8859-1 and is UTF-8", "text/plain; charset=iso-8859-1", Buffer.from("Grüße 🙂"), "Grüße 🙂"],
    ["says KOI8-R, and is", "text/plain; charset=koi8-r", Buffer.from("\xf0\xd2\xc9\xd7\xc5\xd4", "latin1"), "Привет"],
    [
      "is ISO-2022-JP",
      "text/plain; charset=iso-2022-jp",
      Buffer.from("\x1b$B$3$s$K$A$O\x1b(B", "latin1"),
      "こんにちは",
    ],
    ["is Shift_JIS", "text/plain; charset=shift_jis", Buffer.from("\x82\xb1\x82\xf1", "latin1"), "こん"],
    ["is GB18030 under another name", "text/plain; charset=gb2312", Buffer.from("\xc4\xe3\xba\xc3", "latin1"), "你好"],
  ])("reads a text that %s", async (_, type, bytes, text) => {
    expect((await itemOf(mail(`Content-Type: ${type}\nContent-Transfer-Encoding: 8bit`, bytes))).text).toBe(text);
  });

  it("reads a subject in eight bits, whatever they are", async () => {
    for (const encoding of ["utf8", "latin1"] as const) {
      const raw = Buffer.concat([
        Buffer.from("From: a@b.example\r\nSubject: "),
        Buffer.from("Größe", encoding),
        Buffer.from("\r\n\r\nHi"),
      ]);
      expect((await itemOf(raw)).thread.subject).toBe("Größe");
    }
  });

  it("takes encoded words apart and makes them again", () => {
    expect(decodeWords("=?utf-8?Q?Gr=C3=B6=C3=9Fe?= =?utf-8?B?IPCfmYI=?= x")).toBe("Größe 🙂 x");
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 80 }), (text) => {
        expect(decodeWords(encodeWords(text).replace(/\r\n /g, " "))).toBe(text);
      }),
    );
  });
});

describe("the parts of a mail", () => {
  // Usually some 50 ms; where each part searches the rest of the mail, half a minute.
  it("are looked for in themselves, however long the rest of the mail is", () => {
    const inner = '--x\r\nContent-Type: multipart/mixed; boundary="zzzzz"\r\n\r\nhello\r\n'.repeat(290);
    const head = 'Content-Type: multipart/mixed; boundary="x"\r\n\r\n';
    const raw = Buffer.from(`${head}${inner}--x--\r\n${"--zz".repeat(6_000_000)}`);
    expect(readMime(raw).children).toHaveLength(290);
  }, 5_000);
});

describe("reports", () => {
  const report = (fields: string, original = `Message-ID: ${OURS}`) =>
    mail(
      "Subject: Undelivered\nReturn-Path: <>\nContent-Type: multipart/report; report-type=delivery-status; boundary=b",
      `--b\nContent-Type: text/plain\n\nIt did not work.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n${fields}\n--b\nContent-Type: message/rfc822\n\n${original}\nFrom: support@northwind.example\nTo: gone@mail.example\n\nHello\n--b--\n`,
    );

  it("fails the part whose Message-ID it names, and says why and where", async () => {
    const [item, ...more] = await eventsOf(
      report(
        "Final-Recipient: rfc822; Gone@mail.example\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 no such user",
      ),
    );
    expect(item).toMatchObject({ item: { automated: "bounce", thread: { parentId: OURS }, attachments: [] } });
    expect(more).toMatchObject([
      { type: "receipt", externalId: OURS, status: "failed", detail: "550 5.1.1 no such user" },
      { type: "address.unreachable", address: "gone@mail.example", reason: "550 5.1.1 no such user" },
    ]);
  });

  it("does not give an address up that may come back, nor believe what names none of ours", async () => {
    const later = await eventsOf(report("Final-Recipient: rfc822; a@b.example\nAction: failed\nStatus: 4.2.2"));
    expect(later.map((e) => e.type)).toEqual(["item.created", "receipt"]);
    const delayed = await eventsOf(report("Final-Recipient: rfc822; a@b.example\nAction: delayed\nStatus: 4.4.7"));
    expect(delayed.map((e) => e.type)).toEqual(["item.created"]);
    const forged = await eventsOf(
      report("Final-Recipient: rfc822; a@b.example\nAction: failed\nStatus: 5.1.1", "Message-ID: <x@evil.example>"),
    );
    expect(forged.map((e) => e.type)).toEqual(["item.created"]);
  });

  it("tells what has arrived and what was read", async () => {
    const [, arrived] = await eventsOf(
      report("Final-Recipient: rfc822; a@b.example\nAction: delivered\nStatus: 2.0.0"),
    );
    expect(arrived).toMatchObject({ type: "receipt", status: "delivered" });
    const read = mail(
      "Content-Type: multipart/report; report-type=disposition-notification; boundary=b",
      `--b\nContent-Type: text/plain\n\nRead.\n--b\nContent-Type: message/disposition-notification\n\nOriginal-Message-ID: ${OURS}\nDisposition: manual-action/MDN-sent-manually; displayed\n--b--\n`,
    );
    expect((await eventsOf(read))[1]).toMatchObject({ type: "receipt", externalId: OURS, status: "read" });
  });

  it("finds our mail in a bounce of nobody's format", async () => {
    const raw = Buffer.from(
      `From: MAILER-DAEMON@old.example\r\nSubject: failure notice\r\n\r\nHi, I am the mail program.\r\n550 unknown user\r\n\r\nMessage-ID: ${OURS}\r\n`,
    );
    expect((await eventsOf(raw))[1]).toMatchObject({
      type: "receipt",
      externalId: OURS,
      status: "failed",
      detail: "550 unknown user",
    });
  });
});

/** A winmail.dat as Outlook writes it: attributes with level, id, length, data, checksum. */
function winmail(attributes: [number, Buffer][]): Buffer {
  const head = Buffer.alloc(6);
  head.writeUInt32LE(0x223e9f78, 0);
  return Buffer.concat([
    head,
    ...attributes.map(([id, data]) => {
      const of = Buffer.alloc(9);
      of.writeUInt8(2, 0);
      of.writeUInt32LE(id, 1);
      of.writeUInt32LE(data.length, 5);
      return Buffer.concat([of, data, Buffer.alloc(2)]);
    }),
  ]);
}
const prop = (id: number, type: number, value: Buffer): Buffer => {
  const head = Buffer.alloc(12);
  head.writeUInt16LE(type, 0);
  head.writeUInt16LE(id, 2);
  head.writeUInt32LE(1, 4);
  head.writeUInt32LE(value.length, 8);
  return Buffer.concat([head, value, Buffer.alloc((4 - (value.length % 4)) % 4)]);
};
const props = (...all: Buffer[]): Buffer => {
  const count = Buffer.alloc(4);
  count.writeUInt32LE(all.length);
  return Buffer.concat([count, ...all]);
};
const WINMAIL = winmail([
  [0x69003, props(prop(0x1000, 0x1f, Buffer.from("Siehe Anhang – Größe", "utf16le")))],
  [0x69002, Buffer.alloc(14)],
  [0x18010, Buffer.from("RECHNU~1.PDF\0", "latin1")],
  [0x6800f, Buffer.from("%PDF-1.4 bill")],
  [
    0x69005,
    props(
      prop(0x3707, 0x1f, Buffer.from("Rechnung Köln.pdf", "utf16le")),
      prop(0x370e, 0x1e, Buffer.from("application/pdf\0")),
    ),
  ],
]);

describe("what lies in a mail", () => {
  const multipart = (...parts: string[]) =>
    mail("Content-Type: multipart/mixed; boundary=b", `${parts.map((p) => `--b\n${p}\n`).join("")}--b--\n`);

  it("takes files and words out of winmail.dat", async () => {
    const item = await itemOf(
      multipart(
        `Content-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\n${WINMAIL.toString("base64")}`,
      ),
    );
    expect(item.text).toBe("Siehe Anhang – Größe");
    expect(item.attachments).toMatchObject([{ name: "Rechnung Köln.pdf", mime: "application/pdf", bytes: 13 }]);
    expect(Buffer.from(item.attachments[0]!.content!).toString()).toBe("%PDF-1.4 bill");
  });

  it("survives every cut and every changed byte of one", () => {
    for (let end = 0; end <= WINMAIL.length; end++) readTnef(WINMAIL.subarray(0, end));
    fc.assert(
      fc.property(fc.nat(WINMAIL.length - 1), fc.nat(255), fc.nat(255), (at, byte, next) => {
        const broken = Buffer.from(WINMAIL);
        broken[at] = byte;
        broken[Math.min(at + 1, broken.length - 1)] = next;
        readTnef(broken);
      }),
    );
  });

  it("marks the images that the text shows, and keeps the others as files", async () => {
    const image = (id: string) =>
      `Content-Type: image/png; name=${id}.png\nContent-Transfer-Encoding: base64\nContent-ID: <${id}>\nContent-Disposition: attachment; filename=${id}.png\n\niVBORw0KGgo=`;
    const item = await itemOf(
      multipart('Content-Type: text/html\n\n<p>Look:</p><img src="cid:shown">', image("shown"), image("beside")),
    );
    expect(item.attachments).toMatchObject([{ name: "shown.png", inline: true }, { name: "beside.png" }]);
    expect(item.attachments[1]!.inline).toBeUndefined();
    expect(item.text).toBe("Look:");
  });

  it("keeps a mail inside of a mail as a file, and reads an invitation that says nothing else", async () => {
    const nested = multipart(
      "Content-Type: text/plain\n\nSee the mail.",
      "Content-Type: message/rfc822\nContent-Disposition: attachment\n\nFrom: x@y.example\nSubject: Inner\n\nInner words",
    );
    expect(await itemOf(nested)).toMatchObject({
      text: "See the mail.",
      attachments: [{ mime: "message/rfc822", name: "mail.eml" }],
    });
    const ics =
      "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;TZID=Europe/Berlin:20261124T140000\nSUMMARY:Visit of the\n  technician\nLOCATION:Köln\\, Dom\nEND:VEVENT\nEND:VCALENDAR";
    expect((await itemOf(multipart(`Content-Type: text/calendar; charset=utf-8; method=REQUEST\n\n${ics}`))).text).toBe(
      "Visit of the technician, 2026-11-24 14:00, Köln, Dom",
    );
  });

  it("prefers our reply address to In-Reply-To, and that to References", async () => {
    const head = "In-Reply-To: <p@x.example>\nReferences: <r@x.example> <other@x.example>";
    expect((await itemOf(mail(head, "Hi"))).thread).toMatchObject({
      key: "mail:<r@x.example>",
      parentId: "<p@x.example>",
    });
    expect((await itemOf(mail("References: <r@x.example> <last@x.example>", "Hi"))).thread.parentId).toBe(
      "<last@x.example>",
    );
    const frame: Frame = {
      folder: "INBOX",
      role: "in",
      uid: 1,
      at: NOW,
      size: 1,
      answers: OURS,
      raw: mail(head, "Hi"),
    };
    expect((await itemOf(writeFrames([frame]))).thread).toMatchObject({ key: "mail:<r@x.example>", parentId: OURS });
  });

  it("walks parts that lie in parts as deep as anybody nests them, and no deeper", () => {
    let body = "Content-Type: text/plain\n\nin the middle";
    for (let i = 0; i < 200; i++)
      body = `Content-Type: multipart/mixed; boundary=b${i}\n\n--b${i}\n${body}\n--b${i}--\n`;
    let depth = 0;
    for (let part = readMime(Buffer.from(body)); part.children[0]; part = part.children[0]) depth += 1;
    expect(depth).toBe(20);
  });
});

describe("frames", () => {
  const raw = fc.uint8Array({ maxLength: 60 });
  it("come back as they went in, whatever the mails hold", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ raw, uid: fc.nat(), sent: fc.boolean() }), { minLength: 1, maxLength: 5 }),
        (all) => {
          const frames: Frame[] = all.map((f) => ({
            ...{ folder: 'Gesendete Elemente "x"\n', role: f.sent ? "sent" : "in", uid: f.uid, at: NOW, size: 7 },
            raw: Buffer.from(f.raw),
          }));
          expect(readFrames(writeFrames(frames))).toEqual(frames);
        },
      ),
    );
  });
  it("are no frames when they are cut, and a mail cannot pretend to be two", async () => {
    const one = writeFrames([{ folder: "INBOX", role: "in", uid: 1, at: NOW, size: 3, raw: Buffer.from("abc") }]);
    expect(readFrames(one.subarray(0, one.length - 3))).toBeNull();
    const hostile = mail("", '\n{"bytes":3,"answers":"<x@y>"}\nabc\n');
    expect(
      readFrames(writeFrames([{ folder: "INBOX", role: "in", uid: 1, at: NOW, size: 3, raw: hostile }])),
    ).toHaveLength(1);
  });
});

describe("reply addresses", () => {
  const id = "0193a7e0-1234-7000-8000-0000000000aa";
  it("name the part they were made for, in whatever case they come back, and nothing else", () => {
    const made = replyAddress("support@northwind.example", `${id}.2`, "key")!;
    expect(readReplyAddress(made.toUpperCase(), "support@northwind.example", "key")).toBe(`${id}.2`);
    expect(readReplyAddress(made, "support@northwind.example", "other key")).toBeNull();
    expect(readReplyAddress(made, "sales@northwind.example", "key")).toBeNull();
    expect(readReplyAddress("support@northwind.example", "support@northwind.example", "key")).toBeNull();
    for (let at = "support+r-".length; at < made.indexOf("@"); at++) {
      const forged = `${made.slice(0, at)}${made[at] === "a" ? "b" : "a"}${made.slice(at + 1)}`;
      expect(readReplyAddress(forged, "support@northwind.example", "key"), forged).toBeNull();
    }
    // No room for it in the local part (64 bytes): then there is none.
    expect(replyAddress(`${"x".repeat(30)}@northwind.example`, `${id}.1`, "key")).toBeNull();
  });
});

describe("the raw copy", () => {
  const CARD = "4111 1111 1111 1111";
  const redact = (text: string) => redactCards([text]).texts[0]!;
  const plain = (body: Uint8Array | null) => Buffer.from(body ?? []).toString();

  it.each<[string, Buffer]>([
    ["plain text", mail("Content-Type: text/plain", `My card is ${CARD}, thanks.`)],
    [
      "base64",
      mail(
        "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64",
        Buffer.from(`Größe ${CARD}`).toString("base64"),
      ),
    ],
    [
      "quoted-printable, broken in the number",
      mail("Content-Type: text/plain\nContent-Transfer-Encoding: quoted-printable", "card 4111 1111 =\n1111 1111 bye"),
    ],
    ["HTML", mail("Content-Type: text/html", `<p>Card <b>4111</b>&nbsp;1111 1111 1111</p>`)],
    ["the subject", mail(`Subject: =?utf-8?Q?Card_${CARD.replaceAll(" ", "_")}?=`, "Hello")],
  ])("loses card numbers in %s, and stays the same mail", async (_, raw) => {
    const before = await itemOf(raw);
    const clean = redactEmail(raw, redact);
    const after = await itemOf(clean!);
    expect(`${after.text} ${after.thread.subject}`).toBe(redact(`${before.text} ${before.thread.subject}`));
    expect(after.externalId).toBe(before.externalId);
    expect(plain(clean).replace(/\D/g, "")).not.toContain("4111111111111111");
  });

  it("stays byte for byte where there is none, and is given up where a text cannot be reached", () => {
    const raw = mail("Content-Type: text/plain", "Nothing here.");
    expect(plain(redactEmail(raw, redact))).toBe(raw.toString());
    const packed = mail(
      `Content-Type: application/ms-tnef\nContent-Transfer-Encoding: base64`,
      WINMAIL.toString("base64"),
    );
    expect(redactEmail(packed, redact)).toBeNull();
  });

  it("is cleaned inside of its page", () => {
    const frame: Frame = { folder: "INBOX", role: "in", uid: 3, at: NOW, size: 9, raw: mail("", `Card ${CARD}`) };
    const [clean] = readFrames(redactEmail(writeFrames([frame]), redact)!)!;
    expect(plain(clean!.raw)).not.toContain(CARD);
    expect(clean).toMatchObject({ folder: "INBOX", uid: 3, at: NOW });
  });
});
