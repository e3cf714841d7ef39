import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openHostSite } from "../support/scripted-chat.ts";
import { axeOn } from "./axe.ts";
import { isFocused, PHONE, signIn, until } from "./surf.ts";
import { surfedDesk } from "./surfed-desk.ts";
import { visitOn } from "./widget-visit.ts";

const here = surfedDesk();
const pages: Parameters<typeof openHostSite>[0] = {};
let site: Awaited<ReturnType<typeof openHostSite>>;
beforeAll(async () => {
  site = await openHostSite(pages);
});
afterAll(() => site?.close());

async function findings(page: Page): Promise<string[]> {
  const { violations } = await axeOn(page).exclude("iframe").analyze();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  return [
    ...violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.target.join(" ")}`)),
    ...(wide ? ["wider than the screen"] : []),
  ];
}

it("a chat is connected, set up in two languages, put on a site, seen there, and an agent sees the visitor's page", {
  timeout: 240_000,
}, async () => {
  const { desk, surf } = here;
  const page = await surf.window();
  await signIn(page, desk.url, "marek");
  await page.goto(`${desk.url}/channels/connect`);
  await page.getByRole("radio", { name: /^Web chat/ }).check();
  await page.getByLabel("Sites that may show the chat").fill(site.url);
  // Whoever signs up a shop of the outside needs https; on this machine plain http is let be.
  await page.getByRole("button", { name: "Connect", exact: true }).click();
  await page.waitForURL("**/channels/*/chat");
  const line = page.getByLabel("The line for your pages");
  await line.focus();
  expect(await line.evaluate((el) => (el as HTMLTextAreaElement).selectionEnd)).toBeGreaterThan(80);
  const snippet = await line.inputValue();
  await page.getByText("not seen yet").waitFor();

  const preview = page.frameLocator("iframe");
  await preview.getByRole("heading", { name: "Northwind Mobile" }).waitFor();
  await page.getByLabel("Main colour", { exact: true }).fill("#7a1f5c");
  await until(
    "the preview wears it",
    async () =>
      (await preview.locator("header").evaluate((el) => getComputedStyle(el).backgroundColor)) === "rgb(122, 31, 92)",
  );
  await page.getByRole("button", { name: "Add a greeting" }).click();
  const words = page.getByRole("textbox", { name: "Words" });
  await words.fill("May I help you choose?");
  await page.getByLabel("After … seconds").fill("0");
  await preview.getByText("May I help you choose?").waitFor();
  const language = page.getByLabel("Language of the words below, and of the preview");
  await language.selectOption("ar");
  // The preview begins anew while words are typed beside it, and leaves the focus where it is.
  await words.focus();
  await preview.locator("html[dir=rtl]").getByRole("heading", { name: "Northwind Mobile" }).waitFor();
  expect(await isFocused(words)).toBe(true);
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText("هل يمكنني مساعدتك؟");
  await preview.getByText("هل يمكنني مساعدتك؟").waitFor();
  await language.selectOption("");
  await page.getByLabel("Visitors agree to a notice before they can write").check();
  await page.getByLabel("The notice").fill("We keep what you write for a year.");
  await page.getByRole("button", { name: "Add that agents see the visitor's page" }).click();
  await preview.getByText(/on which of our pages you are/).waitFor();
  expect(await findings(page)).toEqual([]);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Everything is saved.").waitFor();
  await page.getByRole("button", { name: "Make a new identity secret" }).click();
  const secret = page.getByLabel("The identity secret");
  await until("it is shown", async () => (await secret.inputValue()).length === 43);
  await page.getByRole("button", { name: "I have it" }).click();
  expect(await page.content()).not.toContain("identitySecret");
  await page.setViewportSize(PHONE);
  expect(await findings(page)).toEqual([]);

  // The line, as it was copied, on a page of the site.
  for (const path of ["/", "/prices"])
    pages[path] = {
      html: `<!doctype html><html lang="ar"><head><meta charset="utf-8"><title>Shop ${path}</title></head><body><main><h1>Shop</h1><a href="/prices">Prices</a></main>${snippet}</body></html>`,
    };
  const guest = await surf.window();
  await guest.goto(site.url);
  const visit = await visitOn(guest);
  await until("the launcher", async () => (await visit.launcher()) !== null);
  await visit.press();
  await visit.frame.getByText(/We keep what you write for a year/).waitFor();
  await visit.frame.locator(".consent button").first().click();
  await visit.write("Which plan is for me?");
  await until("it is sent", async () =>
    (await visit.frame.locator(".visitor .under").last().innerText()).includes("·"),
  );
  await page.getByRole("button", { name: "Look again" }).first().click();
  await page.getByText("not seen yet").waitFor({ state: "detached" });

  const agent = await surf.window();
  await signIn(agent, desk.url, "priya");
  await agent.getByRole("region", { name: /^Offer from/ }).waitFor();
  await agent.keyboard.press("t");
  const pane = agent.getByRole("complementary", { name: "Customer" });
  await pane.getByRole("heading", { name: /On the site/ }).waitFor();
  await pane.getByText("Shop /", { exact: true }).waitFor();
  await guest.getByRole("link", { name: "Prices" }).click();
  await pane.getByText("Shop /prices").waitFor();
  await pane.getByText("Pages before").click();
  await pane.getByText("Shop /", { exact: true }).waitFor();
  expect(await findings(agent)).toEqual([]);
});
