import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { ImapFlow } from "imapflow";
import nodemailer, { type SendMailOptions } from "nodemailer";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import type { Message } from "../../../server/modules/channels/index.ts";
import { eventually } from "../../support/eventually.ts";
import { KEY_RING, type MailCompany, type MailTown, openMailTown } from "../../support/mail-town.ts";
import { DOMAIN, type MailPeer, missing, startMail } from "./peer.ts";

const why = missing();
if (why) console.log(`email: *not run*, because ${why}`);

const WAIT = 30_000;
const SUPPORT = `support@${DOMAIN}`;
const CARLA = `carla@${DOMAIN}`;

describe.skipIf(why !== null)("e-mail: Dovecot and Exim", () => {
  let peer: MailPeer;
  let town: MailTown;
  let us: MailCompany;
  beforeAll(async () => {
    peer = await startMail(["support", "carla", "dora"]);
    town = await openMailTown(Date.now());
    us = await town.company({
      address: SUPPORT,
      config: {
        ...{ address: SUPPORT, user: "support", smtpUser: "support", fromName: "Northwind Support" },
        imap: { host: "127.0.0.1", port: peer.imapPort, security: "plain" },
        smtp: { host: "127.0.0.1", port: peer.smtpPort, security: "plain" },
        ...{
          plain: true,
          privateNetwork: true,
          plusAddresses: true,
          signature: "Northwind Mobile\nwww.northwind.example",
        },
      },
      secret: { password: peer.password, replyKey: "a key of this test" },
    });
    await eventually("the mailbox is read", () => us.cursor(), WAIT);
  }, 60_000);
  afterAll(async () => {
    await town?.close();
    await peer?.stop();
  });

  /** Carla's own mail program: SMTP out, IMAP in. */
  async function send(mail: SendMailOptions, user = "carla"): Promise<string> {
    const transport = nodemailer.createTransport({
      ...{ host: "127.0.0.1", port: peer.smtpPort, secure: false, ignoreTLS: true },
      auth: { user, pass: peer.password },
    });
    try {
      const info = await transport.sendMail({ from: `"Carla Ruíz" <${CARLA}>`, to: SUPPORT, ...mail });
      return info.messageId;
    } finally {
      transport.close();
    }
  }

  async function inMailbox<T>(user: string, run: (client: ImapFlow) => Promise<T>): Promise<T> {
    const client = new ImapFlow({
      ...{ host: "127.0.0.1", port: peer.imapPort, secure: false, doSTARTTLS: false, logger: false },
      auth: { user, pass: peer.password },
    });
    await client.connect();
    try {
      return await run(client);
    } finally {
      await client.logout();
    }
  }

  interface Found {
    messageId: string;
    inReplyTo: string;
    subject: string;
    raw: string;
    flags: string[];
  }
  const mailsIn = (user: string, folder = "INBOX"): Promise<Found[]> =>
    inMailbox(user, async (client) => {
      const { exists } = await client.mailboxOpen(folder, { readOnly: true });
      const found: Found[] = [];
      if (exists > 0)
        for await (const m of client.fetch("1:*", { envelope: true, source: true, flags: true }))
          found.push({
            messageId: m.envelope?.messageId ?? "",
            inReplyTo: m.envelope?.inReplyTo ?? "",
            subject: m.envelope?.subject ?? "",
            raw: m.source?.toString() ?? "",
            flags: [...(m.flags ?? [])],
          });
      return found;
    });

  const stored = (id: string): Promise<Message> =>
    eventually(`${id} is stored`, async () => (await us.messages()).find((m) => m.externalId === id), WAIT);
  const sent = (id: string) =>
    eventually(
      `${id} is sent`,
      async () => ((await us.delivery(id)).state === "sent" ? us.delivery(id) : undefined),
      WAIT,
    );

  it("hears a mail by IDLE, answers it through the outbox, and the customer has the answer once, in the right thread", async () => {
    const asked = await send({ subject: "Wo bleibt mein Paket? – Größe L", text: "Hello, parcel 48213 is late." });
    const question = await stored(asked);
    expect(question).toMatchObject({
      ...{ text: "Hello, parcel 48213 is late.", subject: "Wo bleibt mein Paket? – Größe L" },
      ...{ authorId: CARLA, authorName: "Carla Ruíz", direction: "in", threadKey: `mail:${asked}` },
    });
    const id = await us.reply(question, "It comes tomorrow.\n\nGreetings, Priya");
    const { parts } = await sent(id);
    const answers = await eventually(
      "Carla has the answer",
      async () => {
        const mails = await mailsIn("carla");
        return mails.length > 0 ? mails : undefined;
      },
      WAIT,
    );
    expect(answers).toMatchObject([
      { messageId: `<${id}.1@${DOMAIN}>`, inReplyTo: asked, subject: "Re: Wo bleibt mein Paket? – Größe L" },
    ]);
    expect(parts).toMatchObject([{ external_id: `<${id}.1@${DOMAIN}>`, state: "sent" }]);
    expect(answers[0]!.raw).toContain("> Hello, parcel 48213 is late.");
    expect(answers[0]!.raw).toContain("www.northwind.example");
    // Filed once, and the copy that is read back is the same message.
    expect((await mailsIn("support", "Sent")).map((m) => m.messageId)).toEqual([`<${id}.1@${DOMAIN}>`]);
    // Nobody's \Seen was touched.
    expect((await mailsIn("support")).map((m) => m.flags)).toEqual([[]]);
  });

  it("follows the thread when the customer answers to the reply address, with her program's quotation folded", async () => {
    const [ours] = await mailsIn("carla");
    const replyTo = /^Reply-To:.*?([^\s<>"]+@[^\s<>"]+)/im.exec(ours!.raw.replace(/\r?\n\s+/g, " "))![1]!;
    expect(replyTo).toMatch(/^support\+r-[a-z2-7]+@mail\.test$/);
    // A program that forgets In-Reply-To and References: the address alone says it.
    const id = await send({
      to: replyTo,
      subject: "parcel",
      text: "Thank you!\n\nOn 2026-11-22 at 10:00 UTC, Northwind Support wrote:\n> It comes tomorrow.\n",
    });
    expect(await stored(id)).toMatchObject({
      ...{ text: "Thank you!", parentExternalId: ours!.messageId, addressedTo: [SUPPORT] },
    });
  });

  it("sees an answer written in another mail program in the Sent folder", async () => {
    const asked = await send({ subject: "Second matter", text: "Is my invoice right?" });
    await stored(asked);
    const id = `<outlook-1@${DOMAIN}>`;
    await inMailbox("support", (client) =>
      client.append(
        "Sent",
        `From: Northwind <${SUPPORT}>\r\nTo: ${CARLA}\r\nSubject: RE: Second matter\r\nMessage-ID: ${id}\r\nIn-Reply-To: ${asked}\r\nReferences: ${asked}\r\nDate: ${new Date().toUTCString()}\r\n\r\nYes, it is.\r\n`,
        ["\\Seen"],
      ),
    );
    // INBOX is told of at once, the Sent folder is looked at between: a mail wakes the reader.
    await send({ subject: "wake", text: "wake" });
    expect(await stored(id)).toMatchObject({
      direction: "out",
      parentExternalId: asked,
      deliveryId: null,
      text: "Yes, it is.",
    });
  });

  it("answers once although the sender is killed between the server's word and our own", async () => {
    const asked = await send({ from: `dora@${DOMAIN}`, subject: "Third matter", text: "Are you there?" });
    const question = await stored(asked);
    await us.channels.close();
    const id = await us.reply(question, "We are.");
    const child = spawn(
      process.execPath,
      [
        join(import.meta.dirname, "dying-sender.ts"),
        ...[JSON.stringify(inject("database")), Buffer.from(KEY_RING).toString("hex"), us.accountId],
      ],
      { stdio: ["ignore", "ignore", "inherit"] },
    );
    const [, signal] = await once(child, "exit");
    expect(signal).toBe("SIGKILL");
    expect((await us.delivery(id)).state).toBe("in-flight");
    await us.restart();
    // Until the claim has run out nobody knows that its sender is dead.
    us.clock.jump(60_000);
    expect((await sent(id)).parts).toMatchObject([{ state: "sent", external_id: `<${id}.1@${DOMAIN}>` }]);
    await eventually("Dora has it", async () => (await mailsIn("dora")).length > 0, WAIT);
    expect(await mailsIn("dora")).toMatchObject([{ messageId: `<${id}.1@${DOMAIN}>`, inReplyTo: asked }]);
    expect((await us.messages()).filter((m) => m.externalId === `<${id}.1@${DOMAIN}>`)).toHaveLength(1);
  });

  it("learns from the other server's report that an address does not exist", async () => {
    const asked = await send({ from: `gone@${DOMAIN}`, subject: "Write to me", text: "I will be gone." });
    const id = await us.reply(await stored(asked), "Here you are.");
    await sent(id);
    await eventually("the receipt", async () => (await us.delivery(id)).parts[0].receipt === "failed", WAIT);
    expect((await us.messages()).find((m) => m.automated === "bounce")).toMatchObject({
      parentExternalId: `<${id}.1@${DOMAIN}>`,
    });
  });
});
