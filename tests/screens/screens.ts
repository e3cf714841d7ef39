import type { Browser, BrowserContext, BrowserContextOptions } from "playwright-core";
import { afterAll, afterEach, beforeAll } from "vitest";
import { builtApp } from "../support/built-app.ts";
import { launchBrowser } from "../support/chromium.ts";

/** The web app as it is served, and a browser to show it in. */
export async function openScreens(): Promise<{ web: string; browser: Browser }> {
  return { web: await builtApp("web"), browser: await launchBrowser() };
}

/**
 * For a file whose tests each show the desk once: opens the app and a browser before them, closes what a test opened after it, and the
 * browser at the end. `open` gives a context at a London desk without motion; it lives until its test ends.
 */
export function screensOfFile() {
  let web = "";
  let browser: Browser | undefined;
  let context: BrowserContext | undefined;
  beforeAll(async () => {
    ({ web, browser } = await openScreens());
  }, 120_000);
  afterEach(async () => {
    await context?.close();
    context = undefined;
  });
  afterAll(async () => {
    await browser?.close();
  });
  return {
    async open(options: BrowserContextOptions): Promise<{ context: BrowserContext; web: string }> {
      if (!browser) throw new Error("Screens are open only while tests run.");
      context = await browser.newContext({
        ...{ locale: "en-GB", timezoneId: "Europe/London", reducedMotion: "reduce" },
        ...options,
      });
      return { context, web };
    },
  };
}
