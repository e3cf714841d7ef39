import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { contentHash } from "../../server/app/content-hash.ts";
import { type Matter, OUTAGE } from "../support/story.ts";
import { isFocused, signIn, until } from "./surf.ts";
import { surfedDesk } from "./surfed-desk.ts";
import { chooseOther, words as messages, opened, takeBackLast } from "./together.ts";

const here = surfedDesk();

const hash = async () => {
  await here.desk.quiet();
  return (await contentHash(here.desk.db, here.desk.company.accountId)).hash;
};
const show = async (page: Page, matter: Pick<Matter, "conversationId">) => {
  await page.goto(`${here.desk.url}/desk/${matter.conversationId}`);
  await messages(page).first().waitFor();
};

it("two matters are merged, parted and put back from the keyboard; every message says why it is here", {
  timeout: 240_000,
}, async () => {
  const { desk, story, surf } = here;
  const page = await surf.window();
  await signIn(page, desk.url, "priya");
  await desk.presence("dana", "offline");
  const [one, two] = [await story.taken(), await story.taken("@northwind my bill is wrong, you took the money twice!")];
  await desk.network.post(one.who, OUTAGE, one.post.id);
  await desk.quiet();
  const start = await hash();

  await show(page, one);
  await until("both words are there", async () => (await messages(page).count()) === 2);
  await chooseOther(page, "m", { number: two.view.number, says: "my bill is wrong" });
  await page.keyboard.press("Enter");
  await until("it is one conversation", async () => (await messages(page).count()) === 3);
  await page.goto(`${desk.url}/desk/${two.conversationId}`);
  await until("the old address leads there", async () => opened(page) === one.conversationId);

  // Why is it here, and out of here: two keys.
  const bill = messages(page).filter({ hasText: "my bill is wrong" });
  await bill.focus();
  await page.keyboard.press("w");
  const why = page.getByRole("dialog", { name: "Why is this here?" });
  await why.getByText(/Priya Nair merged/).waitFor();
  await page.keyboard.press("Enter");
  await until("it is out", async () => (await messages(page).count()) === 2);
  expect(await hash()).toBe(start);

  // A message put apart, and back by Z.
  await messages(page).last().focus();
  await page.keyboard.press("x");
  await page.getByRole("toolbar", { name: "Chosen messages" }).waitFor();
  await page.keyboard.press("Shift+S");
  const split = page.getByRole("dialog", { name: "Split off as a new conversation" });
  await split.getByText("It can be taken back at any time.").waitFor();
  await page.keyboard.press("Enter");
  await until("it is a conversation of its own", async () => (await messages(page).count()) === 1);
  await page
    .getByText(/is a conversation of its own now/)
    .first()
    .waitFor();
  await until("the dialog is gone", async () => (await split.count()) === 0);
  await page.getByRole("button", { name: /^Undo/ }).waitFor();
  await page.keyboard.press("z");
  await until("it is back", async () => (await messages(page).count()) === 2);
  expect(await hash()).toBe(start);

  // Any time later, from the history.
  const link = await chooseOther(page, "l", { number: two.view.number, says: "my bill is wrong" });
  await page.keyboard.press("Enter");
  await until("the dialog is gone", async () => (await link.count()) === 0);
  await takeBackLast(page);
  expect(await hash()).toBe(start);
  await here.story.clear();
});

it("Shift M moves a chosen message to another matter, with our answer to it; why it is there tells, and brings both back", {
  timeout: 240_000,
}, async () => {
  const { desk, story, surf } = here;
  const page = await surf.window();
  await signIn(page, desk.url, "priya");
  const one = await story.taken();
  const two = await story.taken("@northwind my bill is wrong, you took the money twice!");
  await desk.network.post(one.who, "@northwind and my bill of May is wrong, too!", one.post.id);
  await desk.quiet();
  const { body } = await story.reply(one.conversationId, "We give the money back.");
  await story.replyState(body.replyId, "sent");
  const start = await hash();

  await show(page, one);
  await until("all are there", async () => (await messages(page).count()) === 3);
  await messages(page).filter({ hasText: "bill of May" }).focus();
  await page.keyboard.press("x");
  const move = await chooseOther(page, "Shift+M", { number: two.view.number, says: "my bill is wrong" });
  await move.getByText("2 go along, 1 of them our answer").waitFor();
  await page.keyboard.press("Enter");
  await until("they are out", async () => (await messages(page).count()) === 1);
  await page.getByText(`2 messages moved to ${two.view.number}.`).first().waitFor();
  await show(page, two);
  await until("they are there", async () => (await messages(page).count()) === 3);
  await messages(page).filter({ hasText: "bill of May" }).focus();
  await page.keyboard.press("w");
  await page
    .getByRole("dialog", { name: "Why is this here?" })
    .getByText(/Priya Nair moved/)
    .waitFor();
  await page.keyboard.press("Enter");
  await until("they are back", async () => (await messages(page).count()) === 1);
  expect(await hash()).toBe(start);
  await story.clear();
});

it("of two drafts at a merge it is told which words go where, and none are lost", { timeout: 240_000 }, async () => {
  const { desk, story, surf } = here;
  const page = await surf.window();
  await signIn(page, desk.url, "priya");
  const [one, two] = [await story.taken(), await story.taken("@northwind my bill is wrong, you took the money twice!")];
  const answer = page.getByRole("textbox", { name: "Public reply on Playground" });
  const write = async (matter: Matter, text: string) => {
    await show(page, matter);
    await page.keyboard.press("r");
    await until("the text has the focus", () => isFocused(answer));
    await page.keyboard.type(text);
    await page.keyboard.press("Escape");
    await until("it is kept", async () => (await story.view(matter.conversationId)).draft?.text === text);
  };
  await write(two, "The money is on its way.");
  await write(one, "The line works again at noon.");

  const merge = await chooseOther(page, "m", { number: two.view.number, says: "my bill is wrong" });
  await page.getByText("You have written in both.").waitFor();
  await page
    .getByText("“The line works again at noon.” stays in the reply; “The money is on its way.” waits")
    .waitFor();
  await page.keyboard.press("Enter");
  await until("it is one conversation", async () => (await messages(page).count()) === 2);
  await until("the dialog is gone", async () => (await merge.count()) === 0);
  expect(await answer.inputValue()).toBe("The line works again at noon.");
  await page.keyboard.press("r");
  await until("the text has the focus", () => isFocused(answer));
  await page.keyboard.press("Control+Enter");
  await messages(page, /^Priya Nair/)
    .getByText("The line works again at noon.")
    .waitFor();
  await until("the other words come up", async () => (await answer.inputValue()) === "The money is on its way.");
  await answer.fill("");
  await story.clear();
});

it("merged across customers it is asked whether they are one; Y says so, and the old address leads to who it is now", {
  timeout: 240_000,
}, async () => {
  const { desk, story, surf } = here;
  const page = await surf.window();
  await signIn(page, desk.url, "priya");
  const [one, two] = [await story.taken(), await story.taken("@northwind my bill is wrong, you took the money twice!")];
  await show(page, one);
  const merge = await chooseOther(page, "m", { number: two.view.number, says: "my bill is wrong" });
  await merge.getByText("it will be asked whether they are one person").waitFor();
  await page.keyboard.press("Enter");
  await until("the dialog is gone", async () => (await merge.count()) === 0);
  await page.getByText(/^Conversations merged by Priya Nair: /).waitFor();
  await page.keyboard.press("y");
  await page.getByText("One customer from now on.").first().waitFor();
  const now = (await story.view(one.conversationId)).customer.id;
  const old = [one, two].map((matter) => matter.view.customer.id).find((id) => id !== now);
  await page.goto(`${desk.url}/customers/${old}`);
  await until("the old address leads to the other", async () => opened(page) === now);
  await story.clear();
});
