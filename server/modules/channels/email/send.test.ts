import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TEST_START } from "../../../../tests/support/database.ts";
import { eventually } from "../../../../tests/support/eventually.ts";
import { type MailCompany, type MailTown, openMailTown } from "../../../../tests/support/mail-town.ts";
import { type ScriptedImap, startScriptedImap } from "../../../../tests/support/scripted-imap.ts";
import { type ScriptedSmtp, startScriptedSmtp, type TakenMail } from "../../../../tests/support/scripted-smtp.ts";
import { createRateBudget } from "../domain/rate-budget.ts";
import type { Message } from "../index.ts";
import { emailAdapter } from "./adapter.ts";
import { createPostLines } from "./sending/post-lines.ts";

const SUPPORT = "support@northwind.example";
let town: MailTown;
let imap: ScriptedImap;
let smtp: ScriptedSmtp;
let us: MailCompany;
beforeAll(async () => {
  town = await openMailTown(TEST_START);
  imap = await startScriptedImap(() => new Date(town.clock.now()));
  smtp = await startScriptedSmtp();
  us = await town.company({
    address: SUPPORT,
    config: {
      ...{ address: SUPPORT, plain: true, privateNetwork: true, plusAddresses: true },
      ...{ fromName: "Northwind\r\nBcc: all@evil.example", signature: "{agent}\nNorthwind Mobile Ltd" },
      imap: { host: "127.0.0.1", port: imap.port, security: "plain" },
      smtp: { host: "127.0.0.1", port: smtp.port, security: "plain" },
    },
    secret: { password: "mailbox-password", replyKey: "reply key" },
    adapter: emailAdapter(town.clock, { pollMs: 200 }),
  });
  await eventually("the mailbox is read", () => us.cursor());
});
afterAll(async () => {
  await us?.channels.close();
  await imap?.close();
  await smtp?.close();
  await town?.close();
});

let number = 0;
async function ask(from: string, headers: Record<string, string> = {}, text = "Where is my parcel?"): Promise<Message> {
  const id = `<ask-${++number}@mail.example>`;
  const all = { From: from, To: SUPPORT, Subject: "Parcel", "Message-ID": id, ...headers };
  imap.deliver(
    `${Object.entries(all)
      .map(([k, v]) => `${k}: ${v}`)
      .join("\n")}\n\n${text}\n`,
  );
  return eventually("it is stored", async () => (await us.messages()).find((m) => m.externalId === id));
}
const settled = (id: string, state = "sent") =>
  eventually(`the delivery is ${state}`, async () => {
    const found = await us.delivery(id);
    expect(found.state).toBe(state);
    return found;
  });
const takenFor = (id: string) => smtp.taken.filter((m) => m.raw.includes(`Message-ID: <${id}.1@northwind.example>`));
const header = (raw: string, name: string): string | undefined =>
  new RegExp(`^${name}:\\s*(.*)$`, "im").exec(raw.slice(0, raw.indexOf("\r\n\r\n")).replace(/\r\n[ \t]+/g, " "))?.[1];

describe("an answer", () => {
  it("names what it answers, the whole thread, and nothing that a stranger has put into a header", async () => {
    const question = await ask("Carla <carla@mail.example>", {
      Subject: "RE: Aw: Größe\r\n L",
      References: "<root@mail.example> <middle@mail.example>",
      "In-Reply-To": "<middle@mail.example>",
    });
    const id = await us.reply(question, "It is on its way.\n\n<b>Priya</b> & Co");
    await settled(id);
    const [{ from, to, raw }] = takenFor(id) as [TakenMail];
    expect({ from, to }).toEqual({ from: SUPPORT, to: ["carla@mail.example"] });
    expect(header(raw, "In-Reply-To")).toBe(question.externalId);
    expect(header(raw, "References")).toBe(`<root@mail.example> <middle@mail.example> ${question.externalId}`);
    expect(header(raw, "Bcc")).toBeUndefined();
    expect(header(raw, "From")).toMatch(/^"?Northwind Bcc: all@evil\.example"? <support@northwind\.example>$/);
    expect(header(raw, "Reply-To")).toMatch(/<support\+r-[a-z2-7]{44}@northwind\.example>/);
    expect(header(raw, "Auto-Submitted")).toBeUndefined();
    expect(raw).toContain("\r\n-- \r\nPriya Nair\r\nNorthwind Mobile Ltd");
    expect(raw).toContain("text/plain");
    expect(raw.replace(/=\r\n/g, "")).toContain("&lt;b&gt;Priya&lt;/b&gt; &amp; Co");
    expect(raw).toMatch(/> Where is my parcel\?/);
    // Filed, and read back as the same message.
    expect(imap.box("Sent").filter((m) => m.raw.toString().includes(id))).toHaveLength(1);
    const [ours] = (await us.messages()).filter((m) => m.externalId === `<${id}.1@northwind.example>`);
    expect(ours).toMatchObject({ direction: "out", kind: "email", threadKey: question.threadKey, deliveryId: id });
  });

  it("keeps one line to the server for several mails", async () => {
    const question = await ask("dora@mail.example");
    const before = smtp.connections();
    for (let i = 0; i < 3; i++) await settled(await us.reply(question, `Line ${i}`));
    expect(smtp.connections() - before).toBeLessThanOrEqual(1);
  });

  it.each([
    ["550 5.1.1 no such user", "failed", "recipient-unreachable"],
    ["552 5.3.4 too big", "failed", "too-long"],
    ["550 5.7.1 we do not like you", "failed", "policy"],
  ])("to whom the server says %s is %s as %s", async (said, state, kind) => {
    const question = await ask(`who-${number}@mail.example`);
    smtp.faults.refuseTo[question.authorId] = said;
    const id = await us.reply(question, "Hello");
    expect((await settled(id, state)).error).toMatchObject({ class: kind, retryable: false });
    expect(takenFor(id)).toEqual([]);
  });

  it("is tried again after a temporary refusal, and is one mail", async () => {
    const question = await ask("later@mail.example");
    smtp.faults.refuseTo["later@mail.example"] = "451 4.3.0 try again";
    const id = await us.reply(question, "Patience");
    await eventually("refused once", async () => (await us.delivery(id)).error?.code === "451 4.3.0");
    delete smtp.faults.refuseTo["later@mail.example"];
    await settled(id);
    expect(takenFor(id)).toHaveLength(1);
  });

  it("whose outcome nobody told is unknown, is never sent twice, and is found among what was sent", async () => {
    const question = await ask("drop@mail.example");
    smtp.faults.dropAfterData = true;
    const id = await us.reply(question, "Did you get it?");
    await settled(id, "unknown");
    smtp.faults.dropAfterData = false;
    // The server files it after all: the copy says so.
    imap.deliver(takenFor(id)[0]!.raw, "Sent");
    town.clock.jump(120_000);
    await settled(id);
    expect(takenFor(id)).toHaveLength(1);
    expect((await us.messages()).filter((m) => m.externalId === `<${id}.1@northwind.example>`)).toHaveLength(1);
  });

  it("that cannot be found anywhere is a person's to decide", async () => {
    const question = await ask("lost@mail.example");
    smtp.faults.dropAfterData = true;
    const id = await us.reply(question, "Are you there?");
    await settled(id, "unknown");
    smtp.faults.dropAfterData = false;
    let polls = 0;
    await eventually(
      "a person is asked",
      async () => {
        // A look has time to come back before the next one is due.
        if (polls++ % 25 === 0) town.clock.jump(60_000);
        return (await us.delivery(id)).error?.forHuman === true;
      },
      40_000,
    );
    expect(takenFor(id)).toHaveLength(1);
  }, 60_000);

  it("does not wait for a Sent folder that takes nothing", async () => {
    const question = await ask("nofile@mail.example");
    imap.faults.noAppend = true;
    await settled(await us.reply(question, "Sent all the same"));
    imap.faults.noAppend = false;
  });

  it("is marked where no person wrote it, and bounces to nobody", async () => {
    const question = await ask("auto@mail.example");
    const id = await us.reply(question, "We have your mail.", {
      intent: { op: "message", toHandle: "auto@mail.example", toAuthorId: "auto@mail.example", automatic: true },
      agentId: null,
    });
    await settled(id);
    const [{ from, raw }] = takenFor(id) as [TakenMail];
    expect(from).toBe("");
    expect([header(raw, "Auto-Submitted"), header(raw, "Precedence")]).toEqual(["auto-replied", "bulk"]);
    expect(raw).not.toContain("> Where is my parcel?");
    // Once a day: two machines that thank each other never end.
    const again = await us.reply(question, "We have your mail.", {
      intent: { op: "message", toHandle: "auto@mail.example", toAuthorId: "auto@mail.example", automatic: true },
      agentId: null,
    });
    expect((await settled(again, "failed")).error).toMatchObject({ class: "policy", code: "one-a-day" });
    await settled(await us.reply(question, "And now a person."));
  });

  it("goes to no address from which mail came back, until they write again", async () => {
    const question = await ask("gone@mail.example");
    const id = await us.reply(question, "Here you are.");
    await settled(id);
    imap.deliver(
      `From: MAILER-DAEMON@mx.example\nReturn-Path: <>\nMessage-ID: <b-1@mx.example>\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; gone@mail.example\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 no such user\n--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <${id}.1@northwind.example>\n--b--\n`,
    );
    await eventually("the receipt", async () => (await us.delivery(id)).parts[0].receipt === "failed");
    const again = await us.reply(question, "And this?");
    expect((await settled(again, "failed")).error).toMatchObject({
      ...{ class: "recipient-unreachable", code: "unreachable", message: expect.stringContaining("550 no such user") },
    });
    expect(takenFor(again)).toEqual([]);
    town.clock.jump(60_000);
    await settled(await us.reply(await ask("gone@mail.example", {}, "I am back"), "Welcome back."));
  });

  it("believes a report of whom its mail went to, and not of others", async () => {
    const theirs = await us.reply(await ask("stranger@mail.example"), "Here you are.");
    await settled(theirs);
    const victim = await ask("victim@mail.example");
    imap.deliver(
      `From: MAILER-DAEMON@mx.example\nReturn-Path: <>\nMessage-ID: <b-2@mx.example>\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; victim@mail.example\nAction: failed\nStatus: 5.1.1\n--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <${theirs}.1@northwind.example>\n--b--\n`,
    );
    await eventually("the receipt", async () => (await us.delivery(theirs)).parts[0].receipt === "failed");
    const answer = await us.reply(victim, "And you?");
    await settled(answer);
    expect(takenFor(answer)).toHaveLength(1);
  });

  it("leaves nothing behind on a line that carries many mails", async () => {
    const warned: string[] = [];
    const hear = (warning: Error) => warned.push(warning.message);
    process.on("warning", hear);
    const lines = createPostLines({ of: async () => "" });
    const access = {
      ...{ channelId: us.channelId, externalId: SUPPORT, handle: SUPPORT },
      ...{ config: (await us.row()).config, secret: { password: "mailbox-password" } },
    };
    const mail = Buffer.from("Subject: one of many\r\n\r\nHello\r\n");
    try {
      for (let i = 0; i < 12; i++)
        expect(
          await lines.post(access, { from: SUPPORT, to: ["many@mail.example"] }, mail, AbortSignal.timeout(10_000)),
        ).toEqual({ state: "accepted", refused: [] });
      await new Promise((resolve) => setImmediate(resolve));
    } finally {
      process.off("warning", hear);
      lines.close();
    }
    expect(warned).toEqual([]);
  });

  it("carries the files that an agent attached", async () => {
    const question = await ask("files@mail.example");
    const sender = emailAdapter(town.clock).send!;
    const access = {
      ...{ channelId: us.channelId, externalId: SUPPORT, handle: SUPPORT },
      ...{ config: (await us.row()).config, secret: { password: "mailbox-password" } },
    };
    const file = { name: 'Rechnung "Köln"\r\nX-Evil: 1.pdf', mime: "application/pdf", bytes: 9, alt: null };
    const outcome = await sender.sendPart(
      access,
      {
        ...{ id: "d", threadKey: question.threadKey, audience: "private", createdAt: town.clock.now() },
        intent: { op: "message", toHandle: "files@mail.example", toAuthorId: "files@mail.example" },
      },
      {
        ...{ index: 0, clientId: "0193a7e0-0000-7000-8000-0000000000ff.1", text: "Here", previousExternalId: null },
        files: [{ ...file, read: async () => Buffer.from("%PDF-1.4\n") }],
      },
      createRateBudget(),
      AbortSignal.timeout(10_000),
    );
    expect(outcome).toMatchObject({ state: "sent", item: { attachments: [{ mime: "application/pdf" }] } });
    const raw = smtp.taken.at(-1)!.raw;
    expect(raw).toContain(Buffer.from("%PDF-1.4\n").toString("base64"));
    expect(raw).not.toMatch(/^X-Evil/m);
  });

  it("says that the sign-in for sending is refused", async () => {
    const question = await ask("auth@mail.example");
    smtp.faults.refuseSignIn = "535 5.7.8 no";
    await us.restart(emailAdapter(town.clock, { pollMs: 200 }));
    const id = await us.reply(question, "Hello");
    expect((await settled(id, "failed")).error).toMatchObject({ class: "auth" });
    smtp.faults.refuseSignIn = null;
    expect((await us.row()).state).toBe("needs-reauth");
  });
});
