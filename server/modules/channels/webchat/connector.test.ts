import { describe, expect, it } from "vitest";
import { createRateBudget } from "../domain/rate-budget.ts";
import { webchatConnector } from "./connector.ts";
import { addressOf } from "./limits.ts";
import { chatSettings } from "./settings.ts";
import { fileName, sniffed } from "./uploads.ts";

const connector = webchatConnector();
const signal = new AbortController().signal;
const where = { hookUrl: "", now: 0 };
const checkOf = (config: object, secret: Record<string, string>) =>
  connector.check(
    { channelId: "c", externalId: "k", handle: "h", config: { ...config }, secret },
    where,
    createRateBudget(),
    signal,
  );

describe("connecting a chat", () => {
  it("makes its key and its secret, new ones each time, and keeps the sites as browsers name them", async () => {
    const answers = { origins: "https://www.Example.com/\nhttps://shop.example:8443, http://localhost:5173" };
    const [one, two] = [await connector.prepare(answers, signal), await connector.prepare(answers, signal)];
    if (!one.ok || !two.ok) throw new Error("refused");
    expect(one.made.config).toEqual({
      origins: ["https://www.example.com", "https://shop.example:8443", "http://localhost:5173"],
    });
    expect(one.made.handle).toBe("www.example.com");
    expect(one.made.externalId).toMatch(/^[\w-]{32}$/);
    expect(one.made.secret.identitySecret).toMatch(/^[\w-]{43}$/);
    expect(two.made.externalId).not.toBe(one.made.externalId);
    expect(two.made.secret.identitySecret).not.toBe(one.made.secret.identitySecret);
  });

  it.each([
    ["", "refused"],
    ["www.example.com", "refused"],
    ["https://www.example.com/shop", "refused"],
    ["https://user:word@www.example.com", "refused"],
    ["javascript:alert(1)", "refused"],
    ["https://*", "refused"],
    ["https://a.example; script-src *", "refused"],
    ["null", "refused"],
    ["http://www.example.com", "not-encrypted"],
  ])("refuses %j with a sentence of its own", async (origins, fault) => {
    const said = await connector.prepare({ origins }, signal);
    expect(said).toMatchObject({ ok: false, need: "origins", fault, says: expect.stringMatching(/\.$/) });
  });

  it("says which half is missing, and never a secret", async () => {
    const secret = { identitySecret: "x".repeat(43) };
    const states = async (config: object, given: Record<string, string>) =>
      (await checkOf(config, given)).map((one) => [one.half, one.state, one.fault]);
    expect(await states({ origins: ["https://a.example"] }, secret)).toEqual([
      ["receive", "ok", undefined],
      ["send", "ok", undefined],
      ["identity", "not-tried", undefined],
    ]);
    expect(await states({}, {})).toEqual([
      ["receive", "not-tried", undefined],
      ["send", "ok", undefined],
      ["identity", "failed", "missing-half"],
    ]);
    expect(JSON.stringify(await checkOf({}, secret))).not.toContain("xxxx");
  });
});

describe("what a chat is set to", () => {
  it("falls back field by field, so one that is wrong puts nothing out", () => {
    const read = chatSettings({
      position: "top",
      primary: "#12345g",
      origins: ["https://a.example"],
      __proto__: { x: 1 },
    });
    expect(read).toMatchObject({ position: "right", primary: "#0a655f", origins: ["https://a.example"] });
    expect(chatSettings({ origins: ["https://a.example", "https://b.example; x"] }).origins).toEqual([]);
  });
});

describe("who is at the other end", () => {
  const asked = (remoteAddress: string, said?: string) =>
    addressOf({ socket: { remoteAddress }, headers: said === undefined ? {} : { "x-forwarded-for": said } } as never);

  it("is believed of a proxy in our own network, and its last word alone", () => {
    expect(asked("203.0.113.9")).toBe("203.0.113.9");
    expect(asked("203.0.113.9", "198.51.100.1")).toBe("203.0.113.9");
    expect(asked("::ffff:10.0.0.2", "1.2.3.4, 198.51.100.1")).toBe("198.51.100.1");
    expect(asked("127.0.0.1", "nobody")).toBe("127.0.0.1");
    expect(asked("fd00::1", "2001:db8::7")).toBe("2001:db8:0:0::/64");
    expect(asked("2001:db8::8")).toBe(asked("2001:db8::ffff"));
  });
});

describe("an upload", () => {
  it.each([
    ["../../etc/passwd", "passwd"],
    ["C:\\temp\\a.png", "a.png"],
    ["...hidden", "hidden"],
    ["cat\u202Egnp.exe", "cat gnp.exe"],
    ["a\u0000b\r\n.txt", "a b .txt"],
    ["\ud800.txt", "\ufffd.txt"],
    [" ", "file"],
  ])("named %j is called %j", (given, name) => expect(fileName(given)).toBe(name));

  it("is what its bytes are", async () => {
    const of = (text: string) => sniffed(Buffer.from(text));
    expect(await of("only words\nand lines")).toBe("text/plain");
    expect(await of("<svg onload=alert(1)>")).not.toBe("text/plain");
    expect(await of("#!/bin/sh")).not.toBe("text/plain");
    expect(await of("a\u0007b")).toBe("application/octet-stream");
    expect(await sniffed(new Uint8Array([0xc3, 0x28]))).toBe("application/octet-stream");
  });
});
