import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { NOW, uid } from "./desk-town.ts";
import { type Fake, playServer } from "./play-server.ts";
import { screensOfFile } from "./screens.ts";

const INES = `http://desk.localhost/desk/${uid(2_003)}`;

const screens = screensOfFile();

async function openDesk(
  prepare?: (fake: Fake) => void,
  address = INES,
  time: Date | number | string = NOW,
): Promise<{ page: Page; fake: Fake }> {
  const { context, web } = await screens.open({ viewport: { width: 1440, height: 900 } });
  context.setDefaultTimeout(30_000);
  const fake = await playServer(context, web);
  prepare?.(fake);
  const page = await context.newPage();
  await page.clock.install({ time });
  await page.goto(address);
  await page.getByRole("heading", { name: address === INES ? /No 4G in Leith/ : "Nothing is open" }).waitFor();
  return { page, fake };
}
const sent = (fake: Fake, part: string) => fake.calls.filter((call) => call.path.endsWith(part));
const answered = (page: Page, part: string) =>
  page.waitForResponse((one) => one.request().method() !== "GET" && new URL(one.url()).pathname.endsWith(part));
const focused = (page: Page, role: "menuitem" | "menuitemradio", name: string | RegExp) =>
  page.getByRole(role, { name }).and(page.locator(":focus")).waitFor();

test("the menus for snoozing and resolving, opened by their keys, have the focus on their first entry, and Enter takes it", async () => {
  const { page, fake } = await openDesk();
  await page.keyboard.press("s");
  await focused(page, "menuitem", /^In an hour/);
  let done = answered(page, "/snooze");
  await page.keyboard.press("Enter");
  await done;
  expect(sent(fake, "/snooze")).toHaveLength(1);

  await page.goto(INES);
  await page.getByRole("heading", { name: /No 4G in Leith/ }).waitFor();
  await page.keyboard.press("Shift+E");
  await page.getByRole("menuitem").first().and(page.locator(":focus")).waitFor();
  done = answered(page, "/resolve");
  await page.keyboard.press("Enter");
  await done;
  expect(sent(fake, "/resolve")).toHaveLength(1);
});

test("from a break back to available: H, Enter", async () => {
  const { page, fake } = await openDesk((town) => {
    town.here = "break";
  });
  await page.getByRole("button", { name: /^Break/ }).waitFor();
  await page.keyboard.press("h");
  await focused(page, "menuitemradio", /^Available/);
  const done = answered(page, "/api/presence/me");
  await page.keyboard.press("Enter");
  await done;
  expect(sent(fake, "/api/presence/me")).toMatchObject([{ body: { state: "available" } }]);
  await page.getByRole("button", { name: /^Available/ }).waitFor();
});

test("whoever was set to Not responding is told the keys, and T makes them available before it takes the next", async () => {
  const { page, fake } = await openDesk((town) => {
    town.here = "not-responding";
    town.offers = [];
    town.mine = [];
    town.views.clear();
  }, "http://desk.localhost/desk");
  await page.getByRole("button", { name: "I am here" }).getByText("H ⏎").waitFor();
  await page.getByText("T makes you available and takes the next.").waitFor();
  const done = answered(page, "/api/work/next");
  await page.keyboard.press("t");
  await done;
  expect(fake.calls.map((call) => call.path)).toEqual(["/api/presence/me", "/api/work/next"]);
  expect(sent(fake, "/api/presence/me")).toMatchObject([{ body: { state: "available" } }]);
  // Also where nothing was to be had.
  await page.getByText("You are available again.").first().waitFor();
  await page.getByRole("button", { name: "I am here" }).waitFor({ state: "detached" });
});

test("to a colleague: A, a part of the name, Enter; of several, Enter goes to the first", async () => {
  const { page, fake } = await openDesk();
  const find = page.getByRole("dialog").getByRole("textbox", { name: "Find" }).and(page.locator(":focus"));
  const whom = page.getByRole("dialog").getByRole("button", { name: /\d/ });
  await page.keyboard.press("a");
  await find.waitFor();
  await whom.nth(3).waitFor();
  await page.keyboard.press("Enter");
  await whom.first().and(page.locator(":focus")).waitFor();
  await page.keyboard.press("ArrowDown");
  await whom.nth(1).and(page.locator(":focus")).waitFor();
  expect(sent(fake, "/assign")).toEqual([]);
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });

  await page.keyboard.press("a");
  await find.waitFor();
  await page.keyboard.type("mare");
  await page
    .getByRole("button", { name: /^Marek/ })
    .getByText("⏎")
    .waitFor();
  const done = answered(page, "/assign");
  await page.keyboard.press("Enter");
  await done;
  expect(sent(fake, "/assign")).toMatchObject([{ body: { to: { agentId: uid(2) } } }]);
});

test("on a Monday the next one is named with its date", async () => {
  const { page } = await openDesk(undefined, INES, new Date("2026-11-23T08:11:00Z"));
  await page.keyboard.press("s");
  await page.getByRole("menuitem", { name: /^In an hour\s*Mon,? 09:11$/ }).waitFor();
  await page.getByRole("menuitem", { name: /^On Monday\s*Mon,? 30 Nov,? 09:00$/ }).waitFor();
});

test("the seconds until a reply goes out run down in its undo as they do beside the words", async () => {
  const { page } = await openDesk();
  await page.keyboard.press("p");
  await page.keyboard.type("Only for you, Ines.");
  await page.keyboard.press("Control+Enter");
  const toast = page
    .getByRole("region", { name: "Done" })
    .locator("[aria-hidden=true]")
    .filter({ hasText: "goes out in" });
  await toast.waitFor();
  const seconds = async () => Number(/\d+/.exec(await toast.innerText())?.[0]);
  const first = await seconds();
  await page.clock.runFor(5_000);
  const later = await seconds();
  expect(first).toBeGreaterThan(10);
  expect(first - later).toBeGreaterThanOrEqual(5);
  const beside = page
    .getByRole("main")
    .getByText(/goes out in \d+ s$/)
    .first();
  expect(Number(/\d+/.exec(await beside.innerText())?.[0])).toBe(later);
});
