import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { faultsOf } from "../browser/axe.ts";
import { AREA_DIALOGS, openAreaDialogs } from "./dialog-areas.ts";
import { DIALOGS, openDialogs } from "./dialog-screens.ts";
import { leastAnswers } from "./least-answers.ts";
import { openScreens } from "./screens.ts";
import { addresses, FAULT, missingIn, openState, type Seen, STATES, type State } from "./state-screens.ts";

/** Screens that ask the server for nothing of their own. */
const BY_THEMSELVES = new Set(["/book", "/keys", "/settings"]);
/** The tabs are opened in these; what failed and what the line did not bring goes the way of what was refused. */
const WITH_TABS: ReadonlySet<State> = new Set(["hang", "refused", "empty"]);

let web = "";
let browser: Browser;
beforeAll(async () => {
  ({ web, browser } = await openScreens());
}, 120_000);
afterAll(() => browser?.close());

/** All that is owed on all screens and their tabs in one state. */
async function owed(state: State): Promise<string[]> {
  const screen = await openState(browser, web, state, leastAnswers());
  const found: string[] = [];
  const lacks = async (where: string) => {
    const missing = await screen.lacks();
    if (missing !== null) found.push(`${where}: ${missing}`);
  };
  for (const address of addresses().filter((one) => !BY_THEMSELVES.has(one))) {
    await screen.go(address);
    await lacks(address);
    for (const name of WITH_TABS.has(state) ? await screen.tabs() : []) {
      await screen.choose(name);
      await lacks(`${address}, ${name}`);
    }
  }
  await screen.close();
  return [...found, ...screen.faults];
}

test("what broke and no place of the screen says is said once over all, and gone when it is read", async () => {
  const screen = await openState(browser, web, "failed", leastAnswers());
  const { page } = screen;
  await screen.go("/keys");
  const bar = page.getByRole("status").filter({ hasText: "Not everything here could be read." });
  expect(await screen.until(() => bar.isVisible())).toBe(true);
  expect(await bar.textContent()).toContain(FAULT);
  screen.turn("empty");
  // What was asked before the turn may still come back broken; then it is pressed once more, as anybody would.
  const gone = async () => {
    if (!(await bar.isVisible())) return true;
    await bar
      .getByRole("button", { name: "Try again" })
      .click({ timeout: 2_000 })
      .catch(() => undefined);
    return !(await bar.isVisible());
  };
  expect(await screen.until(gone)).toBe(true);
  await screen.close();
  expect(screen.faults).toEqual([]);
});

test("the component book: every primitive in every state, light and dark, wide and narrow, both directions", async () => {
  const screen = await openState(browser, web, "empty", leastAnswers());
  const { page } = screen;
  await screen.go("/book");
  await screen.until(() => page.getByRole("status", { name: "Loading" }).last().isVisible());
  const found: string[] = [];
  const look = async (where: string) => {
    for (const fault of await faultsOf(page)) found.push(`${where}: ${fault}`);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (over > 0) found.push(`${where}: ${over} px wider than its window`);
  };
  await look("light");
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await page.getByRole("button", { name: "Right to left" }).click();
  await page.setViewportSize({ width: 390, height: 844 });
  await look("dark, narrow, right to left");
  await screen.close();
  expect([...found, ...screen.faults]).toEqual([]);
});

test("what stands behind a press: nothing typed is lost, nothing is sent twice, and each says what went wrong", async () => {
  const desk = await openDialogs(browser, web, leastAnswers());
  const found: string[] = [];
  for (const dialog of DIALOGS) found.push(...(await desk.owes(dialog)));
  await desk.close();
  expect([...found, ...desk.faults]).toEqual([]);
}, 180_000);

test("what stands behind a press in the areas: the same", async () => {
  const areas = await openAreaDialogs(browser, web);
  const found: string[] = [];
  for (const dialog of AREA_DIALOGS) found.push(...(await areas.owes(dialog)));
  await areas.close();
  expect([...found, ...areas.faults]).toEqual([]);
}, 180_000);

describe("every screen and every tab of it says in what state it is", () => {
  test.concurrent.each(STATES)("when its reads: %s", async (state) => {
    expect(await owed(state)).toEqual([]);
  });

  test("what is asked: every address of the router and of the menu", () => {
    const all = addresses();
    for (const one of ["/desk", "/team", "/channels/connect", "/search?q=router", "/book", "/keys"])
      expect(all).toContain(one);
    expect(all.length).toBeGreaterThan(20);
  });

  const calm: Seen = { words: "Nothing waits for you. The next offer comes by itself.", waiting: 0, alerts: [] };
  const refused = { words: "You may not look at this. Ask who manages rights.", acts: 1 };
  test.each<[State, Seen, RegExp | null]>([
    ["hang", calm, /nothing says/],
    ["hang", { ...calm, waiting: 1 }, null],
    ["hang", { ...calm, waiting: 1, alerts: [refused] }, /only waits/],
    ["refused", calm, /as if all were well/],
    ["refused", { ...calm, waiting: 1 }, /waits for ever/],
    ["refused", { ...calm, alerts: [refused] }, null],
    ["refused", { ...calm, alerts: [{ ...refused, acts: 0 }] }, /no way to try again/],
    ["failed", { ...calm, alerts: [refused] }, /does not say why/],
    ["empty", calm, null],
    ["empty", { ...calm, words: "Rules" }, /no word/],
    ["empty", { ...calm, waiting: 2 }, /waits/],
    ["empty", { ...calm, alerts: [refused] }, /no trouble/],
  ])("%s: what owes nothing and what does, %#", (state, seen, says) => {
    const missing = missingIn(state, seen);
    if (says === null) expect(missing).toBeNull();
    else expect(missing).toMatch(says);
  });
});
