import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { shopPage } from "../../server/app/demo/shop-page.ts";
import { connectChannel } from "../../server/modules/channels/index.ts";
import { openHostSite } from "../support/scripted-chat.ts";
import { type Desk, openDesk } from "../support/server.ts";
import { type Story, storyOf } from "../support/story.ts";
import { openSurf, PHONE, type Surf, signIn, until } from "./surf.ts";
import { visitOn } from "./widget-visit.ts";

const KEY = "web-chat-of-the-shop-0001";
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);

let desk: Desk;
let surf: Surf;
let story: Story;
let shop: string;
let closeShop: () => Promise<void>;
beforeAll(async () => {
  surf = await openSurf();
  desk = await openDesk({ startsAt: Date.now(), config: { sendTimeoutMs: 700 } });
  story = storyOf(desk);
  const page = shopPage(KEY, false).toString().replace("/widget/widget.js", `${desk.url}/widget/widget.js`);
  const site = await openHostSite({ "/": { html: page } });
  closeShop = site.close;
  shop = site.url.replace("localhost", "127.0.0.1");
  await desk.db.withAccount(desk.company.accountId, (tx) =>
    connectChannel(tx, {
      ...{
        brandId: desk.company.brandId,
        network: "webchat",
        name: "Chat in the shop",
        externalId: KEY,
        handle: "shop",
      },
      ...{ config: { origins: [shop] }, secret: { identitySecret: "a-secret-of-the-host-site-with-43-signs-000" } },
    }),
  );
}, 120_000);
afterAll(async () => {
  await surf?.close();
  await closeShop?.();
  await desk?.stop();
});
afterEach(async () => {
  await story.clear();
  expect(surf.complaints()).toEqual([]);
});

it("a visitor asks on the shop's page, an agent answers on the desk, and each sees the other's words once, in order", {
  timeout: 240_000,
}, async () => {
  const agent = await surf.window();
  await signIn(agent, desk.url, "priya");
  const page = await surf.window({ viewport: PHONE });
  await page.goto(shop);
  const visit = await visitOn(page);
  await visit.open();
  await visit.write("My parcel A55102 has not come.");
  await visit.write("It was to be here on Friday.");
  await until("both are sent", async () =>
    (await visit.frame.locator(".visitor .under").last().innerText()).includes("·"),
  );

  await agent.getByRole("region", { name: /^Offer from/ }).waitFor();
  await agent.keyboard.press("t");
  const feed = agent.getByRole("feed");
  await feed.getByText("It was to be here on Friday.").waitFor();
  await agent.keyboard.press("p");
  const answer = agent.getByRole("textbox", { name: /^Private reply/ });
  await answer.waitFor();
  await answer.pressSequentially("It is at the depot in Leeds and comes tomorrow.");
  await agent.keyboard.press("Control+Enter");

  await until("the answer has come", async () => (await visit.bubbles()).length === 3);
  const bubbles = await visit.bubbles();
  expect(bubbles.slice(0, 2)).toEqual(["My parcel A55102 has not come.", "It was to be here on Friday."]);
  expect(bubbles[2]).toContain("It is at the depot in Leeds and comes tomorrow.");
  expect(await visit.frame.locator(".who").innerText()).toContain("Priya Nair");
  await until("what the visitor wrote was read", async () =>
    (await visit.frame.locator(".visitor .under").last().innerText()).endsWith("Read"),
  );

  // The page is loaded again: the talk goes on, and the desk has each line once.
  await page.reload();
  const again = await visitOn(page);
  await again.open();
  await until("the talk is there", async () => (await again.bubbles()).length === 3);
  await again.frame
    .locator("input[type=file]")
    .setInputFiles([{ name: "door.png", mimeType: "image/png", buffer: PNG }]);
  await again.write("Thank you, that will do. This is my door.");
  const picture = again.frame.getByRole("img", { name: "door.png" });
  await until("the picture is seen", () => picture.evaluate((el) => (el as HTMLImageElement).naturalWidth === 1));
  await feed.getByText("Thank you, that will do. This is my door.").waitFor();
  await agent.keyboard.press("p");
  await answer.waitFor();
  await answer.pressSequentially("A fine door.");
  await again.frame.getByText("Priya Nair is writing").waitFor({ state: "attached" });
  await answer.fill("");
  await desk.quiet();
  const lines = await desk.database.query<{ text: string; direction: string }>(
    "select text, direction from message where thread_key is not null and channel_id in (select id from channel where network = 'webchat') order by sent_at, id",
  );
  expect(lines.map((line) => line.direction)).toEqual(["in", "in", "out", "in"]);
  for (const [n, text] of ["My parcel", "on Friday", "depot in Leeds", "that will do"].entries())
    expect(lines[n]!.text).toContain(text);
});

it("the same chat stands as a page of its own, where invitations lead", { timeout: 240_000 }, async () => {
  const page = await surf.window({ viewport: PHONE });
  await page.goto(`${desk.url}/chat/${KEY}`);
  const text = page.getByLabel("Your message");
  await text.fill("I came by a link.");
  await text.press("Enter");
  await until("it is sent", async () => (await page.locator(".visitor .under").last().innerText()).includes("· "));
  expect(await page.title()).toBe("Chat with Northwind Mobile");
  expect(await page.getByRole("button", { name: "Close the chat" }).count()).toBe(0);
});
