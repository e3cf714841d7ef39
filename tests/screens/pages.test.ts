import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { axeOn } from "../browser/axe.ts";
import { inesPage } from "./customer-town.ts";
import { NOW, uid } from "./desk-town.ts";
import { type Fake, playServer } from "./play-server.ts";
import { openScreens } from "./screens.ts";
import { BRAND, playWindows } from "./windows-town.ts";

const INES = uid(4_003);
const HER_PAGE = `http://desk.localhost/customers/${INES}`;
const DAY = 86_400_000;
const SIZES = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

let web = "";
let browser: Browser;
let context: BrowserContext | undefined;
const faults: string[] = [];

beforeAll(async () => {
  ({ web, browser } = await openScreens());
}, 120_000);
afterEach(async () => {
  await context?.close();
  context = undefined;
  expect(faults.splice(0)).toEqual([]);
});
afterAll(async () => {
  await browser?.close();
});

type Look = { viewport?: { width: number; height: number }; colorScheme?: "light" | "dark" };
async function open(
  address: string,
  prepare?: (fake: Fake, context: BrowserContext) => unknown,
  look: Look = {},
): Promise<{ page: Page; fake: Fake }> {
  context = await browser.newContext({
    ...{ viewport: SIZES.desk, locale: "en-GB", timezoneId: "Europe/London", reducedMotion: "reduce" },
    ...look,
  });
  context.setDefaultTimeout(30_000);
  const fake = await playServer(context, web);
  await prepare?.(fake, context);
  const page = await context.newPage();
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (said) => said.text().includes("Content Security Policy") && faults.push(said.text()));
  await page.clock.install({ time: NOW });
  await page.goto(address);
  return { page, fake };
}
const last = (fake: Fake) => fake.calls.at(-1);

test("from the desk by one key: all media on one line, work where it began and ended, and the keys to walk it", async () => {
  const { page } = await open(`http://desk.localhost/desk/${uid(2_003)}`);
  await page.getByRole("heading", { name: /No 4G in Leith/ }).waitFor();
  await page.keyboard.press("Shift+I");
  await page.waitForURL(HER_PAGE);
  await page.getByRole("heading", { name: "Ines Rocha" }).waitFor();
  await page.getByText("Episode 1 done: Solved").first().waitFor();
  await page.getByText("Episode 2 opened: they came back").waitFor();
  await page.getByText("Deleted by the author. The words are gone.").waitFor();
  const heads = await page.getByRole("article").getByRole("heading").allTextContents();
  expect(heads.map((h) => h.replace(/\s*\d+ messages?$/, ""))).toEqual([
    ...["Playground, in public", "Playground, in private", "Playground, in public", "E-mail, in private"],
  ]);
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  expect(await page.locator("[data-line-item]:focus").textContent()).toContain("Episode 2 opened");
  await page.getByRole("link", { name: "C-19022", exact: true }).first().click();
  await page.waitForURL(`**/desk/${uid(2_090)}`);
});

test("facts are written where they stand, by Enter, and left by Esc", async () => {
  const { page, fake } = await open(HER_PAGE);
  await page.getByRole("button", { name: "Change: Worth a year" }).click();
  await page.getByRole("textbox", { name: "Worth a year" }).fill("2600");
  await page.keyboard.press("Enter");
  await page.getByRole("form", { name: "Change: Worth a year" }).waitFor({ state: "detached" });
  expect(last(fake)).toMatchObject({ method: "PUT", path: `/api/customers/${INES}/fields/value-a-year` });
  expect(last(fake)?.body).toEqual({ value: "2600", expectedVersion: 1 });
  await page.getByRole("button", { name: "Change: Customer number" }).click();
  await page.getByRole("textbox", { name: "Customer number" }).fill("77");
  await page.keyboard.press("Escape");
  await page.getByRole("form", { name: "Change: Customer number" }).waitFor({ state: "detached" });
  expect(fake.calls.filter((c) => c.method === "PUT")).toHaveLength(1);
  await page.getByRole("button", { name: "Record a consent or a refusal" }).click();
  await page.getByRole("combobox", { name: "What for" }).selectOption("survey");
  await page.getByRole("combobox", { name: "What they said" }).selectOption("no");
  await page.getByRole("textbox", { name: "How we know" }).fill("Wrote it here");
  await page.keyboard.press("Enter");
  await page.getByRole("form").waitFor({ state: "detached" });
  expect(last(fake)?.body).toEqual({ purpose: "survey", given: false, source: "Wrote it here" });
});

test("what somebody else wrote first is told, and nothing typed is lost", async () => {
  const { page } = await open(HER_PAGE, (fake) =>
    fake.trouble.set("/fields/plan", {
      status: 409,
      body: {
        ...{ type: "about:blank", title: "It was changed by somebody else meanwhile", status: 409 },
        ...{ code: "version-conflict", detail: "The field changed meanwhile.", present: { version: 2 } },
      },
    }),
  );
  await page.getByRole("button", { name: "Change: Plan" }).click();
  await page.getByRole("combobox", { name: "Plan" }).selectOption("Home");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("What you wrote stands here.").waitFor();
  expect(await page.getByRole("combobox", { name: "Plan" }).inputValue()).toBe("Home");
});

test("a joined one is found at his present address, an erased one says so, and who is not there is no broken page", async () => {
  const { page } = await open(`http://desk.localhost/customers/${uid(4_777)}`, (fake) => {
    fake.customers.set(uid(4_777), inesPage());
    fake.customers.set(
      uid(4_778),
      inesPage({ id: uid(4_778), state: "erased", name: "", bursts: [], conversations: [] }),
    );
  });
  await page.waitForURL(HER_PAGE);
  await page.getByRole("heading", { name: "Ines Rocha" }).waitFor();
  await page.goto(`http://desk.localhost/customers/${uid(4_778)}`);
  await page.getByText("This customer was erased").waitFor();
  await page.goto(`http://desk.localhost/customers/${uid(4_779)}`);
  await page.getByText("There is no customer here that you may see.").waitFor();
});

test("whoever may not write sees what is known, and no way to change it", async () => {
  const { page } = await open(HER_PAGE, (fake) => fake.customers.set(INES, inesPage({ mayWrite: false })));
  await page.getByText("Rocha Bakes Ltd").first().waitFor();
  expect(await page.getByRole("button", { name: /^(Change|Add|Record|Write|Take away|Does not)/ }).count()).toBe(0);
  expect(await page.getByText("Customer number").count()).toBe(0);
});

for (const size of ["desk", "phone"] as const)
  for (const colorScheme of ["light", "dark"] as const)
    test(`nothing is in the way of anybody: ${size}, ${colorScheme}`, async () => {
      const { page } = await open(HER_PAGE, undefined, { viewport: SIZES[size], colorScheme });
      await page.getByText("Episode 2 opened: they came back").waitFor();
      await page.getByRole("button", { name: "Write a note about this customer" }).click();
      const { violations } = await axeOn(page).analyze();
      expect(violations.map((v) => [v.id, v.nodes.map((n) => n.target.join(" "))])).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    });

test("what belongs together is tried on last month before it counts, with both sides of what would change", async () => {
  const { page, fake } = await open("http://desk.localhost/policy", playWindows);
  await page.getByRole("tab", { name: "Windows" }).click();
  await page.getByRole("textbox", { name: "A fresh post and an open matter, hours" }).fill("48");
  await page.getByRole("button", { name: "Try them on last month" }).click();
  const list = page.getByRole("list", { name: "2 messages would stand elsewhere" });
  await list.getByText("would join").waitFor();
  expect(await list.getByRole("listitem").first().innerText()).toMatch(
    /Signal is back[\s\S]*would join[\s\S]*No 4G in Leith/u,
  );
  await list.getByText("A message you may not read").waitFor();
  await page.getByRole("button", { name: "Save the limits" }).click();
  await page.getByText("These limits count for what comes from now on.").first().waitFor();
  const calls = fake.calls.filter((call) => call.path.includes("/stitching"));
  expect(calls).toMatchObject([
    { method: "POST", body: { limits: { freshPostMs: 172_800_000 } } },
    { method: "PUT", body: { limits: { freshPostMs: 172_800_000, burstMs: 600_000 }, expectedVersion: 0 } },
  ]);
});

test("windows are tried on the past before they count, by keyboard alone, and a draft outlives a look at the rules", async () => {
  const { page, fake } = await open("http://desk.localhost/policy", playWindows);
  await page.getByRole("tab", { name: "Windows" }).click();
  const posts = page.getByRole("group", { name: "Posts in public" });
  await posts.getByLabel("Comes back within, days").fill("soon");
  await page.getByText("A number, a year at most.").waitFor();
  await page.getByRole("button", { name: "Replay", exact: true }).focus();
  await page.keyboard.press("Enter");
  expect(fake.calls.filter((c) => c.path.endsWith("/replay"))).toEqual([]);
  await posts.getByLabel("Comes back within, days").fill("20");
  await page.getByRole("combobox", { name: "Let a channel differ" }).selectOption({ label: "E-mail, Care" });
  await page.getByRole("group", { name: "E-mail, Care" }).getByLabel("Pause in a burst, minutes").fill("5");
  await page.getByRole("button", { name: "Replay", exact: true }).press("Enter");
  await page.getByText("2 returns would be counted otherwise").waitFor();
  await page.getByRole("row", { name: /Of them come back 14 21/ }).waitFor();
  await page.getByText("A conversation you may not read").waitFor();
  await page
    .getByRole("link", { name: /C-20481/ })
    .first()
    .waitFor();
  const asked = fake.calls.findLast((c) => c.path.endsWith("/replay"))!.body;
  expect(asked).toMatchObject({
    windows: { reopen: { public: 20 * DAY, dm: 30 * DAY }, channels: [{ reopenMs: null, burstMs: 300_000 }] },
    // Whole days of London, which still had summer time when October began.
    from: "2026-09-30T23:00:00.000Z",
    to: "2026-11-01T00:00:00.000Z",
  });
  await page.getByRole("tab", { name: "Rules" }).click();
  await page.getByRole("tab", { name: "Windows" }).click();
  expect(await posts.getByLabel("Comes back within, days").inputValue()).toBe("20");
  await page.getByRole("button", { name: "Save the windows" }).click();
  await page.getByText("These windows count for what comes from now on.").first().waitFor();
  expect(last(fake)).toMatchObject({
    method: "PUT",
    path: `/api/policies/${BRAND}/windows`,
    body: { expectedVersion: 0 },
  });
  const { violations } = await axeOn(page).analyze();
  expect(violations.map((v) => [v.id, v.nodes.map((n) => n.target.join(" "))])).toEqual([]);
});

for (const colorScheme of ["light", "dark"] as const)
  test(`the windows stand on a phone: ${colorScheme}`, async () => {
    const look = { viewport: SIZES.phone, colorScheme };
    const { page } = await open("http://desk.localhost/policy#windows", playWindows, look);
    await page.getByRole("button", { name: "Replay", exact: true }).click();
    await page.getByText("2 returns would be counted otherwise").waitFor();
    const { violations } = await axeOn(page).analyze();
    expect(violations.map((v) => [v.id, v.nodes.map((n) => n.target.join(" "))])).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  });
