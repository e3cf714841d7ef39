import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { contentHash } from "../../server/app/content-hash.ts";
import { type Desk, openDesk } from "../support/server.ts";
import { type Matter, OUTAGE, type Story, storyOf } from "../support/story.ts";
import { openSurf, type Surf, signIn, until } from "./surf.ts";

let desk: Desk;
let story: Story;
let surf: Surf;
beforeAll(async () => {
  surf = await openSurf();
  desk = await openDesk({ startsAt: Date.now() });
  story = storyOf(desk);
}, 120_000);
afterAll(async () => {
  await surf?.close();
  await desk?.stop();
});
afterEach(() => expect(surf.complaints()).toEqual([]));

const opened = (page: Page) => new URL(page.url()).pathname.split("/").at(-1);
const messages = (page: Page) => page.getByRole("feed").getByRole("article", { name: /, in public/ });
const hash = async () => {
  await desk.quiet();
  return (await contentHash(desk.db, desk.company.accountId)).hash;
};
const show = async (page: Page, matter: Matter) => {
  await page.goto(`${desk.url}/desk/${matter.conversationId}`);
  await messages(page).first().waitFor();
};

it("two matters are merged, parted and put back from the keyboard; every message says why it is here", {
  timeout: 120_000,
}, async () => {
  const page = await surf.window();
  await signIn(page, desk.url, "priya");
  await desk.presence("dana", "offline");
  const [one, two] = [await story.taken(), await story.taken("@northwind my bill is wrong, you took the money twice!")];
  await desk.network.post(one.who, OUTAGE, one.post.id);
  await desk.quiet();
  const start = await hash();

  await show(page, one);
  await until("both words are there", async () => (await messages(page).count()) === 2);
  await page.keyboard.press("m");
  const picker = page.getByRole("dialog", { name: "Merge another conversation into this one" });
  await picker.getByRole("textbox").waitFor();
  await page.keyboard.type(two.view.number.slice(2));
  await picker.getByText("my bill is wrong").waitFor();
  await page.keyboard.press("Enter");
  await picker.getByText("It can be taken back at any time.").waitFor();
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
  await page.keyboard.press("l");
  const link = page.getByRole("dialog", { name: "Link with another conversation" });
  await link.getByRole("textbox").waitFor();
  await page.keyboard.type(two.view.number.slice(2));
  await link.getByText("my bill is wrong").waitFor();
  await page.keyboard.press("Enter");
  await link.getByText("All stay where they are.").waitFor();
  await page.keyboard.press("Enter");
  await until("the dialog is gone", async () => (await link.count()) === 0);
  await page.getByRole("button", { name: /^More/ }).click();
  await page.getByRole("menuitem", { name: "Together and apart" }).click();
  const history = page.getByRole("dialog", { name: "Together and apart" });
  await history.getByText(/Priya Nair linked/).waitFor();
  await history.getByRole("button", { name: "Undo" }).first().click();
  await history
    .getByText(/taken back by Priya Nair/)
    .first()
    .waitFor();
  await until(
    "nothing is left to undo",
    async () => (await history.getByRole("button", { name: "Undo" }).count()) === 0,
  );
  expect(await hash()).toBe(start);
});
