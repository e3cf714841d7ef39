import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ownWork } from "../../../../tests/support/own-work.ts";
import type { Item } from "../domain/item.ts";
import { parseEmail } from "./parse.ts";
import { automatedBy } from "./reading/automatic.ts";
import { foldQuoted } from "./reading/quoted.ts";

const NOW = Date.parse("2026-11-20T12:30:00.000Z");
const parse = (body: Uint8Array) =>
  parseEmail(
    { source: "poll", body, head: {}, receivedAt: NOW },
    { channelId: "c", selfIds: ["Support@northwind.example"] },
  );
const fixture = (name: string) => readFileSync(new URL(`fixtures/${name}.eml`, import.meta.url));
async function item(name: string): Promise<Item> {
  const event = (await parse(fixture(name))).events[0];
  if (event?.type !== "item.created") throw new Error("no item");
  return event.item;
}

describe("parseEmail", () => {
  it("reads who, to whom, what and with what", async () => {
    expect(await item("question")).toMatchObject({
      externalId: "<first-7781@mail.example>",
      kind: "email",
      visibility: "private",
      thread: { key: "mail:<first-7781@mail.example>", subject: "Package late – again" },
      author: { id: "carla.ruiz@mail.example", name: "Carla Ruíz", isSelf: false },
      addressedTo: ["support@northwind.example", "bob@mail.example", "dana@mail.example"],
      text: "My parcel 48213 is late – where is it?",
      language: "en-GB",
      attachments: [{ mime: "image/png", name: "label.png" }],
      createdAt: Date.parse("2026-11-20T09:15:00.000Z"),
    });
  });

  it("follows References to the first mail of the thread and folds the quotation", async () => {
    expect(await item("answer")).toMatchObject({
      thread: {
        key: "mail:<first-7781@mail.example>",
        parentId: "<018f2c3e-0000-7000-8000-000000000001.1@northwind.example>",
      },
      text: "Thank you, it came today.",
    });
  });

  it("leaves answers between quoted lines whole", async () => {
    const { text } = await item("inline-answers");
    expect(text).toMatch(/Green\./);
    expect(text).toMatch(/Large\./);
  });

  it.each([
    ["out-of-office", "auto-reply"],
    ["bounce", "bounce"],
    ["newsletter", "bulk"],
    ["question", undefined],
  ])("%s is %s", async (name, automated) => {
    expect((await item(name)).automated).toBe(automated);
  });

  it("gives a mail without Message-ID the same name at every reading", async () => {
    const [a, b] = [await item("newsletter"), await item("newsletter")];
    expect(a.externalId).toMatch(/^sha256:/);
    expect(a.externalId).toBe(b.externalId);
  });

  it("makes words of HTML, never HTML of words", async () => {
    expect((await item("out-of-office")).text).toBe("I am away until Monday.");
  });

  it("reads a mail whose markup is nested beyond measure", async () => {
    const body = `From: a@b.example\r\nContent-Type: text/html\r\n\r\n${"<a>".repeat(20_000)}My line is down`;
    const { events } = await parse(Buffer.from(body));
    expect(events).toMatchObject([{ item: { text: "My line is down" } }]);
  });

  it("takes the time it came where the mail's own cannot be read, at every reading", async () => {
    for (const date of ["Tue, 17 Nov 275760 09:00:00 +0000", "yesterday", "Tue, 17 Nov 1926 09:00:00 GMT"]) {
      const { events } = await parse(Buffer.from(`From: a@b.example\r\nDate: ${date}\r\n\r\nHi`));
      expect(events).toMatchObject([{ item: { createdAt: NOW } }]);
    }
  });

  it("counts a mail that names no sender as broken, and throws for nothing", async () => {
    expect(await parse(new TextEncoder().encode("Subject: nobody\r\n\r\nhello"))).toMatchObject({
      events: [],
      ignored: [],
      broken: 1,
    });
    const text = fixture("question").toString("latin1");
    await fc.assert(
      fc.asyncProperty(
        fc.nat(text.length),
        fc.nat(40),
        fc.string({ unit: "binary", maxLength: 40 }),
        async (at, length, junk) => {
          await parse(Buffer.from(text.slice(0, at) + junk + text.slice(at + length), "latin1"));
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("automatedBy", () => {
  it.each([
    [{ "auto-submitted": "no" }, "carla@mail.example", null],
    [{ "auto-submitted": "auto-generated" }, "carla@mail.example", "auto-reply"],
    [{ precedence: "bulk" }, "carla@mail.example", "bulk"],
    [{ "return-path": "<>" }, "carla@mail.example", "bounce"],
    [{}, "MAILER-DAEMON@mx.example", "bounce"],
    [{ "x-loop": "desk" }, "carla@mail.example", "auto-reply"],
    [{ precedence: "first-class" }, "carla@mail.example", null],
  ])("%j from %s", (headers, from, expected) => {
    expect(automatedBy(new Map(Object.entries(headers)), from)).toBe(expected);
  });
});

describe("foldQuoted", () => {
  it.each([
    ["nothing quoted", "Hello\nthere", "Hello\nthere"],
    ["German", "Danke!\n\nAm Freitag schrieb Northwind:\n> Gern", "Danke!"],
    ["French", "Merci\n\nLe 20 nov. 2026 à 10:00, Northwind a écrit :\n> Bonjour", "Merci"],
    ["forwarded by hand", "See below\n\n-----Original Message-----\nFrom: x", "See below"],
    ["only a run of marks at the end", "Yes\n> do you?", "Yes"],
    ["everything quoted stays", "> a\n> b", "> a\n> b"],
    ["a sentence that only looks like one", "On Monday I wrote to you about it.", "On Monday I wrote to you about it."],
  ])("%s", (_, text, said) => {
    expect(foldQuoted(text).said).toBe(said);
  });
  it.each(["\n", "\u2029", "On x wrote:\n", "-- "])("two hundred thousand letters of %j come to an end", (unit) => {
    const began = ownWork();
    foldQuoted(unit.repeat(200_000 / unit.length));
    expect(ownWork() - began).toBeLessThan(2_000);
  });

  it("loses no word: said and quoted hold the whole", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("> q", "a", "", "On Friday x wrote:", "b")), (lines) => {
        const text = lines.join("\n");
        const { said, quoted } = foldQuoted(text);
        const words = (s: string) => s.split(/\s+/).filter((w) => w !== "");
        // In no order: an answer may stand below.
        expect([...words(said), ...words(quoted)].sort()).toEqual(words(text).sort());
      }),
    );
  });
});
