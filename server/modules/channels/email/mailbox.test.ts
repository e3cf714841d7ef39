import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { TEST_START } from "../../../../tests/support/database.ts";
import { eventually } from "../../../../tests/support/eventually.ts";
import { type MailCompany, type MailTown, openMailTown } from "../../../../tests/support/mail-town.ts";
import { type ScriptedImap, startScriptedImap } from "../../../../tests/support/scripted-imap.ts";
import { sql } from "../../../platform/db.ts";
import { startBackfill } from "../index.ts";
import { emailAdapter } from "./adapter.ts";

let town: MailTown;
beforeAll(async () => {
  town = await openMailTown(TEST_START);
});
afterAll(() => town?.close());

const SUPPORT = "support@northwind.example";
let imap: ScriptedImap;
let us: MailCompany;
const opened: { imap: ScriptedImap; us: MailCompany }[] = [];
afterAll(async () => {
  for (const one of opened) {
    await one.us.channels.close();
    await one.imap.close();
  }
});

async function openMailbox(config: object = {}): Promise<void> {
  imap = await startScriptedImap(() => new Date(town.clock.now()));
  us = await town.company({
    address: SUPPORT,
    config: {
      ...{ address: SUPPORT, plain: true, privateNetwork: true, plusAddresses: true },
      imap: { host: "127.0.0.1", port: imap.port, security: "plain" },
      ...config,
    },
    secret: { password: "mailbox-password", replyKey: "reply key" },
    adapter: emailAdapter(town.clock, { pollMs: 150 }),
  });
  opened.push({ imap, us });
}

let number = 0;
function mail(text: string, headers: Record<string, string> = {}): string {
  const all = {
    From: '"Carla Ruiz" <carla@mail.example>',
    To: SUPPORT,
    Subject: "My parcel",
    "Message-ID": `<mail-${++number}@mail.example>`,
    Date: "Tue, 17 Nov 2026 08:59:00 +0000",
    ...headers,
  };
  return `${Object.entries(all)
    .filter(([, value]) => value !== "")
    .map(([name, value]) => `${name}: ${value}`)
    .join("\n")}\n\n${text}\n`;
}

const texts = async () => (await us.messages()).map((m) => m.text).sort();
const until = (wanted: string[]) =>
  eventually(`messages ${wanted.join(", ")}`, async () => {
    expect(await texts()).toEqual([...wanted].sort());
    return true;
  });
const connected = () => eventually("the mailbox is read", () => us.cursor());

describe("a mailbox", () => {
  beforeEach(() => openMailbox());

  it("begins at the present, hears what comes by IDLE, and moves nobody's \\Seen", async () => {
    await eventually("it idles", () => imap.idling() > 0);
    const one = imap.deliver(mail("The first"));
    await until(["The first"]);
    expect(one.flags.size).toBe(0);
    expect(await us.messages()).toMatchObject([
      { kind: "email", visibility: "private", direction: "in", authorName: "Carla Ruiz", subject: "My parcel" },
    ]);
    expect(await us.cursor()).toMatchObject({ folders: { INBOX: { validity: "1000", next: 2 } } });
    expect(imap.commands.filter((c) => /FETCH.*BODY(?!\.PEEK)/.test(c))).toEqual([]);
  });

  it("hears what came while nobody listened", async () => {
    await connected();
    await us.channels.close();
    imap.deliver(mail("Between"));
    await us.restart();
    await until(["Between"]);
  });

  it("reads on where the line was cut in the middle of a mail", async () => {
    await connected();
    imap.faults.dropInFetch = 20;
    imap.deliver(mail("Cut"));
    imap.deliver(mail("Whole"));
    await until(["Cut", "Whole"]);
  });

  it("opens a new line after BYE", async () => {
    await connected();
    imap.faults.bye = "shutting down";
    imap.deliver(mail("After the goodbye"));
    await until(["After the goodbye"]);
  });

  it("tells mails apart by Message-ID when their UIDs were given out anew", async () => {
    await connected();
    imap.deliver(mail("One"));
    imap.deliver(mail("Two"));
    await until(["One", "Two"]);
    const before = await us.rows(sql`select id from raw_inbox where account_id = ${us.accountId}`);
    imap.renumber();
    imap.deliver(mail("Three"));
    await until(["One", "Three", "Two"]);
    const gaps = () =>
      us.rows(sql`select reason, filled_at is not null as closed from channel_gap where account_id = ${us.accountId}`);
    await eventually("the rescan has ended", async () => (await gaps()).some((gap) => gap.closed));
    // Read once more was only the new one.
    expect(await us.rows(sql`select id from raw_inbox where account_id = ${us.accountId}`)).toHaveLength(
      before.length + 1,
    );
    expect(await gaps()).toEqual([{ reason: "uidvalidity-changed", closed: true }]);
    expect((await us.cursor()).folders.INBOX.rescan).toBeFalsy();
    expect((await us.cursor()).folders.INBOX).toMatchObject({ validity: "1001", next: 4 });
  });

  it("is not held up by a mail that the server cannot give, and puts aside what names no sender", async () => {
    await connected();
    const damaged = imap.deliver(mail("Damaged"));
    imap.faults.refuseUids.add(damaged.uid);
    imap.deliver(mail("No sender", { From: "" }));
    imap.deliver(mail("Good"));
    await until(["Good"]);
    const quarantine = await us.rows(sql`select state from raw_inbox where account_id = ${us.accountId}`);
    expect(quarantine.map((r) => r.state)).toContain("quarantined");
  });

  it("passes over no mail because the server is out of order for a while", async () => {
    await connected();
    imap.faults.unavailable = 2;
    imap.deliver(mail("First"));
    imap.deliver(mail("Second"));
    await until(["First", "Second"]);
    expect(imap.faults.unavailable).toBe(0);
  });

  it("hangs up on a server that lies about lengths, and leaves that mail out after three tries", async () => {
    await connected();
    imap.faults.lieAboutLiteral = 900_000_000;
    imap.deliver(mail("A lie"));
    await eventually("it gave up", async () => (await us.cursor()).folders.INBOX.next === 2, 30_000);
    imap.faults.lieAboutLiteral = null;
    imap.deliver(mail("The truth"));
    await until(["The truth"]);
  }, 40_000);

  it("shows a placeholder for a mail over 25 MB", async () => {
    await connected();
    imap.faults.lieAboutSize = 31_000_000;
    imap.deliver(mail("Huge"));
    const [huge] = await eventually("the placeholder", async () => {
      const all = await us.messages();
      return all.length > 0 && all;
    });
    expect(huge).toMatchObject({ unsupported: "too-large", subject: "My parcel", authorId: "carla@mail.example" });
    expect(huge!.text).toBe("");
  });

  it("is one message however often the same mail lies in the box", async () => {
    await connected();
    const same = mail("Twice", { "Message-ID": "<same@mail.example>" });
    imap.deliver(same);
    imap.deliver(same.replace(SUPPORT, "sales@northwind.example"));
    imap.deliver(mail("Last"));
    await until(["Last", "Twice"]);
  });

  it("reads the Sent folder, too: an answer written elsewhere is ours, and answers what it answers", async () => {
    await connected();
    imap.deliver(mail("Question", { "Message-ID": "<q@mail.example>" }));
    await until(["Question"]);
    imap.deliver(
      mail("From Outlook\n\n-- \nPriya", {
        ...{ From: SUPPORT, To: "carla@mail.example", "Message-ID": "<o@northwind.example>" },
        ...{ "In-Reply-To": "<q@mail.example>", References: "<q@mail.example>" },
      }),
      "Sent",
    );
    await until(["From Outlook", "Question"]);
    expect((await us.messages()).find((m) => m.externalId === "<o@northwind.example>")).toMatchObject({
      ...{
        direction: "out",
        parentExternalId: "<q@mail.example>",
        threadKey: "mail:<q@mail.example>",
        deliveryId: null,
      },
    });
  });

  it("does not believe a mail that only says that it is from us", async () => {
    await openMailbox({ authserv: "mx.northwind.example" });
    await connected();
    // Anybody can write such a line; only a server that takes forged ones of its name out is believed.
    const claimed = "mx.evil.example; dkim=pass header.d=northwind.example";
    imap.deliver(mail("I vouch for me", { From: SUPPORT, "Authentication-Results": claimed }));
    imap.deliver(mail("I am you", { From: SUPPORT, "Message-ID": "<forged@evil.example>" }));
    const vouched = "mx.northwind.example; dkim=pass header.d=northwind.example; spf=none";
    imap.deliver(mail("It is us", { From: SUPPORT, "Authentication-Results": vouched }));
    await until(["I am you", "I vouch for me", "It is us"]);
    const all = await us.messages();
    expect(all.find((m) => m.text === "I am you")).toMatchObject({
      ...{ direction: "in", automated: "own-address", externalId: "unproven:<forged@evil.example>" },
    });
    expect(all.find((m) => m.text === "I vouch for me")).toMatchObject({ direction: "in", automated: "own-address" });
    expect(all.find((m) => m.text === "It is us")).toMatchObject({ direction: "out", automated: null });
  });

  it("takes what comes faster than people write for a machine", async () => {
    await connected();
    const Received =
      "from out.loop.example (out.loop.example [8.8.4.4]) by mx.northwind.example; Tue, 17 Nov 2026 08:59:00 +0000";
    for (let i = 0; i < 33; i++) imap.deliver(mail(`Loop ${i}`, { From: "bot@loop.example", Received }));
    const all = await eventually("all of them", async () => {
      const found = await us.messages();
      return found.length === 33 && found;
    });
    expect(all.filter((m) => m.automated === "loop")).toHaveLength(3);
  });

  it("brings the history in when somebody asks for it, and it opens no work", async () => {
    await connected();
    await us.channels.close();
    for (let i = 0; i < 25; i++) imap.deliver(mail(`Old ${i}`, { Date: "Mon, 05 Jan 2026 10:00:00 +0000" }));
    imap.deliver(mail("Filed long ago", { From: SUPPORT, To: "carla@mail.example" }), "Sent");
    // As if all of it had lain there before.
    await us.rows(
      sql`update channel_cursor set value = ${JSON.stringify({ folders: { INBOX: { validity: "1000", next: 26, since: new Date(TEST_START) }, Sent: { validity: "1000", next: 2, since: new Date(TEST_START) } } })} where account_id = ${us.accountId} returning version`,
    );
    await us.act((tx) => startBackfill(tx, us.channelId));
    await us.restart();
    const all = await eventually("all of it", async () => {
      const found = await us.messages();
      return found.length === 26 && found;
    });
    expect(all.every((m) => m.backfilled)).toBe(true);
    expect(all.filter((m) => m.direction === "out")).toHaveLength(1);
  });

  it("says that the sign-in is refused, and connects no more until somebody has looked", async () => {
    await connected();
    await us.channels.close();
    imap.password = "another one";
    await us.restart();
    await eventually("needs-reauth", async () => (await us.row()).state === "needs-reauth");
    expect((await us.row()).trouble).toContain("does not accept the sign-in");
  });
});

describe("after reading", () => {
  it("moves what is stored, and nothing before", async () => {
    await openMailbox({ after: { do: "move", to: "Done" } });
    await connected();
    imap.deliver(mail("Move me"));
    await until(["Move me"]);
    await eventually("it is moved", () => imap.box("Done").length === 1 && imap.box().length === 0);
  });

  it("marks as read, where that is wanted", async () => {
    await openMailbox({ after: { do: "seen" } });
    await connected();
    const one = imap.deliver(mail("Read me"));
    await eventually("it is marked", () => one.flags.has("\\Seen"));
    await until(["Read me"]);
  });

  it("works without IDLE, and with a folder that is not there", async () => {
    await openMailbox({ folders: ["INBOX", "Nowhere"] });
    imap.capabilities = "IMAP4rev1 AUTH=PLAIN";
    await connected();
    imap.deliver(mail("Polled"));
    await until(["Polled"]);
  });
});
