import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { connectChannel } from "../../server/modules/channels/index.ts";
import { MINUTE, SECOND } from "../../server/platform/clock.ts";
import type { ApiClient, Json } from "../support/api-client.ts";
import { eventually } from "../support/eventually.ts";
import { type ScriptedImap, startScriptedImap } from "../support/scripted-imap.ts";
import { type ScriptedSmtp, startScriptedSmtp } from "../support/scripted-smtp.ts";
import { type Desk, openDesk } from "../support/server.ts";

const CARE = "care@northwind.example";
const LAWYER = "lawyer@law.example";
let desk: Desk;
let imap: ScriptedImap;
let smtp: ScriptedSmtp;
let priya: ApiClient;

beforeAll(async () => {
  desk = await openDesk();
  imap = await startScriptedImap(() => new Date(desk.clock.now()));
  smtp = await startScriptedSmtp();
  const { accountId, brandId } = desk.company;
  const server = (port: number) => ({ host: "127.0.0.1", port, security: "plain" });
  await desk.db.withAccount(accountId, (tx) =>
    connectChannel(tx, {
      ...{ brandId, network: "email", name: "Care", externalId: CARE, handle: CARE },
      ...{ secret: { password: "mailbox-password", replyKey: "reply key" } },
      config: {
        ...{ address: CARE, plain: true, privateNetwork: true, authserv: "mx.northwind.example" },
        ...{ imap: server(imap.port), smtp: server(smtp.port) },
      },
    }),
  );
  await eventually("the mailbox is read", () => imap.idling() > 0);
  priya = await desk.as("priya");
});
afterAll(async () => {
  await desk?.stop();
  await imap?.close();
  await smtp?.close();
});
beforeEach(async () => {
  smtp.taken.length = 0;
  await desk.presence("priya", "available");
});

const headerOf = (raw: string, name: string): string =>
  new RegExp(`^${name}:\\s*(.*)$`, "im").exec(raw.replace(/\r\n[ \t]+/g, " "))?.[1] ?? "";

let n = 0;
/** A mail of Carla's; the conversation in which it stands. */
async function wrote(text: string, more: Record<string, string> = {}): Promise<Json> {
  const head = {
    From: "Carla Ruiz <carla@mail.example>",
    To: CARE,
    Cc: `Her Lawyer <${LAWYER}>`,
    Subject: `The contract ${n}`,
    "Message-ID": `<all-${++n}@mail.example>`,
    Date: new Date(desk.clock.now()).toUTCString(),
    ...more,
  };
  imap.deliver([...Object.entries(head).map(([name, value]) => `${name}: ${value}`), "", text, ""].join("\n"));
  await eventually("it is heard", async () => {
    const rows = await desk.database.query("select 1 from message where text = $1", [text]);
    return rows.length > 0;
  });
  await desk.quiet();
  const [row] = await desk.database.query<{ id: string }>(
    "select p.conversation_id as id from placement p join message m on m.id = p.message_id where m.text = $1",
    [text],
  );
  const { work } = await priya.get(`/api/desk/conversations/${row!.id}`);
  if (work && !work.owner)
    await priya.do("POST", `/api/desk/conversations/${row!.id}/take`, { expectedVersion: work.version });
  return priya.get(`/api/desk/conversations/${row!.id}`);
}
const answer = (view: Json, text: string, more: object = {}) =>
  priya.send("POST", `/api/desk/conversations/${view.id}/replies`, {
    ...{ audience: "private", text, answersMessageId: view.composer.private.door.answersMessageId },
    ...{ expectedVersion: view.work?.version ?? view.version, ...more },
  });
async function sent() {
  desk.travel(10 * SECOND);
  const mail = await eventually("it has gone", () => smtp.taken[0]);
  await desk.quiet();
  return mail;
}

it("an answer goes to all who openly got the mail, with the conversation's number, and says so on the desk", async () => {
  const view = await wrote("Which clause ends it?", {
    "Authentication-Results": "mx.northwind.example; dmarc=pass header.from=mail.example",
  });
  const heard = view.timeline.find((e: Json) => e.type === "message");
  expect(heard.mail).toEqual({
    to: [{ address: CARE, name: "" }],
    cc: [{ address: LAWYER, name: "Her Lawyer" }],
    sender: "verified",
  });
  expect((await answer(view, "The third one.")).status).toBe(201);
  const mail = await sent();
  expect(mail.to).toEqual(["carla@mail.example", LAWYER]);
  expect(headerOf(mail.raw, "Cc")).toBe(LAWYER);
  expect(headerOf(mail.raw, "Subject")).toBe(`Re: The contract 0 [${view.number}]`);
  const after = await priya.get(`/api/desk/conversations/${view.id}`);
  const ours = after.timeline.find((e: Json) => e.type === "message" && e.direction === "out");
  expect(ours.mail).toMatchObject({ cc: [{ address: LAWYER }], sender: null });

  // Without a header, with the number, under another subject: the same conversation, and the change is told.
  const again = await wrote("And when?", { Subject: `When? [${view.number}]`, Cc: "" });
  expect(again.id).toBe(view.id);
  const changed = await wrote("One more thing about it", {
    ...{
      Subject: "Invoices",
      "In-Reply-To": headerOf(mail.raw, "Message-ID"),
      References: headerOf(mail.raw, "References"),
    },
  });
  expect(changed.id).toBe(view.id);
  const lines = changed.timeline.filter((e: Json) => e.kind === "subject-changed").map((e: Json) => e.text);
  expect(lines).toEqual(["The subject is now “Invoices”."]);
});

it("goes to those alone whom the agent leaves in, also after it was taken back", async () => {
  const marek = await desk.as("marek");
  await marek.do("PUT", "/api/settings/desk.undo-ms", { value: 8_000 });
  const view = await wrote("For you alone, please");
  const made = await answer(view, "Only to you.", { copies: [] });
  await priya.do("POST", `/api/desk/replies/${made.body.replyId}/undo`);
  const back = await priya.get(`/api/desk/conversations/${view.id}`);
  expect(back.draft).toMatchObject({ text: "Only to you.", copies: [] });
  expect((await answer(back, "Only to you.", { copies: back.draft.copies })).status).toBe(201);
  const mail = await sent();
  await marek.do("PUT", "/api/settings/desk.undo-ms", { value: 0 });
  expect([mail.to, headerOf(mail.raw, "Cc")]).toEqual([["carla@mail.example"], ""]);
});

it("keeps to whom a draft goes, and refuses what is no address, and ourselves", async () => {
  const view = await wrote("Who else should know?");
  const copies = [LAWYER, "new@other.example"];
  const body = { audience: "private", text: "All of you", answersMessageId: null, copies, expectedVersion: 0 };
  await priya.do("PUT", `/api/desk/conversations/${view.id}/draft`, body);
  expect((await priya.get(`/api/desk/conversations/${view.id}`)).draft).toMatchObject({ copies });
  const context = view.composer.private.door.context;
  expect(context.copies.known).toEqual(expect.arrayContaining(["carla@mail.example", LAWYER]));
  expect(context.copies.known).not.toContain("new@other.example");
  const refused = await answer(view, "To all of you.", {
    copies: [CARE, "nobody", "a@b.example\r\nBcc: x@evil.example"],
  });
  expect(refused.status).toBe(422);
  expect(refused.body.errors.map((e: Json) => [e.path, e.code])).toEqual([
    ["copies[0]", "copy-own"],
    ["copies[1]", "copy-address"],
    ["copies[2]", "copy-address"],
  ]);
  expect((await answer(view, "To all of you.", { copies })).status).toBe(201);
  expect((await sent()).to).toEqual(["carla@mail.example", ...copies]);
});

it("says that a sender was disowned, and leaves the number out where the brand wants none", async () => {
  const marek = await desk.as("marek");
  await marek.do("PUT", `/api/settings/desk.subject-number`, { value: false });
  const view = await wrote("Change my bank account", {
    "Authentication-Results": "mx.northwind.example; dmarc=fail header.from=mail.example",
  });
  expect(view.timeline.findLast((e: Json) => e.type === "message").mail.sender).toBe("failed");
  await answer(view, "Please call us.");
  expect(headerOf((await sent()).raw, "Subject")).not.toContain("[C-");
  desk.travel(MINUTE);
});
