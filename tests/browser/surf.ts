import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from "playwright-core";
import { launchBrowser } from "../support/chromium.ts";
import { emailOf, PASSWORD, type Person } from "../support/company.ts";
import { eventually } from "../support/eventually.ts";

export const WEB = fileURLToPath(new URL("../../dist/web/", import.meta.url));
export const WIDE = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };

/** One browser of a test file. What its pages complain of is kept. */
export interface Surf {
  /** Somebody's own window: nothing is shared with the others. */
  window(options?: BrowserContextOptions): Promise<Page>;
  context(options?: BrowserContextOptions): Promise<BrowserContext>;
  /** Breaches of the content security policy and errors nobody caught, of all pages so far. */
  complaints(): readonly string[];
  /** Closes every window: one that nobody looks at any more still draws what goes on. */
  sweep(): Promise<void>;
  close(): Promise<void>;
}

export async function openSurf(): Promise<Surf> {
  if (!existsSync(`${WEB}index.html`))
    throw new Error("The web app is not built (dist/web is missing). `npm test` builds it; so does `npm start`.");
  const browser: Browser = await launchBrowser();
  const heard: string[] = [];
  const surf: Surf = {
    async context(options = {}) {
      const context = await browser.newContext({
        ...{ viewport: WIDE, locale: "en-GB", timezoneId: "Europe/London", reducedMotion: "reduce" },
        // The desk's worker stands between a page and what a test plays to it; who tests the worker lets it in.
        serviceWorkers: "block",
        ...options,
      });
      context.setDefaultTimeout(45_000);
      context.on("weberror", (error) => heard.push(`${error.page()?.url()}: ${error.error()}`));
      context.on("console", (message) => {
        if (/content.security.policy/i.test(message.text())) heard.push(`${message.page()?.url()}: ${message.text()}`);
      });
      return context;
    },
    window: async (options) => (await surf.context(options)).newPage(),
    complaints: () => heard,
    async sweep() {
      await Promise.all(browser.contexts().map((context) => context.close()));
    },
    close: () => browser.close(),
  };
  return surf;
}

export const isFocused = (target: Locator): Promise<boolean> =>
  target.evaluate((element) => element === document.activeElement);

/** Goes on by the Tab key until the focus is there; fails after a whole round. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.first().waitFor();
  for (let step = 0; step < 60; step++) {
    if (await isFocused(target.first())) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`the Tab key does not reach ${target}`);
}

/** Signs in by keyboard alone and waits for the desk. */
export async function signIn(page: Page, deskUrl: string, who: Person): Promise<void> {
  await page.goto(`${deskUrl}/`);
  await tabTo(page, page.getByLabel("E-mail"));
  await page.keyboard.type(emailOf(who));
  await page.keyboard.press("Tab");
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press("Enter");
  await page.getByRole("navigation", { name: "Work list" }).waitFor();
}

/** A stranger opens the network's page and says something by its form; resolves with the page of the post. */
export async function speak(page: Page, network: string, who: { name: string; handle: string }, text: string) {
  await page.goto(network);
  await page.getByLabel("Name").fill(who.name);
  await page.getByLabel("Handle").fill(who.handle);
  await page.getByLabel("What would you like to say?").fill(text);
  await page.getByRole("button", { name: "Post", exact: true }).click();
  await page.getByRole("article", { name: `Post by ${who.name}` }).waitFor();
}

/** Waits until a question about the page has the answer. */
export const until = (what: string, look: () => Promise<boolean>) => eventually(what, look, 45_000);
