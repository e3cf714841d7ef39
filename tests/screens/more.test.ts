import { expect, test } from "vitest";
import { faultsOf } from "../browser/axe.ts";
import { NOW } from "./desk-town.ts";
import { playServer } from "./play-server.ts";
import { screensOfFile } from "./screens.ts";

const PHONE = { width: 390, height: 844 };

const screens = screensOfFile();

async function openDesk(viewport: { width: number; height: number }, colorScheme: "light" | "dark" = "light") {
  const { context, web } = await screens.open({ viewport, colorScheme });
  context.setDefaultTimeout(10_000);
  await playServer(context, web);
  await context.route("**/api/desk/for-me", (route) => route.fulfill({ json: { items: [], unread: 3, followed: [] } }));
  const page = await context.newPage();
  await page.clock.install({ time: NOW });
  await page.goto("http://desk.localhost/desk");
  await page.getByRole("navigation", { name: "Areas", exact: true }).waitFor();
  return page;
}

test.each(["light", "dark"] as const)(
  "phone, %s: what the bar has no room for opens from More, by keys, with its count and the present page",
  async (scheme) => {
    const page = await openDesk(PHONE, scheme);
    const bar = page.getByRole("navigation", { name: "Areas", exact: true });
    const more = bar.getByRole("button", { name: "More" });
    await bar.getByRole("button", { name: /^More ?, 3 new$/ }).waitFor();
    expect(await more.getAttribute("aria-current")).toBe(null);
    const within = await bar.evaluate((nav) => nav.scrollWidth <= nav.clientWidth);
    expect(within).toBe(true);
    const bars = await bar.getByRole("link").allInnerTexts();
    expect(bars.map((text) => text.split("\n")[0])).not.toContain("Policy");

    await more.focus();
    await page.keyboard.press("Enter");
    const sheet = page.getByRole("dialog", { name: "More areas" });
    await sheet.waitFor();
    expect(await sheet.getByRole("link").allTextContents()).toEqual([...["For me, 3 new", "Policy", "Voice", "Start"]]);
    expect(await faultsOf(page)).toEqual([]);

    await page.keyboard.press("Escape");
    await sheet.waitFor({ state: "detached" });
    expect(await more.evaluate((button) => button === document.activeElement)).toBe(true);
    await page.keyboard.press("Enter");
    await sheet.getByRole("link", { name: "For me" }).focus();
    await page.keyboard.press("Enter");
    await page.waitForURL("**/for-me");
    await sheet.waitFor({ state: "detached" });
    expect(await more.getAttribute("aria-current")).toBe("true");
    await more.click();
    expect(await sheet.locator("[aria-current=page]").allTextContents()).toEqual(["For me, 3 new"]);
  },
);

test("on a desk everything stands in the rail and there is no More", async () => {
  const page = await openDesk({ width: 1440, height: 900 });
  const rail = page.getByRole("navigation", { name: "Areas", exact: true });
  await rail.getByRole("link", { name: "Policy" }).waitFor();
  expect(await rail.getByRole("button").count()).toBe(0);
});
