import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import type { Json } from "../support/api-client.ts";
import { eventually } from "../support/eventually.ts";
import { axeOn } from "./axe.ts";
import { shoot } from "./shoot.ts";
import { PHONE, signIn, until, WIDE } from "./surf.ts";
import { surfedDesk } from "./surfed-desk.ts";

const here = surfedDesk();

async function findings(page: Page): Promise<string[]> {
  const { violations } = await axeOn(page).analyze();
  return violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.target.join(" ")}`));
}
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? "");

it("a post is found by its words from the palette and on the page of search, with the keyboard alone", {
  timeout: 240_000,
}, async () => {
  const { desk, surf, story } = here;
  const priya = await desk.as("priya");
  const matter = await story.taken();
  await desk.network.post(
    matter.who,
    "@northwind the Kükenfütterung of my router is broken, please help",
    matter.post.id,
  );
  await desk.quiet();
  const view = await story.view(matter.conversationId);
  await eventually("the words can be found", async () => {
    const found: Json = await priya.get("/api/search?q=kukenfutterung");
    return found.own[0]?.conversationId === matter.conversationId || null;
  });
  const page = await surf.window();
  await signIn(page, desk.url, "priya");
  await page.keyboard.press("Control+k");
  const ask = page.getByRole("combobox");
  await ask.fill("kukenf");
  await page.getByRole("option", { name: /Kükenfütterung/ }).waitFor();
  await page.getByRole("option", { name: /Search everything for/ }).waitFor();
  await shoot(page, "search-palette");
  await ask.fill(view.customer.name.slice(0, 4));
  await page.getByRole("group", { name: "People" }).getByRole("option").first().waitFor();
  await page.keyboard.press("Escape");
  await ask.waitFor({ state: "detached" });

  await page.keyboard.press("/");
  const field = page.getByRole("searchbox");
  await field.waitFor();
  expect(await findings(page)).toEqual([]);
  await shoot(page, "search-empty");
  await until("it has the focus", () => field.evaluate((element) => element === document.activeElement));
  await page.keyboard.type("router broken from:");
  await page.getByText("says nothing after the colon").waitFor();
  await field.fill("router*");
  await page.getByRole("button", { name: "Open", exact: true }).click();
  await page.getByRole("region", { name: "In your box" }).getByRole("link").waitFor();
  await until("the filter stands in the field", async () => (await field.inputValue()) === "router* is:open");
  expect(await page.locator("mark").first().textContent()).toBe("router");
  await shoot(page, "search-found");
  expect(await findings(page)).toEqual([]);
  await page.setViewportSize(PHONE);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide).toBeLessThanOrEqual(0);
  await page.setViewportSize(WIDE);

  await field.press("ArrowDown");
  await until("the first hit has the focus", async () => (await focused(page)).includes(view.number));
  await page.keyboard.press("Enter");
  await page.waitForURL(`**/desk/${matter.conversationId}`);
  await page.goBack();
  await until("what was asked is there again", async () => (await field.inputValue()) === "router* is:open");
  await field.fill("nothing of the kind");
  await page.getByRole("heading", { name: "Nothing answers to that" }).waitFor();
});
