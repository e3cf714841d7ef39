import { ImapFlow } from "imapflow";
import nodemailer from "nodemailer";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCli } from "../../../server/app/cli/run-cli.ts";
import { openSurf, type Surf, signIn } from "../../browser/surf.ts";
import type { ApiClient, Json } from "../../support/api-client.ts";
import { eventually } from "../../support/eventually.ts";
import { type Desk, MASTER_KEY, openDesk } from "../../support/server.ts";
import { storyOf } from "../../support/story.ts";
import { DOMAIN, type MailPeer, missing, startMail } from "./peer.ts";

const why = missing();
if (why) console.log(`email-desk: *not run*, because ${why}`);

const WAIT = 30_000;
const SUPPORT = `support@${DOMAIN}`;

describe.skipIf(why !== null)("e-mail on the desk: Dovecot and Exim", () => {
  let peer: MailPeer;
  let desk: Desk;
  let priya: ApiClient;
  beforeAll(async () => {
    peer = await startMail(["support", "carla", "rosa"]);
    desk = await openDesk({ startsAt: Date.now() });
    priya = await desk.as("priya");
  }, 180_000);
  afterAll(async () => {
    await desk?.stop();
    await peer?.stop();
  });

  async function connect(password: string, ...more: string[]) {
    const [out, err]: [string[], string[]] = [[], []];
    const code = await runCli(
      [
        ...["channel", "add", "email", "--address", SUPPORT, "--user", "support", "--smtp-user", "support"],
        ...["--imap-host", "127.0.0.1", "--imap-port", String(peer.imapPort), "--imap-security", "plain"],
        ...["--smtp-host", "127.0.0.1", "--smtp-port", String(peer.smtpPort), "--smtp-security", "plain"],
        ...["--private-network", "--plus-addresses", "--secrets-stdin", "--from-name", "Northwind Mobile"],
        ...more,
      ],
      {
        env: { DATABASE_URL: desk.database.url, HUBBUB_MASTER_KEY: MASTER_KEY },
        out: (line) => void out.push(line),
        err: (line) => void err.push(line),
        stdin: async () => `password=${password}\n`,
      },
    );
    return { code, out: out.join("\n"), err: err.join("\n") };
  }

  async function send(from: string, subject: string, text: string): Promise<string> {
    const user = /<?([a-z]+)@/.exec(from)![1]!;
    const transport = nodemailer.createTransport({
      ...{ host: "127.0.0.1", port: peer.smtpPort, secure: false, ignoreTLS: true },
      auth: { user, pass: peer.password },
    });
    try {
      return (await transport.sendMail({ from, to: SUPPORT, subject, text })).messageId;
    } finally {
      transport.close();
    }
  }

  async function mailsOf(user: string): Promise<{ inReplyTo: string; subject: string; raw: string }[]> {
    const client = new ImapFlow({
      ...{ host: "127.0.0.1", port: peer.imapPort, secure: false, doSTARTTLS: false, logger: false },
      auth: { user, pass: peer.password },
    });
    await client.connect();
    const found: { inReplyTo: string; subject: string; raw: string }[] = [];
    const { exists } = await client.mailboxOpen("INBOX", { readOnly: true });
    if (exists > 0)
      for await (const { envelope, source } of client.fetch("1:*", { envelope: true, source: true }))
        found.push({
          ...{ inReplyTo: envelope?.inReplyTo ?? "", subject: envelope?.subject ?? "" },
          raw: source?.toString() ?? "",
        });
    await client.logout();
    return found;
  }

  const cursor = (): Promise<Json[]> => desk.database.query("select 1 from channel_cursor where stream = 'mailbox'");

  it("is connected by one command, which says what is wrong and which half works", async () => {
    expect(await connect("not the password")).toMatchObject({
      ...{ code: 1, err: expect.stringContaining("--password: 127.0.0.1 does not know support with this password") },
    });
    const made = await connect(peer.password);
    expect(made, made.err).toMatchObject({ code: 0, out: expect.stringContaining(`Connected: ${SUPPORT}`) });
    for (const half of ["sign-in", "receive", "sent-folder", "send", "clock"])
      expect(made.out).toMatch(new RegExp(`ok {2}${half}:`));
    expect(made.out).not.toContain(peer.password);
    await eventually("the mailbox is read", async () => (await cursor()).length === 1, WAIT);
  });

  it("a mail is work, and its answer reaches the customer's mailbox once, in its thread", async () => {
    const asked = await send(`"Carla Ruiz" <carla@${DOMAIN}>`, "My bill", "My bill of October is wrong, please help.");
    const offer: Json = await eventually(
      "an offer",
      async () => {
        const { offers } = await priya.get("/api/offers");
        return offers.find((o: Json) => o.row.customer.name === "Carla Ruiz");
      },
      WAIT,
    );
    await priya.do("POST", `/api/offers/${offer.offerId}/accept`);
    const path = `/api/desk/conversations/${offer.row.conversationId}`;
    const stored: Json[] = await desk.database.query("select id from message where external_id = $1", [asked]);
    await eventually("the reply is taken", async () => {
      const view = await priya.get(path);
      const answer = await priya.send("POST", `${path}/replies`, {
        ...{ audience: "private", text: "We have corrected October.", answersMessageId: stored[0]!.id },
        ...{ expectedVersion: view.work?.version ?? view.version, resolveWith: null },
      });
      if (answer.status === 409) return false;
      expect(answer.status, answer.text).toBeLessThan(300);
      return true;
    });
    const mails = await eventually(
      "Carla has it",
      async () => {
        const found = await mailsOf("carla");
        return found.length > 0 && found;
      },
      WAIT,
    );
    await desk.quiet();
    expect(mails).toMatchObject([{ inReplyTo: asked, subject: expect.stringMatching(/^Re: My bill \[C-\d+\]$/) }]);
    expect(mails[0]!.raw).toContain("We have corrected October.");
    expect(await mailsOf("carla")).toHaveLength(1);
  });

  describe("in a browser", () => {
    let surf: Surf;
    beforeAll(async () => {
      surf = await openSurf();
      await storyOf(desk).clear();
    });
    afterAll(async () => {
      await surf?.close();
    });

    it("a mail is answered from the keyboard", { timeout: 120_000 }, async () => {
      const page: Page = await surf.window();
      await signIn(page, desk.url, "priya");
      const asked = await send(
        `"Rosa Keller" <rosa@${DOMAIN}>`,
        "No internet",
        "My internet is down since this morning, when does it work again?",
      );
      await page.getByRole("region", { name: /^Offer from Rosa Keller/ }).waitFor();
      await page.keyboard.press("t");
      await page.getByRole("feed").getByText("down since this morning").waitFor();
      await page.keyboard.press("p");
      const box = page.getByRole("textbox", { name: /^Private reply to/ });
      await box.waitFor();
      await eventually("the focus", () => box.evaluate((el) => el === document.activeElement));
      await page.keyboard.type("Sorry Rosa. The cable in your street is cut; it works again by noon.");
      await page.keyboard.press("Control+Enter");
      await page.getByRole("feed").getByText("it works again by noon").waitFor();
      const mails = await eventually(
        "Rosa has it",
        async () => {
          const found = await mailsOf("rosa");
          return found.length > 0 && found;
        },
        WAIT,
      );
      const shots = process.env.HUBBUB_SHOTS;
      if (shots) await page.screenshot({ path: `${shots}/email-answered.png` });
      expect(mails).toMatchObject([
        { inReplyTo: asked, subject: expect.stringMatching(/^Re: No internet \[C-\d+\]$/) },
      ]);
      expect(mails[0]!.raw.replace(/=\r\n/g, "")).toContain("it works again by noon");
      expect(surf.complaints()).toEqual([]);
    });
  });
});
