import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { AskView } from "#contracts/asks";
import type { TimelineMessage } from "#contracts/desk";
import { axeOn } from "../browser/axe.ts";
import { at, NOW, uid } from "./desk-town.ts";
import { type Fake, playServer } from "./play-server.ts";
import { openScreens } from "./screens.ts";

const INES = uid(2_003);
const OTHER = uid(2_099);
const ADDRESS = `http://desk.localhost/desk/${INES}`;
const DESK = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

let web = "";
let browser: Browser;
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

const conversation = { id: INES, number: "C-20483", subject: "Signal is back" };
const ask = (messageId: string, more: Partial<AskView> = {}): AskView => ({
  ...{
    messageId,
    askedAt: at(-60_000),
    saidAt: at(-120_000),
    by: "Ines Rocha",
    text: "nobody answers! Where is A55102?",
  },
  conversation,
  other: { id: OTHER, number: "C-20481", subject: "My parcel has not come" },
  why: "Names a55102, of which another customer spoke here.",
  afterMs: 9 * 86_400_000,
  expected: { [INES]: 4, [OTHER]: 7 },
  ...more,
});

interface Played {
  page: Page;
  fake: Fake;
  answers: { path: string; body: unknown }[];
}

/** The desk with the conversation of Ines, in which one message, or more, are asked about. */
async function openDesk(
  look: { viewport?: typeof DESK; colorScheme?: "light" | "dark" } = {},
  make: (messageIds: string[]) => AskView[] = ([first]) => [ask(first!)],
): Promise<Played> {
  context = await browser.newContext({
    ...{ viewport: DESK, locale: "en-GB", timezoneId: "Europe/London", reducedMotion: "reduce", ...look },
  });
  context.setDefaultTimeout(30_000);
  const fake = await playServer(context, web);
  const view = fake.views.get(INES)!;
  const theirs = view.timeline.filter((e): e is TimelineMessage => e.type === "message" && e.role === "customer");
  let asks = make(theirs.map((m) => m.id).toReversed());
  for (const m of theirs) m.asked = asks.some((a) => a.messageId === m.id);
  const answers: Played["answers"] = [];
  const json = (body: unknown) => ({ status: 200, contentType: "application/json", body: JSON.stringify(body) });
  await context.route(`**/api/desk/conversations/${INES}/asks`, (route) => route.fulfill(json({ asks })));
  await context.route("**/api/desk/asks**", (route) => {
    const path = new URL(route.request().url()).pathname;
    if (route.request().method() === "GET") return route.fulfill(json({ items: asks, next: null }));
    answers.push({ path, body: route.request().postDataJSON() });
    asks = asks.filter((a) => !path.includes(a.messageId));
    const { answer } = route.request().postDataJSON() as { answer: "there" | "here" };
    return route.fulfill(json({ answer, conversationId: INES, act: null }));
  });
  const page = await context.newPage();
  await page.clock.install({ time: NOW });
  await page.goto(ADDRESS);
  return { page, fake, answers };
}
const note = (page: Page) => page.getByRole("region", { name: "To be decided" });

test("a close call stands at its message, and one key joins it there", async () => {
  const { page, answers } = await openDesk();
  await note(page).getByText("May belong to C-20481").waitFor();
  expect(await note(page).innerText()).toMatch(/“My parcel has not come”. Names a55102, .* 9 days later\./u);
  await page.keyboard.press("b");
  await page.getByText("C-20483 is part of C-20481 now.").first().waitFor();
  expect(answers).toMatchObject([{ body: { answer: "there", expected: { [INES]: 4, [OTHER]: 7 } } }]);
  await note(page).waitFor({ state: "detached" });
});

test("another key leaves it here for good; of two the one whose message has the focus is meant", async () => {
  const { page, answers } = await openDesk({}, ([last, before]) => [
    ask(last!),
    ask(before!, { other: null, afterMs: null, why: "Shares the word parcel." }),
  ]);
  await note(page).nth(1).waitFor();
  const second = note(page).filter({ hasText: "Does this belong here?" });
  await second.locator("xpath=ancestor::*[@data-entry]").focus();
  await page.keyboard.press("Shift+B");
  await page.getByText("It stays in C-20483. You will not be asked again.").first().waitFor();
  expect(answers).toMatchObject([{ body: { answer: "here" } }]);
  await second.waitFor({ state: "detached" });
  expect(await note(page).count()).toBe(1);
});

test("the list of what is to be decided opens by key, is answered in place, and says when nothing is left", async () => {
  const { page, answers } = await openDesk();
  await note(page).waitFor();
  await page.keyboard.press("Shift+W");
  const dialog = page.getByRole("dialog", { name: "To be decided" });
  await dialog.getByRole("listitem", { name: "Ines Rocha in C-20483" }).waitFor();
  await dialog.getByRole("button", { name: "Leave it here" }).click();
  await dialog.getByText("Nothing is to be decided.").waitFor();
  expect(answers).toHaveLength(1);
});

test.each([
  ["desk, light", DESK, "light"],
  ["desk, dark", DESK, "dark"],
  ["phone, light", PHONE, "light"],
  ["phone, dark", PHONE, "dark"],
] as const)(
  "%s: the note and the list fit and are clean",
  async (_, viewport, colorScheme) => {
    const { page } = await openDesk({ viewport, colorScheme });
    await note(page).waitFor();
    await note(page).scrollIntoViewIfNeeded();
    const wide = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(await wide()).toBeLessThanOrEqual(0);
    const faultsOf = async (within: string) =>
      (await axeOn(page).include(within).analyze()).violations
        .filter((v) => ["serious", "critical"].includes(v.impact ?? ""))
        .map((v) => `${v.id}: ${v.nodes.map((n) => n.target).join(" ")}`);
    expect(await faultsOf("[role=feed]")).toEqual([]);
    await page.keyboard.press("Shift+W");
    await page.getByRole("dialog", { name: "To be decided" }).getByRole("listitem").waitFor();
    expect(await wide()).toBeLessThanOrEqual(0);
    expect(await faultsOf("[role=dialog]")).toEqual([]);
  },
  90_000,
);
