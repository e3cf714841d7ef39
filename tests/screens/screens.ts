import type { Browser } from "playwright-core";
import { builtApp } from "../support/built-app.ts";
import { launchBrowser } from "../support/chromium.ts";

/** The web app as it is served, and a browser to show it in. */
export async function openScreens(): Promise<{ web: string; browser: Browser }> {
  return { web: await builtApp("web"), browser: await launchBrowser() };
}
