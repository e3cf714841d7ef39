import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { launchBrowser } from "../support/chromium.ts";

/** The web app as it is served (built only where a source has changed since), and a browser to show it in. */
export async function openScreens(): Promise<{ web: string; browser: Browser }> {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const launcher = (await import(new URL("../../bin/web-build.mjs", import.meta.url).href)) as {
    ensureWebBuilt(root: string, node: string): Promise<void>;
  };
  await launcher.ensureWebBuilt(root, process.execPath);
  return { web: fileURLToPath(new URL("../../dist/web", import.meta.url)), browser: await launchBrowser() };
}
