import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { expect, it, onTestFinished } from "vitest";
import { contentHash } from "../../server/app/content-hash.ts";
import { connectChannel } from "../../server/modules/channels/index.ts";
import { HOUR, MINUTE } from "../../server/platform/clock.ts";
import type { Json } from "../support/api-client.ts";
import { startScriptedImap } from "../support/scripted-imap.ts";
import { isFocused, PHONE, signIn, speak, until, WIDE } from "./surf.ts";
import { surfedDesk } from "./surfed-desk.ts";
import { chooseOther, opened, words as said, takeBackLast } from "./together.ts";

// The browser's clock cannot be moved: the story begins so long ago that it ends before the present.
const here = surfedDesk({ startsAt: Date.now() - 7 * HOUR });

const POST = "@northwind my internet is down since this morning, when will it work again?";
const DM = "here I am. It is order B20418. You may write to me as well, my e-mail is ines.rocha@post.example";
const BOX = "help@northwind.example";
const MAIL = "As you asked on the phone: the number under the box of order B20418 is 7731.";
const THANKS = "@northwind thank you so much, it works!";
const AGAIN = "@northwind it is down again since an hour, order B20418, please help!";
const WORK = "@northwind nobody in our office can work, the internet of order B77120 is gone, when is it back?";

type Figure = { value: number | null; n: number };

it("a public post, a DM, a call, a mail and thanks are one conversation; merged, split and put back, and the figures agree at every step", {
  timeout: 240_000,
}, async () => {
  const { desk, story, surf } = here;
  await desk.presence("dana", "offline");
  const began = desk.clock.now();
  const marek = await desk.as("marek");
  const hash = async () => {
    await desk.quiet();
    return (await contentHash(desk.db, desk.company.accountId)).hash;
  };

  /** A stretch between two acts, as the journeyed clock tells it: at least what was travelled, at most what passed in all. */
  const passed = (travelled: number, since: number) => ({ least: travelled * MINUTE, most: desk.clock.now() - since });
  async function figures(): Promise<(key: string) => Figure> {
    await desk.quiet();
    const all = (await marek.get(`/api/insights/figures?${span()}`)).figures as Json[];
    return (key) => {
      const { value, rows: n } = all.find((f) => f.key === key)!;
      return { value, n };
    };
  }
  const span = () =>
    `from=${new Date(began - MINUTE).toISOString()}&to=${new Date(desk.clock.now() + 1).toISOString()}`;
  /** The counts of the story so far, worked out by hand beside each step, and the ways that conversations took. */
  async function expectCounts(counts: Record<string, Partial<Figure>>, ways: readonly string[]): Promise<void> {
    const of = await figures();
    const seen = Object.fromEntries(Object.keys(counts).map((key) => [key, of(key)]));
    expect(seen).toMatchObject(counts);
    const { items } = await marek.get(`/api/insights/rows?${span()}&key=media-shift-share`);
    expect(items.map((row: Json) => row.note).sort()).toEqual([...ways].sort());
  }
  async function expectMiddle(key: string, n: number, time: { least: number; most: number }): Promise<void> {
    const found = (await figures())(key);
    expect(found.n).toBe(n);
    expect(found.value).toBeGreaterThanOrEqual(time.least);
    expect(found.value).toBeLessThanOrEqual(time.most);
  }

  const imap = await startScriptedImap(() => new Date(desk.clock.now()));
  onTestFinished(() => imap.close());
  await desk.db.withAccount(desk.company.accountId, (tx) =>
    connectChannel(tx, {
      ...{ brandId: desk.company.brandId, network: "email", name: "Help", handle: BOX, externalId: BOX },
      config: { ...MAILBOX, imap: { host: "127.0.0.1", port: imap.port, security: "plain" } },
      secret: { password: imap.password, replyKey: "reply key" },
    }),
  );
  await until("the mailbox is read", async () => imap.idling() > 0);
  const page = await surf.window();
  const customer = await surf.window({ viewport: PHONE });
  await signIn(page, desk.url, "priya");

  // She says it in public. One message, one episode, which waits.
  const asked = desk.clock.now();
  await speak(customer, desk.network.playground.url, { name: "Ines Rocha", handle: "ines_rocha" }, POST);
  await page.getByRole("region", { name: /^Offer from Ines Rocha/ }).waitFor();
  await page.keyboard.press("t");
  await said(page, /^Ines Rocha, in public/).waitFor();
  const id = opened(page);
  await expectCounts(
    {
      ...{ "messages-in": { value: 1 }, "episodes-opened": { value: 1 }, "conversations-worked": { value: 1 } },
      ...{ "customers-served": { value: 1 }, backlog: { value: 1 }, "first-response": { value: null, n: 0 } },
      ...{ "media-shift-share": { value: 0, n: 1 }, "invites-sent": { value: 0 } },
    },
    ["public"],
  );

  // Forty minutes later she is invited, in public, to a DM: that is the first answer.
  desk.travel(40 * MINUTE);
  await page.getByRole("button", { name: "Where to invite them" }).waitFor();
  await page.keyboard.press("v");
  const answer = page.getByRole("textbox", { name: "Public reply on Playground" });
  await until("the invitation is written", async () => /\/i\/[0-9A-Z]{12}\./.test(await answer.inputValue()));
  await page.keyboard.press("Control+Enter");
  await page.getByText(/^Invited to DM by Priya Nair/).waitFor();
  await expectMiddle("first-response", 1, passed(40, began));
  await expectCounts({ "messages-in": { value: 1 }, "invites-sent": { value: 1 }, backlog: { value: 1 } }, ["public"]);

  // Twenty minutes later she opens the link and writes in private: verified, the same conversation, one change of medium.
  desk.travel(20 * MINUTE);
  await customer.reload();
  const link = customer.getByRole("link", { name: /\/i\/[0-9A-Z]{12}\./ }).first();
  await customer.goto((await link.getAttribute("href"))!);
  await customer.getByRole("link", { name: /@northwind .*: Open$/ }).click();
  const words = customer.getByLabel("Message to Northwind Mobile");
  await words.press("End");
  await words.pressSequentially(` ${DM}`);
  const wrote = desk.clock.now();
  await customer.getByRole("button", { name: "Send" }).click();
  await page.getByText("verified by invite").waitFor();
  expect(opened(page)).toBe(id);
  await expectCounts(
    {
      ...{ "messages-in": { value: 2 }, "episodes-opened": { value: 1 }, "media-shift-share": { value: 1, n: 1 } },
      ...{ "invites-opened": { value: 1, n: 1 }, "invites-returned": { value: 1, n: 1 } },
    },
    ["public → dm"],
  );
  expect((await marek.get(`/api/insights/moves?${span()}`)).rows).toMatchObject([
    { destination: "dm", sent: 1, opened: 1, returned: 1, elsewhere: 0, ended: 0, outcomes: [] },
  ]);

  // She is answered there after five minutes: the only later question, so that is the middle of them.
  desk.travel(5 * MINUTE);
  await write(page, "p", page.getByRole("textbox", { name: "Private reply to Ines Rocha" }), "It works again at four.");
  await said(page, /^Priya Nair, in private/)
    .getByText("It works again at four.")
    .waitFor();
  await expectMiddle("next-response", 1, passed(5, wrote));

  // An hour later they speak on the telephone, which Priya writes down: the second change.
  desk.travel(60 * MINUTE);
  await page.keyboard.press("n");
  await page.getByRole("button", { name: "Write down a call" }).click();
  await page.getByLabel("Minutes").fill("6");
  await page.getByLabel("What was said?").fill("Walked her through a restart of the box.");
  await page.getByRole("button", { name: "Write it down" }).click();
  await page.getByRole("feed").getByText("Walked her through a restart of the box.").waitFor();
  await expectCounts(
    { "messages-in": { value: 2 }, "media-shift-share": { value: 1, n: 1 }, "next-response": { n: 1 } },
    ["public → dm → phone"],
  );

  // Another hour later a mail comes from the address she named in private: known by it, in the same episode, the third change. It waits.
  desk.travel(60 * MINUTE);
  imap.deliver(mailOf(MAIL, new Date(desk.clock.now())), "INBOX", new Date(desk.clock.now()));
  await page.getByRole("feed").getByText("under the box").waitFor();
  await shoot(page, "mail");
  await expectCounts(
    {
      ...{ "messages-in": { value: 3 }, "episodes-opened": { value: 1 }, "conversations-worked": { value: 1 } },
      ...{ backlog: { value: 1 }, "next-response": { n: 1 }, resolution: { value: null, n: 0 } },
    },
    ["public → dm → phone → email"],
  );

  // Ten minutes later those who read along hear how it ended, and it is done: 195 minutes after the first word.
  desk.travel(10 * MINUTE);
  await page.keyboard.press("p");
  await page.getByRole("button", { name: "Write the closing note" }).click();
  await until("the closing note stands there", async () => (await answer.inputValue()).includes("in private"));
  await page.keyboard.press("Control+Enter");
  await said(page, /^Priya Nair, in public/)
    .getByText("sorted this out in private")
    .waitFor();
  await page.keyboard.press("e");
  await page
    .getByText(/^Resolved: /)
    .first()
    .waitFor();
  await expectMiddle("resolution", 1, passed(195, asked));
  await expectCounts(
    {
      ...{ backlog: { value: 0 }, "settled-share": { value: 1, n: 1 }, "first-contact-resolution": { value: 1, n: 1 } },
      ...{ "thanked-share": { value: 0, n: 1 }, "transfer-share": { value: 0, n: 1 } },
    },
    ["public → dm → phone → email → public"],
  );
  // The mail was answered by it: of 5 and 10 minutes the middle lies between.
  await expectMiddle("next-response", 2, half(passed(15, wrote)));
  expect((await marek.get(`/api/insights/moves?${span()}`)).rows[0].outcomes).toMatchObject([{ count: 1 }]);

  // Half an hour later she says thanks in public: counted, and no work.
  desk.travel(30 * MINUTE);
  await sayMore(customer, desk.network.playground.url, THANKS);
  await expectCounts(
    {
      ...{ "messages-in": { value: 4 }, "episodes-opened": { value: 1 }, backlog: { value: 0 } },
      ...{ "thanked-share": { value: 1, n: 1 }, "settled-share": { value: 1, n: 1 } },
    },
    ["public → dm → phone → email → public"],
  );

  // An hour later it is down again: a return inside the window, so nothing was settled at the first contact after all.
  desk.travel(60 * MINUTE);
  const back = desk.clock.now();
  await sayMore(customer, desk.network.playground.url, AGAIN);
  await desk.quiet();
  await page.getByRole("region", { name: /^Offer from Ines Rocha/ }).waitFor();
  await page.keyboard.press("t");
  await said(page, /^Ines Rocha, in public/)
    .getByText("down again")
    .waitFor();
  expect(opened(page)).toBe(id);

  // Fifteen minutes later it is answered and ended: the middles of 40 and 15, and of 195 and 15, lie between them.
  desk.travel(15 * MINUTE);
  await write(page, "r", answer, "Sorry Ines! The line in your street was cut again; it is mended.");
  await said(page, /^Priya Nair, in public/)
    .getByText("was cut again")
    .waitFor();
  await page.keyboard.press("e");
  await until("both episodes are ended", async () => (await figures())("backlog").value === 0);
  await expectCounts(
    {
      ...{ "messages-in": { value: 5 }, "episodes-opened": { value: 2 }, "conversations-worked": { value: 1 } },
      ...{ "customers-served": { value: 1 }, "settled-share": { value: 0.5, n: 2 }, "thanked-share": { n: 1 } },
      "first-contact-resolution": { value: 0, n: 1 },
    },
    ["public → dm → phone → email → public"],
  );
  await expectMiddle("first-response", 2, half(passed(55, began)));
  await expectMiddle("resolution", 2, half(passed(195 + 15, asked)));
  await page.goto(`${desk.url}/desk/${id}`);
  await said(page).first().waitFor();
  expect(await ribbon(page)).toEqual([
    "1 Public",
    "2 Public",
    "3 Private",
    "2 more",
    "6 Public",
    "7 Public",
    "8 Public",
  ]);
  const { bursts, episodes } = await story.view(id);
  expect(bursts.map((b: Json) => [b.mark.network, b.messages])).toEqual([
    ["playground", 1],
    ["playground", 1],
    ["playground", 2],
    ["phone", 1],
    ["email", 1],
    ["playground", 1],
    ["playground", 1],
    ["playground", 2],
  ]);
  expect(episodes.map((e: Json) => e.state)).toEqual(["done", "done"]);
  const returned = episodes.find((e: Json) => e.reopens !== null);
  expect(episodes.filter((e: Json) => e.reopens === null)).toMatchObject([{ id: returned.reopens }]);

  // Five minutes later she writes from a second handle, at work: nobody knows that it is she. Ten minutes, and it is answered.
  desk.travel(5 * MINUTE);
  await customer.context().clearCookies();
  await speak(customer, desk.network.playground.url, { name: "Ines Rocha", handle: "ines_at_work" }, WORK);
  await page.getByRole("region", { name: /^Offer from Ines Rocha/ }).waitFor();
  await page.keyboard.press("t");
  await said(page, /^Ines Rocha, in public/)
    .getByText("in our office")
    .waitFor();
  const otherId = opened(page);
  desk.travel(10 * MINUTE);
  await write(page, "r", answer, "Sorry! We look at the line of your office as well.");
  await said(page, /^Priya Nair, in public/)
    .getByText("line of your office")
    .waitFor();
  const apart = {
    "messages-in": { value: 6 },
    "episodes-opened": { value: 3 },
    "customers-served": { value: 2 },
    backlog: { value: 1 },
  };
  const two = ["public → dm → phone → email → public", "public"];
  await expectCounts(
    { ...apart, "conversations-worked": { value: 2 }, "media-shift-share": { value: 0.5, n: 2 } },
    two,
  );
  // Of 40, 15 and 10 minutes the middle is 15.
  await expectMiddle("first-response", 3, passed(15, back));

  // The two are one matter: merged. As many episodes and messages as before, one conversation, and nobody is joined by it.
  const start = await hash();
  const number = (await story.view(otherId)).number;
  await page.goto(`${desk.url}/desk/${id}`);
  await said(page).first().waitFor();
  const merge = await chooseOther(page, "m", { number, says: "in our office" });
  await shoot(page, "merge");
  await page.keyboard.press("Enter");
  await until("the dialog is gone", async () => (await merge.count()) === 0);
  await said(page, /^Ines Rocha, in public/)
    .getByText("in our office")
    .waitFor();
  // That the two of them may be one person is a question from now on, and nothing more.
  await page.getByText(/^Conversations merged by Priya Nair: C-\d+ into C-\d+\.$/).waitFor();
  await shoot(page, "merged");
  await expectCounts({ ...apart, "conversations-worked": { value: 1 }, "media-shift-share": { value: 1, n: 1 } }, [
    two[0]!,
  ]);
  await expectMiddle("first-response", 3, passed(15, back));
  const merged = await hash();

  // The mail was another matter: split off. The work it was part of is done, so it begins none; it is no step of that way any more, and
  // no question that was answered there.
  const mail = said(page, /in private/).filter({ hasText: "under the box" });
  await mail.focus();
  await page.keyboard.press("x");
  await page.keyboard.press("Shift+S");
  const split = page.getByRole("dialog", { name: "Split off as a new conversation" });
  await split.getByText("It can be taken back at any time.").waitFor();
  await shoot(page, "split");
  await page.keyboard.press("Enter");
  await until("it is out", async () => (await mail.count()) === 0);
  await until("the dialog is gone", async () => (await split.count()) === 0);
  await expectCounts({ ...apart, "conversations-worked": { value: 1 }, "media-shift-share": { value: 1, n: 1 } }, [
    "public → dm → phone → public",
  ]);
  await expectMiddle("first-response", 3, passed(15, back));
  await expectMiddle("next-response", 1, passed(5, wrote));

  // Both are taken back, the last first: everything is as it was.
  await page.keyboard.press("z");
  await mail.waitFor();
  expect(await hash()).toBe(merged);
  await takeBackLast(page);
  await until(
    "her office is a matter of its own",
    async () =>
      (await said(page, /^Ines Rocha/)
        .filter({ hasText: "in our office" })
        .count()) === 0,
  );
  expect(await hash()).toBe(start);
  await until("nobody asks any more", async () => (await page.getByText(/^Conversations merged by/).count()) === 0);
  await expectCounts(
    { ...apart, "conversations-worked": { value: 2 }, "media-shift-share": { value: 0.5, n: 2 } },
    two,
  );
  await expectMiddle("first-response", 3, passed(15, back));
  await expectMiddle("next-response", 2, half(passed(15, wrote)));

  // Of who was asked to come by DM one came, as asked, and was answered.
  await page.goto(`${desk.url}/insights?span=7-days&figure=invites-returned`);
  const moves = page.getByRole("table", { name: "From public to private" }).getByRole("row").nth(1);
  await moves.waitFor();
  expect(await moves.getByRole("cell").allInnerTexts()).toEqual(["1", "1", "1", "1 answered"]);
  await shoot(page, "insights");
});

/** A mailbox on this machine: no line to anybody else. */
const MAILBOX = { address: BOX, plain: true, privateNetwork: true, plusAddresses: true };
const mailOf = (text: string, at: Date) =>
  [
    "From: Ines Rocha <ines.rocha@post.example>",
    `To: ${BOX}`,
    "Subject: Order B20418",
    "Message-ID: <one@post.example>",
    `Date: ${at.toUTCString()}`,
    "",
    text,
    "",
  ].join("\n");

/** The network knows by now who it is. */
async function sayMore(page: Page, network: string, text: string): Promise<void> {
  await page.goto(network);
  await page.getByLabel("What would you like to say?").fill(text);
  await page.getByRole("button", { name: "Post", exact: true }).click();
  await page.getByRole("article").getByText(text.slice(12)).first().waitFor();
}
const half = (time: { least: number; most: number }) => ({ least: time.least / 2, most: time.most / 2 });
const ribbon = (page: Page) =>
  page
    .getByRole("navigation", { name: "Bursts of this conversation" })
    .evaluate((all) => [...all.querySelectorAll("b, [class*=folded]")].map((one) => one.textContent));

async function write(page: Page, key: string, field: Locator, text: string): Promise<void> {
  await page.keyboard.press(key);
  await until("the text has the focus", () => isFocused(field));
  await page.keyboard.type(text);
  await page.keyboard.press("Control+Enter");
}

/** Pictures for people: written where HUBBUB_SHOTS says, else none. */
async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env.HUBBUB_SHOTS;
  if (!folder) return;
  for (const [size, viewport] of [
    ["wide", WIDE],
    ["phone", PHONE],
  ] as const)
    for (const colorScheme of ["light", "dark"] as const) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.screenshot({ path: join(folder, `story-${name}-${size}-${colorScheme}.png`) });
    }
  await page.setViewportSize(WIDE);
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
}
