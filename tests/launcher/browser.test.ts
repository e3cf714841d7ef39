import { expect, it } from "vitest";
import { launchBrowser } from "../support/chromium.ts";

it("a browser starts where PATH has none: the one that npm brought draws a page with text and runs script", {
  timeout: 120_000,
}, async () => {
  const browser = await launchBrowser("/nowhere");
  try {
    const page = await browser.newPage({ viewport: { width: 400, height: 300 } });
    await page.setContent("<h1>Grüße</h1><script>document.title = String(6 * 7)</script>");
    expect(await page.title()).toBe("42");
    const heading = await page.locator("h1").boundingBox();
    expect(heading?.width).toBeGreaterThan(100);
    const second = await (await browser.newContext()).newPage();
    await second.goto("data:text/html,<title>second</title>");
    expect(await second.title()).toBe("second");
  } finally {
    await browser.close();
  }
});
