import { afterAll, beforeAll, expect, it } from "vitest";
import { connectChannel } from "../../server/modules/channels/index.ts";
import { MINUTE } from "../../server/platform/clock.ts";
import type { Json } from "../support/api-client.ts";
import { ChatClient } from "../support/chat-client.ts";
import { answerTo, connectChat, conversationWith } from "../support/chat-story.ts";
import { eventually } from "../support/eventually.ts";
import { type ScriptedImap, startScriptedImap } from "../support/scripted-imap.ts";
import { type ScriptedSmtp, startScriptedSmtp } from "../support/scripted-smtp.ts";
import { type Desk, openDesk } from "../support/server.ts";
import { messagesOf } from "../support/story.ts";

const KEY = "web-chat-that-goes-on-by-mail";
const CARE = "care@northwind.example";
let desk: Desk;
let imap: ScriptedImap;
let smtp: ScriptedSmtp;

beforeAll(async () => {
  desk = await openDesk();
  await desk.presence("priya", "available");
  imap = await startScriptedImap(() => new Date(desk.clock.now()));
  smtp = await startScriptedSmtp();
  const { accountId, brandId } = desk.company;
  await connectChat(desk, KEY);
  const server = (port: number) => ({ host: "127.0.0.1", port, security: "plain" });
  await desk.db.withAccount(accountId, (tx) =>
    connectChannel(tx, {
      ...{ brandId, network: "email", name: "Care", externalId: CARE, handle: CARE },
      ...{ secret: { password: "mailbox-password", replyKey: "reply key" } },
      config: { address: CARE, plain: true, privateNetwork: true, imap: server(imap.port), smtp: server(smtp.port) },
    }),
  );
  await eventually("the mailbox is read", () => imap.idling() > 0);
});
afterAll(async () => {
  await desk?.stop();
  await imap?.close();
  await smtp?.close();
});

const headerOf = (raw: string, name: string): string =>
  new RegExp(`^${name}:\\s*(.*)$`, "im").exec(raw.replace(/\r\n[ \t]+/g, " "))?.[1] ?? "";

it("an answer that nobody is there to read goes on by mail, and what is answered to that comes into the same conversation", async () => {
  const visit = new ChatClient(desk.url, KEY);
  expect((await visit.open({ locale: "en" })).config).toMatchObject({ emailContinuation: true, transcript: true });
  await visit.say("My router blinks red since Monday");
  expect((await visit.post("email", { address: "Carla@Mail.example" })).status).toBe(200);
  await answerTo(desk, "My router blinks red since Monday", "Please hold its button for ten seconds.");
  await desk.quiet();
  expect(smtp.taken).toEqual([]);

  // The window is shut, and nobody comes back.
  desk.travel(3 * MINUTE);
  const mail = await eventually("the mail has gone", () => smtp.taken[0]);
  expect(mail.to).toEqual(["carla@mail.example"]);
  expect(headerOf(mail.raw, "Subject")).toBe("Your chat with Northwind Mobile");
  expect(mail.raw.replace(/=\r\n/g, "")).toContain("Please hold its button for ten seconds.");
  await desk.quiet();

  const messageId = headerOf(mail.raw, "Message-ID");
  imap.deliver(
    [
      "From: Carla Ruiz <carla@mail.example>",
      `To: ${headerOf(mail.raw, "Reply-To") || CARE}`,
      `Subject: Re: ${headerOf(mail.raw, "Subject")}`,
      "Message-ID: <answer-1@mail.example>",
      `In-Reply-To: ${messageId}`,
      `References: ${messageId}`,
      `Date: ${new Date(desk.clock.now()).toUTCString()}`,
      "",
      "I did, and it still blinks red.",
      "",
    ].join("\n"),
  );
  await eventually("the answer is heard", async () => {
    const rows = await desk.database.query("select 1 from message where text like 'I did, and it still%'");
    return rows.length > 0;
  });
  await desk.quiet();
  const view = await conversationWith(desk, "My router blinks red since Monday");
  expect(messagesOf(view).map((m: Json) => [m.direction, m.mark.network])).toEqual([
    ["in", "webchat"],
    ["in", "webchat"],
    ["out", "webchat"],
    ["out", "email"],
    ["in", "email"],
  ]);
  desk.travel(10 * MINUTE);
  await desk.quiet();
  expect(smtp.taken, "once").toHaveLength(1);

  // What was said in the chat, on request.
  await visit.open();
  expect((await visit.post("transcript", { address: "carla@mail.example" })).status).toBe(200);
  const copy = await eventually("the transcript has gone", () => smtp.taken[1]);
  expect(headerOf(copy.raw, "Auto-Submitted")).toContain("auto-");
  expect(copy.raw.replace(/=\r\n/g, "")).toContain("My router blinks red since Monday");
});
